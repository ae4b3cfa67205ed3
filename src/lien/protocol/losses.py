"""Divide what is lost on a loan, and what comes back of it, between first-loss cover and lenders."""

from dataclasses import dataclass, replace

from lien.protocol.algebra import choose, maximum, minimum
from lien.protocol.state import Facility, Loan
from lien.protocol.valuation import add_recovery
from lien.spec.types import Amount, LoanStatus


@dataclass(frozen=True, slots=True)
class Recovery:
    """Say to whom a recovery goes."""

    to_lenders: Amount
    to_cover: Amount
    to_treasury: Amount

    @property
    def taken(self) -> int:
        """Return all that is taken."""
        return self.to_lenders + self.to_cover + self.to_treasury


def write_down(loan: Loan, cover: int) -> Loan:
    """Return a loan in default as it is written off: the cover loses first (LIQUIDATION-21)."""
    cover_loss = minimum(cover, loan.principal)
    return replace(
        loan,
        status=LoanStatus.WRITTEN_OFF,
        principal=0,
        overdue_principal=0,
        instalment=0,
        interest=0,
        overdue_interest=0,
        default_interest=0,
        late_fees=0,
        impairment=0,
        lender_loss=loan.principal - cover_loss,
        cover_loss=cover_loss,
    )


def pay_out_cover(facility: Facility, loss: int) -> Facility:
    """Return a facility whose cover has paid for a loss of its own money, into cash."""
    return replace(facility, cover=facility.cover - loss, cash=facility.cash + loss)


def compute_unrecovered(loan: Loan) -> int:
    """Return what was lost on a loan and has not come back."""
    return loan.lender_loss + loan.cover_loss - loan.recovered


def split_recovery(facility: Facility, loan: Loan, amount: int) -> Recovery:
    """Split what is paid on a loan that is written off: lenders first, then cover (LIQUIDATION-23)."""
    taken = minimum(amount, compute_unrecovered(loan))
    for_lenders = minimum(taken, maximum(loan.lender_loss - loan.recovered, 0))
    to_lenders = choose(facility.shares == 0, 0, for_lenders)
    return Recovery(to_lenders, taken - for_lenders, for_lenders - to_lenders)


def receive_recovery(facility: Facility, recovery: Recovery, day: int) -> Facility:
    """Return a facility after a recovery; the lenders' part vests, and one for cover alone delays nothing."""
    received = replace(
        facility,
        cash=facility.cash + recovery.to_lenders,
        cover=facility.cover + recovery.to_cover,
    )
    vesting = add_recovery(received, recovery.to_lenders, day)
    is_for_lenders = recovery.to_lenders > 0
    return replace(
        received,
        recovered_amount=choose(is_for_lenders, vesting.recovered_amount, facility.recovered_amount),
        recovered_day=choose(is_for_lenders, vesting.recovered_day, facility.recovered_day),
    )

"""Put new terms in the place of a loan's old ones, and carry over what was accrued, exactly once."""

from dataclasses import dataclass, replace

from lien.protocol.accrual import start_period, with_stop_day
from lien.protocol.algebra import minimum
from lien.protocol.arithmetic import quotient_up
from lien.protocol.state import Loan
from lien.spec.terms import Terms
from lien.spec.types import LoanStatus, Numerator, Total
from lien.spec.units import UNIT


@dataclass(frozen=True, slots=True)
class Carried:
    """Say what of a debt becomes principal, in base units; interest is negative where it was paid ahead."""

    interest: Numerator
    default_interest: Total
    late_fees: Total

    @property
    def capitalised(self) -> int:
        """Return by how much the principal rises."""
        return self.interest + self.default_interest + self.late_fees


def compute_carried(loan: Loan) -> Carried:
    """Return what a payoff without fee would take beyond the principal, rounded up in the same parts."""
    return Carried(
        interest=quotient_up(loan.interest, UNIT),
        default_interest=quotient_up(loan.default_interest, UNIT),
        late_fees=loan.late_fees,
    )


def terms_in_force(loan: Loan, signed: Terms, principal: int) -> Terms:
    """Return the signed terms with what there is: the principal, the collateral in escrow, the day count."""
    return replace(
        signed,
        principal=principal,
        day_count=loan.terms.day_count,
        collateral_asset=loan.terms.collateral_asset,
        collateral_amount=loan.collateral,
    )


def restructured(loan: Loan, terms: Terms, carried: Carried) -> Loan:
    """Return a loan that is caught up as it stands on its new terms, active from the same day on.

    What rounding up brought stays a credit, so that interest is moved to the numerator. The fee on principal
    paid ahead is counted anew, since its rate is of the new terms. What was overdue stays late.
    """
    active = replace(
        loan,
        terms=terms,
        status=LoanStatus.ACTIVE,
        disbursed_day=loan.since,
        period=0,
        principal=terms.principal,
        overdue_principal=0,
        interest=loan.interest - carried.interest * UNIT,
        overdue_interest=0,
        default_interest=loan.default_interest - carried.default_interest * UNIT,
        late_fees=0,
        prepaid=0,
        prepayment_fees=0,
        interest_paid=loan.interest_paid + carried.interest,
        default_day=0,
        margin_day=0,
        margin_payment=0,
        margin_top_up=0,
        impairment=minimum(loan.impairment, terms.principal),
        restructurings=loan.restructurings + 1,
    )
    return with_stop_day(start_period(active))

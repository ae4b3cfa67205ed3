"""Chapter 8: repayment (`lien.spec.repayment`)."""

from dataclasses import replace

from lien.protocol.accrual import catch_up, with_stop_day
from lien.protocol.calendar import day_of
from lien.protocol.projection.change import payment_told, rebooked, recorded, with_payment
from lien.protocol.projection.impairment import impaired, impairment_lifted
from lien.protocol.projection.restructuring import restructured
from lien.protocol.state import State
from lien.protocol.waterfall import apply_payment, compute_fee_base, cure_margin, settle
from lien.spec.repayment import CollateralToppedUp, Repaid
from lien.spec.types import LoanStatus

__all__ = ["collateral_topped_up", "impaired", "impairment_lifted", "repaid", "restructured"]


def repaid(state: State, event: Repaid, now: int) -> State:
    """Take the payment off what is owed on its day, and into the facility's cash."""
    caught_up = catch_up(state.loans.get(event.loan), day_of(now))
    payment = payment_told(event, compute_fee_base(caught_up, event.principal_ahead, 1))
    reference = (event.payer, event.loan, event.reference)
    after = replace(state, references=state.references.set(reference, 1))
    if event.status == LoanStatus.SETTLED:
        # what collateral goes back is told by the event that follows
        paid = replace(settle(caught_up, payment), collateral=caught_up.collateral)
    else:
        paid = apply_payment(caught_up, payment)
    return with_payment(after, event.loan, payment.taken, event.treasury_share, paid)


def collateral_topped_up(state: State, event: CollateralToppedUp, now: int) -> State:
    """Hold more collateral, which counts for an open margin call."""
    before = state.loans.get(event.loan)
    cured = cure_margin(catch_up(before, day_of(now)), 0, event.collateral)
    secured = replace(cured, collateral=before.collateral + event.collateral, status=event.status)
    after = rebooked(state, event.loan, with_stop_day(secured))
    return recorded(after, before.terms.collateral_asset, event.collateral)

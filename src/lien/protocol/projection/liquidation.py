"""Chapter 9: default and liquidation (`lien.spec.liquidation`)."""

from dataclasses import replace

from lien.protocol.accrual import catch_up, with_stop_day
from lien.protocol.calendar import day_of
from lien.protocol.projection.auction import auction_started, collateral_taken
from lien.protocol.projection.change import payment_told, rebooked, with_payment
from lien.protocol.projection.losses import recovered, written_off
from lien.protocol.state import State
from lien.protocol.waterfall import apply_payment, settle
from lien.spec.liquidation import DefaultBooked, Liquidated, MarginCalled
from lien.spec.types import LoanStatus

__all__ = [
    "auction_started",
    "collateral_taken",
    "default_booked",
    "liquidated",
    "margin_called",
    "recovered",
    "written_off",
]


def default_booked(state: State, event: DefaultBooked, now: int) -> State:
    """Bring the loan up to the day; what else is told of its default follows from its dates."""
    return rebooked(state, event.loan, catch_up(state.loans.get(event.loan), day_of(now)))


def margin_called(state: State, event: MarginCalled, now: int) -> State:
    """Keep what cures the margin call, and until when."""
    called = replace(
        catch_up(state.loans.get(event.loan), day_of(now)),
        margin_day=event.day,
        margin_payment=event.payment,
        margin_top_up=event.collateral,
    )
    return rebooked(state, event.loan, with_stop_day(called))


def liquidated(state: State, event: Liquidated, now: int) -> State:
    """Take what was repaid off what is owed, and what was seized off the collateral."""
    caught_up = catch_up(state.loans.get(event.loan), day_of(now))
    payment = payment_told(event)
    # what collateral goes back where this settles is told by the event that follows
    settles = event.status == LoanStatus.SETTLED
    after = settle(caught_up, payment) if settles else apply_payment(caught_up, payment)
    left = replace(after, collateral=caught_up.collateral - event.collateral)
    return with_payment(state, event.loan, payment.taken, event.treasury_share, left)

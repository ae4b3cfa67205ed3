"""Chapter 9: default and liquidation (`lien.spec.liquidation`)."""

from lien.protocol.accrual import catch_up
from lien.protocol.booking import book
from lien.protocol.calendar import day_of
from lien.protocol.state import State
from lien.spec.liquidation import DefaultBooked


def default_booked(state: State, event: DefaultBooked, now: int) -> State:
    """Bring the loan up to the day; its principal and interest in default follow from its dates."""
    before = state.loans.get(event.loan)
    defaulted = catch_up(before, day_of(now))
    return book(state, event.loan, state.facilities.get(before.facility), defaulted)

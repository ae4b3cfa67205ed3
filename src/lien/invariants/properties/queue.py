"""Properties of the queue of redemptions, and of the days that a facility keeps, between any two calls."""

from lien.invariants.properties.base import Kind, declare
from lien.protocol.algebra import all_of, any_of, implies
from lien.protocol.calendar import day_of
from lien.protocol.state import Facility, State


@declare("FACILITY-QUEUE", Kind.ENTRY, ("facility",), (101,), over="facilities")
def head_is_not_past_the_tail(facility: Facility) -> bool:
    """The head of a facility's queue is not past its tail."""
    return facility.queue_head <= facility.queue_tail


@declare("FACILITY-DAYS", Kind.LINK, ("facility",), (47,), over="facilities")
def days_lie_behind(state: State, _: int, facility: Facility) -> bool:
    """No notice to withdraw cover, and no recovery, is of a day that has not come."""
    today = day_of(state.timestamp)
    return all_of(facility.cover_notice_day <= today, facility.recovered_day <= today)


@declare("QUEUE-PLACES", Kind.LINK, ("facility",), (101, 108), over="queued_shares")
def shares_wait_in_open_places(state: State, key: tuple[int, ...], figure: int) -> bool:
    """Shares wait only between the head and the tail of their facility's queue, and for a known lender."""
    number, position = key
    is_known = all_of(number >= 1, number <= state.facility_count)
    is_open = all_of(
        position > state.facilities.field(number, "queue_head"),
        position <= state.facilities.field(number, "queue_tail"),
    )
    has_lender = state.queued_by.get(key) != 0
    return implies(figure > 0, all_of(is_known, is_open, has_lender))


@declare("QUEUE-LENDERS", Kind.LINK, ("facility",), (101,), over="queued_by")
def lenders_wait_with_shares(state: State, key: tuple[int, ...], figure: int) -> bool:
    """A place has a lender only while shares wait there, and that is never the protocol."""
    waits = all_of(state.queued_shares.get(key) > 0, figure != state.settings.protocol)
    return any_of(figure == 0, waits)

"""What the queue of redemptions does."""

from lien.invariants.properties.arrows import ON_A_FACILITY
from lien.invariants.properties.base import Kind, Observed, declare
from lien.invariants.properties.observing import facilities_of, facility_of, received, today_of
from lien.invariants.properties.steps.facility import has_no_lower_price
from lien.protocol.algebra import all_of, any_of, choose, equivalent, implies
from lien.protocol.valuation import exit_assets
from lien.spec.facility import CancelRedemption, ProcessRedemption, RequestRedemption


def queued_change(observed: Observed, facility: int, position: int) -> int:
    """Return by how much the shares of a place rose."""
    place = (facility, position)
    return observed.after.queued_shares.get(place) - observed.before.queued_shares.get(place)


@declare("QUEUE-ORDER", Kind.STEP, ("facility",), (101,), calls=ON_A_FACILITY, every=("position",))
def queue_is_first_in_first_out(observed: Observed, position: int) -> bool:
    """Shares join the queue at its end and leave at its head, but for those that are taken back.

    The head never falls; it rises by one where a call leaves the first place empty. Since no shares wait
    before the head, a place is paid only when all before it are empty.
    """
    if not observed.accepted:
        return True
    call, number = observed.call, facility_of(observed)
    old, new = facilities_of(observed)
    change = queued_change(observed, number, position)
    joins, processes = isinstance(call, RequestRedemption), isinstance(call, ProcessRedemption)
    first_is_left = observed.after.queued_shares.get((number, old.queue_head + 1)) > 0
    is_own = isinstance(call, CancelRedemption) and position == call.position
    is_first = all_of(processes, position == old.queue_head + 1)
    return all_of(
        implies(change > 0, all_of(joins, position == old.queue_tail + 1)),
        implies(change < 0, any_of(is_own, is_first)),
        new.queue_tail == old.queue_tail + joins,
        new.queue_head == old.queue_head + (choose(first_is_left, 0, 1) if processes else 0),
    )


@declare("QUEUE-APART", Kind.STEP, ("facility",), (105,), every=("facility", "position"))
def queues_are_apart(observed: Observed, facility: int, position: int) -> bool:
    """A place changes only by a call of the queue that names its facility."""
    change = queued_change(observed, facility, position)
    if isinstance(observed.call, (RequestRedemption, CancelRedemption, ProcessRedemption)):
        return any_of(change == 0, observed.call.facility == facility)
    return change == 0


@declare("REQUEST-EXACT", Kind.STEP, ("facility",), (100, 26), calls=(RequestRedemption,))
def request_moves_the_shares(observed: Observed) -> bool:
    """A request moves exactly the shares named from the lender to the end of the queue."""
    if not observed.accepted:
        return True
    call, lender = observed.call, observed.context.sender
    old, new = facilities_of(observed)
    held, last = (call.facility, lender), (call.facility, new.queue_tail)
    return all_of(
        observed.before.shares.get(held) - observed.after.shares.get(held) == call.shares,
        queued_change(observed, *last) == call.shares,
        observed.after.queued_by.get(last) == lender,
        new.shares == old.shares,
        new.cash == old.cash,
    )


@declare("CANCEL-EXACT", Kind.STEP, ("facility",), (100, 105), calls=(CancelRedemption,))
def cancellation_returns_the_shares(observed: Observed) -> bool:
    """A cancellation gives all shares of its place back to the lender who asked, and nobody else can."""
    if not observed.accepted:
        return True
    call, lender = observed.call, observed.context.sender
    place, held = (call.facility, call.position), (call.facility, lender)
    waited = observed.before.queued_shares.get(place)
    return all_of(
        observed.before.queued_by.get(place) == lender,
        observed.after.queued_shares.get(place) == 0,
        observed.after.shares.get(held) - observed.before.shares.get(held) == waited,
        observed.after.facilities is observed.before.facilities,
    )


@declare("PROCESS-EXACT", Kind.STEP, ("facility",), (36, 38, 102), calls=(ProcessRedemption,))
def place_is_paid_from_cash(observed: Observed) -> bool:
    """The lender of the first place receives what leaves the cash; its shares are burned, kept or returned.

    Shares are burned only for something, and given back only all together.
    """
    if not observed.accepted:
        return True
    old, new = facilities_of(observed)
    number = observed.call.facility
    place = (number, old.queue_head + 1)
    lender = observed.before.queued_by.get(place)
    waited, left = observed.before.queued_shares.get(place), observed.after.queued_shares.get(place)
    paid, burned, held = old.cash - new.cash, old.shares - new.shares, (number, lender)
    returned = observed.after.shares.get(held) - observed.before.shares.get(held)
    return all_of(
        waited == left + burned + returned,
        paid >= 0,
        burned >= 0,
        equivalent(burned > 0, paid > 0),
        any_of(returned == 0, all_of(returned == waited, paid == 0)),
        implies(waited > 0, received(observed, old.asset, lender) == paid),
    )


@declare("PRICE-PROCESS", Kind.STEP, ("facility",), (29, 39, 44), calls=(ProcessRedemption,))
def processing_lowers_no_price(observed: Observed) -> bool:
    """Paying a place of the queue never lowers the share price at which it was paid."""
    if not observed.accepted:
        return True
    return has_no_lower_price(
        observed.before, observed.after, observed.call.facility, today_of(observed), exit_assets
    )

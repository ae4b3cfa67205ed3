"""What a post does."""

from lien.invariants.properties.base import Kind, Observed, declare
from lien.protocol.algebra import all_of, any_of, choose, implies, negate
from lien.protocol.prices import feed_for, usable_price
from lien.protocol.state import Feed
from lien.spec.oracle import PostPrice
from lien.spec.units import FEED_SEATS, MAXIMUM_PRICE_AGE, STEP_DELAY, STEP_LIMIT, WAD

SEATS = range(1, FEED_SEATS + 1)


def feeds_of(observed: Observed) -> tuple[Feed, Feed]:
    """Return the feed of an accepted post, before and after."""
    call = observed.call
    pair = (call.collateral_asset, call.loan_asset)
    return feed_for(observed.before, *pair), feed_for(observed.after, *pair)


def slot_of(feed: Feed, seat: int) -> tuple[int, int, int]:
    """Return the price of a seat, when it was posted, and from when it is usable."""
    price = posted_at = usable_at = 0
    slots = zip(feed.seats, feed.prices, feed.posted_at, feed.usable_at, strict=True)
    for its_seat, its_price, its_post, its_use in slots:
        price = choose(its_seat == seat, its_price, price)
        posted_at = choose(its_seat == seat, its_post, posted_at)
        usable_at = choose(its_seat == seat, its_use, usable_at)
    return price, posted_at, usable_at


def are_same(first: tuple[int, ...], second: tuple[int, ...]) -> bool:
    """Return whether two slots are one in all figures."""
    return all_of(*(one == other for one, other in zip(first, second, strict=True)))


@declare("PRICES-BY-POSTS", Kind.STEP, ("oracle",), (117,))
def prices_change_by_posts_alone(observed: Observed) -> bool:
    """No call but a post changes a price, and none opens a feed."""
    if isinstance(observed.call, PostPrice) and observed.accepted:
        return True
    before, after = observed.before, observed.after
    is_same = after.feeds is before.feeds and after.feed_of is before.feed_of
    return all_of(is_same, after.feed_count == before.feed_count)


@declare("POST-OWN-SLOT", Kind.STEP, ("oracle",), (26, 105, 110), calls=(PostPrice,))
def post_changes_its_own_slot(observed: Observed) -> bool:
    """A post leaves what the other seats posted, and of its own seat the very price that it names."""
    if not observed.accepted:
        return True
    old, new = feeds_of(observed)
    call, now = observed.call, observed.context.timestamp
    price, posted_at, _ = slot_of(new, call.seat)
    others = (implies(call.seat != seat, are_same(slot_of(new, seat), slot_of(old, seat))) for seat in SEATS)
    return all_of(price == call.price, posted_at == now, *others)


@declare("POST-PAIR", Kind.STEP, ("oracle",), (107,), calls=(PostPrice,))
def post_keeps_the_pair(observed: Observed) -> bool:
    """A post is kept under its own pair, and opens a feed exactly where there was none."""
    if not observed.accepted:
        return True
    call, before, after = observed.call, observed.before, observed.after
    pair = (call.collateral_asset, call.loan_asset)
    _, new = feeds_of(observed)
    opened = choose(before.feed_of.get(pair) == 0, 1, 0)
    return all_of(
        new.collateral_asset == call.collateral_asset,
        new.loan_asset == call.loan_asset,
        after.feed_count == before.feed_count + opened,
        after.feed_of.get(pair) > 0,
    )


@declare("POST-REFERENCE", Kind.STEP, ("oracle",), (), calls=(PostPrice,))
def post_keeps_the_last_usable_price(observed: Observed) -> bool:
    """A post is compared with the price that was usable when it came, or else with the last that was."""
    if not observed.accepted:
        return True
    call, (old, new) = observed.call, feeds_of(observed)
    usable = usable_price(observed.before, call.collateral_asset, call.loan_asset, observed.context.timestamp)
    return new.reference == choose(usable > 0, usable, old.reference)


@declare("POST-DELAY", Kind.STEP, ("oracle",), (), calls=(PostPrice,))
def great_move_waits(observed: Observed) -> bool:
    """A post further than the step limit from the reference and from its seat's fresh one waits for a delay.

    Any other is usable at once, but for one that confirms what waits: it is usable when that is.
    """
    if not observed.accepted:
        return True
    call, now, (old, new) = observed.call, observed.context.timestamp, feeds_of(observed)
    price, posted_at, waits_until = slot_of(old, call.seat)
    _, _, usable_at = slot_of(new, call.seat)
    seated_at = observed.before.seated_at.get(call.seat)
    is_fresh = all_of(price > 0, posted_at > seated_at, now - posted_at < MAXIMUM_PRICE_AGE)
    is_near_own = all_of(is_fresh, negate(is_far(call.price, price)))
    is_far_from_reference = all_of(new.reference > 0, is_far(call.price, new.reference))
    waits_for_own = all_of(is_near_own, waits_until > now)
    expected = choose(is_near_own, choose(waits_for_own, waits_until, now), now + STEP_DELAY)
    return usable_at == choose(is_far_from_reference, expected, now)


@declare("POST-NOT-POSTPONED", Kind.STEP, ("oracle",), (), calls=(PostPrice,))
def confirming_postpones_nothing(observed: Observed) -> bool:
    """A post that is the fresh one of its seat again, or near it, is usable no later than that was."""
    if not observed.accepted:
        return True
    call, now, (old, new) = observed.call, observed.context.timestamp, feeds_of(observed)
    price, posted_at, usable_at = slot_of(old, call.seat)
    _, _, usable_now_at = slot_of(new, call.seat)
    is_own = posted_at > observed.before.seated_at.get(call.seat)
    confirms = all_of(is_own, now - posted_at < MAXIMUM_PRICE_AGE, negate(is_far(call.price, price)))
    return implies(confirms, any_of(usable_now_at == now, usable_now_at == usable_at))


def is_far(price: int, reference: int) -> bool:
    """Return whether a price differs from a reference by more than the step limit of it."""
    limit = reference * STEP_LIMIT
    return any_of((price - reference) * WAD > limit, (reference - price) * WAD > limit)

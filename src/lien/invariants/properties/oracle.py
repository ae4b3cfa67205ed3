"""Properties of the feed of a pair, and of the price that counts."""

from typing import Annotated

from lien.invariants.properties.base import Kind, declare
from lien.protocol.algebra import all_of, any_of, count_true, equivalent, implies
from lien.protocol.prices import fresh_slots, lower_median, usable_price_of, waited_slots
from lien.protocol.state import Feed, State
from lien.spec.types import Flag, OneEach, Place, Timestamp
from lien.spec.units import FEED_SEATS, LARGE_QUORUM, MAXIMUM_PRICE_AGE, PRICE_QUORUM, STEP_DELAY

Flags = Annotated[tuple[int, ...], OneEach(Place, Flag)]
Times = Annotated[tuple[int, ...], OneEach(Place, Timestamp)]
SEATS = range(1, FEED_SEATS + 1)

# --- a feed -----------------------------------------------------------------------------------------


@declare("FEED-SORTED", Kind.ENTRY, ("oracle",), (), over="feeds")
def slots_are_sorted(feed: Feed) -> bool:
    """The slots of a pair stand in the order of their prices."""
    return all_of(*(feed.prices[place] <= feed.prices[place + 1] for place in Place if place < Place.FIFTH))


@declare("FEED-SEATS", Kind.ENTRY, ("oracle",), (107,), over="feeds")
def each_seat_has_one_slot(feed: Feed) -> bool:
    """Each seat has exactly one slot of a pair."""
    return all_of(*(any_of(*(its_seat == seat for its_seat in feed.seats)) for seat in SEATS))


@declare("FEED-EMPTY", Kind.ENTRY, ("oracle",), (108,), over="feeds")
def what_was_not_posted_is_empty(feed: Feed) -> bool:
    """A slot without a price has no times, and no post waits longer than the delay."""
    return all_of(
        *(
            all_of(
                usable_at <= posted_at + STEP_DELAY,
                implies(price == 0, all_of(posted_at == 0, usable_at == 0)),
            )
            for price, posted_at, usable_at in zip(feed.prices, feed.posted_at, feed.usable_at, strict=True)
        )
    )


@declare("FEED-POSTED", Kind.LINK, ("oracle",), (47,), over="feeds")
def nothing_is_posted_ahead(state: State, _: int, feed: Feed) -> bool:
    """No price was posted at a time that has not come."""
    return all_of(*(posted_at <= state.timestamp for posted_at in feed.posted_at))


@declare("FEED-PAIR", Kind.LINK, ("oracle",), (107,), over="feeds")
def pair_leads_to_its_feed(state: State, number: int, feed: Feed) -> bool:
    """A feed's pair are two listed assets, and leads to that feed alone."""
    return all_of(
        feed.collateral_asset != feed.loan_asset,
        state.ledger.listed.get(feed.collateral_asset) == 1,
        state.ledger.listed.get(feed.loan_asset) == 1,
        state.feed_of.get((feed.collateral_asset, feed.loan_asset)) == number,
    )


@declare("FEED-OF", Kind.LINK, ("oracle",), (107, 108), over="feed_of")
def feed_exists_and_is_of_its_pair(state: State, key: tuple[int, ...], figure: int) -> bool:
    """The number to which a pair leads is that of a feed of this pair, or zero."""
    is_its_own = all_of(
        state.feeds.field(figure, "collateral_asset") == key[0],
        state.feeds.field(figure, "loan_asset") == key[1],
    )
    return implies(figure > 0, all_of(figure <= state.feed_count, is_its_own))


# --- the price that counts: of any feed, seats held since any times, at any time ---------------------


def is_price_of(feed: Feed, marks: tuple[bool, ...], price: int) -> bool:
    """Return whether one of the marked slots has the price."""
    return any_of(*(all_of(mark, other == price) for mark, other in zip(marks, feed.prices, strict=True)))


@declare("PRICE-POSTED", Kind.RELATIONAL, ("oracle",), ())
def usable_price_was_posted(feed: Feed, since: Times, now: Timestamp) -> bool:
    """A usable price is one that a feeder posted while holding the seat, and not too long ago."""
    price = usable_price_of(feed, since, now)
    counts = tuple(
        all_of(posted_at > seated_at, now - posted_at < MAXIMUM_PRICE_AGE)
        for posted_at, seated_at in zip(feed.posted_at, since, strict=True)
    )
    return implies(price != 0, is_price_of(feed, counts, price))


@declare("PRICE-QUORUM", Kind.RELATIONAL, ("oracle",), ())
def usable_price_needs_a_quorum(feed: Feed, since: Times, now: Timestamp) -> bool:
    """There is a usable price exactly where a quorum has waited, or a large quorum is fresh."""
    fresh = fresh_slots(feed, since, now)
    waited = count_true(*waited_slots(feed, fresh, now))
    has_quorum = any_of(count_true(*fresh) >= LARGE_QUORUM, waited >= PRICE_QUORUM)
    return equivalent(usable_price_of(feed, since, now) > 0, has_quorum)


@declare("PRICE-WAITS", Kind.RELATIONAL, ("oracle",), ())
def delayed_price_is_not_used(feed: Feed, since: Times, now: Timestamp) -> bool:
    """A price that has to wait is not used before, unless a large quorum is fresh."""
    price = usable_price_of(feed, since, now)
    fresh = fresh_slots(feed, since, now)
    waited = tuple(usable_at <= now for usable_at in feed.usable_at)
    is_small = count_true(*fresh) < LARGE_QUORUM
    return implies(all_of(is_small, price > 0), is_price_of(feed, waited, price))


@declare("PRICE-COMES", Kind.RELATIONAL, ("oracle",), (119, 121))
def quorum_has_a_price_after_the_delay(feed: Feed, since: Times, now: Timestamp) -> bool:
    """Where a quorum is fresh and posted a delay ago, there is a price, however far it moved."""
    fresh = fresh_slots(feed, since, now)
    passed = (
        all_of(mark, posted_at + STEP_DELAY <= now)
        for mark, posted_at in zip(fresh, feed.posted_at, strict=True)
    )
    return implies(count_true(*passed) >= PRICE_QUORUM, usable_price_of(feed, since, now) > 0)


@declare("PRICE-MINORITY", Kind.RELATIONAL, ("oracle",), ())
def minority_cannot_move_the_median(feed: Feed, counted: Flags, honest: Flags) -> bool:
    """A minority cannot move the lower median of any counted prices out of the range of the others'."""
    counts = tuple(flag == 1 for flag in counted)
    truthful = tuple(all_of(mark, flag == 1) for mark, flag in zip(counts, honest, strict=True))
    liars = count_true(*counts) - count_true(*truthful)
    median = lower_median(feed.prices, counts)
    between = all_of(
        any_of(*(all_of(mark, price <= median) for mark, price in zip(truthful, feed.prices, strict=True))),
        any_of(*(all_of(mark, price >= median) for mark, price in zip(truthful, feed.prices, strict=True))),
    )
    return implies(2 * liars < count_true(*counts), between)

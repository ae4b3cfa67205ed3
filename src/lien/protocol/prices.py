"""Find the price that counts for a pair of assets, and put a post in its place.

What is said of slots is a tuple in the order of the feed's places, which is that of rising prices. Nothing
here forks on a price.
"""

from dataclasses import replace

from lien.protocol.algebra import all_of, any_of, choose, count_true, maximum
from lien.protocol.arithmetic import multiply_divide_down, quotient_down
from lien.protocol.rejection import require
from lien.protocol.state import Feed, State
from lien.spec.reasons import Reason
from lien.spec.types import Place
from lien.spec.units import (
    FEED_SEATS,
    LARGE_QUORUM,
    MAXIMUM_PRICE_AGE,
    PRICE_QUORUM,
    PRICE_SCALE,
    STEP_DELAY,
    STEP_LIMIT,
    WAD,
)

Slots = tuple[int, ...]
Marks = tuple[bool, ...]

# --- the usable price -------------------------------------------------------------------------------


def feed_for(state: State, collateral_asset: int, loan_asset: int) -> Feed:
    """Return the feed of a pair, an empty one where nobody has posted."""
    number = state.feed_of.get((collateral_asset, loan_asset))
    return state.feeds.get(number) if number > 0 else Feed(collateral_asset, loan_asset)


def read_feed(state: State, collateral_asset: int, loan_asset: int) -> Feed:
    """Return the same figure by figure, which forks no path; without a feed all are zero."""
    number = state.feed_of.get((collateral_asset, loan_asset))
    prices, seats, posted_at, usable_at = (
        tuple(state.feeds.place(number, name, index) for index in range(FEED_SEATS))
        for name in ("prices", "seats", "posted_at", "usable_at")
    )
    reference = state.feeds.field(number, "reference")
    return Feed(collateral_asset, loan_asset, reference, prices, seats, posted_at, usable_at)


def seated_since(state: State, feed: Feed) -> Slots:
    """Return since when the present feeder of each slot's seat holds it."""
    return tuple(state.seated_at.get(seat) for seat in feed.seats)


def is_fresh(price: int, posted_at: int, seated_at: int, now: int) -> bool:
    """Return whether a price was posted by the seat's present feeder, and not too long ago.

    A post in the very second in which its seat changed hands does not count: it may be the former feeder's.
    """
    return all_of(price > 0, posted_at > seated_at, now < posted_at + MAXIMUM_PRICE_AGE)


def fresh_slots(feed: Feed, since: Slots, now: int) -> Marks:
    """Return which slots are fresh."""
    slots = zip(feed.prices, feed.posted_at, since, strict=True)
    return tuple(is_fresh(price, posted_at, seated_at, now) for price, posted_at, seated_at in slots)


def waited_slots(feed: Feed, fresh: Marks, now: int) -> Marks:
    """Return which of the fresh slots need not wait any longer."""
    return tuple(
        all_of(counts, usable_at <= now) for counts, usable_at in zip(fresh, feed.usable_at, strict=True)
    )


def lower_median(prices: Slots, counted: Marks) -> int:
    """Return the lower median of the counted ones of sorted prices; zero where none is counted."""
    wanted = quotient_down(count_true(*counted) + 1, 2)
    median = passed = 0
    for price, is_counted in zip(prices, counted, strict=True):
        passed = passed + choose(is_counted, 1, 0)
        median = choose(all_of(is_counted, passed == wanted), price, median)
    return median


def usable_price_of(feed: Feed, since: Slots, now: int) -> int:
    """Return the median of all fresh slots, or of those that have waited, by quorum (ORACLE-3 to -6)."""
    fresh = fresh_slots(feed, since, now)
    waited = waited_slots(feed, fresh, now)
    has_quorum = count_true(*waited) >= PRICE_QUORUM
    of_waited = choose(has_quorum, lower_median(feed.prices, waited), 0)
    return choose(count_true(*fresh) >= LARGE_QUORUM, lower_median(feed.prices, fresh), of_waited)


def usable_price(state: State, collateral_asset: int, loan_asset: int, now: int) -> int:
    """Return the usable price of a pair, zero where there is none; of an asset in itself, one (ORACLE-8)."""
    feed = read_feed(state, collateral_asset, loan_asset)
    price = usable_price_of(feed, seated_since(state, feed), now)
    return choose(collateral_asset == loan_asset, PRICE_SCALE, price)


def require_price(state: State, collateral_asset: int, loan_asset: int, now: int) -> int:
    """Return the usable price of a pair.

    Raises: PRICE_UNUSABLE.
    """
    price = usable_price(state, collateral_asset, loan_asset, now)
    require(price > 0, Reason.PRICE_UNUSABLE)
    return price


# --- a post -----------------------------------------------------------------------------------------


def is_within_step(price: int, reference: int) -> bool:
    """Return whether a price differs from the reference by no more than the step limit."""
    step = multiply_divide_down(reference, STEP_LIMIT, WAD)
    return all_of(price >= reference - step, price <= reference + step)


def of_seat(feed: Feed, figures: Slots, seat: int) -> int:
    """Return the figure of the slot that a seat has."""
    found = 0
    for its_seat, figure in zip(feed.seats, figures, strict=True):
        found = choose(its_seat == seat, figure, found)
    return found


def compute_usable_at(feed: Feed, since: Slots, seat: int, price: int, now: int) -> int:
    """Return from when a post is usable: now, or after the delay, or when what it confirms is (ORACLE-7).

    It is compared with the feed's reference, not with the price that is usable now: where just a quorum is
    fresh, the first post that has to wait leaves none, and all others would go unhindered. What it confirms
    can have waited already: if it had to wait anew, feeders who post in turns would never have a price.
    """
    figures = (feed.prices, feed.posted_at, since, feed.usable_at)
    own, posted_at, seated_at, usable_at = (of_seat(feed, values, seat) for values in figures)
    confirms = all_of(is_fresh(own, posted_at, seated_at, now), is_within_step(price, own))
    later = choose(confirms, maximum(usable_at, now), now + STEP_DELAY)
    return choose(any_of(feed.reference == 0, is_within_step(price, feed.reference)), now, later)


def move_slot(feed: Feed, figures: Slots, seat: int, price: int, figure: int) -> Slots:
    """Return figures of the slots after a seat's was taken out and put back where its new price stands."""
    passed = [any_of(*(its_seat == seat for its_seat in feed.seats[: place + 1])) for place in Place]

    def rest(values: Slots) -> Slots:
        """Return the values without the seat's."""
        return tuple(
            choose(passed[place], values[place + 1], values[place]) for place in range(len(values) - 1)
        )

    stays = (True, *(other <= price for other in rest(feed.prices)), False)
    others = (0, *rest(figures), 0)
    return tuple(
        choose(stays[place + 1], others[place + 1], choose(stays[place], figure, others[place]))
        for place in Place
    )


def with_post(feed: Feed, seat: int, price: int, now: int, usable_at: int) -> Feed:
    """Return the feed in which a seat has a new price (ORACLE-2)."""
    return replace(
        feed,
        prices=move_slot(feed, feed.prices, seat, price, price),
        seats=move_slot(feed, feed.seats, seat, price, seat),
        posted_at=move_slot(feed, feed.posted_at, seat, price, now),
        usable_at=move_slot(feed, feed.usable_at, seat, price, usable_at),
    )

"""Answer what a pair of assets is worth, and until when that is known."""

from lien.protocol.algebra import choose, minimum
from lien.protocol.prices import Slots, feed_for, fresh_slots, seated_since, usable_price
from lien.protocol.state import Feed, State
from lien.spec.types import Asset, Price, Timestamp
from lien.spec.units import MAXIMUM_PRICE_AGE, MAXIMUM_TIMESTAMP


def price_at(state: State, collateral_asset: Asset, loan_asset: Asset, now: Timestamp) -> Price:
    """Return the usable price of a pair at a time, zero where there is none."""
    return usable_price(state, collateral_asset, loan_asset, now)


def next_stale_at(state: State, collateral_asset: Asset, loan_asset: Asset, now: Timestamp) -> int:
    """Return when the next of a pair's fresh prices becomes too old, zero where none is fresh.

    Until then a usable price stays usable, whether or not anyone posts another.
    """
    feed = feed_for(state, collateral_asset, loan_asset)
    return next_stale_of(feed, seated_since(state, feed), now)


def next_stale_of(feed: Feed, since: Slots, now: int) -> int:
    """Return when the next of a feed's fresh prices becomes too old, zero where none is fresh."""
    none = MAXIMUM_TIMESTAMP + 1  # after every post
    first = none
    for is_fresh, posted_at in zip(fresh_slots(feed, since, now), feed.posted_at, strict=True):
        first = choose(is_fresh, minimum(first, posted_at), first)
    return choose(first == none, 0, first + MAXIMUM_PRICE_AGE)

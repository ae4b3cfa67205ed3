"""Chapter 3: prices (`lien.spec.oracle`)."""

from dataclasses import replace

from lien.protocol.prices import feed_for, with_post
from lien.protocol.state import State
from lien.spec.oracle import PricePosted


def price_posted(state: State, event: PricePosted, now: int) -> State:
    """Put the price in the place of its seat."""
    pair = event.collateral_asset, event.loan_asset
    feed = replace(feed_for(state, *pair), reference=event.reference)
    posted = with_post(feed, event.seat, event.price, now, event.usable_at)
    return replace(
        state,
        feed_count=max(state.feed_count, event.feed),
        feeds=state.feeds.set(event.feed, posted),
        feed_of=state.feed_of.set(pair, event.feed),
    )

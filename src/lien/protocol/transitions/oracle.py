"""Chapter 3: prices (`lien.spec.oracle`)."""

from dataclasses import replace

from lien.protocol.algebra import all_of, any_of, choose, maximum
from lien.protocol.prices import compute_usable_at, feed_for, seated_since, usable_price_of, with_post
from lien.protocol.rejection import require
from lien.protocol.state import Context, State
from lien.protocol.transitions.step import Step
from lien.spec.oracle import PostPrice, PricePosted
from lien.spec.reasons import Reason
from lien.spec.units import MAXIMUM_NUMBER


def post_price(state: State, call: PostPrice, context: Context) -> Step:
    """Put a feeder's price in its place (ORACLE-1, ORACLE-2, ORACLE-5, ORACLE-7)."""
    pair, now = (call.collateral_asset, call.loan_asset), context.timestamp
    require(context.sender == state.feeders.get(call.seat), Reason.NOT_FEEDER)
    listed = state.ledger.listed
    are_listed = all_of(listed.get(call.collateral_asset) == 1, listed.get(call.loan_asset) == 1)
    require(are_listed, Reason.UNKNOWN_ASSET)
    require(call.collateral_asset != call.loan_asset, Reason.ASSETS_NOT_APART)
    require(call.price > 0, Reason.ZERO_PRICE)
    known = state.feed_of.get(pair)
    require(any_of(known > 0, state.feed_count < MAXIMUM_NUMBER), Reason.TOO_MANY_FEEDS)

    feed = feed_for(state, *pair)
    since = seated_since(state, feed)
    usable = usable_price_of(feed, since, now)
    feed = replace(feed, reference=choose(usable > 0, usable, feed.reference))
    usable_at = compute_usable_at(feed, since, call.seat, call.price, now)
    number = known if known > 0 else state.feed_count + 1
    after = replace(
        state,
        feed_count=maximum(state.feed_count, number),
        feeds=state.feeds.set(number, with_post(feed, call.seat, call.price, now, usable_at)),
        feed_of=state.feed_of.set(pair, number),
    )
    event = PricePosted(number, *pair, call.seat, context.sender, call.price, usable_at, feed.reference)
    return Step(after, (event,))

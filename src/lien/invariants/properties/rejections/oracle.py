"""When exactly a price is rejected, and that a feeder can always post."""

from lien.invariants.properties.base import Kind, Observed, declare
from lien.invariants.properties.rejections.table import Conditions, rejects
from lien.protocol.algebra import all_of, any_of, negate
from lien.spec.oracle import PostPrice
from lien.spec.reasons import Reason
from lien.spec.units import MAXIMUM_NUMBER


@rejects(PostPrice)
def of_post_price(observed: Observed) -> Conditions:
    """Yield the conditions of a post: who sends it, and what it names; never how far the price moves."""
    call, before = observed.call, observed.before
    yield Reason.NOT_FEEDER, before.feeders.get(call.seat) != observed.context.sender
    listed = before.ledger.listed
    yield (
        Reason.UNKNOWN_ASSET,
        any_of(listed.get(call.collateral_asset) == 0, listed.get(call.loan_asset) == 0),
    )
    yield Reason.ASSETS_NOT_APART, call.collateral_asset == call.loan_asset
    yield Reason.ZERO_PRICE, call.price == 0
    known = before.feed_of.get((call.collateral_asset, call.loan_asset))
    yield Reason.TOO_MANY_FEEDS, all_of(known == 0, before.feed_count >= MAXIMUM_NUMBER)


@declare("POST-NEVER-REJECTED", Kind.LIVENESS, ("oracle",), (119, 121), calls=(PostPrice,))
def feeder_can_always_post(observed: Observed) -> bool:
    """A price above zero of two listed assets, by the seat's feeder, is never rejected.

    Neither its size nor what others posted stands against it; only a new pair needs a number that is free.
    """
    call, before, context = observed.call, observed.before, observed.context
    if observed.accepted:
        return True
    known = before.feed_of.get((call.collateral_asset, call.loan_asset))
    return negate(
        all_of(
            before.feeders.get(call.seat) == context.sender,
            context.sender != before.settings.protocol,
            context.timestamp >= before.timestamp,
            before.ledger.listed.get(call.collateral_asset) == 1,
            before.ledger.listed.get(call.loan_asset) == 1,
            call.collateral_asset != call.loan_asset,
            call.price > 0,
            any_of(known > 0, before.feed_count < MAXIMUM_NUMBER),
        )
    )

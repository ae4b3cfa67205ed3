"""Chapter 9, auctions (`lien.spec.liquidation`)."""

from dataclasses import replace

from lien.protocol.accrual import catch_up
from lien.protocol.auction import end_auction, open_seconds
from lien.protocol.calendar import day_of
from lien.protocol.projection.change import payment_told, rebooked, with_payment
from lien.protocol.state import State
from lien.protocol.waterfall import apply_payment, settle
from lien.spec.liquidation import AuctionStarted, CollateralTaken
from lien.spec.types import LoanStatus


def auction_started(state: State, event: AuctionStarted, now: int) -> State:
    """Begin the round."""
    begun = replace(
        catch_up(state.loans.get(event.loan), day_of(now)),
        status=LoanStatus.AUCTION,
        auction_round=event.round,
        auction_started_at=open_seconds(state, now),
        auction_price=event.price,
    )
    return rebooked(state, event.loan, begun)


def collateral_taken(state: State, event: CollateralTaken, now: int) -> State:
    """Take what was paid off what is owed, and what was sold off the collateral."""
    caught_up = catch_up(state.loans.get(event.loan), day_of(now))
    payment = payment_told(event)
    if event.status == LoanStatus.SETTLED:
        after = settle(caught_up, payment)
    elif event.status == LoanStatus.AUCTION:
        after = apply_payment(caught_up, payment)
    else:
        after = end_auction(apply_payment(caught_up, payment))
    # what collateral goes back where this settles is told by the event that follows
    left = replace(after, collateral=caught_up.collateral - event.collateral)
    return with_payment(state, event.loan, payment.taken, event.treasury_share, left)

"""Chapter 9, auctions (`lien.spec.liquidation`)."""

from dataclasses import replace

from lien.protocol.accrual import catch_up
from lien.protocol.auction import end_auction, open_seconds
from lien.protocol.booking import book
from lien.protocol.calendar import day_of
from lien.protocol.projection.change import with_payment
from lien.protocol.state import State
from lien.protocol.waterfall import Payment, apply_payment, settle
from lien.spec.liquidation import AuctionStarted, CollateralTaken
from lien.spec.types import LoanStatus


def auction_started(state: State, event: AuctionStarted, now: int) -> State:
    """Begin the round."""
    before = state.loans.get(event.loan)
    begun = replace(
        catch_up(before, day_of(now)),
        status=LoanStatus.AUCTION,
        auction_round=event.round,
        auction_started_at=open_seconds(state, now),
        auction_price=event.price,
    )
    return book(state, event.loan, state.facilities.get(before.facility), begun)


def collateral_taken(state: State, event: CollateralTaken, now: int) -> State:
    """Take what was paid off what is owed, and what was sold off the collateral."""
    caught_up = catch_up(state.loans.get(event.loan), day_of(now))
    payment = proceeds_of(event)
    if event.status == LoanStatus.SETTLED:
        after = settle(caught_up, payment)
    elif event.status == LoanStatus.AUCTION:
        after = apply_payment(caught_up, payment)
    else:
        after = replace(end_auction(apply_payment(caught_up, payment)), status=event.status)
    # what collateral goes back where this settles is told by the event that follows
    left = replace(after, collateral=caught_up.collateral - event.collateral)
    return with_payment(state, event.loan, payment.taken, event.treasury_share, left)


def proceeds_of(event: CollateralTaken) -> Payment:
    """Return what the proceeds were taken for; they bear no prepayment fee."""
    return Payment(
        overdue_interest=event.overdue_interest,
        overdue_principal=event.overdue_principal,
        accrued_interest=event.accrued_interest,
        instalment=0,
        coming_interest=event.coming_interest,
        default_interest=event.default_interest,
        late_fees=event.late_fees,
        principal_ahead=0,
        fee_base=0,
        prepayment_fee=0,
    )

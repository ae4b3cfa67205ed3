"""Chapter 9, auctions (`lien.spec.liquidation`)."""

from dataclasses import replace

from lien.protocol.accrual import catch_up
from lien.protocol.algebra import any_of, choose, minimum, negate
from lien.protocol.auction import (
    compute_lot,
    elapsed_seconds,
    end_auction,
    is_over,
    open_seconds,
    part_of,
    start_round,
)
from lien.protocol.booking import book, book_payment, default_booked, loan_settled
from lien.protocol.calendar import day_of
from lien.protocol.ledger import deliver
from lien.protocol.pauses import require_open
from lien.protocol.prices import usable_price
from lien.protocol.rejection import require
from lien.protocol.state import Context, Loan, State
from lien.protocol.transitions.settlement import release
from lien.protocol.transitions.step import Step
from lien.protocol.waterfall import Payment, compute_payoff, take_proceeds
from lien.spec.liquidation import AuctionStarted, CollateralTaken, StartAuction, Take
from lien.spec.reasons import Reason
from lien.spec.types import IN_DEFAULT, LIVE, LoanStatus, Scope
from lien.spec.units import AUCTION_WAIT_DAYS


def start_auction(state: State, call: StartAuction, context: Context) -> Step:
    """Begin the first round of an auction, or the next (LIQUIDATION-13, LIQUIDATION-14)."""
    require(state.loans.contains(call.loan), Reason.UNKNOWN_LOAN)
    loan, now = state.loans.get(call.loan), context.timestamp
    require(loan.status in LIVE, Reason.NOT_LIVE)
    require_open(state, Scope.LIQUIDATION, now)
    caught_up = catch_up(loan, day_of(now))
    require(caught_up.status in IN_DEFAULT, Reason.NOT_IN_DEFAULT)
    require(caught_up.collateral > 0, Reason.NO_COLLATERAL)
    is_first = caught_up.status == LoanStatus.DEFAULTED
    elapsed = elapsed_seconds(state, loan, now)
    require(any_of(is_first, is_over(loan, elapsed)), Reason.AUCTION_RUNNING)
    facility = state.facilities.get(loan.facility)
    price = usable_price(state, loan.terms.collateral_asset, facility.asset, now)
    has_waited = day_of(now) >= caught_up.default_day + AUCTION_WAIT_DAYS
    require(any_of(price > 0, negate(is_first), has_waited), Reason.PRICE_UNUSABLE)

    after = start_round(caught_up, price, open_seconds(state, now))
    started = AuctionStarted(call.loan, after.auction_round, after.auction_price, after.collateral)
    events = (*default_booked(state, call.loan, caught_up), started)
    return Step(book(state, call.loan, facility, after), events)


def take(state: State, call: Take, context: Context) -> Step:
    """Sell collateral for what covers the debt, or all of it for the ask (LIQUIDATION-15 to -17)."""
    require(state.loans.contains(call.loan), Reason.UNKNOWN_LOAN)
    require(call.amount > 0, Reason.ZERO_AMOUNT)
    loan, now, taker = state.loans.get(call.loan), context.timestamp, context.sender
    require(loan.status == LoanStatus.AUCTION, Reason.NOT_IN_AUCTION)
    require(taker != loan.borrower, Reason.OWN_LOAN)
    require_open(state, Scope.LIQUIDATION, now)
    elapsed = elapsed_seconds(state, loan, now)
    require(negate(is_over(loan, elapsed)), Reason.AUCTION_OVER)
    caught_up = catch_up(loan, day_of(now))
    debt = compute_payoff(caught_up, 0).taken
    lot = compute_lot(caught_up, debt, elapsed)
    is_short = lot.ask < debt
    require(any_of(negate(is_short), call.amount >= lot.ask), Reason.AMOUNT_BELOW_ASK, ask=lot.ask)
    price = minimum(call.amount, minimum(lot.ask, debt))
    payment, after = take_proceeds(caught_up, price)
    settles, least = after.status == LoanStatus.SETTLED, caught_up.terms.minimum_principal
    require(any_of(is_short, settles, after.principal >= least), Reason.REMAINDER_BELOW_MINIMUM)
    sold = choose(is_short, lot.collateral, part_of(lot, price))
    require(sold >= call.minimum_collateral, Reason.COLLATERAL_BELOW_MINIMUM, collateral=sold)

    rest = replace(caught_up, collateral=caught_up.collateral - sold)
    if is_short:
        after = end_auction(after)
    elif not settles:
        after = replace(after, collateral=rest.collateral)
    paid, share = book_payment(state, call.loan, taker, payment.taken, after)
    ledger = deliver(paid.ledger, loan.terms.collateral_asset, taker, sold)
    if settles:
        ledger = release(ledger, rest)
    taken = record_sale(call, taker, payment, share, sold, after)
    return Step(replace(paid, ledger=ledger), (taken, *loan_settled(state, call.loan, rest, after)))


def record_sale(
    call: Take, taker: int, payment: Payment, share: int, sold: int, after: Loan
) -> CollateralTaken:
    """Return the event of a sale."""
    return CollateralTaken(
        loan=call.loan,
        taker=taker,
        collateral=sold,
        overdue_interest=payment.overdue_interest,
        overdue_principal=payment.overdue_principal,
        accrued_interest=payment.accrued_interest,
        coming_interest=payment.coming_interest,
        default_interest=payment.default_interest,
        late_fees=payment.late_fees,
        treasury_share=share,
        status=after.status,
    )

"""When exactly auctions and sales are rejected, and that an auction always can end."""

from lien.invariants.properties.base import Kind, Observed, declare, is_one_of
from lien.invariants.properties.rejections.table import Conditions, is_unknown, rejects
from lien.protocol.accrual import catch_up
from lien.protocol.algebra import all_of, any_of, minimum, negate
from lien.protocol.auction import compute_lot, elapsed_seconds, is_over, part_of
from lien.protocol.calendar import day_of
from lien.protocol.pauses import is_liquidation_closed
from lien.protocol.prices import usable_price
from lien.protocol.waterfall import compute_payoff, take_proceeds
from lien.spec.liquidation import StartAuction, Take
from lien.spec.reasons import Reason
from lien.spec.types import IN_DEFAULT, LIVE, LoanStatus
from lien.spec.units import AUCTION_SECONDS, AUCTION_WAIT_DAYS, LAST_AUCTION_ROUND


@rejects(StartAuction)
def of_start_auction(observed: Observed) -> Conditions:
    """Yield the conditions of a round's start."""
    call, before, now = observed.call, observed.before, observed.context.timestamp
    yield Reason.UNKNOWN_LOAN, is_unknown(call.loan, before.loan_count)
    loan = before.loans.get(call.loan)
    yield Reason.NOT_LIVE, negate(is_one_of(loan.status, LIVE))
    yield Reason.PAUSED, is_liquidation_closed(before, now)
    caught_up = catch_up(loan, day_of(now))
    yield Reason.NOT_IN_DEFAULT, negate(is_one_of(caught_up.status, IN_DEFAULT))
    yield Reason.NO_COLLATERAL, loan.collateral == 0
    is_next = loan.status == LoanStatus.AUCTION
    is_running = negate(is_over(loan, elapsed_seconds(before, loan, now)))
    yield Reason.AUCTION_RUNNING, all_of(is_next, is_running)
    asset = before.facilities.get(loan.facility).asset
    is_early = day_of(now) < caught_up.default_day + AUCTION_WAIT_DAYS
    has_no_price = usable_price(before, loan.terms.collateral_asset, asset, now) == 0
    yield Reason.PRICE_UNUSABLE, all_of(has_no_price, negate(is_next), is_early)


@rejects(Take)
def of_take(observed: Observed) -> Conditions:
    """Yield the conditions of a sale."""
    call, before, sender = observed.call, observed.before, observed.context.sender
    now = observed.context.timestamp
    yield Reason.UNKNOWN_LOAN, is_unknown(call.loan, before.loan_count)
    yield Reason.ZERO_AMOUNT, call.amount == 0
    loan = before.loans.get(call.loan)
    yield Reason.NOT_IN_AUCTION, loan.status != LoanStatus.AUCTION
    yield Reason.OWN_LOAN, sender == loan.borrower
    yield Reason.PAUSED, is_liquidation_closed(before, now)
    elapsed = elapsed_seconds(before, loan, now)
    yield Reason.AUCTION_OVER, is_over(loan, elapsed)
    caught_up = catch_up(loan, day_of(now))
    debt = compute_payoff(caught_up, 0).taken
    lot = compute_lot(caught_up, debt, elapsed)
    is_short = lot.ask < debt
    yield Reason.AMOUNT_BELOW_ASK, all_of(is_short, call.amount < lot.ask)
    price = minimum(call.amount, minimum(lot.ask, debt))
    payment, after = take_proceeds(caught_up, price)
    is_part = all_of(negate(is_short), price < debt)
    leaves_too_little = after.principal < loan.terms.minimum_principal
    yield Reason.REMAINDER_BELOW_MINIMUM, all_of(is_part, leaves_too_little)
    bought = part_of(lot, price)
    is_less = any_of(
        all_of(is_short, lot.collateral < call.minimum_collateral),
        all_of(negate(is_short), bought < call.minimum_collateral),
    )
    yield Reason.COLLATERAL_BELOW_MINIMUM, is_less
    asset = before.facilities.get(loan.facility).asset
    yield Reason.INSUFFICIENT_BALANCE, before.ledger.balances.get((asset, sender)) < payment.taken


@declare("AUCTION-ENDS", Kind.LIVENESS, ("liquidation",), (119,), calls=(Take,))
def auction_always_can_end(observed: Observed) -> bool:
    """Once the last round has run down, whoever has one unit gets everything for it.

    Unless nothing is owed any more but a credit, or liquidation is closed.
    """
    call, before, sender = observed.call, observed.before, observed.context.sender
    if observed.reason in (None, Reason.SENDER_IS_PROTOCOL, Reason.TIME_RUNS_BACKWARD, Reason.UNKNOWN_LOAN):
        return True
    loan, now = before.loans.get(call.loan), observed.context.timestamp
    if loan.status != LoanStatus.AUCTION:
        return True
    asset = before.facilities.get(loan.facility).asset
    return negate(
        all_of(
            loan.auction_round == LAST_AUCTION_ROUND,
            elapsed_seconds(before, loan, now) >= AUCTION_SECONDS,
            negate(is_liquidation_closed(before, now)),
            compute_payoff(catch_up(loan, day_of(now)), 0).taken >= 1,
            sender != loan.borrower,
            call.amount >= 1,
            call.minimum_collateral <= loan.collateral,
            before.ledger.balances.get((asset, sender)) >= 1,
        )
    )

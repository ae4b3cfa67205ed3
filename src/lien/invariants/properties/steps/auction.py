"""What an auction and its sales do."""

from lien.invariants.properties.base import Kind, Observed, declare, is_one_of
from lien.invariants.properties.observing import debt, facilities_of, loans_of, received, today_of
from lien.invariants.properties.steps.repayment import as_treasury, taken_of
from lien.protocol.accrual import catch_up
from lien.protocol.algebra import (
    all_of,
    any_of,
    choose,
    equivalent,
    implies,
    maximum,
    minimum,
    negate,
    wide_product,
)
from lien.protocol.auction import Lot, compute_lot, elapsed_seconds, is_over, open_seconds, part_of
from lien.protocol.pauses import is_liquidation_closed
from lien.protocol.prices import usable_price
from lien.protocol.state import Loan
from lien.protocol.waterfall import compute_payoff
from lien.spec.liquidation import CollateralTaken, StartAuction, Take
from lien.spec.types import IN_DEFAULT, LoanStatus
from lien.spec.units import AUCTION_WAIT_DAYS


def offered(observed: Observed) -> tuple[Loan, int, Lot]:
    """Return a loan in auction as it stands today, its debt, and what is offered of it now."""
    loan, now = observed.before.loans.get(observed.call.loan), observed.context.timestamp
    caught_up = catch_up(loan, today_of(observed))
    owed = compute_payoff(caught_up, 0).taken
    return caught_up, owed, compute_lot(caught_up, owed, elapsed_seconds(observed.before, loan, now))


def sold_of(observed: Observed) -> int:
    """Return the collateral that a sale says it gave to its taker."""
    return sum(event.collateral for event in observed.events if isinstance(event, CollateralTaken))


# --- the start --------------------------------------------------------------------------------------


@declare("AUCTION-CONDITION", Kind.STEP, ("liquidation",), (77, 68), calls=(StartAuction,))
def auction_starts_on_its_condition(observed: Observed) -> bool:
    """An auction is of a loan in default, while liquidation is open, with a price or after the wait."""
    if not observed.accepted:
        return True
    before, now = observed.before, observed.context.timestamp
    loan, _ = loans_of(observed)
    caught_up = catch_up(loan, today_of(observed))
    asset = before.facilities.get(loan.facility).asset
    has_price = usable_price(before, loan.terms.collateral_asset, asset, now) > 0
    has_waited = today_of(observed) >= caught_up.default_day + AUCTION_WAIT_DAYS
    is_next = loan.status == LoanStatus.AUCTION
    return all_of(
        is_one_of(caught_up.status, IN_DEFAULT),
        equivalent(is_liquidation_closed(before, now), False),
        any_of(has_price, has_waited, is_next),
        implies(is_next, is_over(loan, elapsed_seconds(before, loan, now))),
    )


@declare("AUCTION-START", Kind.STEP, ("liquidation",), (76,), calls=(StartAuction,))
def start_moves_nothing(observed: Observed) -> bool:
    """A start puts the first or the next round on the clock, and moves neither debt nor collateral."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    caught_up = catch_up(loan, today_of(observed))
    is_next = loan.status == LoanStatus.AUCTION
    old, new = observed.before.ledger, observed.after.ledger
    return all_of(
        after.status == LoanStatus.AUCTION,
        after.auction_round == choose(is_next, loan.auction_round + 1, 0),
        after.auction_started_at == open_seconds(observed.after, observed.context.timestamp),
        after.collateral == loan.collateral,
        debt(after) == debt(caught_up),
        *(getattr(new, name) is getattr(old, name) for name in ("balances", "holdings", "claims")),
    )


@declare("AUCTION-CLOCK", Kind.STEP, ("liquidation", "governance"), (111,), calls=(StartAuction, Take))
def clock_runs_while_open(observed: Observed) -> bool:
    """From call to call the clock of auctions stands while liquidation is closed, else runs as time does.

    Where liquidation was opened between the two, it has run since then.
    """
    before, now = observed.before, observed.context.timestamp
    then, opens = before.timestamp, before.liquidation_closed_until
    run = open_seconds(before, now) - open_seconds(before, then)
    is_closed, is_open = is_liquidation_closed(before, now), opens <= then
    return implies(
        now >= then,
        all_of(
            implies(is_closed, run == 0),
            implies(is_open, run == now - then),
            implies(all_of(now >= opens, negate(is_open)), run == now - opens),
        ),
    )


# --- a sale -----------------------------------------------------------------------------------------


@declare("TAKE-EXACT", Kind.STEP, ("liquidation",), (92,), calls=(Take,), early=True)
def debt_falls_by_the_proceeds(observed: Observed) -> bool:
    """What is owed falls by exactly what the taker pays: the least of their amount, the ask, the debt."""
    if not observed.accepted:
        return True
    _, after = loans_of(observed)
    _, owed, lot = offered(observed)
    paid = minimum(observed.call.amount, minimum(lot.ask, owed))
    return all_of(taken_of(observed) == paid, owed - debt(after) == paid)


@declare("TAKE-PRINCIPAL-FIRST", Kind.STEP, ("liquidation",), (92,), calls=(Take,))
def proceeds_pay_principal_first(observed: Observed) -> bool:
    """Proceeds that do not settle pay principal before anything else, and leave one unit of it."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    caught_up = catch_up(loan, today_of(observed))
    left = maximum(caught_up.principal - taken_of(observed), 1)
    return implies(after.status != LoanStatus.SETTLED, after.principal == left)


@declare("TAKE-ENDS", Kind.STEP, ("liquidation", "settlement"), (97, 119), calls=(Take,), early=True)
def sale_ends_as_it_should(observed: Observed) -> bool:
    """A sale settles the loan exactly where it covers the debt.

    Else the auction goes on, with collateral left, or everything is sold for less than the debt and the loan
    is in default without collateral.
    """
    if not observed.accepted:
        return True
    _, after = loans_of(observed)
    _, owed, lot = offered(observed)
    covers = all_of(lot.ask >= owed, observed.call.amount >= owed)
    is_in_auction = after.status == LoanStatus.AUCTION
    return all_of(
        equivalent(after.status == LoanStatus.SETTLED, covers),
        equivalent(after.status == LoanStatus.DEFAULTED, lot.ask < owed),
        equivalent(is_in_auction, after.collateral > 0),
        implies(is_in_auction, after.principal >= after.terms.minimum_principal),
    )


@declare("TAKE-PART", Kind.STEP, ("liquidation",), (61,), calls=(Take,), early=True)
def part_is_within_the_lot(observed: Observed) -> bool:
    """What a price buys of a lot is worth no more than the price at the ask, and within the lot."""
    if not observed.accepted:
        return True
    _, owed, lot = offered(observed)
    price = minimum(observed.call.amount, minimum(lot.ask, owed))
    worth, whole = wide_product(price, lot.collateral), wide_product(lot.ask, lot.collateral)
    bought = part_of(lot, price)
    return all_of(worth <= whole, bought * lot.ask <= worth, bought <= lot.collateral)


@declare("TAKE-PAYS-THE-ASK", Kind.STEP, ("liquidation",), (61, 62, 76), calls=(Take,), early=True)
def taker_pays_the_ask(observed: Observed) -> bool:
    """Collateral is sold for no less than its part of the ask, and of a part, of what covers the debt.

    Where the ask is below the debt, all of it is sold, for the ask.
    """
    if not observed.accepted:
        return True
    loan, _ = loans_of(observed)
    _, owed, lot = offered(observed)
    price = minimum(observed.call.amount, minimum(lot.ask, owed))
    sold, is_short = sold_of(observed), lot.ask < owed
    return all_of(
        price == taken_of(observed),
        sold >= observed.call.minimum_collateral,
        sold <= loan.collateral,
        sold * lot.ask <= wide_product(price, lot.collateral),
        implies(is_short, all_of(sold == loan.collateral, price == lot.ask)),
    )


@declare("TAKE-RATIO", Kind.STEP, ("liquidation",), (59,), calls=(Take,))
def part_never_worsens_the_ratio(observed: Observed) -> bool:
    """A part that is sold leaves no less collateral for each unit of debt than there was."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    if after.status != LoanStatus.AUCTION:
        return True
    _, owed, _ = offered(observed)
    return debt(after) * loan.collateral <= owed * after.collateral


@declare("TAKE-RETURNS-THE-REST", Kind.STEP, ("liquidation", "settlement"), (3, 119), calls=(Take,))
def rest_is_the_borrowers(observed: Observed) -> bool:
    """The taker gets what is sold, and the borrower the rest where the loan settles, and else nothing.

    What is neither is still in escrow.
    """
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    asset, taker = loan.terms.collateral_asset, observed.context.sender
    old, _ = facilities_of(observed)
    _, _, lot = offered(observed)
    sold, paid = sold_of(observed), choose(asset == old.asset, taken_of(observed), 0)
    got = received(observed, asset, taker) - as_treasury(observed, taker)
    returned = received(observed, asset, loan.borrower) - as_treasury(observed, loan.borrower)
    is_settled = after.status == LoanStatus.SETTLED
    return all_of(
        taker != loan.borrower,
        sold >= 0,
        sold <= lot.collateral,
        got == sold - paid,
        returned == choose(is_settled, loan.collateral - sold, 0),
        loan.collateral == sold + returned + after.collateral,
    )

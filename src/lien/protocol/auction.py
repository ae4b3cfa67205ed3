"""Reckon what an auction offers at a time, and for how much.

Everything here is a term and forks no path. A round's time is counted in seconds for which liquidation was
open, so that it stands still while that is paused and in the grace after a pause.
"""

from dataclasses import dataclass, replace

from lien.protocol.algebra import all_of, choose, maximum, minimum
from lien.protocol.arithmetic import multiply_divide_down, multiply_divide_up
from lien.protocol.pauses import closed_seconds
from lien.protocol.state import Loan, State
from lien.spec.types import Amount, LoanStatus, Total
from lien.spec.units import (
    AUCTION_PREMIUM,
    AUCTION_SECONDS,
    AUCTION_SHARE_SECONDS,
    AUCTION_WHOLE,
    LAST_AUCTION_ROUND,
    MAXIMUM_PRICE,
    PRICE_SCALE,
    WAD,
)


@dataclass(frozen=True, slots=True)
class Lot:
    """Say what is offered together, and what is asked for it."""

    collateral: Amount
    ask: Total


def open_seconds(state: State, now: int) -> int:
    """Return the seconds until now for which liquidation was not closed: the clock of auctions."""
    return now - closed_seconds(state, now)


def elapsed_seconds(state: State, loan: Loan, now: int) -> int:
    """Return for how long a round has run."""
    return open_seconds(state, now) - loan.auction_started_at


def share_seconds(loan: Loan) -> int:
    """Return for how long the offered share of a loan in auction grows: in a first round without a price."""
    return choose(all_of(loan.auction_round == 0, loan.auction_price == 0), AUCTION_SHARE_SECONDS, 0)


def is_over(loan: Loan, elapsed: int) -> bool:
    """Return whether a round has ended unsold; the last one never does (LIQUIDATION-19)."""
    ends = share_seconds(loan) + AUCTION_SECONDS
    return all_of(loan.auction_round < LAST_AUCTION_ROUND, elapsed >= ends)


def compute_left(number: int, fallen: int) -> int:
    """Return what is left of the ask in a round after seconds of falling, in parts of `AUCTION_WHOLE`."""
    spent = minimum(fallen, AUCTION_SECONDS)
    left = 2 * (AUCTION_SECONDS - spent)
    for earlier in range(LAST_AUCTION_ROUND):
        doubled = 2 ** (LAST_AUCTION_ROUND - earlier) * (2 * AUCTION_SECONDS - spent)
        left = choose(number == earlier, doubled, left)
    return left


def compute_lot(loan: Loan, debt: int, elapsed: int) -> Lot:
    """Return what is offered of a loan in auction that owes a debt, at least a unit being asked for it.

    The share is rounded down and the ask up (LIQUIDATION-14).
    """
    grows = share_seconds(loan)
    is_growing = elapsed < grows
    share = multiply_divide_down(loan.collateral, elapsed, AUCTION_SHARE_SECONDS)
    value = multiply_divide_up(loan.auction_price, loan.collateral, PRICE_SCALE)
    highest = choose(loan.auction_price > 0, value, debt)
    left = compute_left(loan.auction_round, maximum(elapsed - grows, 0))
    fallen = multiply_divide_up(left, highest, AUCTION_WHOLE)
    return Lot(
        collateral=choose(is_growing, share, loan.collateral),
        ask=maximum(choose(is_growing, debt, fallen), 1),
    )


def part_of(lot: Lot, price: int) -> int:
    """Return what a price, at most the ask, buys of a lot, rounded down."""
    return multiply_divide_down(price, lot.collateral, lot.ask)


def start_round(loan: Loan, price: int, started_at: int) -> Loan:
    """Return a loan in default in its first round, or in the next, at a usable price if there is one.

    Without one a next round goes on with the price that it had.
    """
    begins = minimum(multiply_divide_down(price, AUCTION_PREMIUM, WAD), MAXIMUM_PRICE)
    return replace(
        loan,
        status=LoanStatus.AUCTION,
        auction_round=choose(loan.status == LoanStatus.AUCTION, loan.auction_round + 1, 0),
        auction_started_at=started_at,
        auction_price=choose(price > 0, begins, loan.auction_price),
    )


def end_auction(loan: Loan) -> Loan:
    """Return a loan whose collateral is sold wholly for less than its debt: in default, with none left."""
    return replace(
        loan,
        status=LoanStatus.DEFAULTED,
        collateral=0,
        auction_round=0,
        auction_started_at=0,
        auction_price=0,
    )

"""The curve of an auction: what is offered, and what is asked for it, as time passes."""

from dataclasses import replace

import pytest

from lien.protocol.auction import (
    Lot,
    compute_left,
    compute_lot,
    elapsed_seconds,
    is_over,
    open_seconds,
    start_round,
)
from lien.protocol.pauses import with_pause, without_pause
from lien.protocol.state import Loan
from lien.spec.types import LoanStatus, Scope
from lien.spec.units import (
    AUCTION_ROUNDS,
    AUCTION_SECONDS,
    AUCTION_SHARE_SECONDS,
    AUCTION_WHOLE,
    LAST_AUCTION_ROUND,
    LIQUIDATION_GRACE,
    MAXIMUM_PRICE,
    PRICE_SCALE,
)
from tests.lives import active_life

DEBT, LOT = 1_000, 64_000
HOUR = 3_600
PRICED = PRICE_SCALE // 40  # so that the lot's value is 1,600


def in_auction(number: int = 0, price: int = PRICED) -> Loan:
    """Return a loan in a round of its auction."""
    return replace(
        active_life().loan(),
        status=LoanStatus.AUCTION,
        collateral=LOT,
        auction_round=number,
        auction_price=price,
    )


@pytest.mark.parametrize(
    ("number", "hours", "ask"),
    [
        (0, 0, 1_600),
        (0, 6, 1_400),
        (0, 12, 1_200),
        (0, 24, 800),
        (0, 48, 800),
        (1, 0, 800),
        (1, 24, 400),
        (2, 12, 300),
        (3, 24, 100),
        (4, 0, 100),
        (4, 12, 50),
        (4, 23, 5),
        (4, 24, 1),
        (4, 24 * 365, 1),
    ],
)
def test_the_ask_for_everything_falls_from_the_price(number: int, hours: int, ask: int) -> None:
    """Given a price / When time passes / Then the ask halves in each round, and falls to one in the last.

    23 hours of the last round leave a 24th of 100, rounded up.
    """
    assert compute_lot(in_auction(number), DEBT, hours * HOUR) == Lot(LOT, ask)


@pytest.mark.parametrize(
    ("number", "hours", "offered", "ask"),
    [
        (0, 0, 0, 1_000),
        (0, 18, LOT // 4, 1_000),
        (0, 71, LOT * 71 // 72, 1_000),
        (0, 72, LOT, 1_000),
        (0, 84, LOT, 750),
        (0, 96, LOT, 500),
        (1, 0, LOT, 500),
        (1, 24, LOT, 250),
        (4, 0, LOT, 63),
        (4, 24, LOT, 1),
    ],
)
def test_without_a_price_the_share_grows_first(number: int, hours: int, offered: int, ask: int) -> None:
    """Given no price / When time passes / Then a growing share is for the debt, and then all for less."""
    assert compute_lot(in_auction(number, price=0), DEBT, hours * HOUR) == Lot(offered, ask)


def test_something_is_asked_of_a_loan_that_owes_nothing() -> None:
    """Given a credit as great as the debt / When a share is offered / Then one unit is asked for it."""
    assert compute_lot(in_auction(price=0), 0, HOUR) == Lot(LOT // 72, 1)


def test_the_ask_is_rounded_up() -> None:
    """Given a value of less than a unit / When it is offered / Then a unit is asked."""
    assert compute_lot(in_auction(price=1), DEBT, 0) == Lot(LOT, 1)


def test_the_value_is_rounded_up() -> None:
    """Given a value of a part of a unit more / When it is offered / Then a unit more is asked."""
    assert compute_lot(in_auction(price=PRICED + 1), DEBT, 0) == Lot(LOT, 1_601)


def test_each_round_begins_where_the_last_ended() -> None:
    """Given all rounds / When one ends and the next begins / Then as much is left of the ask."""
    assert compute_left(0, 0) == AUCTION_WHOLE
    for number in range(LAST_AUCTION_ROUND):
        assert compute_left(number, AUCTION_SECONDS) == compute_left(number + 1, 0)
    assert compute_left(LAST_AUCTION_ROUND, AUCTION_SECONDS) == 0
    assert LAST_AUCTION_ROUND == AUCTION_ROUNDS - 1


def test_every_round_but_the_last_ends() -> None:
    """Given each round / When its seconds have passed / Then it is over, a second before it is not."""
    for number in range(LAST_AUCTION_ROUND):
        assert not is_over(in_auction(number), AUCTION_SECONDS - 1)
        assert is_over(in_auction(number), AUCTION_SECONDS)
    assert not is_over(in_auction(price=0), AUCTION_SHARE_SECONDS + AUCTION_SECONDS - 1)
    assert is_over(in_auction(price=0), AUCTION_SHARE_SECONDS + AUCTION_SECONDS)
    assert is_over(in_auction(1, price=0), AUCTION_SECONDS)
    assert not is_over(in_auction(LAST_AUCTION_ROUND), 10**10)


def test_a_round_starts_above_the_price() -> None:
    """Given a usable price / When a round starts / Then it begins a tenth above; without one, at the last."""
    defaulted = replace(in_auction(price=0), status=LoanStatus.DEFAULTED)
    assert start_round(defaulted, 1_000, 7) == replace(
        defaulted, status=LoanStatus.AUCTION, auction_round=0, auction_started_at=7, auction_price=1_100
    )
    assert start_round(in_auction(1, 500), 0, 9) == replace(in_auction(2, 500), auction_started_at=9)
    assert start_round(in_auction(1, 500), 300, 9) == replace(in_auction(2, 330), auction_started_at=9)
    assert start_round(defaulted, 1, 7).auction_price == 1
    assert start_round(defaulted, MAXIMUM_PRICE, 7).auction_price == MAXIMUM_PRICE


def test_the_clock_stands_while_liquidation_is_closed() -> None:
    """Given a running round / When liquidation is paused and resumed
    / Then neither the pause nor the grace after it counts.
    """
    life = active_life()
    loan = replace(in_auction(), auction_started_at=open_seconds(life.state, life.now - HOUR))
    paused = with_pause(life.state, Scope.LIQUIDATION, life.now)
    resumed = without_pause(paused, Scope.LIQUIDATION, life.now + 5 * HOUR)
    assert elapsed_seconds(paused, loan, life.now + 5 * HOUR) == HOUR
    reopens = life.now + 5 * HOUR + LIQUIDATION_GRACE
    assert elapsed_seconds(resumed, loan, reopens) == HOUR
    assert elapsed_seconds(resumed, loan, reopens + 10) == HOUR + 10

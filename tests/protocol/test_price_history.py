"""Prices as they were: the days around 2020-03-12, on which ether fell by 43 %.

The prices are not part of this project. They are looked for in the folder that `PRICE_HISTORY` names, or else
in `../shared/prices` from the project's root: `eth-usd-daily.csv`, with columns `date` and `price_usd`.
"""

import csv
import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from lien.protocol.calendar import day_from
from lien.protocol.genesis import DOLLAR, ETHER
from lien.protocol.prices import usable_price
from lien.spec.units import PRICE_SCALE, STEP_DELAY
from tests.lives import Life, day, new_life

ROOT = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("PRICE_HISTORY", ROOT.parent / "shared" / "prices"))
FILE = FOLDER / "eth-usd-daily.csv"
FIRST, CRASH, LAST = day(2020, 3, 8), day(2020, 3, 12), day(2020, 3, 16)
CLOSE = 86_399  # the last second of a day

pytestmark = pytest.mark.skipif(
    not FILE.exists(), reason=f"the prices of ether are not in {FOLDER}: set PRICE_HISTORY to their folder"
)


def load_closes() -> dict[int, int]:
    """Return the price of ether in dollars of six decimals at the close of each day."""
    with FILE.open() as lines:
        rows = list(csv.DictReader(lines))
    scale = Decimal(PRICE_SCALE // 10**12)
    return {day_from(date.fromisoformat(row["date"])): int(Decimal(row["price_usd"]) * scale) for row in rows}


def lived_until(last: int, feeders: int) -> Life:
    """Let feeders post each close up to a day."""
    life, closes = new_life(), load_closes()
    for today in range(FIRST, last + 1):
        life.on(today, CLOSE).post_prices(closes[today], feeders=feeders)
    return life


def price_in(life: Life) -> int:
    """Return the usable price of ether now."""
    return usable_price(life.state, ETHER, DOLLAR, life.now)


def test_the_closes_are_those_of_the_crash() -> None:
    """Given the published closes / When the day of the crash is compared / Then ether fell by 43 %."""
    closes = load_closes()
    assert closes[CRASH] * 100 // closes[CRASH - 1] == 56


@pytest.mark.parametrize("feeders", [4, 5])
def test_with_four_feeders_the_crash_is_followed_at_once(feeders: int) -> None:
    """Given four feeders or five / When ether closes 43 % lower / Then that is the price at once."""
    closes = load_closes()
    assert price_in(lived_until(CRASH, feeders)) == closes[CRASH]


def test_with_three_feeders_the_crash_is_followed_in_an_hour() -> None:
    """Given three feeders / When ether closes 43 % lower
    / Then there is no price for an hour, and then the new one.
    """
    closes, life = load_closes(), lived_until(CRASH, 3)
    assert price_in(life) == 0
    life.now += STEP_DELAY - 1
    assert price_in(life) == 0
    life.now += 1
    assert price_in(life) == closes[CRASH]


@pytest.mark.parametrize("feeders", [3, 4, 5])
def test_on_every_other_day_the_close_is_the_price(feeders: int) -> None:
    """Given daily closes / When each is posted / Then it is the price up to the next, but for the crash.

    The day after rose by 22 %, which three feeders could use an hour later too.
    """
    closes = load_closes()
    for today in range(FIRST, LAST + 1):
        life = lived_until(today, feeders)
        far = abs(closes[today] - closes[today - 1]) * 5 > closes[today - 1]
        assert price_in(life) == (0 if far and feeders == 3 and today > FIRST else closes[today])
        life.now += STEP_DELAY
        assert price_in(life) == closes[today]

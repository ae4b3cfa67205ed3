"""The level payment of an annuity is the exact one, rounded up."""

from fractions import Fraction
from itertools import accumulate
from operator import mul

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lien.protocol.algebra import Fractions, interpreted_by
from lien.protocol.schedule import level_payment
from lien.spec.units import (
    CLOCK_UNITS_PER_YEAR,
    MAXIMUM_AMOUNT,
    MAXIMUM_CLOCK,
    MAXIMUM_PERIODS,
    MAXIMUM_RATE,
    UNIT,
    WAD,
)
from tests.protocol.schedule.given import amounts, rates

MONTH = CLOCK_UNITS_PER_YEAR // 12
steps = st.lists(st.integers(0, 2 * CLOCK_UNITS_PER_YEAR), min_size=1, max_size=60)


def exact_level_payment(principal: int, rate: int, clock_steps: list[int]) -> Fraction:
    """Return the level payment by its definition: the principal grown to the end over units grown to it."""
    growths = [1 + Fraction(rate * step, UNIT) for step in clock_steps]
    to_the_end = list(accumulate(reversed(growths[1:]), mul, initial=Fraction(1)))
    return principal * growths[0] * to_the_end[-1] / sum(to_the_end)


@settings(max_examples=200)
@given(principal=amounts, rate=rates, steps=steps)
def test_the_level_payment_is_the_exact_one_rounded_up(principal: int, rate: int, steps: list[int]) -> None:
    # Given any annuity, then its payment is never too small, and too great by less than the bound; in
    # fractions it is exact.
    exact = exact_level_payment(principal, rate, steps)
    payment = level_payment(principal, rate, steps)
    assert exact <= payment < exact * (1 + Fraction(len(steps) ** 2, UNIT)) + 1
    with interpreted_by(Fractions()):
        assert level_payment(principal, rate, steps) == exact


def test_level_payments_known_in_advance() -> None:
    # Given loans whose payment is known, then it is that: without interest, over one period, and a mortgage
    # of 100,000 at 6 % over 30 years, which textbooks give as 599.55, and which is 599.56 rounded up.
    assert level_payment(1_000, 0, [MONTH] * 7) == 143
    assert level_payment(1_000, WAD // 10, [CLOCK_UNITS_PER_YEAR]) == 1_100
    assert level_payment(100_000_00, 6 * WAD // 100, [MONTH] * 360) == 599_56


class Widths(Fractions):
    """Interpret as the integers do, and refuse what a contract cannot hold in 256 bits."""

    def quotient(self, numerator: int, divisor: int) -> int:
        return self.narrow(numerator) // self.narrow(divisor)

    def scale(self, amount: int, ratio: int) -> int:
        return self.narrow(amount * ratio)

    def narrow(self, number: int) -> int:
        assert abs(number) < 2**220
        return number


@pytest.mark.parametrize("step", [0, 1, MAXIMUM_CLOCK // MAXIMUM_PERIODS, MAXIMUM_CLOCK])
def test_no_intermediate_of_the_level_payment_is_wide(step: int) -> None:
    # Given the greatest principal, rate and number of periods, then every intermediate stays narrow.
    payment = level_payment(MAXIMUM_AMOUNT, MAXIMUM_RATE, [step] * MAXIMUM_PERIODS)
    with interpreted_by(Widths()):
        assert level_payment(MAXIMUM_AMOUNT, MAXIMUM_RATE, [step] * MAXIMUM_PERIODS) == payment


def test_a_discount_is_rounded_so_that_the_payment_is_not_too_small() -> None:
    # Given two periods of which the second makes seven of one, when the discount, a seventh, is rounded,
    # then the payment of so great a principal is above the exact one: rounded up it would be below.
    year = [0, CLOCK_UNITS_PER_YEAR]
    assert UNIT % 7 > 0
    assert exact_level_payment(8 * UNIT, 6 * WAD, year) == 7 * UNIT < level_payment(8 * UNIT, 6 * WAD, year)

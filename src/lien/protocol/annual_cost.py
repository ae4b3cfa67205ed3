"""Find what a loan costs a year: the annual percentage rate of charge.

It is the yearly rate X at which the payments, discounted to the day on which the loan was paid out, are worth
what was paid out: the sum of payment / (1 + X)^t. Intervals t are years and fractions of a year, in which a
day counts as one of the 365 or 366 of its year.

Source: Directive 2008/48/EC of the European Union, annex I, part I, with one drawdown on the first day.
"""

from collections.abc import Sequence

from lien.protocol.calendar import clock
from lien.spec.types import DayCount
from lien.spec.units import CLOCK_UNITS_PER_YEAR, MAXIMUM_CLOCK, WAD

BITS = 256
ONE = 1 << BITS  # a discount factor of one
UP, DOWN = ONE - 1, 0  # what is added to a product before its last bits are cut off
STEP = 12  # clock units: what a day of 365 and a day of 366 have in common
STEPS_PER_YEAR = CLOCK_UNITS_PER_YEAR // STEP


def compute_annual_cost(paid_out: int, begin: int, payments: Sequence[tuple[int, int]]) -> int:
    """Return the annual cost of an amount that was paid out on a day, scaled by WAD.

    The payments are days after that one, with amounts that together are at least what was paid out. The cost
    is not bounded by the greatest rate: a fee on a loan of a few days compounds to far more.

    Rounding: never below the exact rate, and above it by less than two units. `discount_factor` is at most
    the exact one. It is less than 2^29 of its own units too small where payments are less than 2,300 times
    what was paid out and end within two hundred years: a power of k steps is less than 2 k units too great,
    and what the payments are worth rises by more than 364 times what was paid out a unit of the factor. Where
    1 + X is below 2^80, that is less than 2^-75 in the rate.

    Raises: ValueError where next to nothing was paid out, so that there is no rate.
    """
    steps = [(count_steps(begin, day), amount) for day, amount in payments]
    yearly = power(squares_of(discount_factor(paid_out, steps), DOWN), STEPS_PER_YEAR, DOWN)
    if yearly <= 0:
        raise ValueError("next to nothing is paid out: there is no rate")
    return -(-WAD * ONE // yearly) - WAD


def count_steps(begin: int, day: int) -> int:
    """Return the steps between two days, of which every year has the same number."""
    elapsed = clock(DayCount.ACTUAL_ACTUAL, day) - clock(DayCount.ACTUAL_ACTUAL, begin)
    return elapsed // STEP


def discount_factor(paid_out: int, steps: Sequence[tuple[int, int]]) -> int:
    """Return the greatest factor a step at which the payments, rounded up, are worth no more than an amount.

    The bisection is exact, since what they are worth never falls where the factor rises.
    """
    low, high = 0, ONE
    while low < high:
        middle = (low + high + 1) // 2
        if worth_of(steps, middle) <= paid_out * ONE:
            low = middle
        else:
            high = middle - 1
    return low


def worth_of(steps: Sequence[tuple[int, int]], factor: int) -> int:
    """Return what payments are worth where each step discounts by a factor, rounded up."""
    squares = squares_of(factor, UP)
    return sum(amount * power(squares, count, UP) for count, amount in steps)


def squares_of(factor: int, rest: int) -> list[int]:
    """Return a factor to the powers 1, 2, 4, and so on, as far as a loan lasts; rounded as `power` is."""
    squares = [factor]
    for _ in range((MAXIMUM_CLOCK // STEP).bit_length()):
        squares.append(squares[-1] * squares[-1] + rest >> BITS)
    return squares


def power(squares: Sequence[int], exponent: int, rest: int) -> int:
    """Return a factor, of which the squares are given, to a power; every product rounded `UP` or `DOWN`."""
    product = ONE
    for place, square in enumerate(squares[: exponent.bit_length()]):
        if exponent >> place & 1:
            product = product * square + rest >> BITS
    return product

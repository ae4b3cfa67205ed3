"""Find the level payment of an annuity."""

from collections.abc import Sequence

from lien.protocol.arithmetic import quotient_down, quotient_up, scale
from lien.spec.units import UNIT


def level_payment(principal: int, rate: int, clock_steps: Sequence[int]) -> int:
    """Return the payment, in base units rounded up, that repays a principal in periods of given lengths.

    The rate is a year's, scaled by `WAD`; a step is a period's length in clock units; there is one or more.

    Let P be the exact payment and m the number of periods. Then P <= payment < P (1 + m^2 / UNIT) + 1:
    never too little, and less than two base units too much for payments up to UNIT / m^2, which is 6.9e18
    base units for the longest schedule. `payment_for` shows why. Every intermediate is narrower than 220
    bits.
    """
    owed = scale(principal, UNIT + rate * clock_steps[0])
    return payment_for(owed, rate, clock_steps[1:])


def payment_for(owed: int, rate: int, later_steps: Sequence[int]) -> int:
    """Return the level payment, rounded up, of which the first is made at once on what is owed, a numerator.

    The later payments are discounted to the first: v_0 = UNIT, v_k+1 = v_k UNIT / (UNIT + rate step), each
    rounded down; the payment is what is owed over the sum of all v.

    Rounding: each v_k is at most k below its exact value, since discounting shrinks the error that it
    inherits and adds less than one. So the sum of all m is at most m (m - 1) / 2 too small; it is UNIT or
    more, which makes the payment less than m^2 / UNIT of itself too great. The last rounding adds less than
    one. Both err upwards.

    Source: ACTUS technical specification, annuity amount function, whose products of 1 + rate x step are
    these discount factors brought to one denominator.
    """
    factor = discount = UNIT
    for step in later_steps:
        discount = quotient_down(scale(discount, UNIT), UNIT + rate * step)
        factor = factor + discount
    return quotient_up(owed, factor)

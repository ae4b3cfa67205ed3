"""Division with the rounding in its name."""

from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lien.protocol.arithmetic import multiply_divide_down, multiply_divide_up, quotient_down, quotient_up

amounts, divisors = st.integers(-(2**256), 2**256), st.integers(1, 2**256)


@given(amounts, divisors)
def test_quotients_round_to_minus_and_to_plus_infinity(numerator: int, divisor: int) -> None:
    """Given any numerator / When it is divided
    / Then down is the floor of the fraction, and up its ceiling.
    """
    exact = Fraction(numerator, divisor)
    assert quotient_down(numerator, divisor) == floor(exact)
    assert quotient_up(numerator, divisor) == ceil(exact)


@given(amounts, amounts, divisors)
def test_products_are_exact_before_they_are_divided(amount: int, ratio: int, divisor: int) -> None:
    """Given factors of 256 bits / When they are multiplied and divided / Then the product keeps all 512."""
    exact = Fraction(amount * ratio, divisor)
    assert multiply_divide_down(amount, ratio, divisor) == floor(exact)
    assert multiply_divide_up(amount, ratio, divisor) == ceil(exact)


def test_a_divisor_of_zero_is_an_error() -> None:
    """Given zero / When something is divided by it / Then that is no outcome of the protocol."""
    with pytest.raises(ZeroDivisionError):
        quotient_up(1, 0)

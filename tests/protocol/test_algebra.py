"""The operations whose meaning depends on what a number is, on integers and on exact fractions."""

from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lien.protocol import algebra
from lien.protocol.algebra import (
    Fractions,
    all_of,
    any_of,
    choose,
    count_true,
    equivalent,
    implies,
    interpreted_by,
    maximum,
    minimum,
    negate,
    opaque,
    quotient_down,
    scale,
    wide_product,
)

numbers, flags = st.integers(-(10**6), 10**6), st.booleans()


@given(numbers, numbers, flags)
def test_terms_on_integers_are_the_obvious_ones(first: int, second: int, flag: bool) -> None:
    """Given integers / When the terms are evaluated
    / Then they are what Python's own are, under either reading.
    """

    def terms() -> tuple[int, ...]:
        return (
            minimum(first, second),
            maximum(first, second),
            choose(flag, first, second),
            scale(first, second),
            wide_product(first, second),
        )

    product = first * second
    expected = (min(first, second), max(first, second), first if flag else second, product, product)
    assert terms() == expected
    with interpreted_by(Fractions()):
        assert terms() == expected


@given(flags, flags)
def test_conditions_are_the_obvious_ones(first: bool, second: bool) -> None:
    """Given conditions / When they are combined / Then as in logic, under either reading."""

    def conditions() -> tuple[bool, ...]:
        return (
            all_of(first, second),
            any_of(first, second),
            negate(first),
            implies(first, second),
            equivalent(first, second),
        )

    expected = (first and second, first or second, not first, not first or second, first == second)
    assert conditions() == expected
    assert count_true(first, second) == first + second
    with interpreted_by(Fractions()):
        assert conditions() == expected


def test_nothing_is_all_and_not_any() -> None:
    """Given no condition / When all or any must hold / Then all do, and none does."""
    assert (all_of(), any_of(), count_true()) == (True, False, 0)


@given(numbers, st.integers(1, 10**6))
def test_a_quotient_is_rounded_on_integers_and_exact_on_fractions(numerator: int, divisor: int) -> None:
    """Given a numerator / When it is divided / Then down to a whole number, and exactly on fractions."""
    assert quotient_down(numerator, divisor) == numerator // divisor
    with interpreted_by(Fractions()):
        assert quotient_down(numerator, divisor) == Fraction(numerator, divisor)


def test_an_interpretation_ends_with_its_block() -> None:
    """Given an interpretation / When its block ends, by an error too / Then the one before is back."""
    with interpreted_by(Fractions()):
        with interpreted_by(Fractions()):
            pass
        assert quotient_down(1, 2) == Fraction(1, 2)
    try:
        with interpreted_by(Fractions()):
            raise LookupError
    except LookupError:
        pass
    assert quotient_down(1, 2) == 0


def test_an_opaque_function_is_applied_by_the_interpretation() -> None:
    """Given a function marked opaque / When it is called
    / Then itself on integers, else what the reading says.
    """

    @opaque
    def double(number: int) -> int:
        return 2 * number

    class Contract(Fractions):
        def apply(self, function: Any, arguments: tuple[Any, ...]) -> Any:
            return (function.__name__, arguments)

    assert double(3) == 6
    with interpreted_by(Fractions()):
        assert double(3) == 6
    with interpreted_by(Contract()):
        met: object = double(3)
    assert met == ("double", (3,))
    assert algebra.opaque is opaque

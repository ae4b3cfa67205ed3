"""The annual cost is that of the law's equation: published examples, and an independent computation."""

from decimal import Decimal, localcontext
from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lien.protocol.annual_cost import (
    DOWN,
    ONE,
    UP,
    compute_annual_cost,
    count_steps,
    discount_factor,
    power,
    squares_of,
    worth_of,
)
from lien.protocol.calendar import date_of
from lien.spec.units import WAD
from tests.lives import day as on

BEGIN = on(1994, 1, 1)
Payments = list[tuple[int, int]]


@pytest.mark.parametrize(
    ("paid_out", "payments", "published", "digits"),
    [
        # Directive 98/7/EC, annex III, part A: the first three examples
        (1_000, [(on(1995, 7, 1), 1_200)], "0.1296", 4),
        (950, [(on(1995, 7, 1), 1_200)], "0.169", 3),
        (1_000, [(on(1995, 1, 1), 600), (on(1996, 1, 1), 600)], "0.1307", 4),
    ],
)
def test_it_is_that_of_the_published_examples(
    paid_out: int, payments: Payments, published: str, digits: int
) -> None:
    """Given an example of the law / When its rate is computed / Then it rounds to the published one."""
    cost = Decimal(compute_annual_cost(paid_out, BEGIN, payments)) / WAD
    assert str(round(cost, digits)) == published


def test_a_year_of_interest_costs_its_rate_and_none_costs_nothing() -> None:
    """Given 20 % after a year, leap or not / When the cost is computed / Then it is that, or a unit more."""
    for year in (1995, 1996):
        cost = compute_annual_cost(100, on(year, 1, 1), [(on(year + 1, 1, 1), 120)])
        assert 0 <= cost - WAD // 5 < 2
    assert compute_annual_cost(100, BEGIN, [(BEGIN + 9, 40), (BEGIN + 99, 60)]) == 0


def test_next_to_nothing_paid_out_has_no_rate() -> None:
    """Given a fee that takes all, or nearly all / When the cost is asked for / Then there is none."""
    for paid_out in (0, 1):
        with pytest.raises(ValueError, match="next to nothing"):
            compute_annual_cost(paid_out, BEGIN, [(BEGIN + 1, 2)])


def years_between(begin: int, day: int) -> Fraction:
    """Count years by the calendar: each day is a part of its own year."""
    counted = Fraction(0)
    for year in range(date_of(begin).year, date_of(day).year + 1):
        first, last = on(year, 1, 1), on(year + 1, 1, 1)
        counted += Fraction(max(min(day, last) - max(begin, first), 0), last - first)
    return counted


def worth_at(rate: int, begin: int, payments: Payments) -> Decimal:
    """Return what payments are worth at a yearly rate, to far more digits than the rate has."""
    with localcontext(prec=90):
        growth = 1 + Decimal(rate) / WAD
        parts = [(amount, years_between(begin, day)) for day, amount in payments]
        return sum(
            (amount / growth ** (Decimal(t.numerator) / t.denominator) for amount, t in parts), Decimal(0)
        )


@st.composite
def loans(draw: st.DrawFn) -> tuple[int, int, Payments]:
    """Draw what was paid out, when, and payments that are together no less."""
    paid_out, begin = draw(st.integers(10, 10**9)), draw(st.integers(0, 40_000))
    gaps = draw(st.lists(st.integers(1, 900), min_size=1, max_size=12))
    days = [begin + sum(gaps[: place + 1]) for place in range(len(gaps))]
    share = -(-paid_out // len(days))
    extra = draw(st.lists(st.integers(0, share // 5), min_size=len(days), max_size=len(days)))
    return paid_out, begin, [(day, share + more) for day, more in zip(days, extra, strict=True)]


@settings(max_examples=40, deadline=None)
@given(loan=loans())
def test_it_is_never_too_little_and_less_than_two_units_too_much(loan: tuple[int, int, Payments]) -> None:
    """Given any payments / When they are discounted at the cost, or two units less / Then the bounds hold."""
    paid_out, begin, payments = loan
    cost = compute_annual_cost(paid_out, begin, payments)
    exact = Decimal(10) ** -60
    assert worth_at(cost, begin, payments) <= paid_out + exact
    assert worth_at(cost - 2, begin, payments) > paid_out


def test_every_year_has_the_same_steps() -> None:
    """Given leap years and others / When their steps are counted / Then they are as many."""
    years = {count_steps(on(year, 1, 1), on(year + 1, 1, 1)) for year in (1995, 1996, 2100)}
    assert years == {365 * 366}
    assert worth_of([(count_steps(BEGIN, BEGIN), 7)], 1) == 7 * ONE


def test_a_fee_that_takes_nearly_all_has_the_dearest_of_rates() -> None:
    """Given a day that costs so much that a year's discount is one unit / When the cost is computed
    / Then there still is one.
    """
    dearest = 2**256 * WAD - WAD
    assert compute_annual_cost(10**6, on(1995, 1, 1), [(on(1995, 1, 2), 1_624_500)]) == dearest


@settings(deadline=None)
@given(loan=loans())
def test_the_factor_is_the_greatest_at_which_payments_are_worth_no_more(
    loan: tuple[int, int, Payments],
) -> None:
    """Given any payments / When their factor is found / Then a unit more would make them worth too much."""
    paid_out, begin, payments = loan
    steps = [(count_steps(begin, day), amount) for day, amount in payments]
    factor = discount_factor(paid_out, steps)
    assert worth_of(steps, factor) <= paid_out * ONE
    assert factor == ONE or worth_of(steps, factor + 1) > paid_out * ONE


@given(factor=st.integers(0, ONE), exponent=st.integers(0, 40))
def test_each_product_of_a_power_is_rounded_as_it_says(factor: int, exponent: int) -> None:
    """Given a factor / When it is squared and multiplied up / Then each product is exact, but rounded."""
    for rest, rounded in ((UP, ceil), (DOWN, floor)):
        squares = squares_of(factor, rest)
        assert squares[1] == rounded(Fraction(factor * factor, ONE))
        assert squares[2] == rounded(Fraction(squares[1] ** 2, ONE))
        product = power(squares, exponent, rest)
        assert power(squares, exponent + 64, rest) == rounded(Fraction(product * squares[6], ONE))

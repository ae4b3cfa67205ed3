"""A debt is compared with its collateral exactly, but for the floor of the value."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from lien.protocol.builders import percent
from lien.protocol.health import collateral_value, is_within
from lien.spec.units import MAXIMUM_AMOUNT, MAXIMUM_PRICE, PRICE_SCALE, WAD

DOLLARS = 10**6  # base units
ETHERS = 10**18
PRICE = 2_000 * DOLLARS * PRICE_SCALE // ETHERS


def test_two_ethers_are_worth_four_thousand_dollars() -> None:
    """Given a price of 2,000 / When two ethers are valued / Then at 4,000, and a base unit less at less."""
    assert collateral_value(PRICE, 2 * ETHERS) == 4_000 * DOLLARS
    assert collateral_value(PRICE, 2 * ETHERS - 1) == 4_000 * DOLLARS - 1


def test_a_tiny_token_has_a_price() -> None:
    """Given 18 decimals and a millionth of a dollar / When a million is valued / Then at one dollar."""
    tiny = PRICE_SCALE // ETHERS
    assert collateral_value(tiny, 10**6 * ETHERS) == DOLLARS


def test_a_limit_is_reached_and_not_passed() -> None:
    """Given a value of 4,000 and a limit of 60 % / When debts are compared / Then 2,400 is the most."""
    value = 4_000 * DOLLARS
    assert is_within(percent(60), 2_400 * DOLLARS, value)
    assert not is_within(percent(60), 2_400 * DOLLARS + 1, value)
    assert is_within(0, 0, 0)
    assert not is_within(WAD, 1, 0)


@given(
    st.integers(0, WAD),
    st.integers(0, 2**176 - 1),
    st.integers(0, MAXIMUM_PRICE),
    st.integers(0, MAXIMUM_AMOUNT),
)
def test_what_rounds_is_less_than_one_unit_of_value(limit: int, debt: int, price: int, amount: int) -> None:
    """Given any debt and collateral / When they are compared
    / Then as fractions would be, at a value of less than one unit less.
    """
    exact = Fraction(price * amount, PRICE_SCALE)
    value = collateral_value(price, amount)
    assert exact - 1 < value <= exact
    assert is_within(limit, debt, value) == (debt <= Fraction(limit, WAD) * value)

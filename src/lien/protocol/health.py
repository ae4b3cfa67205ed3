"""Compare a debt with the collateral that secures it."""

from lien.protocol.arithmetic import multiply_divide_down
from lien.spec.units import PRICE_SCALE, WAD


def collateral_value(price: int, amount: int) -> int:
    """Return what an amount of collateral is worth in base units of the loan asset, rounded down."""
    return multiply_divide_down(amount, price, PRICE_SCALE)


def is_within(limit: int, debt: int, value: int) -> bool:
    """Return whether a debt is at most a limit, as a ratio, of a value.

    Since a debt is whole, comparing it with the floor is exactly the comparison of debt x WAD with
    value x limit, which can be wider than 256 bits. What rounds is the value alone, against the borrower.
    """
    return debt <= multiply_divide_down(value, limit, WAD)

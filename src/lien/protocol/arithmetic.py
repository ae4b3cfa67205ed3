"""Divide with the rounding in the name; every division of the protocol is one of these four."""

from lien.protocol.algebra import choose, maximum, minimum, quotient_down, scale, wide_product

__all__ = [
    "choose",
    "maximum",
    "minimum",
    "multiply_divide_down",
    "multiply_divide_up",
    "quotient_down",
    "quotient_up",
    "scale",
    "wide_product",
]


def quotient_up(numerator: int, divisor: int) -> int:
    """Divide and round to plus infinity; the divisor must be positive."""
    return -quotient_down(-numerator, divisor)


def multiply_divide_down(amount: int, ratio: int, divisor: int) -> int:
    """Multiply, divide and round down; the product may be 512 bits wide, the divisor must be positive."""
    return quotient_down(wide_product(amount, ratio), divisor)


def multiply_divide_up(amount: int, ratio: int, divisor: int) -> int:
    """Multiply, divide and round up; the product may be 512 bits wide, the divisor must be positive."""
    return quotient_up(wide_product(amount, ratio), divisor)

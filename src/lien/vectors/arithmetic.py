"""Evaluate the pure functions where implementations go wrong: limits of the width, signs, the calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product

from eth_abi.abi import encode
from eth_utils import keccak  # type: ignore[attr-defined]

from lien.protocol.arithmetic import (
    maximum,
    minimum,
    multiply_divide_down,
    multiply_divide_up,
    quotient_down,
    quotient_up,
)
from lien.protocol.calendar import clock, date_of, day_from
from lien.protocol.state import Facility
from lien.protocol.valuation import amount_for, shares_for
from lien.spec.types import DayCount
from lien.spec.units import MAXIMUM_AMOUNT, MAXIMUM_DAY, UNIT, VIRTUAL_SHARES, WAD
from lien.vectors.format import ArithmeticVector
from lien.vectors.record import show_bytes
from lien.vectors.traces import HASH_DIGITS

WORD = 2**256
NEAR = 3  # to a power of two
HALF = 2**255
HUGE_SHARES = 2**216 - 1
FACTOR = 535_006_138_814_359  # of 2^257 - 1, half of which fits a word rounded down and not rounded up
EMPTY = Facility(asset=1, servicer=1, interest_fee=0)


@dataclass(frozen=True, slots=True)
class Operation:
    """Describe a function: its ABI types, how it is evaluated, and the arguments that are worth trying."""

    name: str
    types: tuple[str, ...]
    result: str
    evaluate: Callable[..., int]
    arguments: tuple[tuple[int, ...], ...]


def vectors_of(operation: Operation) -> Iterator[ArithmeticVector]:
    """Yield the vectors of an operation, equal arguments once."""
    for arguments in dict.fromkeys(operation.arguments):
        yield evaluation(operation, arguments)


def evaluation(operation: Operation, arguments: tuple[int, ...]) -> ArithmeticVector:
    """Return one evaluation; a division by zero fails, and so does a result that is no word."""
    outcome = attempt(operation, arguments)
    calldata = encode(list(operation.types), list(arguments))
    digest = keccak(text=f"{operation.name} {arguments}").hex()[:HASH_DIGITS]
    return ArithmeticVector(
        id=f"arithmetic/{kebab(operation.name)}/{digest}",
        operation=operation.name,
        arguments=tuple(str(argument) for argument in arguments),
        calldata=show_bytes(calldata),
        succeeds=outcome is not None,
        result=show_bytes(b"" if outcome is None else encode([operation.result], [outcome])),
        flags=flags_of(operation, arguments, outcome),
        comment=f"{operation.name}({', '.join(map(readable, arguments))})",
    )


def attempt(operation: Operation, arguments: tuple[int, ...]) -> int | None:
    """Return the result, or none where there is none or it does not fit a word."""
    try:
        outcome = operation.evaluate(*arguments)
    except ZeroDivisionError:
        return None
    bounds = (0, WORD - 1) if operation.result == "uint256" else (-HALF, HALF - 1)
    return outcome if bounds[0] <= outcome <= bounds[1] else None


def flags_of(operation: Operation, arguments: tuple[int, ...], outcome: int | None) -> tuple[str, ...]:
    """Return what the arguments try."""
    if operation.name == "clock":
        return ("calendar",)
    is_wide = any(abs(argument) >= MAXIMUM_AMOUNT for argument in arguments)
    return ("overflow",) if outcome is None or is_wide else ("rounding",)


def kebab(name: str) -> str:
    """Write a name in camel case as identifiers do."""
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)


def readable(number: int) -> str:
    """Write a great number near a power of two as that power and the rest."""
    for power in (128, 216, 255, 256):
        for sign in (1, -1):
            rest = sign * number - 2**power
            if -NEAR <= rest <= 0:
                text = f"2^{power}" + (f" - {-rest}" if rest else "")
                return text if sign > 0 else f"-({text})"
    return str(number)


# --- arguments ---------------------------------------------------------------------------------------------


def scaled() -> tuple[tuple[int, ...], ...]:
    """Return arguments of a product that is divided: exact and inexact, and around the width of a word."""
    small = product((0, 1, 2, 3, WAD), (0, 1, 3, WAD - 1), (0, 1, 2, 7, WAD))
    wide = product((2**128, WORD - 1), (2**127, 2**128, WORD - 1), (1, 2**128, WORD - 2, WORD - 1))
    near = (WORD - 1, WAD, WAD - 1), (WORD - 1, WAD + 1, WAD), (HALF, 2, 1), (HALF - 1, 2, 1)
    only_rounded_up = (FACTOR, (2 * WORD - 1) // FACTOR, 2)
    return (*small, *wide, *near, only_rounded_up)


def divided() -> tuple[tuple[int, ...], ...]:
    """Return numerators of either sign and positive divisors."""
    numerators = (0, 1, -1, 2, -2, UNIT - 1, UNIT, UNIT + 1, 1 - UNIT, -UNIT, -UNIT - 1, HALF - 1, 1 - HALF)
    return tuple(product(numerators, (1, 2, 3, UNIT)))


def compared() -> tuple[tuple[int, ...], ...]:
    """Return pairs of either sign."""
    numbers = (-HALF, -1, 0, 1, HALF - 1)
    return tuple(product(numbers, numbers))


def clocked() -> tuple[tuple[int, ...], ...]:
    """Return days at month ends, around February in leap years and others, and at the calendar's ends."""
    days = {0, 1, MAXIMUM_DAY - 1, MAXIMUM_DAY}
    for year in (1970, 2000, 2024, 2027, 2028, 2100):
        for month, number in ((1, 31), (2, 28), (3, 1), (3, 31), (12, 31)):
            day = day_from(date_of(0).replace(year=year, month=month, day=number))
            days.update((day, day + 1))
    return tuple((int(count), day) for count in DayCount for day in sorted(days) if day <= MAXIMUM_DAY)


def priced() -> tuple[tuple[int, ...], ...]:
    """Return shares, net assets and what is given for the other: at par, after gains and losses, greatest."""
    usual = product((0, 1, VIRTUAL_SHARES, 5 * 10**15), (0, 1, 5 * 10**9, 5 * 10**9 + 1), (0, 1, 3, 10**9))
    return (
        *usual,
        (HUGE_SHARES, 0, 1),
        (HUGE_SHARES, MAXIMUM_AMOUNT, MAXIMUM_AMOUNT),
        (0, MAXIMUM_AMOUNT, 1),
    )


def read_clock(day_count: int, day: int) -> int:
    """Read a clock, as a contract names it: by number."""
    return clock(DayCount(day_count), day)


def operations() -> tuple[Operation, ...]:
    """Return every operation with its arguments."""
    three, two, signed = ("uint256",) * 3, ("int256",) * 2, "int256"

    def shares(shares: int, assets: int, amount: int) -> int:
        return shares_for(replace(EMPTY, shares=shares), assets, amount)

    def amount(shares: int, assets: int, redeemed: int) -> int:
        return amount_for(replace(EMPTY, shares=shares), assets, redeemed)

    return (
        Operation("multiplyDivideDown", three, "uint256", multiply_divide_down, scaled()),
        Operation("multiplyDivideUp", three, "uint256", multiply_divide_up, scaled()),
        Operation("quotientDown", two, signed, quotient_down, divided()),
        Operation("quotientUp", two, signed, quotient_up, divided()),
        Operation("minimum", two, signed, minimum, compared()),
        Operation("maximum", two, signed, maximum, compared()),
        Operation("clock", ("uint8", "uint32"), "uint256", read_clock, clocked()),
        Operation("sharesFor", three, "uint256", shares, priced()),
        Operation("amountFor", three, "uint256", amount, priced()),
    )

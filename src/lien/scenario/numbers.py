"""Read numbers as people write them: amounts with a symbol, percentages, prices, digits in groups.

Nothing is rounded: a number with more decimals than its unit has is refused.
"""

import re
from collections.abc import Mapping
from decimal import Decimal

from lien.scenario.fault import one_of
from lien.scenario.nodes import Node
from lien.spec.types import Quantity
from lien.spec.units import PRICE_SCALE, WAD

MOST_CHARACTERS = 120
DIGITS = r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+(?:_[0-9]+)*"
WHOLE = re.compile(rf"-?(?:{DIGITS})")
WITH_UNIT = re.compile(rf"({DIGITS})(?:\.([0-9]+))?(?: ?(%)| ([A-Za-z][A-Za-z0-9]*))")
PRICE = re.compile(rf"({DIGITS})(?:\.([0-9]+))? ([A-Za-z][A-Za-z0-9]*) per ([A-Za-z][A-Za-z0-9]*)")

A_WHOLE_NUMBER = "a whole number"
AN_AMOUNT = "an amount such as 12,500.50 dUSD, or base units such as 12500500000"
A_RATIO = "a percentage such as 12.5 %, or 10^18ths such as 125000000000000000"
A_PRICE = "a price such as 2,500 dUSD per dETH, or a whole number"

Decimals = Mapping[str, int]  # of each asset, by its symbol


def in_range(node: Node, number: int, quantity: Quantity) -> int:
    """Refuse a number that its type does not have."""
    if not quantity.minimum <= number <= quantity.maximum:
        show = show_ratio if quantity.names == "ratio" else "{:,}".format
        what = "base units" if quantity.names == "amount" else "a number"
        raise node.wrong(f"{what} from {show(quantity.minimum)} to {show(quantity.maximum)}")
    return number


def read_whole(node: Node, expected: str = A_WHOLE_NUMBER) -> int:
    """Return a whole number; digits may stand in groups."""
    text = node.text(expected)
    if len(text) > MOST_CHARACTERS or not WHOLE.fullmatch(text):
        raise node.wrong(expected)
    return int(text.replace(",", "").replace("_", ""))


def read_amount(node: Node, decimals: Decimals) -> int:
    """Return base units, of an amount with a symbol or as they are."""
    text = node.text(AN_AMOUNT)
    found = WITH_UNIT.fullmatch(text)
    if not found or found[3]:
        return read_whole(node, AN_AMOUNT)
    return scaled(node, found[1], found[2], decimals[known_symbol(node, found[4], decimals)])


def read_ratio(node: Node) -> int:
    """Return a share or a yearly rate, scaled by WAD."""
    found = WITH_UNIT.fullmatch(node.text(A_RATIO))
    if not found or not found[3]:
        return read_whole(node, A_RATIO)
    places = len(str(WAD)) - 1 - 2  # a per cent is a hundredth
    return scaled(node, found[1], found[2], places)


def read_price(node: Node, decimals: Decimals) -> int:
    """Return a price: base units of one asset for a base unit of another one, scaled."""
    found = PRICE.fullmatch(node.text(A_PRICE))
    if not found:
        return read_whole(node, A_PRICE)
    paid, bought = (decimals[known_symbol(node, symbol, decimals)] for symbol in (found[3], found[4]))
    places = len(str(PRICE_SCALE)) - 1 + paid - bought
    return scaled(node, found[1], found[2], places)


def known_symbol(node: Node, symbol: str, decimals: Decimals) -> str:
    """Return a symbol that the genesis document lists."""
    if symbol not in decimals:
        raise node.wrong(one_of("an asset of the genesis document", symbol, tuple(decimals)))
    return symbol


def scaled(node: Node, whole: str, fraction: str | None, places: int) -> int:
    """Return digits before and after the point in units, of which one stands at the last of the places."""
    if len(whole) + len(fraction or "") > MOST_CHARACTERS:
        raise node.wrong(f"at most {MOST_CHARACTERS} digits")
    digits = (fraction or "").rstrip("0")
    if len(digits) > max(places, 0):
        raise node.wrong(f"at most {max(places, 0)} decimals")
    number: int = int(whole.replace(",", "").replace("_", "") + digits)
    raised: int = 10 ** abs(places - len(digits))
    return number * raised if places >= 0 else number // raised


# --- and write them ---------------------------------------------------------------------------------


def show_amount(amount: int, decimals: int) -> str:
    """Write base units in whole tokens with two decimals or, where they are not zero, more of them."""
    sign, amount = "-" if amount < 0 else "", abs(amount)
    whole, rest = divmod(amount, 10**decimals)
    fraction = f"{rest:0{decimals}d}".rstrip("0") if decimals else ""
    return f"{sign}{whole:,}" + (f".{fraction:0<2}" if decimals else "")


def show_ratio(ratio: int) -> str:
    """Write a share or a yearly rate in per cent."""
    shown = f"{Decimal(ratio * 100) / WAD:f}"
    return f"{shown.rstrip('0').rstrip('.') if '.' in shown else shown} %"

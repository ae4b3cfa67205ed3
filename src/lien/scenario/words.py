"""Tell in words what came of a call, by the annotations of its events."""

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from enum import IntEnum
from inspect import isclass
from typing import Any

from lien.protocol.machine import Outcome
from lien.protocol.state import State
from lien.scenario.names import Names
from lien.scenario.numbers import show_amount, show_ratio
from lien.scenario.play import ACCEPTED, REJECTED, Played
from lien.scenario.times import show_day, show_time
from lien.spec.abi import quantity_of
from lien.spec.call import Event, snake_case
from lien.spec.terms import Terms
from lien.spec.types import Quantity, one_each_of
from lien.spec.units import UNIT, VIRTUAL_SHARES

HASH_DIGITS, SHOWN_DIGITS = 64, 8
SMALL = 10**9  # a reference below is a number that someone chose, not a hash
SHARE_DECIMALS = len(str(VIRTUAL_SHARES)) - 1  # that a share has more than its asset
FORMS = {  # of fields that hold something else than their type says
    ("Repaid", "coming_interest"): "amount",
    ("Restructured", "interest"): "amount",
    ("DefaultBooked", "interest"): "numerator",
    ("Liquidated", "coming_interest"): "amount",
    ("TopUpCollateral", "amount"): "collateral",
}


@dataclass(frozen=True, slots=True)
class Money:
    """Say in which assets a record's amounts are counted, where that is known."""

    asset: int
    collateral: int


def money_of(state: State, record: Any) -> Money:
    """Return the assets of the loan, the facility or the asset that a record names."""
    loan, facility = getattr(record, "loan", 0), getattr(record, "facility", 0)
    asset, collateral = getattr(record, "asset", 0), 0
    if state.loans.contains(loan):
        facility, collateral = state.loans.get(loan).facility, state.loans.get(loan).terms.collateral_asset
    if not asset and state.facilities.contains(facility):
        asset = state.facilities.get(facility).asset
    return Money(asset, collateral)


@dataclass(frozen=True, slots=True)
class Words:
    """Write values for a person, with the names and the assets of one moment."""

    names: Names
    money: Money

    def value(self, annotation: Any, value: Any, name: str, form: str = "") -> str:
        """Return a value as people write it."""
        quantity = quantity_of(annotation)
        if quantity is not None:
            return self.quantity(quantity, int(value), name, form or quantity.names)
        if isclass(annotation) and issubclass(annotation, IntEnum):
            return annotation(value).name.lower().replace("_", " ")
        if isinstance(value, Terms):
            return self.terms(value)
        if is_dataclass(annotation):
            return "; ".join(self.fields(value))
        if isinstance(value, bytes):
            return f"{len(value)} bytes"
        one_each = one_each_of(annotation)
        entry = None if one_each is None else one_each.entry
        return ", ".join(self.value(entry, item, name) for item in value)

    def quantity(self, quantity: Quantity, value: int, name: str, form: str) -> str:
        """Return a number as what it is."""
        if form == "collateral":
            return self.amount(value, form)
        if form in {"amount", "numerator"}:
            return self.amount(value if form == "amount" else -(-value // UNIT), name)
        if quantity.digits == HASH_DIGITS:
            return f"{value}" if value < SMALL else f"0x{value:064x}"[: 2 + SHOWN_DIGITS] + "..."
        if quantity.digits and form != "asset":
            return self.names.account(value)
        forms: dict[str, Callable[[int], str]] = {
            "asset": self.names.symbol,
            "shares": self.shares,
            "ratio": show_ratio,
            "time": show_time,
            "day": show_day,
            "flag": lambda flag: "yes" if flag else "no",
        }
        known = "flag" if quantity.abi == "bool" else form
        return forms[known](value) if known in forms else f"{value:,}"

    def amount(self, amount: int, name: str) -> str:
        """Return an amount with the symbol of its asset."""
        asset = self.money.collateral if "collateral" in name else self.money.asset
        return self.names.amount(amount, asset) if asset else f"{amount:,}"

    def shares(self, shares: int) -> str:
        """Return shares, of which one was worth one token at first."""
        symbol = self.names.symbol(self.money.asset)
        return show_amount(shares, self.names.decimals.get(symbol, 0) + SHARE_DECIMALS)

    def terms(self, terms: Terms) -> str:
        """Return what of a loan's terms one looks at first."""
        kind = terms.kind.name.lower().replace("_", " ")
        rate, ends = show_ratio(terms.rate), show_day(terms.maturity_day)
        return f"{self.amount(terms.principal, '')} at {rate} a year, {kind}, until {ends}"

    def fields(self, record: Any) -> list[str]:
        """Return each field of a record by its name; amounts of nothing are left out."""
        kind = type(record).__name__
        shown: list[str] = []
        for item in fields(record):
            value = getattr(record, item.name)
            quantity, form = quantity_of(item.type), FORMS.get((kind, item.name), "")
            if value == 0 and quantity is not None and (form or quantity.names) in {"amount", "numerator"}:
                continue
            shown.append(f"{item.name.replace('_', ' ')} {self.value(item.type, value, item.name, form)}")
        return shown


def tell(event: Event, words: Words) -> str:
    """Return an event in words."""
    return f"{snake_case(event.event_name()).replace('_', ' ')}: {', '.join(words.fields(event))}"


def told(played: Played, names: Names) -> list[str]:
    """Return the events of a call in words."""
    if not isinstance(played.outcome, Outcome):
        return []
    return [tell(event, Words(names, money_of(played.after, event))) for event in played.outcome.events]


def moved(played: Played, names: Names) -> list[str]:
    """Return who paid whom how much."""
    if not isinstance(played.outcome, Outcome):
        return []
    return [
        f"{names.account(move.payer)} -> {names.account(move.payee)} {names.amount(move.amount, move.asset)}"
        for move in played.outcome.transfers
    ]


def outcome(played: Played) -> str:
    """Return whether a call was accepted; if not, for which reason, and which figures were compared."""
    if isinstance(played.outcome, Outcome):
        return ACCEPTED
    compared = played.outcome.compared.items()
    figures = ", ".join(f"{name.replace('_', ' ')} {figure:,}" for name, figure in compared)
    reason = f"{REJECTED}: {played.outcome.reason.name}"
    return f"{reason} ({figures})" if figures else reason

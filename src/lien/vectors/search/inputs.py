"""Make the symbols of a target: sender, time, signer and arguments, each with the values that it prefers."""

from __future__ import annotations

from dataclasses import dataclass, is_dataclass, replace
from enum import IntEnum
from inspect import isclass
from typing import Any

import z3

from lien.invariants.prove.symbols import Int
from lien.protocol.state import COUNTS, Context
from lien.spec.abi import quantity_of
from lien.spec.agreement import Accept, Countersign
from lien.spec.assets import Transfer
from lien.spec.call import Call
from lien.spec.repayment import Restructure
from lien.spec.units import MAXIMUM_DAY, MAXIMUM_NUMBER, SECONDS_PER_DAY
from lien.vectors.search.target import Target, flatten
from lien.vectors.search.tracer import Tracer
from lien.vectors.story import NOON, name_account
from lien.vectors.world import PARTIES, UNLISTED, world

DAY, SECOND, SENDER = "day", "second", "sender"  # the names of the context's symbols
SIGNER, SECOND_SIGNER = "signer", "second_signer"
LAST_SECOND = SECONDS_PER_DAY - 1
ROUND = (1, 0, *(10**digits for digits in (3, 6, 7, 8, 9, 12, 15, 18, 20, 24, 30)))
DAY_STEPS = (7, -7, 30, -30, 90, -90, 365, -365)
ACCOUNTS = ("recipient", "account")
ASSETS = ("asset", "collateral_asset", "terms.collateral_asset")
NUMBERS = {  # of records, with the maps that hold these
    "loan": "loans",
    "facility": "facilities",
    "application": "applications",
    "product": "products",
}


@dataclass(frozen=True, slots=True, eq=False)
class Symbol:
    """Hold one input: its symbol, and the values that it prefers, the natural one first."""

    name: str
    expression: Any
    preferred: tuple[int, ...]
    high: int
    is_amount: bool = True  # more and less have a meaning, as they have none for an account


@dataclass(frozen=True, slots=True)
class Inputs:
    """Hold the call and the context on symbols, and the symbols in the order in which they are settled."""

    call: Call
    context: Context
    symbols: tuple[Symbol, ...]


class Maker:
    """Make the inputs of a target on one run of the tracer."""

    def __init__(self, tracer: Tracer, target: Target) -> None:
        """Begin with no symbol."""
        self.tracer, self.target = tracer, target
        self.symbols: list[Symbol] = []

    def make(self) -> Inputs:
        """Return fresh inputs."""
        context = self._context()
        values = {
            name: self._argument(name, kind, value) for name, kind, value in flatten(self.target.example)
        }
        call = type(self.target.example).model_construct(**self._nested(values))
        return Inputs(call, context, tuple(self.symbols))

    def _symbol(
        self, name: str, low: int, high: int, preferred: tuple[int, ...], *, is_amount: bool = True
    ) -> Int:
        symbol = self.tracer.fresh(name, low, high)
        within = tuple(dict.fromkeys(value for value in preferred if low <= value <= high))
        self.symbols.append(Symbol(name, symbol.expression, within, high, is_amount))
        return symbol

    def _among(self, name: str, options: tuple[int, ...]) -> Int:
        """Return a symbol that is one of some options."""
        options = tuple(dict.fromkeys(options))
        symbol = self._symbol(name, min(options), max(options), options, is_amount=False)
        self.tracer.assume(z3.Or(*[symbol.expression == option for option in options]))
        return symbol

    def _context(self) -> Context:
        """Return any party as sender, and any second of the window."""
        target, accounts = self.target, tuple(name_account(name) for name in PARTIES)
        first, last = target.window
        day: Any = self._symbol(DAY, first, last, target.days) if first < last else first
        second = self._symbol(SECOND, 0, LAST_SECOND, (NOON, LAST_SECOND, 0))
        time = day * SECONDS_PER_DAY + second
        self.tracer.now = (time, day)
        self.tracer.assume(time >= target.scene.state.timestamp)
        sender: Any = name_account(target.sender)
        if SENDER not in target.fixed:
            sender = self._among(SENDER, (sender, *accounts))
        signer: Any = 0
        second_signer: Any = 0
        if isinstance(target.example, (Accept, Countersign)):
            signer = self._among(SIGNER, (name_account(target.sender), *accounts, 0))
        elif isinstance(target.example, Restructure):
            signer = self._among(SIGNER, (name_account("borrower"), *accounts, 0))
            second_signer = self._among(SECOND_SIGNER, (name_account("servicer"), *accounts, 0))
        return Context(sender, time, signer, second_signer)

    def _argument(self, name: str, annotation: Any, value: Any) -> Any:
        """Return one argument: fixed, one of some accounts or assets, a record's number, or any quantity."""
        if isinstance(value, bytes) or name in self.target.fixed:
            return value
        if name in NUMBERS:
            return self._number(name, value)
        if name in ACCOUNTS:
            others = (*(name_account(actor) for actor in PARTIES), world().protocol)
            return self._among(name, (value, *others))
        if name in ASSETS:
            return self._among(name, (value, *(asset.address for asset in world().assets), *self._unlisted()))
        if isclass(annotation) and issubclass(annotation, IntEnum):
            options = tuple(int(option) for option in annotation)
            return self._symbol(name, min(options), max(options), (int(value), *options), is_amount=False)
        quantity = quantity_of(annotation)
        assert quantity is not None  # every other field of a call is a quantity
        steps = DAY_STEPS if quantity.maximum == MAXIMUM_DAY else ()
        near = (value, value + 1, value - 1, *(value + step for step in steps), *ROUND, quantity.maximum)
        return self._symbol(name, quantity.minimum, quantity.maximum, near)

    def _unlisted(self) -> tuple[int, ...]:
        """Return an asset that is none; a transfer is sent to its token, so that one always is."""
        return () if isinstance(self.target.example, Transfer) else (UNLISTED,)

    def _number(self, name: str, value: int) -> Any:
        """Return the example's number, and on a path of its own any that has no record."""
        state = self.target.scene.state
        records, count = getattr(state, NUMBERS[name]), getattr(state, COUNTS[NUMBERS[name]])
        symbol = self._symbol(name, 0, MAXIMUM_NUMBER, (value, count + 1, 0), is_amount=False)
        if records.contains(value) and self.tracer.decide(symbol.expression == value):
            return value
        self.tracer.assume(z3.And(*[symbol.expression != number for number, _ in records.items()]))
        return symbol

    def _nested(self, values: dict[str, Any]) -> dict[str, Any]:
        """Put the fields of a record back together."""
        example = self.target.example
        result = {name: value for name, value in values.items() if "." not in name}
        for name in type(example).model_fields:
            content = getattr(example, name)
            if is_dataclass(content) and not isinstance(content, type):
                parts = {
                    key.split(".", 1)[1]: value for key, value in values.items() if key.startswith(f"{name}.")
                }
                result[name] = replace(content, **parts)
        return result

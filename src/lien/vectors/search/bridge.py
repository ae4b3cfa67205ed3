"""Show a concrete state to symbols: what is read through a symbolic key is a term over its entries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, TypeGuard

import z3

from lien.invariants.prove.symbols import Bool, Expression, Int, integer, known_value
from lien.protocol.maps import Figures, Records
from lien.protocol.state import State
from lien.vectors.kinds import is_tuple


class Unreadable(Exception):  # noqa: N818
    """Say that a record was read which does not exist: what follows a lifted guard has no meaning then."""


def as_tuple(key: Any) -> tuple[Any, ...]:
    """Return a key as a tuple of its parts; a part is a number where its value is known."""
    parts = key if is_tuple(key) else (key,)
    return tuple(part if (known := known_value(part)) is None else known for part in parts)


def equal_keys(first: tuple[Any, ...], second: tuple[Any, ...]) -> Expression | bool:
    """Return whether two keys are one, or the condition that they are."""
    conditions = []
    for left, right in zip(first, second, strict=True):
        if isinstance(left, int) and isinstance(right, int):
            if left != right:
                return False
        else:
            conditions.append(integer(left).expression == integer(right).expression)
    return z3.And(*conditions) if conditions else True


class KnownFigures:
    """Be a concrete map of figures with symbolic writes over it (the interface of `Figures`)."""

    def __init__(self, entries: Figures, writes: tuple[tuple[Any, Any], ...] = ()) -> None:
        """Begin with the concrete entries."""
        self.entries, self.writes = entries, writes

    def get(self, key: Any) -> Any:
        """Return the figure of a key: the last write to it, else the entry, else zero."""
        figure: Any = 0
        wanted = as_tuple(key)
        for known, entry in (*self.entries.items(), *self.writes):
            is_it = equal_keys(as_tuple(known), wanted)
            if is_it is True:
                figure = entry
            elif is_it is not False:
                figure = either(is_it, integer(entry), integer(figure))
        return figure

    def set(self, key: Any, figure: Any) -> KnownFigures:
        """Return a map in which the key has the figure."""
        return KnownFigures(self.entries, (*self.writes, (key, figure)))


def either(condition: Expression, first: Int, second: Int) -> Int:
    """Return one of two figures, within the range of both."""
    low = None if first.low is None or second.low is None else min(first.low, second.low)
    high = None if first.high is None or second.high is None else max(first.high, second.high)
    return Int(z3.If(condition, first.expression, second.expression), low, high)


class KnownRecords:
    """Be a concrete map of records with writes over it (the interface of `Records`).

    A symbol without a value stands for a number that has no record: whether it has one is decided before.
    """

    def __init__(self, entries: dict[int, Any]) -> None:
        """Begin with the concrete records."""
        self.entries = entries

    def contains(self, number: Any) -> Any:
        """Return whether the number has a record."""
        known = known_value(number)
        if known is not None:
            return known in self.entries
        return Bool(z3.Or(*[number.expression == entry for entry in self.entries]))

    def get(self, number: Any) -> Any:
        """Return the record of a number."""
        known = known_value(number)
        if known is None or known not in self.entries:
            raise Unreadable
        return self.entries[known]

    def field(self, number: Any, name: str) -> Any:
        """Return one field of the record of a number, or zero where the number has none."""
        return self._figure(number, lambda record: getattr(record, name))

    def place(self, number: Any, name: str, index: int) -> Any:
        """Return one entry of a tuple of the record of a number, or zero where the number has none."""
        return self._figure(number, lambda record: getattr(record, name)[index])

    def _figure(self, number: Any, read: Callable[[Any], Any]) -> Any:
        known = known_value(number)
        if known is not None:
            return read(self.entries[known]) if known in self.entries else 0
        figure: Any = 0
        for entry, record in self.entries.items():
            figure = either(number.expression == entry, integer(read(record)), integer(figure))
        return figure

    def set(self, number: Any, record: Any) -> KnownRecords:
        """Return a map in which the number has the record."""
        known = known_value(number)
        if known is None:
            raise Unreadable
        return KnownRecords({**self.entries, known: record})


def is_records(entries: object) -> TypeGuard[Records[Any]]:
    """Return whether a part of the state is a map of records."""
    return isinstance(entries, Records)


def shown_to_symbols(state: State) -> State:
    """Return the state with its maps as symbols read them."""

    def shown(holder: Any) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for item in fields(holder):
            entries = getattr(holder, item.name)
            if isinstance(entries, Figures):
                values[item.name] = KnownFigures(entries)
            elif is_records(entries):
                values[item.name] = KnownRecords(dict(entries.items()))
        return values

    changes: dict[str, Any] = {**shown(state), "ledger": replace(state.ledger, **shown(state.ledger))}
    return replace(state, **changes)

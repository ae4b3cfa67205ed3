"""Stand in for the state's maps: any keys, any entries, unboundedly many of them.

A map of figures is a function with writes over it, so that a read is a term and never forks. A map of records
makes a record when a key is first read; what was never read is unchanged. Two keys that may be equal fork.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import z3

from lien.invariants.prove.executor import Executor
from lien.invariants.prove.expressions import (
    at_most,
    both,
    build,
    chosen,
    equal,
    implied,
    number_of,
    simplified,
)
from lien.invariants.prove.symbols import Bool, Expression, Int, integer
from lien.spec.types import Quantity

OnFigure = Callable[[str, tuple[Int, ...], Int], None]  # called with a map's name, a key and its figure


def as_tuple(key: Any) -> tuple[Expression, ...]:
    """Return a key as a tuple of expressions."""
    parts = cast("tuple[object, ...]", key) if isinstance(key, tuple) else (key,)
    return tuple(simplified(integer(part).expression) for part in parts)


def equal_keys(first: tuple[Expression, ...], second: tuple[Expression, ...]) -> Expression:
    """Return the condition that two keys are one."""
    return both(*[equal(left, right) for left, right in zip(first, second, strict=True)])


def part_of(record: Any, path: str) -> Any:
    """Return a field of a record, or an entry of a tuple in it: `name`, or `name.index`."""
    name, _, index = path.partition(".")
    return getattr(record, name)[int(index)] if index else getattr(record, name)


@dataclass(frozen=True, slots=True)
class Write:
    """Record that a key was given a figure, and by how much that changed it."""

    key: tuple[Expression, ...]
    figure: Expression
    change: Expression


class SymbolicFigures:
    """Be any map of figures (the interface of `Figures`)."""

    __slots__ = ("_executor", "_on_read", "_quantity", "name", "reads", "writes")

    def __init__(
        self,
        executor: Executor,
        name: str,
        quantity: Quantity,
        on_read: OnFigure,
        writes: tuple[Write, ...] = (),
        reads: dict[tuple[int, ...], tuple[Expression, ...]] | None = None,
    ) -> None:
        """Begin with arbitrary figures within the quantity's range."""
        self._executor, self.name, self._quantity, self.writes = executor, name, quantity, writes
        self._on_read = on_read
        self.reads = {} if reads is None else reads  # shared by all versions of the map

    def original(self, key: tuple[Expression, ...]) -> Int:
        """Return the figure before any write."""
        sorts = [z3.IntSort()] * (len(key) + 1)
        figure = Int(z3.Function(self.name, *sorts)(*key), self._quantity.minimum, self._quantity.maximum)
        identity = tuple(number_of(part) for part in key)
        if identity not in self.reads:
            self.reads[identity] = key
            self._executor.assume(figure.expression >= self._quantity.minimum)
            self._executor.assume(figure.expression <= self._quantity.maximum)
            self._on_read(self.name, tuple(Int(part) for part in key), figure)
        return figure

    def get(self, key: Any) -> Int:
        """Return the figure of a key: the last write to it, else the original."""
        wanted = as_tuple(key)
        figure = self.original(wanted).expression
        for write in self.writes:
            figure = chosen(equal_keys(write.key, wanted), write.figure, figure)
        return Int(simplified(figure), self._quantity.minimum, self._quantity.maximum)

    def set(self, key: Any, figure: Any) -> SymbolicFigures:
        """Return a map in which the key has the figure."""
        expression = simplified(integer(figure).expression)
        if not z3.is_int_value(expression) and not z3.is_const(expression):
            symbol, is_new = self._executor.named(self.name, (expression,), None, None)
            if is_new:
                self._executor.define(symbol.expression, symbol.expression == expression)
            expression = symbol.expression
        wanted = as_tuple(key)
        write = Write(wanted, expression, expression - self.get(wanted).expression)
        return SymbolicFigures(
            self._executor, self.name, self._quantity, self._on_read, (*self.writes, write), self.reads
        )


class SymbolicRecords:
    """Be any map of records (the interface of `Records`)."""

    __slots__ = ("_count", "_executor", "_fields", "_make", "_spans", "name", "originals", "written")

    def __init__(  # noqa: PLR0913, PLR0917  # each version passes on all that it shares with the others
        self,
        executor: Executor,
        name: str,
        count: Int,
        make: Callable[[str, Int], Any],
        spans: Mapping[str, tuple[int, int]],
        originals: list[tuple[Expression, Any]] | None = None,
        written: tuple[tuple[Expression, Any], ...] = (),
        fields: list[tuple[Expression, str, Expression]] | None = None,
    ) -> None:
        """Begin with records numbered from one to the count, made when they are first read."""
        self._fields = [] if fields is None else fields  # read without making a record; shared, too
        self._executor, self.name, self._count, self._make = executor, name, count, make
        self._spans = spans  # the range of each integer field, and of each entry of a tuple
        self.originals = [] if originals is None else originals  # shared by all versions of the map
        self.written = written

    def complete(self) -> None:
        """Make a record for each number of which only a field was read."""
        for key, _, _ in list(self._fields):
            if self.contains(Int(key)):
                self.original(key)

    def _exists(self, wanted: Expression) -> Expression:
        """Return whether a number had a record before any write."""
        is_counted = at_most(wanted, self._count.expression)
        return both(at_most(1, wanted), is_counted)

    def contains(self, number: Any) -> Any:
        """Return whether the number has a record."""
        wanted = integer(number).expression
        exists = self._exists(wanted)
        return Bool(build(z3.Or, exists, *[equal(key, wanted) for key, _ in self.written]))

    def get(self, number: Any) -> Any:
        """Return the record of a number; make an arbitrary one where none was read before."""
        wanted = simplified(integer(number).expression)
        for key, record in reversed(self.written):
            if self._executor.decide(equal(key, wanted)):
                return record
        return self.original(wanted)

    def original(self, wanted: Expression) -> Any:
        """Return the record before any write."""
        for key, record in self.originals:
            if self._executor.decide(equal(key, wanted)):
                return record
        record = self._make(self._executor.number(self.name), Int(wanted))
        self.originals.append((wanted, record))
        for key, name, term in self._fields:
            same = term == integer(part_of(record, name)).expression
            self._executor.assume(implied(equal(key, wanted), same))
        return record

    def field(self, number: Any, name: str) -> Any:
        """Return one integer field of a record as a term, which never forks: zero without a record."""
        wanted = simplified(integer(number).expression)
        for key, record in self.originals:
            if key.eq(wanted):
                figure = integer(part_of(record, name)).expression
                break
        else:
            figure = self._read(wanted, name)
        for key, record in self.written:
            figure = chosen(equal(key, wanted), integer(part_of(record, name)).expression, figure)
        least, greatest = self._spans[name]
        return Int(simplified(figure), min(least, 0), max(greatest, 0))

    def _read(self, wanted: Expression, name: str) -> Expression:
        """Return what a field is of the record that a number has, if it has one, before any write."""
        figure = z3.Function(f"{self.name}[].{name}", z3.IntSort(), z3.IntSort())(wanted)
        exists = self._exists(wanted)
        if not any(known == name and number_of(key) == number_of(wanted) for key, known, _ in self._fields):
            self._fields.append((wanted, name, figure))
            least, greatest = self._spans[name]
            self._executor.assume(implied(exists, z3.And(figure >= least, figure <= greatest)))
            for key, record in self.originals:
                same = figure == integer(part_of(record, name)).expression
                self._executor.assume(implied(equal(key, wanted), same))
        return chosen(exists, figure, 0)

    def place(self, number: Any, name: str, index: int) -> Any:
        """Return one entry of a tuple of a record as a term, which never forks: zero without a record."""
        return self.field(number, f"{name}.{index}")

    def set(self, number: Any, record: Any) -> SymbolicRecords:
        """Return a map in which the number has the record."""
        wanted = simplified(integer(number).expression)
        written = (*self.written, (wanted, record))
        return SymbolicRecords(
            self._executor,
            self.name,
            self._count,
            self._make,
            self._spans,
            self.originals,
            written,
            self._fields,
        )

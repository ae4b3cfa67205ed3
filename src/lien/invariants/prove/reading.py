"""Read a path at numbers: which side each decision takes there, and what the path foretells of the outcome.

What the path computed is computed anew from the numbers; what a contract answered is asked of the function
itself. So a concrete run shows whether the executor followed the code.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, cast

import z3
from immutables import Map

from lien.invariants.explore.maps import as_key, maps_of
from lien.invariants.properties.base import Observed
from lien.invariants.prove.expressions import number_of
from lien.invariants.prove.maps import SymbolicFigures, SymbolicRecords
from lien.invariants.prove.path import Path
from lien.invariants.prove.run import Applied, Run
from lien.invariants.prove.symbols import Expression, Int, leaves
from lien.protocol.calendar import clock, due_day
from lien.protocol.machine import without_claims_of_nothing
from lien.protocol.maps import Figures, Records
from lien.protocol.state import Context, State
from lien.spec.call import Call
from lien.spec.types import DayCount


@dataclass(frozen=True, slots=True)
class Situation:
    """Hold a state on integers, a call, and its context; for a contract, the loan and the arguments."""

    state: State
    call: Call | None
    context: Context
    given: tuple[Any, ...] = ()


class Elsewhere(Exception):  # noqa: N818  # a path of other situations is no error
    """Say that the path speaks of something that the situation does not have."""


LAZY: dict[int, Callable[[Iterator[bool]], bool]] = {z3.Z3_OP_AND: all, z3.Z3_OP_OR: any}
SINGLE: dict[int, Callable[[Any], Any]] = {z3.Z3_OP_NOT: operator.not_, z3.Z3_OP_UMINUS: operator.neg}
FOLDED: dict[int, Callable[[Any, Any], Any]] = {
    z3.Z3_OP_ADD: operator.add,
    z3.Z3_OP_SUB: operator.sub,
    z3.Z3_OP_MUL: operator.mul,
    z3.Z3_OP_LE: operator.le,
    z3.Z3_OP_LT: operator.lt,
    z3.Z3_OP_GE: operator.ge,
    z3.Z3_OP_GT: operator.gt,
    z3.Z3_OP_EQ: operator.eq,
    z3.Z3_OP_DISTINCT: operator.ne,
    z3.Z3_OP_IMPLIES: lambda premise, conclusion: not premise or conclusion,
}


def concrete(value: Any, number: Callable[[Expression], int]) -> Any:
    """Return a value with numbers in place of its symbols, and real maps in place of symbolic ones."""
    if isinstance(value, SymbolicFigures):
        figures = Figures()
        for key in value.reads.values():
            place = as_key(tuple(number(part) for part in key))
            figures = figures.set(place, number(value.original(key).expression))
        return figures
    if isinstance(value, SymbolicRecords):
        return Records(Map({number(key): concrete(record, number) for key, record in value.originals}))
    if is_dataclass(value) and not isinstance(value, type):
        parts = {item.name: concrete(getattr(value, item.name), number) for item in fields(value)}
        return type(value)(**parts)
    if isinstance(value, tuple):
        return tuple(concrete(part, number) for part in cast("tuple[object, ...]", value))
    return number(value.expression) if isinstance(value, Int) else value


@dataclass(frozen=True, slots=True)
class Shape:
    """Hold what an expression is made of, so that the solver is asked only once."""

    kind: int
    name: str
    children: tuple[Expression, ...]
    constant: Any
    expression: Expression  # kept, since the solver reuses numbers of dead ones


class Reading:
    """Prepare a path for being read in many situations."""

    def __init__(self, path: Path, run: Run) -> None:
        """Note what each symbol stands for: a term, a field of a record, or a part of an answer."""
        self.path, self.run = path, run
        self.terms = {
            number_of(symbol.expression): (key[0], term) for key, (symbol, term) in path.names.items()
        }
        self.records: dict[int, tuple[str, Expression, Any]] = {}
        self.answers: dict[int, Applied] = {}
        self.choices = {number_of(answer): (place, status) for answer, place, status in run.chosen}
        self.applied = list(run.applied.values())
        self._shapes: dict[int, Shape] = {}
        for name, entries in maps_of(run.state).items():
            for number, record in entries.originals if isinstance(entries, SymbolicRecords) else ():
                self.records |= {number_of(leaf): (name, number, record) for leaf in symbols_in(record)}
        for applied in self.applied:
            new = {number_of(leaf): applied for leaf in symbols_in((applied.beside, applied.after))}
            self.answers = new | self.answers  # an answer can hold symbols of an earlier one

    def shape(self, expression: Expression) -> Shape:
        """Return what an expression is made of."""
        number = number_of(expression)
        if number not in self._shapes:
            constant = expression.as_long() if z3.is_int_value(expression) else None
            if z3.is_true(expression) or z3.is_false(expression):
                constant = z3.is_true(expression)
            made_by = expression.decl()
            self._shapes[number] = Shape(
                made_by.kind(), made_by.name(), tuple(expression.children()), constant, expression
            )
        return self._shapes[number]

    def at(self, situation: Situation, others: Callable[[Expression], int] | None = None) -> Numbers:
        """Read the path in a situation; `others` values symbols that no situation has, like "any account"."""
        return Numbers(self, situation, others)


class Numbers:
    """Give every expression of a path its value in one situation."""

    def __init__(
        self, reading: Reading, situation: Situation, others: Callable[[Expression], int] | None
    ) -> None:
        """Give every input symbol its number; the rest follows when it is asked for."""
        self.reading, self.situation, self._others = reading, situation, others
        self.values: dict[int, Any] = {}
        self._maps = maps_of(situation.state)
        self._real: dict[int, tuple[Any, Any]] = {}
        run, there = reading.run, situation
        self._bind((run.state.settings, run.context), (there.state.settings, there.context))
        for item in fields(run.state):
            self._bind(getattr(run.state, item.name), getattr(there.state, item.name))
        self._bind(run.state.ledger.protocol, there.state.ledger.protocol)
        if there.call is not None:
            self._bind(tuple(run.call.arguments().values()), tuple(there.call.arguments().values()))
        self._bind(run.given, there.given)

    def _bind(self, symbolic: Any, real: Any) -> None:
        """Give each symbol inside a value the number that stands at its place."""
        for symbol, number in zip(leaves(symbolic), leaves(real), strict=False):
            if isinstance(symbol, Int) and z3.is_const(symbol.expression):
                self.values.setdefault(number_of(symbol.expression), number)

    # what follows

    def value(self, expression: Expression) -> Any:
        """Return the value of an expression.

        Raises: Elsewhere.
        """
        number = number_of(expression)
        if number not in self.values:
            self.values[number] = self._compute(expression)
        return self.values[number]

    def real(self, symbolic: Any) -> Any:
        """Return a value with numbers in place of its symbols."""
        return concrete(symbolic, self.value)

    def _compute(self, expression: Expression) -> Any:
        shape = self.reading.shape(expression)
        if shape.constant is not None:
            return shape.constant
        kind, children = shape.kind, shape.children
        if kind == z3.Z3_OP_UNINTERPRETED:
            return self._application(shape) if children else self._symbol(expression)
        if kind == z3.Z3_OP_ITE:
            return self.value(children[1 if self.value(children[0]) else 2])
        if kind in LAZY:
            return LAZY[kind](self.value(child) for child in children)
        if kind in SINGLE:
            return SINGLE[kind](self.value(children[0]))
        result, *others = (self.value(child) for child in children)
        for other in others:
            result = FOLDED[kind](result, other)
        return result

    def _symbol(self, symbol: Expression) -> Any:
        """Return the value of a symbol: a term, a record's field, or a contract's answer."""
        reading, number = self.reading, number_of(symbol)
        if number in reading.terms:
            label, term = reading.terms[number]
            parts = [self.value(part) for part in term]
            if label == "quotient":
                return parts[0] // parts[1]
            return parts[0] * parts[1] if label == "product" else parts[0]
        if number in reading.records:
            name, key, record = reading.records[number]
            self._bind(record, self._record(name, self.value(key)))
        elif number in reading.answers:
            applied = reading.answers[number]
            self._bind((applied.beside, applied.after), self._answer(applied))
        elif number in reading.choices:
            place, status = reading.choices[number]
            return self._answer(reading.applied[place])[1].status == status
        if number in self.values:
            return self.values[number]
        if self._others is None:
            raise Elsewhere
        return self._others(symbol)

    def _record(self, name: str, number: int) -> Any:
        if not self._maps[name].contains(number):
            raise Elsewhere
        return self._maps[name].get(number)

    def _answer(self, applied: Applied) -> tuple[Any, Any]:
        """Return what the function itself answers."""
        if id(applied) not in self._real:
            given = self.real((applied.loan, *applied.arguments))
            self._real[id(applied)] = applied.contract.answers(*given)
        return self._real[id(applied)]

    def _application(self, shape: Shape) -> Any:
        """Return what a function stands for: a clock, a due date, a figure, or a field of a record."""
        name, arguments = shape.name, tuple(self.value(child) for child in shape.children)
        if name == "clock":
            return clock(DayCount(arguments[0]), arguments[1])
        if name in self.reading.run.schedules:
            return due_day(self.real(self.reading.run.schedules[name]), arguments[0])
        map_name, _, item = name.partition("[].")
        if item:
            field, _, index = item.partition(".")
            records = self._maps[map_name]
            return (
                records.place(arguments[0], field, int(index))
                if index
                else records.field(arguments[0], field)
            )
        return self._maps[name].get(as_key(arguments))

    # what is foretold

    def is_taken(self) -> bool:
        """Return whether every decision of the path is the one that the numbers take."""
        try:
            return all(
                self.value(decision.condition) is decision.taken for decision in self.reading.path.decisions
            )
        except Elsewhere:
            return False

    def differences(self, came: Observed) -> Iterator[str]:
        """Yield where the outcome that the path foretells is not the one that came."""
        foretold = cast("Observed", self.reading.run.observed)
        if foretold.reason is not came.reason:
            yield f"{foretold.reason} was foretold, {came.reason} came"
            return
        told, events = (without_claims_of_nothing(item) for item in (self.real(foretold.events), came.events))
        if told != events:
            yield f"the events {told} were foretold, {events} came"
        real, before = maps_of(came.after), maps_of(came.before)
        for name, entries in maps_of(foretold.after).items():
            for key, entry in self._written(entries):
                if real[name].get(key) != entry:
                    yield f"{name} {key}: {entry} was foretold, {real[name].get(key)} came"
            if isinstance(entries, (SymbolicFigures, SymbolicRecords)):
                written = {key for key, _ in self._written(entries)}
                yield from (
                    f"{name} {key} changed" for key in changed_keys(before[name], real[name]) - written
                )

    def _written(self, entries: Any) -> list[tuple[Any, Any]]:
        """Return what the path wrote into a map, the last at each key."""
        if isinstance(entries, SymbolicRecords):
            return list({self.value(key): self.real(record) for key, record in entries.written}.items())
        if not isinstance(entries, SymbolicFigures):
            return []
        last: dict[Any, int] = {}
        for write in entries.writes:
            last[as_key(tuple(self.value(part) for part in write.key))] = self.value(write.figure)
        return list(last.items())


def changed_keys(before: Any, after: Any) -> set[Any]:
    """Return the keys at which two maps differ."""
    if before is after:
        return set()
    return {key for key, _ in set(before.items()) ^ set(after.items())}


def symbols_in(value: Any) -> Iterator[Expression]:
    """Yield the symbols inside a value, but for those that stand for terms."""
    for leaf in leaves(value):
        if isinstance(leaf, Int) and z3.is_const(leaf.expression) and not z3.is_int_value(leaf.expression):
            yield leaf.expression

"""Say what the calendar promises: clock readings and due dates enter the proofs through these contracts.

`clock`, `due_day`, `least_clock_units` and `most_clock_units` are shown to keep them on every day of the
calendar by the tests.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import z3

from lien.invariants.prove.executor import Executor
from lien.invariants.prove.symbols import Expression, Int, integer, leaves
from lien.protocol.calendar import (
    clock,
    least_clock_units,
    longest_period_days,
    most_clock_units,
    shortest_period_days,
)
from lien.spec.terms import Terms
from lien.spec.units import MAXIMUM_CLOCK, MAXIMUM_DAY


def identity(value: Any, kept: list[Any]) -> tuple[int, ...]:
    """Return a key that is the same for equal values; keep them, since the solver reuses dead numbers."""
    expressions = [z3.simplify(integer(leaf).expression) for leaf in leaves(value)]
    kept.append(expressions)
    return tuple(expression.get_id() for expression in expressions)


class Calendar:
    """Hold the contracts of clock and due dates on one path: what was read is related to all read before."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self.path: Any = None
        self.readings: list[tuple[Expression, Expression, Expression]] = []
        self.dates: dict[tuple[int, ...], list[tuple[Expression, Expression]]] = {}
        self.sound: dict[tuple[int, ...], Any] = {}
        self.schedules: dict[str, Terms] = {}  # whose due dates a function stands for, by its name
        self.kept: list[Any] = []

    def follow(self, executor: Executor) -> None:
        """Forget what another path read."""
        if self.path is not executor.path:
            self.__init__()  # type: ignore[misc]  # to begin again with nothing read
            self.path = executor.path

    def clock(self, executor: Executor, _: Callable[..., Any], arguments: tuple[Any, ...]) -> Int:
        """Return a clock reading: within its range, and monotone among the readings of one day count."""
        self.follow(executor)
        count, day = (z3.simplify(integer(argument).expression) for argument in arguments)
        reading = z3.Function("clock", z3.IntSort(), z3.IntSort(), z3.IntSort())(count, day)
        if not any(c.eq(count) and d.eq(day) for c, d, _ in self.readings):
            executor.assume(z3.And(reading >= 0, reading <= MAXIMUM_CLOCK))
            for other_count, other_day, other in self.readings:
                if z3.is_int_value(count) and z3.is_int_value(other_count) and not count.eq(other_count):
                    continue
                monotone = z3.And(
                    z3.Implies(other_day <= day, other <= reading),
                    z3.Implies(day <= other_day, reading <= other),
                )
                executor.assume(z3.Implies(count == other_count, monotone))
            self.readings.append((count, day, reading))
        return Int(reading, 0, MAXIMUM_CLOCK)

    def due_day(self, executor: Executor, _: Callable[..., Any], arguments: tuple[Any, ...]) -> Int:
        """Return a due date: on the calendar and, if the terms are sound, a shortest period from others."""
        self.follow(executor)
        terms, number = arguments
        key = identity(terms, self.kept)
        period = z3.simplify(integer(number).expression)
        name = f"due_day.{list(self.dates).index(key) if key in self.dates else len(self.dates)}"
        self.schedules[name] = terms
        due = z3.Function(name, z3.IntSort(), z3.IntSort())(period)
        known = self.dates.setdefault(key, [])
        if not any(other.eq(period) for other, _ in known):
            known.append((period, due))
            last = integer(terms.periods).expression - 1
            executor.assume(z3.And(due >= 0, due <= MAXIMUM_DAY))
            executor.assume(z3.Implies(period >= last, due == integer(terms.maturity_day).expression))
            executor.assume(
                z3.Implies(z3.And(period <= 0, last > 0), due == integer(terms.first_due_day).expression)
            )
            if key in self.sound:
                self._space(executor, terms, known)
        return Int(due, 0, MAXIMUM_DAY)

    def relies_on(self, terms: Terms) -> bool:
        """Return whether terms are taken as sound."""
        return identity(terms, self.kept) in self.sound

    def rely_on(self, executor: Executor, terms: Terms) -> None:
        """Take terms as sound: they are those of a loan, which an offer or a restructuring checked."""
        self.follow(executor)
        key = identity(terms, self.kept)
        if key not in self.sound:
            shortest = shortest_period_days(terms)
            figures = (shortest, least_clock_units(shortest), most_clock_units(longest_period_days(terms)))
            self.sound[key] = tuple(integer(figure).expression for figure in figures)
            known = self.dates.get(key, [])
            for count in range(2, len(known) + 1):
                self._space(executor, terms, known[:count])

    def _space(self, executor: Executor, terms: Terms, known: list[tuple[Expression, Expression]]) -> None:
        """Relate the last date to those before it: in order, a period apart that is not too short or long."""
        read = cast("Callable[[Any, Any], Int]", clock)  # on symbols it gives symbols
        shortest, least, most = self.sound[identity(terms, self.kept)]
        period, due = known[-1]
        periods = integer(terms.periods).expression
        for other, other_due in known[:-1]:
            for first, first_due, second, second_due in (
                (other, other_due, period, due),
                (period, due, other, other_due),
            ):
                in_order = z3.And(first >= 0, first < second, second < periods)
                spaced = first_due + shortest <= second_due
                executor.assume(z3.Implies(in_order, spaced))
                rise = read(terms.day_count, Int(second_due)) - read(terms.day_count, Int(first_due))
                executor.assume(z3.Implies(in_order, rise.expression >= least))
                is_next = z3.And(in_order, second == first + 1)
                executor.assume(z3.Implies(is_next, rise.expression <= most))
        first_rise = read(terms.day_count, Int(due)) - read(terms.day_count, terms.window_end_day)
        begins = z3.And(period >= 0, period < periods)
        executor.assume(z3.Implies(begins, integer(terms.window_end_day).expression + shortest <= due))
        executor.assume(z3.Implies(begins, first_rise.expression >= least))
        whole_rise = read(terms.day_count, Int(due)) - read(terms.day_count, terms.window_start_day)
        is_first = z3.And(period == 0, period < periods)
        executor.assume(z3.Implies(is_first, whole_rise.expression <= most))

"""Say what the calendar promises: clock readings and due dates enter the proofs through these contracts.

`clock`, `due_day`, `least_clock_units` and `most_clock_units` are shown to keep them on every day of the
calendar by the tests.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import z3

from lien.invariants.prove.executor import Executor
from lien.invariants.prove.expressions import (
    add,
    at_most,
    both,
    build,
    equal,
    implied,
    less,
    number_of,
    simplified,
)
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
    expressions = [simplified(integer(leaf).expression) for leaf in leaves(value)]
    kept.append(expressions)
    return tuple(number_of(expression) for expression in expressions)


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
        count, day = (simplified(integer(argument).expression) for argument in arguments)
        reading = build(z3.Function("clock", z3.IntSort(), z3.IntSort(), z3.IntSort()), count, day)
        if not any(known is reading for _, _, known in self.readings):
            executor.assume(both(at_most(0, reading), at_most(reading, MAXIMUM_CLOCK)))
            for other_count, other_day, other in self.readings:
                if z3.is_int_value(count) and z3.is_int_value(other_count) and not count.eq(other_count):
                    continue
                monotone = both(
                    implied(at_most(other_day, day), at_most(other, reading)),
                    implied(at_most(day, other_day), at_most(reading, other)),
                )
                executor.assume(implied(equal(count, other_count), monotone))
            self.readings.append((count, day, reading))
        return Int(reading, 0, MAXIMUM_CLOCK)

    def due_day(self, executor: Executor, _: Callable[..., Any], arguments: tuple[Any, ...]) -> Int:
        """Return a due date: on the calendar and, if the terms are sound, a shortest period from others."""
        self.follow(executor)
        terms, number = arguments
        key = identity(terms, self.kept)
        period = simplified(integer(number).expression)
        name = f"due_day.{list(self.dates).index(key) if key in self.dates else len(self.dates)}"
        self.schedules[name] = terms
        due = build(z3.Function(name, z3.IntSort(), z3.IntSort()), period)
        known = self.dates.setdefault(key, [])
        if not any(other.eq(period) for other, _ in known):
            known.append((period, due))
            periods, first, maturity = (
                integer(part).expression for part in (terms.periods, terms.first_due_day, terms.maturity_day)
            )
            executor.assume(both(at_most(0, due), at_most(due, MAXIMUM_DAY)))
            executor.assume(implied(at_most(periods, add(period, 1)), equal(due, maturity)))
            executor.assume(implied(both(at_most(period, 0), less(1, periods)), equal(due, first)))
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
                in_order = both(at_most(0, first), less(first, second), less(second, periods))
                executor.assume(implied(in_order, at_most(add(first_due, shortest), second_due)))
                rise = read(terms.day_count, Int(second_due)) - read(terms.day_count, Int(first_due))
                executor.assume(implied(in_order, at_most(least, rise.expression)))
                is_next = both(in_order, equal(second, add(first, 1)))
                executor.assume(implied(is_next, at_most(rise.expression, most)))
        window_start, window_end = terms.window_start_day, terms.window_end_day
        first_rise = read(terms.day_count, Int(due)) - read(terms.day_count, window_end)
        begins = both(at_most(0, period), less(period, periods))
        executor.assume(implied(begins, at_most(add(integer(window_end).expression, shortest), due)))
        executor.assume(implied(begins, at_most(least, first_rise.expression)))
        whole_rise = read(terms.day_count, Int(due)) - read(terms.day_count, window_start)
        is_first = both(equal(period, 0), less(period, periods))
        executor.assume(implied(is_first, at_most(whole_rise.expression, most)))

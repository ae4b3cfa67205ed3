"""Choose a model that does not depend on the solver: as close to the natural call as the goal allows, then round.

Only whether a condition can hold is asked of Z3, never which model it likes, so that the choice is the same on
every machine. Days are put in as numbers before anything is asked: what is left is nearly always linear.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import z3

from lien.invariants.prove.symbols import Expression
from lien.vectors.search.inputs import Symbol

RESOURCES = 20_000_000  # of the solver for one question, not seconds
DAY = "day"


class Undecided(Exception):  # noqa: N818
    """Say that the solver gave no answer, on which a choice may not depend."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Ask for a model: what has to hold, what is preferred, and what to make great to be nearest to a limit."""

    constraint: Expression
    preferred: Mapping[str, int] = field(default_factory=dict)
    overshoot: Expression | None = None

    def on(self, day: Expression, number: Expression) -> Wish:
        """Return the wish on a known day."""
        overshoot = None if self.overshoot is None else z3.substitute(self.overshoot, (day, number))
        return Wish(z3.substitute(self.constraint, (day, number)), self.preferred, overshoot)


@dataclass(frozen=True, slots=True)
class Found:
    """Hold a value for every symbol, and the model that gives the value of everything computed from them."""

    values: dict[str, int]
    model: Any
    day: Expression | None

    def of(self, expression: Expression) -> Expression:
        """Return the value of an expression."""
        if self.day is not None:
            expression = z3.substitute(expression, (self.day, z3.IntVal(self.values[DAY])))
        return self.model.eval(expression, model_completion=True)


class Chooser:
    """Choose models under the facts of one path."""

    def __init__(self, facts: tuple[Expression, ...], symbols: tuple[Symbol, ...]) -> None:
        """Begin with nothing asked."""
        self.facts, self.symbols = facts, symbols
        self._day = next((symbol for symbol in symbols if symbol.name == DAY), None)
        self._solvers: dict[int | None, Any] = {}

    def find(self, wish: Wish) -> Found | None:
        """Return the chosen model of a wish on the first day on which there is one."""
        numbers: tuple[int | None, ...] = (None,) if self._day is None else self._day.preferred
        found = (self._find(number, wish) for number in numbers)
        return next((model for model in found if model is not None), None)

    def is_possible(self) -> bool:
        """Return whether the path has any model, on whatever day; not knowing counts as yes."""
        solver = z3.Solver()
        solver.set("rlimit", RESOURCES)
        solver.add(*self.facts)
        return bool(solver.check() != z3.unsat)

    def _find(self, number: int | None, wish: Wish) -> Found | None:
        solver = self._solver(number)
        if solver is None:
            return None
        day = self._day
        known = {} if day is None or number is None else {day.name: number}
        if day is not None:
            wish = wish.on(day.expression, z3.IntVal(number))
        solver.push()
        try:
            question = Question(solver, wish)
            if not question.holds():
                return None
            values = question.settle([symbol for symbol in self.symbols if symbol is not day])
            question.holds()
            return Found(known | values, solver.model(), None if day is None else day.expression)
        finally:
            solver.pop()

    def _solver(self, number: int | None) -> Any:
        """Return a solver that knows the facts of a day, or none where they contradict themselves."""
        if number not in self._solvers:
            solver = z3.Solver()
            solver.set("rlimit", RESOURCES)
            pairs = [] if self._day is None else [(self._day.expression, z3.IntVal(number))]
            facts = [z3.simplify(z3.substitute(fact, *pairs)) for fact in self.facts]
            solver.add(*facts)
            is_sound = not any(z3.is_false(fact) for fact in facts) and ask(solver)
            self._solvers[number] = solver if is_sound else None
        return self._solvers[number]


def ask(solver: Any, *assumed: Expression) -> bool:
    """Return whether what the solver knows can hold together with what is assumed."""
    answer = solver.check(*assumed)
    if answer == z3.unknown:
        raise Undecided(str(solver.reason_unknown()))
    return bool(answer == z3.sat)


class Question:
    """Settle the symbols one after the other, so that a wish holds."""

    def __init__(self, solver: Any, wish: Wish) -> None:
        """Take the wish as an assumption, so that it can be left out to see where a limit lies."""
        self.solver, self.wish, self.is_wished = solver, wish, z3.Bool("wished")
        solver.add(z3.Implies(self.is_wished, wish.constraint))

    def holds(self, *assumed: Expression) -> bool:
        """Return whether the wish can hold together with what is assumed."""
        return ask(self.solver, self.is_wished, *assumed)

    def settle(self, symbols: list[Symbol]) -> dict[str, int]:
        """Give the symbols what they like best, the earlier ones first; whole groups at once where possible."""
        if not symbols:
            return {}
        liked = {symbol.name: self.wish.preferred.get(symbol.name, symbol.preferred[0]) for symbol in symbols}
        pins = [symbol.expression == liked[symbol.name] for symbol in symbols]
        if self.holds(*pins):
            self.solver.add(*pins)
            return liked
        if len(symbols) > 1:
            half = len(symbols) // 2
            return self.settle(symbols[:half]) | self.settle(symbols[half:])
        value = self._choose(symbols[0])
        self.solver.add(symbols[0].expression == value)
        return {symbols[0].name: value}

    def _choose(self, symbol: Symbol) -> int:
        """Return the only possible value, else the one nearest to a limit, else the most liked, else the least."""
        self.holds()
        some = self._value(symbol.expression)
        if not self.holds(symbol.expression != some):
            return some
        if self.wish.overshoot is not None:
            return self._nearest(symbol, some, self.wish.overshoot)
        liked = (value for value in symbol.preferred if self.holds(symbol.expression == value))
        chosen = next(liked, None)
        return self._least(symbol.expression, some) if chosen is None else chosen

    def _value(self, expression: Expression) -> int:
        return int(self.solver.model().eval(expression, model_completion=True).as_long())

    def _nearest(self, symbol: Symbol, some: int, overshoot: Expression) -> int:
        """Return the greatest value if more of it leads towards the limit, else the least."""
        self.holds()
        reached = self._value(overshoot)
        leads_away = ask(self.solver, symbol.expression > some, overshoot < reached)
        if leads_away:
            return self._least(symbol.expression, some)
        top = symbol.high
        return top - self._least(top - symbol.expression, top - some)

    def _least(self, expression: Expression, high: int) -> int:
        """Return the least value, which is at least zero, given some possible one."""
        low = 0
        while low < high:
            middle = (low + high) // 2
            if self.holds(expression <= middle):
                high = self._value(expression)
            else:
                low = middle + 1
        return high

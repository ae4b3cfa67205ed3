"""Hold what is known on a path once some symbols are put in as numbers; what is left is mostly linear."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

import z3

from lien.invariants.prove.symbols import Expression
from lien.vectors.search.expressions import is_linear
from lien.vectors.search.inputs import Symbol
from lien.vectors.search.question import Question, Wish, ask

RESOURCES = 100_000_000  # of the solver for one question, not seconds; far more than any took
Known = tuple[tuple[Expression, Expression], ...]
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Found:
    """Hold a value for every symbol, and the model that gives the value of everything computed from them."""

    values: dict[str, int]
    model: Any
    known: Known  # what was put in as numbers

    def deviations(self, symbols: tuple[Symbol, ...]) -> int:
        """Count the symbols that do not have their natural value."""
        return sum(self.values[symbol.name] != symbol.preferred[0] for symbol in symbols)

    def of(self, expression: Expression) -> Expression:
        """Return the value of an expression."""
        return self.model.eval(z3.substitute(expression, *self.known), model_completion=True)


class Setting:
    """Ask about a path with some numbers put in."""

    def __init__(self, facts: Expression, definitions: Expression, values: dict[Symbol, int]) -> None:
        """Put the values in; the definitions hold on every path."""
        self.values = {symbol.name: value for symbol, value in values.items()}
        self.known: Known = tuple((symbol.expression, z3.IntVal(value)) for symbol, value in values.items())
        self.facts = z3.simplify(z3.substitute(facts, *self.known))
        self._definitions = definitions

    @property
    def is_linear(self) -> bool:
        """Return whether no two unknowns are multiplied."""
        return is_linear(self.facts)

    def find(self, wish: Wish, symbols: list[Symbol]) -> Found | None:
        """Return the chosen model of a wish, with the given symbols open."""

        def settle(question: Question) -> Found | None:
            if not question.holds():
                return None
            values = question.settle(symbols)
            question.holds()
            return self._found(values, question)

        return self._ask(wish, settle)

    def nearest(self, wish: Wish, symbol: Symbol) -> tuple[int, Found] | None:
        """Return the model nearest to a limit, one symbol open, and a number that is greater where nearer."""

        def settle(question: Question) -> tuple[int, Found] | None:
            near = question.nearest(symbol)
            return None if near is None else (near[1], self._found({symbol.name: near[0]}, question))

        return self._ask(wish, settle)

    def _found(self, values: dict[str, int], question: Question) -> Found:
        return Found(self.values | values, question.solver.model(), self.known)

    def _ask(self, wish: Wish, answer: Callable[[Question], Answer | None]) -> Answer | None:
        solver = self._on_path
        if solver is None:
            return None
        solver.push()
        try:
            return answer(Question(solver, self._put_into(wish), lambda: self._anywhere))
        finally:
            solver.pop()

    def _put_into(self, wish: Wish) -> Wish:
        overshoot = None if wish.overshoot is None else z3.substitute(wish.overshoot, *self.known)
        return replace(wish, constraint=z3.substitute(wish.constraint, *self.known), overshoot=overshoot)

    @cached_property
    def _on_path(self) -> Any:
        """Return a solver that knows the path, or none where its facts are contradictory."""
        if z3.is_false(self.facts):
            return None
        solver = solver_of(self.facts)
        return solver if ask(solver) else None

    @cached_property
    def _anywhere(self) -> Any:
        """Return a solver that knows what holds on all paths."""
        return solver_of(z3.substitute(self._definitions, *self.known))


def solver_of(facts: Expression) -> Any:
    """Return a solver that knows some facts, and asks for no more than its resources."""
    solver = z3.Solver()
    solver.set("rlimit", RESOURCES)
    solver.add(facts)
    return solver

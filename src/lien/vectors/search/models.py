"""Choose a model that does not depend on the solver: as close to the natural call as the goal allows.

Only whether a condition can hold is asked of Z3, never which model it likes, so that the choice is the same
on every machine. Days are put in as numbers before anything is asked: what is left is nearly always linear.
Where there are many symbols, all but one or two are put in as numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import z3

from lien.invariants.prove.symbols import Expression
from lien.vectors.search.inputs import DAY, SECOND, Symbol
from lien.vectors.search.question import Question, Wish, ask

FEW = 12  # symbols that can all be left open at once
RESOURCES = 20_000_000  # of the solver for one question, not seconds


@dataclass(frozen=True, slots=True)
class Found:
    """Hold a value for every symbol, and the model that gives the value of everything computed from them."""

    values: dict[str, int]
    model: Any
    known: tuple[tuple[Expression, Expression], ...]  # what was put in as numbers

    def deviations(self, symbols: tuple[Symbol, ...]) -> int:
        """Count the symbols that do not have their natural value."""
        return sum(self.values[symbol.name] != symbol.preferred[0] for symbol in symbols)

    def of(self, expression: Expression) -> Expression:
        """Return the value of an expression."""
        return self.model.eval(z3.substitute(expression, *self.known), model_completion=True)


class Chooser:
    """Choose models under the facts of one path."""

    def __init__(self, facts: tuple[Expression, ...], symbols: tuple[Symbol, ...]) -> None:
        """Begin with nothing asked."""
        self.facts, self.symbols = z3.And(*facts), symbols
        self._mentioned = [names_in(fact) for fact in facts] if len(symbols) > FEW else []
        self._solvers: dict[Any, Any] = {}  # by what was put in as numbers

    def find(self, wish: Wish) -> Found | None:
        """Return the chosen model of a wish, or none where there is none."""
        if len(self.symbols) <= FEW:
            return next(self._by_day(wish), None)
        return next(self._by_deviation(wish), None)

    def is_possible(self) -> bool:
        """Return whether the path has any model, on whatever day; not knowing counts as yes."""
        solver = z3.Solver()
        solver.set("rlimit", RESOURCES)
        solver.add(self.facts)
        return bool(solver.check() != z3.unsat)

    def _by_day(self, wish: Wish) -> Iterator[Found]:
        """Yield a model on each day that the target prefers, with the other symbols open."""
        day = next((symbol for symbol in self.symbols if symbol.name == DAY), None)
        rest = [symbol for symbol in self.symbols if symbol is not day]
        for number in (None,) if day is None else day.preferred:
            known = () if day is None else ((day.expression, z3.IntVal(number)),)
            if number not in self._solvers:
                self._solvers[number] = self._solver(known)
            found = self._settle(self._solvers[number], wish.with_known(known), rest)
            if found is not None:
                values = found[0] if day is None or number is None else {DAY: number, **found[0]}
                yield Found(values, found[1], known)

    def _by_deviation(self, wish: Wish) -> Iterator[Found]:
        """Yield models in which at most one symbol, one that the wish is about, is not natural."""
        liked = {symbol.name: wish.preferred.get(symbol.name, symbol.preferred[0]) for symbol in self.symbols}
        about = self._relevant(wish.constraint if wish.about is None else wish.about)
        for free in (
            pairs_of(about, self.symbols) if wish.changes_two else ((), *((symbol,) for symbol in about))
        ):
            solver, known = self._with_free(free, liked)
            found = self._settle(solver, wish.with_known(known), list(free))
            if found is not None:
                yield Found(liked | found[0], found[1], known)

    def nearest(self, wish: Wish) -> Found | None:
        """Return the call nearest to a limit that no call is exactly at: one symbol is not natural."""
        liked = {symbol.name: wish.preferred.get(symbol.name, symbol.preferred[0]) for symbol in self.symbols}
        best: tuple[int, Found] | None = None
        for symbol in self._relevant(wish.constraint) if len(self.symbols) > FEW else ():
            solver, known = self._with_free((symbol,), liked)
            if solver is None:
                continue
            solver.push()
            question = Question(solver, wish.with_known(known))
            near = question.nearest(symbol)
            if near is not None and (best is None or near[1] > best[0]):
                best = near[1], Found(liked | {symbol.name: near[0]}, solver.model(), known)
            solver.pop()
        return None if best is None else best[1]

    def _relevant(self, constraint: Expression) -> list[Symbol]:
        """Return the symbols on which a constraint depends, through all names for something computed."""
        wanted, grew = names_in(constraint), True
        while grew:
            grew = False
            for names in self._mentioned:
                newest = max((name for name in names if "#" in name), key=number_of, default=None)
                if newest in wanted and not names <= wanted:
                    wanted |= names
                    grew = True
        return [symbol for symbol in self.symbols if symbol.expression.decl().name() in wanted]

    def _with_free(self, free: tuple[Symbol, ...], liked: dict[str, int]) -> tuple[Any, tuple[Any, ...]]:
        """Return a solver in which all symbols but some have their liked value, and what was put in.

        Two symbols must not be multiplied with each other: of such a product the solver may know nothing.
        """
        pinned = [symbol for symbol in self.symbols if symbol not in free]
        known = tuple((symbol.expression, z3.IntVal(liked[symbol.name])) for symbol in pinned)
        key = (*(symbol.name for symbol in free), liked.get(SECOND))
        if key not in self._solvers:
            self._solvers[key] = self._solver(known, only_linear=len(free) > 1)
        return self._solvers[key], known

    def _solver(self, known: tuple[tuple[Expression, Expression], ...], *, only_linear: bool = False) -> Any:
        """Return a solver that knows the facts with some numbers put in; none where they contradict."""
        facts = z3.simplify(z3.substitute(self.facts, *known))
        if z3.is_false(facts) or (only_linear and not is_linear(facts)):
            return None
        solver = z3.Solver()
        solver.set("rlimit", RESOURCES)
        solver.add(facts)
        return solver if ask(solver) else None

    @staticmethod
    def _settle(solver: Any, wish: Wish, symbols: list[Symbol]) -> tuple[dict[str, int], Any] | None:
        if solver is None:
            return None
        solver.push()
        try:
            question = Question(solver, wish)
            if not question.holds():
                return None
            values = question.settle(symbols)
            question.holds()
            return values, solver.model()
        finally:
            solver.pop()


def pairs_of(about: list[Symbol], symbols: tuple[Symbol, ...]) -> Iterator[tuple[Symbol, ...]]:
    """Yield each symbol that a wish is about together with each other one."""
    for first in about:
        yield from ((first, second) for second in symbols if second is not first)


def is_linear(expression: Expression) -> bool:
    """Return whether no two unknowns are multiplied."""
    products = (part for part in parts_of(expression) if z3.is_mul(part))
    return all(sum(not z3.is_int_value(factor) for factor in part.children()) <= 1 for part in products)


def parts_of(expression: Expression) -> Iterator[Expression]:
    """Yield an expression and all that it is made of, each once."""
    todo, seen = [expression], set[int]()
    while todo:
        part = todo.pop()
        if part.get_id() not in seen:
            seen.add(part.get_id())
            todo.extend(part.children())
            yield part


def number_of(name: str) -> int:
    """Return the number of a name that stands for something computed; it rises with each new one."""
    return int(name.rsplit("#", 1)[1])


def names_in(expression: Expression) -> set[str]:
    """Return the names of the unknowns in an expression."""
    unknown = z3.Z3_OP_UNINTERPRETED
    return {
        part.decl().name()
        for part in parts_of(expression)
        if z3.is_const(part) and part.decl().kind() == unknown
    }

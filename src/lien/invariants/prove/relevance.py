"""Choose the facts that bear on a goal: the solver is quicker, and often able, with few of them.

Leaving facts out is sound: what follows from some of them follows from all.
"""

from __future__ import annotations

from dataclasses import dataclass

import z3

from lien.invariants.prove.expressions import number_of
from lien.invariants.prove.symbols import Expression

Definitions = dict[int, list[Expression]]
NOTHING: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Described:
    """Hold an expression with its number, those of its symbols, and whether no two symbols are multiplied.

    Symbols are constants, and functions applied to arguments.
    """

    expression: Expression
    number: int
    symbols: frozenset[int]
    is_linear: bool


def numbers_of(facts: list[Described]) -> frozenset[int]:
    """Return the numbers of some facts."""
    return frozenset(fact.number for fact in facts)


class Relevance:
    """Remember what each expression speaks of."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._known: dict[int, Described] = {}
        self._described: tuple[list[Expression], list[Described]] = ([], [])
        self.numbers: set[int] = set()  # of the facts that were described last

    def describe(self, expression: Expression) -> Described:
        """Return what an expression speaks of."""
        number = number_of(expression)
        known = self._known.get(number)
        if known is None:
            known = self._known[number] = self._look(expression, number)
        return known

    def _look(self, expression: Expression, number: int) -> Described:
        children, kind = expression.children(), expression.decl().kind()
        parts = [self.describe(child) for child in children]
        symbols = NOTHING.union(*(part.symbols for part in parts))
        is_linear = all(part.is_linear for part in parts)
        if kind == z3.Z3_OP_UNINTERPRETED:
            symbols |= {number}
        elif kind == z3.Z3_OP_MUL:
            is_linear = is_linear and sum(not z3.is_int_value(child) for child in children) <= 1
        return Described(expression, number, symbols, is_linear)

    def describe_all(self, facts: list[Expression]) -> list[Described]:
        """Return what each fact speaks of; complete a list that has grown."""
        if self._described[0] is not facts:
            self._described, self.numbers = (facts, []), set()
        known = self._described[1]
        new = [self.describe(fact) for fact in facts[len(known) :]]
        known += new
        self.numbers.update(fact.number for fact in new)
        return known

    def cone(self, definitions: Definitions, start: frozenset[int]) -> frozenset[int]:
        """Return the symbols and all those by which they are defined, however far down."""
        found, todo = set(start), list(start)
        while todo:
            for fact in definitions.get(todo.pop(), ()):
                new = self.describe(fact).symbols - found
                found |= new
                todo += new
        return frozenset(found)

    def select(
        self, facts: list[Described], definitions: Definitions, start: list[Expression], steps: int
    ) -> list[Described]:
        """Return the facts that speak of nothing but what is near to the goal.

        Near are the symbols of the start and what defines them; each further step adds what shares a fact
        with what is near, and what defines that.
        """
        near = self.cone(definitions, NOTHING.union(*(self.describe(part).symbols for part in start)))
        for _ in range(steps):
            shared = (fact.symbols for fact in facts if not fact.symbols.isdisjoint(near))
            near = self.cone(definitions, near.union(*shared))
        return [fact for fact in facts if fact.symbols <= near]

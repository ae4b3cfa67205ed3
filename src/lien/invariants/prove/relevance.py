"""Choose the facts that bear on a goal: the solver is quicker, and often able, with few of them.

Leaving facts out is sound: what follows from some of them follows from all.
"""

from __future__ import annotations

import z3

from lien.invariants.prove.symbols import Expression

Definitions = dict[int, list[Expression]]
Described = tuple[Expression, frozenset[int], bool]  # a fact, its symbols, whether it is linear
NOTHING: frozenset[int] = frozenset()


class Relevance:
    """Remember which symbols each expression names."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._known: dict[int, tuple[Expression, frozenset[int]]] = {}
        self._linear: dict[int, tuple[Expression, bool]] = {}
        self._described: tuple[list[Expression], list[Described]] = ([], [])

    def symbols(self, expression: Expression) -> frozenset[int]:
        """Return the numbers of an expression's symbols: constants, and functions applied to arguments."""
        number = expression.get_id()
        known = self._known.get(number)
        if known is not None:
            return known[1]
        children = expression.children()
        found = NOTHING.union(*(self.symbols(child) for child in children)) if children else NOTHING
        if expression.decl().kind() == z3.Z3_OP_UNINTERPRETED:
            found |= {number}
        self._known[number] = (expression, found)
        return found

    def is_linear(self, expression: Expression) -> bool:
        """Return whether no two symbols are multiplied."""
        number = expression.get_id()
        known = self._linear.get(number)
        if known is not None:
            return known[1]
        children = expression.children()
        result = all(self.is_linear(child) for child in children)
        if expression.decl().kind() == z3.Z3_OP_MUL:
            result = result and sum(not z3.is_int_value(child) for child in children) <= 1
        self._linear[number] = (expression, result)
        return result

    def described(self, facts: list[Expression]) -> list[Described]:
        """Return each fact with its symbols and whether it is linear; complete a list that has grown."""
        if self._described[0] is not facts:
            self._described = (facts, [])
        known = self._described[1]
        known += [(fact, self.symbols(fact), self.is_linear(fact)) for fact in facts[len(known) :]]
        return known

    def cone(self, definitions: Definitions, start: frozenset[int]) -> frozenset[int]:
        """Return the symbols and all those by which they are defined, however far down."""
        found, todo = set(start), list(start)
        while todo:
            for fact in definitions.get(todo.pop(), ()):
                new = self.symbols(fact) - found
                found |= new
                todo += new
        return frozenset(found)

    def select(
        self, facts: list[Expression], definitions: Definitions, start: list[Expression], steps: int
    ) -> list[Described]:
        """Return the facts that speak of nothing but what is near to the goal.

        Near are the symbols of the start and what defines them; each further step adds what shares a fact
        with what is near, and what defines that.
        """
        described = self.described(facts)
        near = self.cone(definitions, NOTHING.union(*map(self.symbols, start)))
        for _ in range(steps):
            shared = (symbols for _, symbols, _ in described if not symbols.isdisjoint(near))
            near = self.cone(definitions, near.union(*shared))
        return [entry for entry in described if entry[1] <= near]

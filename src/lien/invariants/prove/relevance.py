"""Choose the facts that bear on a goal: the solver is quicker, and often able, with few of them.

Leaving facts out is sound: what follows from some of them follows from all.
"""

from __future__ import annotations

from typing import Any

import z3

from lien.invariants.prove.symbols import Expression


class Relevance:
    """Remember which symbols each expression names."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._known: dict[int, tuple[Expression, frozenset[int]]] = {}

    def symbols(self, expression: Expression) -> frozenset[int]:
        """Return the numbers of the symbols in an expression: constants, and functions applied to arguments."""
        number = expression.get_id()
        known = self._known.get(number)
        if known is not None:
            return known[1]
        children = expression.children()
        found: frozenset[int] = frozenset().union(*(self.symbols(child) for child in children)) if children else frozenset()
        if expression.decl().kind() == z3.Z3_OP_UNINTERPRETED:
            found |= {number}
        self._known[number] = (expression, found)
        return found

    def select(self, facts: list[Expression], goal: Expression, depth: int) -> list[Expression]:
        """Return the facts within a number of steps of the goal, each step by a fact that names no new symbol but one."""
        wanted = set(self.symbols(goal))
        chosen: list[Expression] = []
        rest: list[Any] = [(fact, self.symbols(fact)) for fact in facts]
        for _ in range(depth):
            near = [(fact, names) for fact, names in rest if names & wanted]
            rest = [(fact, names) for fact, names in rest if not names & wanted]
            chosen += [fact for fact, _ in near]
            for _, names in near:
                wanted |= names
        return chosen

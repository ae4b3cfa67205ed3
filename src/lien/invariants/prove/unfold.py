"""Show an identity by algebra: replace names by what they stand for, multiply out, and compare."""

from __future__ import annotations

import z3

from lien.invariants.prove.expressions import number_of
from lien.invariants.prove.relevance import Definitions
from lien.invariants.prove.symbols import Expression

MOST_STEPS = 40  # names are defined by names; no term of the protocol is deeper


def meaning(definitions: Definitions, symbol: Expression) -> Expression | None:
    """Return what a symbol stands for, where a definition is an equation."""
    for fact in definitions.get(number_of(symbol), ()):
        if z3.is_eq(fact):
            left, right = fact.children()
            if left.eq(symbol):
                return right
            if right.eq(symbol):
                return left
    return None


def symbols_of(expression: Expression) -> list[Expression]:
    """Return the symbols in an expression, each once."""
    seen: set[int] = set()
    found: list[Expression] = []
    todo = [expression]
    while todo:
        part = todo.pop()
        if number_of(part) in seen:
            continue
        seen.add(number_of(part))
        children = part.children()
        if not children and part.decl().kind() == z3.Z3_OP_UNINTERPRETED:
            found.append(part)
        todo += children
    return found


def unfold(definitions: Definitions, expression: Expression) -> Expression:
    """Return the expression without names, as a sum of products."""
    for _ in range(MOST_STEPS):
        pairs = [(symbol, meaning(definitions, symbol)) for symbol in symbols_of(expression)]
        known = [(symbol, value) for symbol, value in pairs if value is not None]
        if not known:
            break
        expression = z3.substitute(expression, *known)
    return z3.simplify(expression, som=True)


def is_identity(definitions: Definitions, goal: Expression) -> bool:
    """Return whether the goal is a conjunction of equations that hold by algebra alone."""
    parts = goal.children() if z3.is_and(goal) else [goal]
    return all(
        z3.is_eq(part) and z3.is_int(part.children()[0]) and is_equal(definitions, *part.children())
        for part in parts
    )


def is_equal(definitions: Definitions, left: Expression, right: Expression) -> bool:
    """Return whether two terms are equal by algebra alone."""
    return bool(
        z3.is_int_value(difference := unfold(definitions, left - right)) and difference.as_long() == 0
    )

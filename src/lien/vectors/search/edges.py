"""Find the limits in a condition: for each comparison the call that just meets it and the one that just misses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import z3

from lien.invariants.prove.symbols import Expression
from lien.vectors.search.inputs import LAST_SECOND

RELATIONS = {"<=": z3.is_le, ">=": z3.is_ge, "<": z3.is_lt, ">": z3.is_gt}


@dataclass(frozen=True, slots=True)
class Side:
    """Hold one side of a limit."""

    condition: Expression
    leads_to: bool | None  # what the whole condition is on this side, where that is plain
    preferred: dict[str, int]  # the second of the day nearest to the limit
    overshoot: Expression  # what to make as great as possible, to be nearest to the limit


@dataclass(frozen=True, slots=True)
class Edge:
    """Hold the limit of a comparison within a condition."""

    pivotal: Expression  # that the comparison decides the condition
    met: Side
    missed: Side


def edges_of(condition: Expression, day: Expression | None) -> list[Edge]:
    """Return the limits in a condition, in the order of the source."""
    found = []
    for comparison in comparisons(condition):
        simple = z3.simplify(comparison)
        if not z3.is_true(simple) and not z3.is_false(simple):
            found.append(edge_of(condition, comparison, day))
    return found


def comparisons(condition: Expression) -> Iterator[Expression]:
    """Yield the comparisons of which a condition is made."""
    if relation_of(condition) is not None:
        yield condition
    elif z3.is_bool(condition):
        for part in condition.children():
            yield from comparisons(part)


def relation_of(expression: Expression) -> str | None:
    """Return which order relation an expression is, if it is one."""
    return next((sign for sign, is_it in RELATIONS.items() if is_it(expression)), None)


def edge_of(condition: Expression, comparison: Expression, day: Expression | None) -> Edge:
    """Return the limit of one comparison, read as `lesser <= greater` or `lesser < greater`."""
    relation, (lesser, greater) = relation_of(comparison), comparison.children()
    if relation in (">", ">="):
        lesser, greater = greater, lesser
    is_strict = relation in ("<", ">")
    with_it, without = (z3.substitute(condition, (comparison, z3.BoolVal(holds))) for holds in (True, False))
    plain = True if condition.eq(comparison) else False if condition.eq(z3.Not(comparison)) else None
    early, late = {"second": 0}, {"second": LAST_SECOND}
    if day is None or mentions(lesser, day) == mentions(greater, day):
        early = late = {}
    met_prefers, missed_prefers = (late, early) if day is not None and mentions(lesser, day) else (early, late)
    return Edge(
        pivotal=z3.Xor(with_it, without),
        met=Side(lesser + 1 == greater if is_strict else lesser == greater, plain, met_prefers, lesser - greater),
        missed=Side(
            lesser == greater if is_strict else lesser == greater + 1,
            None if plain is None else not plain,
            missed_prefers,
            greater - lesser,
        ),
    )


def mentions(expression: Expression, symbol: Expression) -> bool:
    """Return whether an expression is made of a symbol."""
    return bool(expression.eq(symbol)) or any(mentions(part, symbol) for part in expression.children())

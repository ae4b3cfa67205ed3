"""Find the limits in a condition: of each comparison the call that just meets it, and that just misses it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import z3

from lien.invariants.prove.symbols import Expression
from lien.vectors.search.inputs import LAST_SECOND, SECOND

RELATIONS = {"<=": z3.is_le, ">=": z3.is_ge, "<": z3.is_lt, ">": z3.is_gt}


@dataclass(frozen=True, slots=True)
class Side:
    """Hold one side of a limit."""

    condition: Expression
    roughly: Expression  # the same side, at any distance from the limit
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
    return [
        edge_of(condition, comparison, is_negated, day)
        for comparison, is_negated in comparisons(condition)
        if not z3.is_true(z3.simplify(comparison)) and not z3.is_false(z3.simplify(comparison))
    ]


def comparisons(condition: Expression, is_negated: bool = False) -> Iterator[tuple[Expression, bool]]:
    """Yield the comparisons of which a condition is made, and whether each stands under a negation."""
    if relation_of(condition) is not None:
        yield condition, is_negated
    elif z3.is_bool(condition):
        for part in condition.children():
            yield from comparisons(part, is_negated != bool(z3.is_not(condition)))


def relation_of(expression: Expression) -> str | None:
    """Return which order relation an expression is, if it is one."""
    return next((sign for sign, is_it in RELATIONS.items() if is_it(expression)), None)


def ordered(comparison: Expression, is_negated: bool) -> tuple[Expression, Expression, bool]:
    """Return the lesser and the greater part of a comparison or its negation, and whether it is strict."""
    relation, (lesser, greater) = relation_of(comparison), comparison.children()
    is_strict = relation in ("<", ">")
    if (relation in (">", ">=")) != is_negated:
        lesser, greater = greater, lesser
    return lesser, greater, is_strict != is_negated


def edge_of(condition: Expression, comparison: Expression, is_negated: bool, day: Expression | None) -> Edge:
    """Return the limit of one comparison, read as `lesser <= greater` or `lesser < greater`."""
    lesser, greater, is_strict = ordered(comparison, is_negated)
    with_it, without = (z3.substitute(condition, (comparison, z3.BoolVal(holds))) for holds in (True, False))
    is_alone = condition.eq(z3.Not(comparison) if is_negated else comparison)
    is_lesser, is_greater = (day is not None and bool(part.eq(day)) for part in (lesser, greater))
    early, late = ({SECOND: 0}, {SECOND: LAST_SECOND}) if is_lesser != is_greater else ({}, {})
    met, missed = lesser == greater, lesser == greater + 1
    if is_strict:
        met, missed = lesser + 1 == greater, lesser == greater
    holds = lesser < greater if is_strict else lesser <= greater
    return Edge(
        pivotal=z3.Xor(with_it, without),
        met=Side(met, holds, True if is_alone else None, late if is_lesser else early, lesser - greater),
        missed=Side(
            missed, z3.Not(holds), False if is_alone else None, early if is_lesser else late, greater - lesser
        ),
    )

"""The limits of a condition are the nearest two numbers between which it changes."""

import pytest
import z3

from lien.vectors.search.edges import edges_of
from lien.vectors.search.inputs import LAST_SECOND

a, b, day = z3.Ints("a b day")


def solutions(condition: z3.BoolRef) -> set[tuple[int, int]]:
    """Return the small solutions of a condition in a and b."""
    numbers = range(-1, 4)
    return {
        (x, y)
        for x in numbers
        for y in numbers
        if z3.is_true(z3.simplify(z3.substitute(condition, (a, z3.IntVal(x)), (b, z3.IntVal(y)))))
    }


@pytest.mark.parametrize(
    ("condition", "met", "missed"),
    [
        (a <= 2, 2, 3),
        (a < 2, 1, 2),
        (a >= 2, 2, 1),
        (a > 2, 3, 2),
        (z3.Not(a <= 2), 3, 2),
        (z3.Not(a >= 2), 1, 2),
        (z3.Not(a < 2), 2, 1),
        (z3.Not(a > 2), 2, 3),
    ],
)
def test_both_sides_of_a_comparison(condition: z3.BoolRef, met: int, missed: int) -> None:
    (edge,) = edges_of(condition, None)
    assert {x for x, _ in solutions(edge.met.condition)} == {met}
    assert {x for x, _ in solutions(edge.missed.condition)} == {missed}
    assert (edge.met.leads_to, edge.missed.leads_to) == (True, False)
    assert solutions(edge.met.roughly) == solutions(condition)
    assert solutions(edge.missed.roughly).isdisjoint(solutions(condition))


@pytest.mark.parametrize("join", [z3.And, z3.Or])
def test_each_part_of_a_condition_decides_it_at_its_limit(join: type) -> None:
    condition = join(a <= 1, b < 2)
    for edge in edges_of(condition, None):
        met = z3.And(edge.pivotal, edge.met.condition)
        missed = z3.And(edge.pivotal, edge.missed.condition)
        assert solutions(met)
        assert solutions(missed)
        assert solutions(met) <= solutions(condition)
        assert solutions(missed).isdisjoint(solutions(condition))


def test_what_cannot_change_has_no_limit() -> None:
    assert edges_of(z3.And(z3.IntVal(1) <= 2, a == b), None) == []


def test_a_limit_on_days_prefers_the_second_nearest_to_it() -> None:
    (until,) = edges_of(day <= 7, day)
    (since,) = edges_of(day >= 7, day)
    assert (until.met.preferred, until.missed.preferred) == ({"second": LAST_SECOND}, {"second": 0})
    assert (since.met.preferred, since.missed.preferred) == ({"second": 0}, {"second": LAST_SECOND})

"""The chosen model is the same whatever the solver finds first: natural, then at a limit, round, or least."""

import z3

from lien.vectors.search.inputs import Symbol
from lien.vectors.search.question import Question, Wish

HIGH = 10**6
a, b = z3.Ints("a b")
A, B = Symbol("a", a, (5, 10, 100), HIGH), Symbol("b", b, (7, 1), HIGH)


def settle(*facts: z3.BoolRef, wish: Wish | None = None) -> dict[str, int]:
    on_path, anywhere = z3.Solver(), z3.Solver()
    for solver in (on_path, anywhere):
        solver.add(a >= 0, a <= HIGH, b >= 0, b <= HIGH, *facts)
    return Question(on_path, wish or Wish(z3.BoolVal(True)), lambda: anywhere).settle([A, B])


def test_what_is_free_is_natural() -> None:
    assert settle() == {"a": 5, "b": 7}


def test_the_first_symbol_stays_natural_and_the_second_gives_way() -> None:
    assert settle(a + b == 10) == {"a": 5, "b": 5}


def test_a_liked_number_comes_before_any_other() -> None:
    assert settle(a > 50) == {"a": 100, "b": 7}


def test_else_the_least_number_is_taken() -> None:
    assert settle(a > 100, 3 * a > 1000) == {"a": 334, "b": 7}


def test_a_preference_of_the_wish_comes_first() -> None:
    assert settle(wish=Wish(z3.BoolVal(True), {"a": 42})) == {"a": 42, "b": 7}


def test_the_call_nearest_to_a_limit_is_taken() -> None:
    # a quotient of b that is three at most: the greatest b meets the limit best, the least misses it best
    quotient = z3.Int("quotient")
    divides = z3.And(quotient * 1000 <= b, b < quotient * 1000 + 1000)
    assert settle(divides, wish=Wish(quotient == 3, overshoot=quotient - 3)) == {"a": 5, "b": 3999}
    assert settle(divides, wish=Wish(quotient == 4, overshoot=3 - quotient)) == {"a": 5, "b": 4000}

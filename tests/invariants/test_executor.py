"""The executor on small functions: each input takes exactly one path, which foretells its result exactly."""

from collections.abc import Callable
from functools import partial
from itertools import product
from typing import Any

import pytest
import z3

from lien.invariants.prove import executor as module
from lien.invariants.prove.executor import Executor, NotDeterministic
from lien.invariants.prove.path import Path
from lien.invariants.prove.symbols import Int, condition, integer
from lien.protocol.algebra import (
    all_of,
    any_of,
    choose,
    maximum,
    minimum,
    negate,
    opaque,
    quotient_down,
    scale,
    wide_product,
)

LOW, HIGH = -3, 4
INPUTS = tuple(product(range(LOW, HIGH + 1), repeat=2))
Function = Callable[[Any, Any], Any]


def branch(first: Any, second: Any) -> Any:
    if first < second:
        return 1
    if first == second:
        return 2 if first > 0 else 3
    return 4


def take_the_smaller(first: Any, second: Any) -> Any:
    return minimum(first + 1, second) * 3 - maximum(first, 2 * second)


def choose_by(first: Any, second: Any) -> Any:
    both = all_of(first > 0, second > 0)
    return choose(both, first, choose(any_of(first > 0, negate(second >= 0)), second, first - second))


def divide(first: Any, second: Any) -> Any:
    return quotient_down(7 * first, 3) + quotient_down(first, 3) + quotient_down(first, second + 5)


def divide_twice(first: Any, second: Any) -> Any:
    return quotient_down(first, 2) - quotient_down(first, 2) + quotient_down(second, 2)


def multiply(first: Any, second: Any) -> Any:
    return scale(first, second + 3) - wide_product(second, second + 3) + scale(first + 1, second + 3)


def multiply_by_either_sign(first: Any, second: Any) -> Any:
    return scale(first, second) + 2 * scale(first - 1, second) - scale(second, second)


def decide_on_terms(first: Any, second: Any) -> Any:
    if minimum(first, second) > 0:
        return quotient_down(scale(first, second), 2)
    return 0 if quotient_down(first, 2) == second else first


FUNCTIONS = (
    branch,
    take_the_smaller,
    choose_by,
    divide,
    divide_twice,
    multiply,
    multiply_by_either_sign,
    decide_on_terms,
)


def paths_of(function: Function) -> list[tuple[Path, list[Any]]]:
    """Return each path of a function of two numbers, and the two."""
    executor, found = Executor(), list[tuple[Path, list[Any]]]()
    symbols: list[Any] = []

    def run() -> Any:
        symbols[:] = [executor.fresh(name, LOW, HIGH) for name in ("first", "second")]
        return function(*symbols)

    for path in executor.explore(run):
        found.append((path, [symbol.expression for symbol in symbols]))
    return found


def solver_at(path: Path, symbols: list[Any], numbers: tuple[int, ...]) -> z3.Solver:
    """Return what is known on a path where the symbols have values."""
    solver = z3.Solver()
    solver.add(*path.facts, *(symbol == number for symbol, number in zip(symbols, numbers, strict=True)))
    return solver


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_each_input_takes_one_path_and_ends_as_it_says(function: Function) -> None:
    """Given a function / When it runs on numbers / Then one path allows these, and only the result."""
    paths = paths_of(function)
    for numbers in INPUTS:
        solvers = [(solver_at(path, symbols, numbers), path) for path, symbols in paths]
        taken = [(solver, path) for solver, path in solvers if solver.check() == z3.sat]
        assert len(taken) == 1, numbers
        solver, path = taken[0]
        solver.add(integer(path.outcome).expression != function(*numbers))
        assert solver.check() == z3.unsat, numbers


def test_what_is_not_known_to_be_impossible_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a solver that gives up at once / When paths are looked for / Then none is left out."""
    monkeypatch.setattr(module, "FEASIBILITY_RESOURCES", 1)

    def compare(first: Any, second: Any) -> Any:
        return 1 if scale(first, scale(first, second)) == 17 * quotient_down(second, 3) else 2

    assert sorted(path.outcome for path, _ in paths_of(compare)) == [1, 2]


def test_the_same_term_has_one_name_and_another_has_another() -> None:
    """Given divisions and products / When two are the same / Then so are their symbols, else not."""
    executor = Executor()
    for _ in executor.explore(lambda: 0):
        first, second = (executor.fresh(name, 0, 9) for name in ("first", "second"))
        assert executor.quotient(first, 3) == executor.quotient(first, 3)
        names = {
            str(executor.quotient(first, 3).expression),
            str(executor.quotient(first, 4).expression),
            str(executor.quotient(second, 3).expression),
            str(executor.scale(first, second).expression),
        }
        assert len(names) == 4


def test_a_term_has_one_name_on_all_paths() -> None:
    """Given a term that is computed after a fork / When both paths compute it / Then by one name."""
    executor = Executor()

    def run() -> Any:
        first, second = (executor.fresh(name, 0, 9) for name in ("first", "second"))
        if first > second:
            executor.quotient(first, 7)
        return executor.quotient(second, 3)

    names = [str(path.outcome.expression) for path in executor.explore(run)]
    assert (len(names), len(set(names))) == (2, 1)


def test_what_is_a_fact_already_is_not_asked() -> None:
    """Given a decision / When it is met again, or its opposite / Then the solver is not asked again."""
    executor = Executor()

    def run() -> tuple[bool, bool, int]:
        number: Any = executor.fresh("number", 0, 9)
        is_small, asked = bool(number < 5), executor.queries
        again, opposite = bool(number < 5), bool(executor.negation(number < 5))
        return again is is_small, opposite is not is_small, executor.queries - asked

    assert [path.outcome for path in executor.explore(run)] == [(True, True, 0)] * 2


def test_code_that_decides_differently_is_an_error() -> None:
    """Given code that is not deterministic / When it is run again / Then that is said."""
    executor, runs = Executor(), list[int]()

    def waver() -> int:
        runs.append(1)
        number = executor.fresh("number", 0, 9)
        return 1 if number > len(runs) else 2

    with pytest.raises(NotDeterministic):
        list(executor.explore(waver))


def test_a_divisor_that_may_be_zero_raises_on_a_path_of_its_own() -> None:
    """Given a divisor of any sign / When it divides / Then a path raises."""
    with pytest.raises(ZeroDivisionError):
        paths_of(quotient_down)


@pytest.mark.parametrize("misuse", [hash, bool, range, partial(divmod, 9)])
def test_what_would_slip_through_is_refused(misuse: Callable[[Any], object]) -> None:
    """Given a symbol / When it is used as only a number can be / Then that is an error."""
    with pytest.raises(TypeError):
        misuse(Int(z3.Int("number")))


@opaque
def halve(number: int) -> int:
    """Return half of an even number."""
    return number // 2


def test_what_a_contract_needs_is_to_be_shown_of_what_was_known_before() -> None:
    """Given a contract that needs a thing / When it is met / Then that is to be shown, unless it is known."""

    def contract(executor: Executor, _: Any, arguments: tuple[Any, ...]) -> Any:
        executor.require("is small", arguments[0] <= 5)
        return executor.fresh("answer", 0, 9)

    executor = Executor({"halve": contract})

    def run() -> Any:
        number: Any = executor.fresh("number", 0, 9)
        halve(number)
        executor.assume(number <= 5)
        return halve(number)

    (path,) = executor.explore(run)
    (needed,) = path.requirements
    before = z3.Solver()
    before.add(*path.facts[: needed.known], z3.Not(needed.condition))
    assert before.check() == z3.sat


def test_every_computed_number_is_kept_unless_it_fits() -> None:
    """Given sums and products / When their range does not show that they fit / Then they are kept."""
    executor = Executor()

    def run() -> Any:
        wide, small = executor.fresh("wide", 0, 2**200), executor.fresh("small", 0, 9)
        assert condition(small + 1 > 0) is not None
        executor.scale(wide, small)
        return wide * wide + small

    (path,) = executor.explore(run)
    assert len(path.intermediates) == 2


def test_what_was_computed_is_to_be_shown_of_what_was_known_then() -> None:
    """Given a product before a decision and one after it / When the path ends / Then each is to be shown to
    fit, the first of what was known before the decision.
    """
    executor = Executor()

    def decide() -> Any:
        wide = executor.fresh("wide", 0, 2**200)
        square = executor.scale(wide, wide)
        is_less = bool(square <= 7)
        cube = executor.scale(square, wide)
        executor.require_widths()
        return is_less, cube

    less, more = executor.explore(decide)
    for path in (less, more):
        before, after = path.widths
        assert before.known < after.known == len(path.facts)
        assert path.decisions[0].condition.get_id() not in {
            fact.get_id() for fact in path.facts[: before.known]
        }
    assert less.widths[0] == more.widths[0]

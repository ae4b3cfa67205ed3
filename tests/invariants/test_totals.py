"""What bounds one entry of a total bounds any number of them, so also all that a call does not meet."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from lien.invariants.explore.maps import MAPS
from lien.invariants.properties.total import TOTALS, Source, Total, sums_are_bounded, weigh_loan
from lien.invariants.prove.arbitrary import arbitrary_value
from lien.invariants.prove.attempts import Verdict
from lien.invariants.prove.calendar import Calendar
from lien.invariants.prove.cases import RELATIONS, Case
from lien.invariants.prove.executor import Executor
from lien.invariants.prove.expressions import conjuncts, own_context, simplified
from lien.invariants.prove.goal import Goal
from lien.invariants.prove.path import Path
from lien.invariants.prove.run import Explorer
from lien.invariants.prove.solve import Prover, Splits
from lien.invariants.prove.symbols import condition
from lien.protocol.algebra import all_of
from lien.spec.types import Day, DayCount, LoanStatus

OTHERS = [total for total in TOTALS if total.bounds is not sums_are_bounded]
PARTS = [
    pytest.param(total, source, id=f"{total.identifier}-{source.map}")
    for total in OTHERS
    for source in total.parts
]
(LOANS,) = (total for total in TOTALS if total.bounds is sums_are_bounded)
SUMS = 6 + 2 * len(DayCount)  # the figures that a loan adds to


def unproved(paths: Iterable[tuple[Path, Any]], splits: Callable[[], Splits] = tuple) -> list[str]:
    """Return which parts of a condition do not follow, on any of the paths that lead to it."""
    prover, found = Prover(), list[str]()
    for path, bounds in paths:
        for part in conjuncts(simplified(condition(bounds))):
            if prover.follows(path, Goal("bounds", part), splits()) is not Verdict.PROVED:
                found.append(str(part))
            path.facts.append(part)
    return found


def outcomes(executor: Executor, function: Callable[[], Any]) -> Iterator[tuple[Path, Any]]:
    """Yield each path of a function, and what it returns there."""
    return ((path, path.outcome) for path in executor.explore(function))


@own_context()
def unproved_of_sum(total: Total, width: int) -> list[str]:
    """Return which bounds of the sum of two vectors, or of none, do not follow from those of each."""
    calendar = Calendar()
    executor = Executor({"clock": calendar.clock, "due_day": calendar.due_day})

    def add() -> bool:
        day = arbitrary_value(executor, Day, "day", {})
        first: Any = tuple(executor.fresh(f"first.{index}") for index in range(width))
        second: Any = tuple(executor.fresh(f"second.{index}") for index in range(width))
        executor.assume(total.bounds(day, first))
        executor.assume(total.bounds(day, second))
        both: Any = tuple(one + other for one, other in zip(first, second, strict=True))
        return all_of(total.bounds(day, both), total.bounds(day, (0,) * width))

    return unproved(outcomes(executor, add))


@pytest.mark.parametrize("total", TOTALS, ids=lambda total: total.identifier)
def test_what_is_bounded_adds_up_to_what_is_bounded(total: Total) -> None:
    """Given any two sums within the bounds / When they are added / Then their sum is, and so is nothing."""
    assert unproved_of_sum(total, SUMS if total is LOANS else 1) == []


@own_context()
def unproved_of_entry(total: Total, source: Source) -> list[str]:
    """Return what does not follow of what one entry of a map adds."""
    executor, keyed = Executor(), MAPS[source.map]

    def weigh() -> bool:
        keys = tuple(arbitrary_value(executor, kind, "key", {}) for kind in keyed.keys)
        entry = arbitrary_value(executor, keyed.entry, "entry", {})
        _, vector = source.weigh(keys if len(keys) > 1 else (*keys, 0), entry)
        at_most_one = vector[0] <= 1 if total.counts == source.map else True
        return all_of(total.bounds(0, vector), at_most_one)

    return unproved(outcomes(executor, weigh))


@pytest.mark.parametrize(("total", "source"), PARTS)
def test_what_an_entry_adds_is_bounded(total: Total, source: Source) -> None:
    """Given any entry within its type / When it is weighed / Then it adds no less than nothing."""
    assert unproved_of_entry(total, source) == []


class Weighing(Explorer):
    """Weigh any loan, on any day that is not before it was booked."""

    def _run_relation(self) -> None:
        self._begin()
        loan, day = self._arbitrary_loan(), self._value(Day, "day")
        self.executor.assume(day >= loan.since)
        self.run.related = sums_are_bounded(day, weigh_loan(1, loan)[1])


@own_context()
def unproved_of_loan(status: LoanStatus) -> list[str]:
    """Return which bounds do not follow of what a loan adds."""
    weighing = Weighing(Case(RELATIONS, status.name, relation=LOANS.identifier))
    paths = ((path, run.related) for path, run in weighing.paths())
    return unproved(paths, lambda: tuple(weighing.run.splits))


@pytest.mark.parametrize("status", LoanStatus)
def test_what_a_loan_adds_is_bounded(status: LoanStatus) -> None:
    """Given any loan that satisfies the properties / When it is weighed / Then its facility's bounds hold."""
    assert unproved_of_loan(status) == []

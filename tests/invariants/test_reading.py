"""Compare the paths of the executor with concrete runs: each run takes exactly one, and ends as it foretells."""

from collections.abc import Iterator
from functools import cache
from random import Random
from unittest.mock import patch

import pytest

from lien.invariants.explore.check import observe
from lien.invariants.explore.moves.choose import choose_move
from lien.invariants.explore.worlds import choose_world
from lien.invariants.properties.base import Observed
from lien.invariants.prove.cases import Case, cases_of
from lien.invariants.prove.executor import Executor
from lien.invariants.prove.reading import Reading, Situation
from lien.invariants.prove.run import Explorer
from lien.spec.catalogue import CALLS
from lien.spec.types import LoanStatus, RepaymentKind

CALLS_A_LIFE = 250


@cache
def readings(case: Case) -> tuple[Reading, ...]:
    """Return every path of a case, ready to be read."""
    return tuple(Reading(path, run) for path, run in Explorer(case).paths())


def cases_met(observed: Observed) -> list[Case]:
    """Return the cases to which a call belongs; several where it names a loan that does not exist."""
    number = getattr(observed.call, "loan", None)
    loans = observed.before.loans
    if number is None or not loans.contains(number):
        return cases_of(observed.call.call_name())
    loan = loans.get(number)
    kinds = ("", RepaymentKind(loan.terms.kind).name)
    return [
        case
        for case in cases_of(observed.call.call_name())
        if case.status == LoanStatus(loan.status).name and case.kind in kinds
    ]


def random_calls(seed: int, lives: int) -> Iterator[Observed]:
    """Yield executed calls of random lives."""
    dice = Random(seed)
    for _ in range(lives):
        _, state, now = choose_world(dice)
        for _ in range(CALLS_A_LIFE):
            move = choose_move(dice, state, now)
            now = max(now, move.context.timestamp)
            observed = observe(state, move.call, move.context)
            yield observed
            state = observed.after


def faults_of(observed: Observed, case: Case) -> list[str]:
    """Return what the paths of a case get wrong of a call."""
    situation = Situation(observed.before, observed.call, observed.context)
    taken = [numbers for reading in readings(case) if (numbers := reading.at(situation)).is_taken()]
    if len(taken) != 1:
        return [f"{case}: {len(taken)} paths are taken where the call ends in {observed.reason}"]
    return [f"{case}: {difference}" for difference in taken[0].differences(observed)]


def test_each_run_takes_one_path() -> None:
    """Given random lives, When each call is read on all paths, Then one is taken and foretells the outcome."""
    met = set[str]()
    for observed in random_calls(seed=11, lives=6):
        met.add(observed.call.call_name())
        for case in cases_met(observed):
            assert faults_of(observed, case) == []
    assert met == set(CALLS)


QUOTIENT = Executor.quotient
FAULTS = {
    "a choice always falls on the first": ("redeem", "choose", lambda _self, _condition, yes, _no: yes),
    "a quotient is one too high": ("deposit", "quotient", lambda self, n, d: QUOTIENT(self, n, d) + 1),
    "what comes after two decisions is not followed": (
        "deposit",
        "is_possible",
        lambda self, _: len(self.path.decisions) < 2,
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_faulty_executor_is_noticed(fault: str) -> None:
    """Given an executor with a fault, When concrete runs are read on its paths, Then some do not fit."""
    call, method, replacement = FAULTS[fault]
    with patch.object(Executor, method, replacement):
        readings.cache_clear()
        calls = (observed for observed in random_calls(seed=12, lives=3))
        found = [
            wrong
            for observed in calls
            if observed.call.call_name() == call
            for wrong in faults_of(observed, Case(call))
        ]
    readings.cache_clear()
    assert found

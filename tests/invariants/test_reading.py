"""Compare the executor's paths with concrete runs: each run takes exactly one, and ends as it foretells."""

from functools import cache
from typing import Any
from unittest.mock import patch

import pytest

from lien.invariants.explore.lives import random_calls
from lien.invariants.properties.base import Observed
from lien.invariants.prove.cases import Case
from lien.invariants.prove.comparison import cases_met, read_call, read_paths
from lien.invariants.prove.executor import Executor
from lien.spec.catalogue import CALLS

readings = cache(read_paths)


def faults_of(observed: Observed, case: Case) -> list[str]:
    """Return what the paths of a case get wrong of a call."""
    return read_call(observed, case, readings(case))[1]


OFTEN = 25  # times that a call is read on all its paths
LONG = ("liquidate", "margin_call", "restructure", "take")  # whose paths are many
ROWS = [pytest.param(name, marks=pytest.mark.long) if name in LONG else name for name in CALLS]


@cache
def often() -> dict[str, list[Observed]]:
    """Return the first calls of each kind in random lives."""
    met: dict[str, list[Observed]] = {}
    for observed in random_calls(seed=11, lives=24):
        known = met.setdefault(observed.call.call_name(), [])
        if len(known) < OFTEN:
            known.append(observed)
    return met


@pytest.mark.parametrize("name", ROWS)
def test_each_run_takes_one_path(name: str) -> None:
    """Given random lives, When each call is read on all paths, Then one is taken, with its outcome."""
    met = often()[name]
    assert met
    for observed in met:
        for case in cases_met(observed):
            assert faults_of(observed, case) == []


class Careless(Executor):
    """Make one mistake for each method."""

    right_quotient = Executor.quotient

    def choose(self, chosen_by: Any, when_true: Any, when_false: Any) -> Any:  # noqa: ARG002
        """Fall on the first of two numbers, whatever the condition."""
        return when_true

    def quotient(self, numerator: Any, divisor: Any) -> Any:
        """Return one too many."""
        return Careless.right_quotient(self, numerator, divisor) + 1

    def is_possible(self, expression: Any) -> bool:  # noqa: ARG002
        """Follow nothing that comes after two decisions."""
        return len(self.path.decisions) < LAST_FOLLOWED


LAST_FOLLOWED = 2
FAULTS = {"choose": "redeem", "quotient": "deposit", "is_possible": "deposit"}


@pytest.mark.parametrize("fault", FAULTS)
def test_faulty_executor_is_noticed(fault: str) -> None:
    """Given an executor with a fault, When concrete runs are read on its paths, Then some do not fit."""
    call = FAULTS[fault]
    with patch.object(Executor, fault, vars(Careless)[fault]):
        readings.cache_clear()
        found = [
            wrong
            for observed in random_calls(seed=12, lives=3)
            if observed.call.call_name() == call
            for wrong in faults_of(observed, Case(call))
        ]
    readings.cache_clear()
    assert found

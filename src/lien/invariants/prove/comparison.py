"""Compare the executor's paths with random calls on integers.

Each call must take exactly one path of its case, and end as that path foretells.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from lien.invariants.explore.lives import random_calls
from lien.invariants.properties.base import Observed
from lien.invariants.prove.cases import Case, cases_of
from lien.invariants.prove.expressions import own_context
from lien.invariants.prove.reading import Reading, Situation
from lien.invariants.prove.run import Explorer
from lien.spec.types import LoanStatus

LIVES_OF_A_CALL = 50  # within which it is sent at least once
MOST_FAULTS = 5  # that are told of one call


@dataclass(frozen=True, slots=True)
class Compared:
    """Hold what came of comparing random calls of one kind."""

    call: str
    read: int  # calls that were read on all paths of their case
    paths: int  # of the cases that were met
    taken: int  # paths that some call took
    faults: tuple[str, ...]
    seconds: float


def read_paths(case: Case) -> tuple[Reading, ...]:
    """Return every path of a case, ready to be read."""
    return tuple(Reading(path, run) for path, run in Explorer(case).paths())


def cases_met(observed: Observed) -> list[Case]:
    """Return the cases to which a call belongs; several where it names a loan that does not exist."""
    number = getattr(observed.call, "loan", None)
    loans = observed.before.loans
    if number is None or not loans.contains(number):
        return cases_of(observed.call.call_name())
    status = LoanStatus(loans.get(number).status).name
    return [case for case in cases_of(observed.call.call_name()) if case.status == status]


def read_call(observed: Observed, case: Case, readings: tuple[Reading, ...]) -> tuple[list[int], list[str]]:
    """Return which paths of a case a call takes, by their places, and what they get wrong of it."""
    situation = Situation(observed.before, observed.call, observed.context)
    taken = {
        place: numbers
        for place, reading in enumerate(readings)
        if (numbers := reading.at(situation)).is_taken()
    }
    if len(taken) != 1:
        return list(taken), [f"{case}: {len(taken)} paths are taken where the call ends in {observed.reason}"]
    differences = (difference for numbers in taken.values() for difference in numbers.differences(observed))
    return list(taken), [f"{case}: {difference}" for difference in differences]


@own_context()
def compare(call: str, times: int, seed: int) -> Compared:
    """Read a number of random calls of one kind on all paths of their cases."""
    began, read, faults = time.perf_counter(), 0, list[str]()
    readings, taken = dict[Case, tuple[Reading, ...]](), set[tuple[Case, int]]()
    for observed in random_calls(seed, times * LIVES_OF_A_CALL):
        if read == times or len(faults) >= MOST_FAULTS:
            break
        if observed.call.call_name() == call:
            read += 1
            for case in cases_met(observed):
                if case not in readings:
                    readings[case] = read_paths(case)
                places, wrong = read_call(observed, case, readings[case])
                taken |= {(case, place) for place in places}
                faults += wrong
    paths = sum(map(len, readings.values()))
    return Compared(call, read, paths, len(taken), tuple(faults), time.perf_counter() - began)

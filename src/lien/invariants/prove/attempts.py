"""Ask the solver once, within a resource limit, in one of the ways that are tried after one another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import z3

from lien.invariants.prove.expressions import add_facts, new_solver
from lien.invariants.prove.symbols import Expression


class Verdict(Enum):
    """Say what the solver found."""

    PROVED = "proved"
    REFUTED = "refuted"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Attempt:
    """Say which facts an attempt may use, by their distance to the goal and their kind, and how it asks."""

    distance: int
    linear: bool
    resources: int
    quick: bool = True

    def solver(self) -> z3.Solver:
        """Return a solver that knows nothing yet."""
        solver = new_solver(self.resources, quick=self.quick)
        solver.set("timeout", HANGING)
        return solver


EVERYTHING = 100
ATTEMPTS = (
    Attempt(0, True, 1_000_000),
    Attempt(1, True, 4_000_000),
    Attempt(0, False, 500_000),
    Attempt(0, False, 2_000_000, quick=False),
    Attempt(EVERYTHING, True, 8_000_000),
    Attempt(1, False, 1_000_000),
    Attempt(1, True, 4_000_000, quick=False),
    Attempt(1, False, 6_000_000, quick=False),
    Attempt(EVERYTHING, False, 6_000_000, quick=False),
)
EARLY = (ATTEMPTS[0], ATTEMPTS[1], ATTEMPTS[4])
SIMPLE = 2  # how many of them ask for the whole of a goal, before its parts are asked for
SHORT = 6  # how many of them are tried at each value of a symbol, before the others are tried at all
HANGING = 60_000  # milliseconds; not everything in the solver counts resources, and no proof takes so long
VACUITY = Attempt(0, True, 500_000)
LAST = Attempt(EVERYTHING, False, 120_000_000, quick=False)


def check(facts: list[Expression], goal: Expression, attempt: Attempt) -> Verdict:
    """Ask once whether the goal holds in every model of the facts."""
    solver = attempt.solver()
    add_facts(solver, [*facts, z3.Not(goal)])
    result = solver.check()
    if result == z3.unsat:
        return Verdict.PROVED
    return Verdict.REFUTED if result == z3.sat else Verdict.UNKNOWN

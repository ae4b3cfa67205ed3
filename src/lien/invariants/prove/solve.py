"""Ask the solver whether a goal follows from facts, within a resource limit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

import z3

from lien.invariants.prove.executor import Path
from lien.invariants.prove.relevance import Definitions, Relevance
from lien.invariants.prove.symbols import Expression

# How far the facts may be from the goal, and the resources that an attempt may use.
EVERYTHING = 100
STEPS = ((0, 2_000_000), (1, 6_000_000))
LAST_STEP = (EVERYTHING, 120_000_000)


Splits = tuple[tuple[Expression, tuple[int, ...]], ...]


class Verdict(Enum):
    """Say what the solver found."""

    PROVED = "proved"
    REFUTED = "refuted"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold a verdict and, for a refuted goal, the model that refutes it."""

    verdict: Verdict
    model: Any = None


def check(facts: list[Expression], goal: Expression, resources: int) -> Answer:
    """Ask once whether the goal holds in every model of the facts."""
    solver = z3.Solver()
    solver.set("rlimit", resources)
    solver.add(*facts, z3.Not(goal))
    result = solver.check()
    if result == z3.unsat:
        return Answer(Verdict.PROVED)
    return Answer(Verdict.REFUTED, solver.model()) if result == z3.sat else Answer(Verdict.UNKNOWN)


class Prover:
    """Prove goals under facts, first with the facts that are near to the goal, at last with all."""

    def __init__(self) -> None:
        """Begin with nothing asked."""
        self.queries = 0
        self._relevance = Relevance()

    def follows(self, path: Path, goal: Expression, splits: Splits = ()) -> Answer:
        """Return whether the goal holds in every model of the facts.

        `splits` names symbols of which only a few values exist; where nothing else helps, each is tried.
        """
        goal = z3.simplify(goal)
        if z3.is_true(goal):
            return Answer(Verdict.PROVED)
        answer = self._attempt(path.facts, path.definitions, goal, STEPS)
        if answer.verdict is Verdict.PROVED:
            return answer
        for symbol, values in splits:
            if all(self._holds_at(path.facts, goal, symbol, value) for value in values):
                return Answer(Verdict.PROVED)
        return self._attempt(path.facts, path.definitions, goal, (LAST_STEP,))

    def is_satisfiable(self, path: Path) -> bool:
        """Return whether some state takes the path, with all facts; what cannot be told counts as yes."""
        self.queries += 1
        return check(path.facts, z3.BoolVal(False), LAST_STEP[1] // 4).verdict is not Verdict.PROVED

    def _holds_at(self, facts: list[Expression], goal: Expression, symbol: Expression, value: int) -> bool:
        """Return whether the goal is proved where a symbol has a value."""
        at = (symbol, z3.IntVal(value))
        here = [z3.simplify(z3.substitute(fact, at)) for fact in facts]
        known = [fact for fact in here if not z3.is_true(fact)]
        there = z3.simplify(z3.substitute(goal, at))
        return self._attempt(known, {}, there, (*STEPS, LAST_STEP)).verdict is Verdict.PROVED

    def _attempt(
        self,
        facts: list[Expression],
        definitions: Definitions,
        goal: Expression,
        steps: tuple[tuple[int, int], ...],
    ) -> Answer:
        answer, used = Answer(Verdict.UNKNOWN), -1
        for depth, resources in steps:
            near = (
                facts
                if depth == EVERYTHING
                else self._relevance.select(facts, definitions, goal, depth)
            )
            if len(near) == used:
                continue
            used = len(near)
            self.queries += 1
            answer = check(near, goal, resources)
            if answer.verdict is Verdict.PROVED:
                return answer
        return answer

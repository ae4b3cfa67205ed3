"""Ask the solver whether a goal follows from facts, within a resource limit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import z3

from lien.invariants.prove.executor import Path, conjuncts
from lien.invariants.prove.expressions import add_facts, simplified
from lien.invariants.prove.goal import Goal
from lien.invariants.prove.relevance import Definitions, Relevance
from lien.invariants.prove.symbols import Expression
from lien.invariants.prove.unfold import is_identity


@dataclass(frozen=True, slots=True)
class Attempt:
    """Say which facts an attempt may use: how far from the goal, and whether only linear ones."""

    distance: int
    linear: bool
    resources: int


EVERYTHING = 100
ATTEMPTS = (
    Attempt(0, True, 1_000_000),
    Attempt(1, True, 4_000_000),
    Attempt(0, False, 2_000_000),
    Attempt(EVERYTHING, True, 8_000_000),
    Attempt(1, False, 6_000_000),
)
HANGING = 60_000  # milliseconds; not everything in the solver counts resources, and no proof takes so long
VACUITY = Attempt(0, True, 500_000)
LAST = Attempt(EVERYTHING, False, 120_000_000)


Splits = tuple[tuple[Expression, tuple[int, ...]], ...]


class Verdict(Enum):
    """Say what the solver found."""

    PROVED = "proved"
    REFUTED = "refuted"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Question:
    """Hold a goal, the facts, what defines their symbols, and what is near."""

    facts: list[Expression]
    definitions: Definitions
    goal: Expression
    near: tuple[Expression, ...]

    def at(self, symbol: Expression, value: int) -> Question:
        """Return the question where a symbol has a value."""

        def here(expression: Expression) -> Expression:
            return z3.simplify(z3.substitute(expression, (symbol, z3.IntVal(value))))

        facts = [part for fact in self.facts for part in conjuncts(here(fact))]
        definitions = {
            number: [part for fact in defining for part in conjuncts(here(fact))]
            for number, defining in self.definitions.items()
        }
        return Question(facts, definitions, here(self.goal), tuple(here(part) for part in self.near))


@dataclass(frozen=True, slots=True)
class Shown:
    """Hold one thing that was shown, and the facts that were enough for it.

    The solver reuses the numbers of what is dead, so both are held as they are.
    """

    facts: list[Expression]
    goal: Expression
    premises: frozenset[int] = frozenset()  # the facts by their numbers, while the solver keeps them


def check(facts: list[Expression], goal: Expression, resources: int) -> Verdict:
    """Ask once whether the goal holds in every model of the facts."""
    solver = z3.Solver()
    solver.set("rlimit", resources)
    solver.set("timeout", HANGING)
    add_facts(solver, [*facts, z3.Not(goal)])
    result = solver.check()
    if result == z3.unsat:
        return Verdict.PROVED
    return Verdict.REFUTED if result == z3.sat else Verdict.UNKNOWN


class Prover:
    """Prove goals under facts, first with the facts that are near to the goal, at last with all."""

    def __init__(self) -> None:
        """Begin with nothing asked."""
        self.queries = 0
        self.shown: list[Shown] = []  # what the last proof consists of
        self._relevance = Relevance()
        self._proved_by: dict[str, Attempt] = {}  # what helped last, by the goal's name
        self._known: dict[int, list[Shown]] = {}  # what was proved, by the goal's number

    def follows(self, path: Path, named: Goal, splits: Splits) -> Verdict:
        """Return whether the goal follows from what is known on the path, as far as near facts tell.

        `splits` names symbols of which only a few values exist; each is tried where the whole is not proved.
        """
        self.shown = []
        goal = simplified(named.condition)
        if z3.is_true(goal):
            return Verdict.PROVED
        question = Question(path.facts, path.definitions, goal, named.near)
        helped = self._proved_by.get(named.identifier)
        if helped is not None and self._try(question, helped) is Verdict.PROVED:
            return Verdict.PROVED
        if self._is_identity(question):
            return Verdict.PROVED
        for attempt in ATTEMPTS:
            if attempt is not helped and self._try(question, attempt) is Verdict.PROVED:
                self._proved_by[named.identifier] = attempt
                return Verdict.PROVED
        return Verdict.PROVED if self._holds_in_parts(question, splits, ATTEMPTS) else Verdict.UNKNOWN

    def insist(self, path: Path, named: Goal, splits: Splits) -> Verdict:
        """Return whether the goal holds in every model of all that is known on the path."""
        self.shown = []
        question = Question(path.facts, path.definitions, simplified(named.condition), named.near)
        if self._holds_in_parts(question, splits, (LAST,)):
            return Verdict.PROVED
        return self._try(question, LAST)

    def is_satisfiable(self, path: Path) -> bool:
        """Return whether some state takes the path, as far as linear facts near to its decisions tell."""
        self.shown = []
        decided = tuple(decision.condition for decision in path.decisions)
        question = Question(path.facts, path.definitions, z3.BoolVal(False), decided)
        return self._try(question, VACUITY) is not Verdict.PROVED

    def _holds_in_parts(self, question: Question, splits: Splits, attempts: tuple[Attempt, ...]) -> bool:
        """Return whether, for one of the symbols, the goal is proved at each of its values."""
        for symbol, values in splits:
            known = len(self.shown)
            if all(self._holds(question.at(symbol, value), attempts) for value in values):
                near = self._relevance.select(question.facts, question.definitions, [symbol], 0)
                one_of = z3.Or(*[symbol == value for value in values])
                self.shown.append(Shown([fact for fact, _, _ in near], one_of))
                return True
            del self.shown[known:]
        return False

    def _holds(self, question: Question, attempts: tuple[Attempt, ...]) -> bool:
        """Return whether one of the attempts proves the goal."""
        if z3.is_true(question.goal) or self._is_identity(question):
            return True
        return any(self._try(question, attempt) is Verdict.PROVED for attempt in attempts)

    def _is_identity(self, question: Question) -> bool:
        """Return whether the goal holds by algebra alone."""
        if not is_identity(question.definitions, question.goal):
            return False
        near = self._relevance.cone(question.definitions, self._relevance.symbols(question.goal))
        meanings = [fact for symbol in sorted(near) for fact in question.definitions.get(symbol, ())]
        self.shown.append(Shown([fact for fact in meanings if z3.is_eq(fact)], question.goal))
        return True

    def _try(self, question: Question, attempt: Attempt) -> Verdict:
        """Ask, unless the goal was proved from some of the facts before, on a path that begins alike."""
        facts, known = self._facts(question, attempt), self._known.setdefault(question.goal.get_id(), [])
        premises = frozenset(fact.get_id() for fact in facts)
        if any(other.premises <= premises for other in known):
            return Verdict.PROVED
        self.queries += 1
        verdict = check(facts, question.goal, attempt.resources)
        if verdict is Verdict.PROVED:
            known.append(Shown(facts, question.goal, premises))
            self.shown.append(known[-1])
        return verdict

    def _facts(self, question: Question, attempt: Attempt) -> list[Expression]:
        """Return the facts that an attempt may use."""
        if attempt.distance == EVERYTHING:
            described = self._relevance.described(question.facts)
        else:
            start = [question.goal, *question.near]
            described = self._relevance.select(question.facts, question.definitions, start, attempt.distance)
        return [fact for fact, _, is_linear in described if is_linear or not attempt.linear]

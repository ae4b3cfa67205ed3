"""Find out whether a goal follows from facts: with few first, then more, as a whole and in parts."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace

import z3

from lien.invariants.prove.attempts import (
    ATTEMPTS,
    EARLY,
    EVERYTHING,
    LAST,
    SHORT,
    SIMPLE,
    VACUITY,
    Attempt,
    Verdict,
    check,
)
from lien.invariants.prove.expressions import build, conjuncts, number_of, simplified
from lien.invariants.prove.goal import Goal
from lien.invariants.prove.path import Path
from lien.invariants.prove.relevance import Definitions, Described, Relevance, numbers_of
from lien.invariants.prove.symbols import Expression
from lien.invariants.prove.unfold import is_identity

Splits = tuple[tuple[Expression, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Hold a goal, the facts, what defines their symbols, and what is near."""

    facts: list[Described]
    definitions: Definitions
    goal: Expression
    near: tuple[Expression, ...]

    def parts(self) -> list[Question]:
        """Return a question for each part of the goal."""
        return [replace(self, goal=part) for part in build(conjuncts, self.goal)]

    def at(self, symbol: Expression, value: int, relevance: Relevance) -> Question:
        """Return the question where a symbol has a value."""

        def here(expression: Expression) -> Expression:
            return z3.simplify(z3.substitute(expression, (symbol, z3.IntVal(value))))

        facts = [relevance.describe(part) for fact in self.facts for part in conjuncts(here(fact.expression))]
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
        What is shown of a goal that does not follow stays shown.
        """
        self.shown = []
        question = self._question(path, named, simplified(named.condition))
        premises = self._relevance.numbers if named.known is None else numbers_of(question.facts)
        left = [part for part in question.parts() if not self._was_proved(part, premises)]
        if named.early is not None:
            left = [part for part in left if not self._holds_early(part, named)]
        if len(left) > 1:
            whole = replace(question, goal=z3.And(*(part.goal for part in left)))
            if self._holds(whole, ATTEMPTS[:SIMPLE], named.identifier):
                return Verdict.PROVED
        is_shown = all(self._part_holds(part, splits, named.identifier) for part in left)
        return Verdict.PROVED if is_shown else Verdict.UNKNOWN

    def _holds_early(self, part: Question, named: Goal) -> bool:
        """Return whether a part of a goal is proved of the first facts alone."""
        return self._holds(replace(part, facts=part.facts[: named.early]), EARLY, f"{named.identifier} early")

    def _part_holds(self, part: Question, splits: Splits, name: str) -> bool:
        """Return whether a part of a goal is proved, by short attempts first, or else by long ones."""
        return any(
            self._holds(part, attempts, name) or self._holds_at_each_value(part, splits, attempts)
            for attempts in (ATTEMPTS[:SHORT], ATTEMPTS[SHORT:])
        )

    def insist(self, path: Path, named: Goal, splits: Splits) -> Verdict:
        """Return whether the goal holds in every model of all that is known on the path.

        What was shown of it before is not asked again.
        """
        for part in self._question(path, named, simplified(named.condition)).parts():
            if self._was_proved(part, numbers_of(part.facts)):
                continue
            if self._holds_at_each_value(part, splits, (LAST,)):
                continue
            verdict = self._try(part, LAST)
            if verdict is not Verdict.PROVED:
                return verdict
        return Verdict.PROVED

    def is_satisfiable(self, path: Path) -> bool:
        """Return whether some state takes the path, as far as linear facts near to its decisions tell."""
        self.shown = []
        decided = tuple(decision.condition for decision in path.decisions)
        never = z3.BoolVal(False)
        question = self._question(path, Goal("", never, decided), never)
        return self._try(question, VACUITY) is not Verdict.PROVED

    def _question(self, path: Path, named: Goal, goal: Expression) -> Question:
        """Return the question whether the goal follows from what it may follow from."""
        facts = self._relevance.describe_all(path.facts)[: named.known]
        return Question(facts, path.definitions, goal, named.near)

    def _holds_at_each_value(self, question: Question, splits: Splits, attempts: tuple[Attempt, ...]) -> bool:
        """Return whether, for one of the symbols, the goal is proved at each of its values."""
        for symbol, values in splits:
            at_each = (question.at(symbol, value, self._relevance) for value in values)
            if all(self._holds(there, attempts) for there in at_each):
                near = self._relevance.select(question.facts, question.definitions, [symbol], 0)
                one_of = z3.Or(*[symbol == value for value in values])
                self.shown.append(Shown([fact.expression for fact in near], one_of))
                return True
        return False

    def _holds(self, question: Question, attempts: tuple[Attempt, ...], name: str = "") -> bool:
        """Return whether one of the attempts proves the goal; first what last helped one of its name."""
        if z3.is_true(question.goal):
            return True
        helped = self._proved_by.get(name)
        if helped is not None and self._try(question, helped) is Verdict.PROVED:
            return True
        if self._is_identity(question):
            return True
        for attempt in attempts:
            if attempt is not helped and self._try(question, attempt) is Verdict.PROVED:
                if name:
                    self._proved_by[name] = attempt
                return True
        return False

    def _is_identity(self, question: Question) -> bool:
        """Return whether the goal holds by algebra alone."""
        if not is_identity(question.definitions, question.goal):
            return False
        definitions = question.definitions
        near = self._relevance.cone(definitions, self._relevance.describe(question.goal).symbols)
        meanings = [fact for symbol in definitions if symbol in near for fact in definitions[symbol]]
        self.shown.append(Shown([fact for fact in meanings if z3.is_eq(fact)], question.goal))
        return True

    def _try(self, question: Question, attempt: Attempt) -> Verdict:
        """Ask, unless the goal was proved from some of the facts before, on a path that begins alike."""
        described = self._facts(question, attempt)
        premises = numbers_of(described)
        if all(self._was_proved(part, premises) for part in question.parts()):
            return Verdict.PROVED
        self.queries += 1
        facts = [fact.expression for fact in described]
        verdict = check(facts, question.goal, attempt)
        if verdict is Verdict.PROVED:
            shown = Shown(facts, question.goal, premises)
            for part in question.parts():
                self._known.setdefault(number_of(part.goal), []).append(shown)
            self.shown.append(shown)
        return verdict

    def _was_proved(self, question: Question, premises: Set[int]) -> bool:
        """Return whether the goal was proved before from some of these facts, named by their numbers."""
        known = self._known.get(number_of(question.goal), ())
        return any(other.premises <= premises for other in known)

    def _facts(self, question: Question, attempt: Attempt) -> list[Described]:
        """Return the facts that an attempt may use."""
        facts = question.facts
        if attempt.distance != EVERYTHING:
            start = [question.goal, *question.near]
            facts = self._relevance.select(facts, question.definitions, start, attempt.distance)
        return [fact for fact in facts if fact.is_linear or not attempt.linear]

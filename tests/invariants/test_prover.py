"""The prover says proved only of what follows, asks for everything, and refutes only by what replays."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import z3

from lien.invariants.explore.check import REASONS_OF_EVERY_CALL
from lien.invariants.explore.violation import Violation
from lien.invariants.properties.base import Kind, of_kind
from lien.invariants.properties.implied import RANGE
from lien.invariants.prove import matrix, obligations, replay, run
from lien.invariants.prove.attempts import Attempt, Verdict, check
from lien.invariants.prove.cases import Case
from lien.invariants.prove.expressions import number_of
from lien.invariants.prove.goal import Goal
from lien.invariants.prove.matrix import CaseProof, prove_case
from lien.invariants.prove.obligations import said_of_a_step
from lien.invariants.prove.path import Decision, Path
from lien.invariants.prove.replay import find_counterexample
from lien.invariants.prove.results import Cell, worse
from lien.invariants.prove.run import Explorer, Run
from lien.invariants.prove.solve import Prover, Question
from lien.invariants.prove.unfold import is_identity, symbols_of
from lien.protocol.state import State
from lien.spec.catalogue import CALLS

X, Y, Z = z3.Ints("x y z")
APPROVE = Case("approve")


def path_of(*facts: z3.ExprRef, **meanings: z3.ExprRef) -> Path:
    """Return a path on which some facts are known, and what some symbols stand for."""
    definitions = {number_of(z3.Int(name)): [z3.Int(name) == term] for name, term in meanings.items()}
    known = [fact for defining in definitions.values() for fact in defining]
    return Path([], facts=[*facts, *known], definitions=definitions)


# --- one question ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "resources", "verdict"),
    [
        ([X >= 1], 10_000, Verdict.PROVED),
        ([X >= 0], 10_000, Verdict.REFUTED),
        ([X * X * X + Y * Y * Y == 33 + Z * Z * Z, X < 7], 1, Verdict.UNKNOWN),
    ],
)
@pytest.mark.parametrize("quick", [True, False])
def test_a_verdict_is_the_solvers(
    facts: list[z3.ExprRef], resources: int, verdict: Verdict, *, quick: bool
) -> None:
    """Given facts / When a goal is asked for in either way / Then it is proved exactly if it follows."""
    assert check(facts, X > 0, Attempt(0, True, resources, quick)) is verdict


def test_what_does_not_follow_is_not_proved() -> None:
    """Given a goal that does not follow / When asked in every way / Then it is refuted, at last."""
    prover, goal = Prover(), Goal("goal", X > 0)
    assert prover.follows(path_of(X >= 0), goal, ()) is Verdict.UNKNOWN
    assert prover.insist(path_of(X >= 0), goal, ()) is Verdict.REFUTED
    assert prover.shown == []


def test_what_was_proved_from_more_is_asked_again_from_less() -> None:
    """Given a goal that followed on one path / When less is known on another / Then it is not proved."""
    prover, goal = Prover(), Goal("goal", X > 0)
    assert prover.follows(path_of(X >= 0, X != 0), goal, ()) is Verdict.PROVED
    assert prover.follows(path_of(X >= 0), goal, ()) is Verdict.UNKNOWN
    assert prover.follows(path_of(X >= 0, X != 0, X < 9), goal, ()) is Verdict.PROVED


def test_what_follows_early_serves_every_path_that_begins_alike() -> None:
    """Given a goal of which all follows from the first fact, or a part / When it is asked on two paths
    / Then what was proved is not asked again, and of the rest the other facts decide.
    """
    prover, first, second = Prover(), path_of(X >= 1, Y >= 1), path_of(X >= 1, Y <= 0)
    early, late = (Goal("G", z3.And(X > 0, other), early=1) for other in (X > -1, Y > 0))
    assert prover.follows(first, early, ()) is Verdict.PROVED
    asked = prover.queries
    assert prover.follows(second, early, ()) is Verdict.PROVED
    assert prover.queries == asked > 0
    assert prover.follows(first, late, ()) is Verdict.PROVED
    assert prover.follows(second, late, ()) is Verdict.UNKNOWN


class Weak(Prover):
    """Find everything too hard that speaks of a symbol."""

    def _try(self, question: Question, attempt: Attempt) -> Verdict:
        if any(X.eq(part) for part in symbols_of(question.goal)):
            return Verdict.UNKNOWN
        return super()._try(question, attempt)


@pytest.mark.parametrize(("least", "verdict"), [(1, Verdict.PROVED), (0, Verdict.UNKNOWN)])
def test_a_goal_in_parts_holds_at_each_value(least: int, verdict: Verdict) -> None:
    """Given a symbol of few values / When the whole is too hard / Then it is proved if each part is."""
    path, goal = path_of(least <= X, X <= 2, Y >= 1), Goal("goal", X * Y > 0)
    assert Weak().follows(path, goal, ()) is Verdict.UNKNOWN
    assert Weak().follows(path, goal, ((X, (least, 1, 2)),)) is verdict


def test_an_identity_is_one_in_every_part() -> None:
    """Given equations / When they are multiplied out / Then all of them must hold."""
    definitions = path_of(z=X * (Y + 1)).definitions
    left: Any = X + X * Y
    right, wrong = left == Z, left == Z + 1
    assert is_identity(definitions, z3.And(right, right))
    assert not is_identity(definitions, z3.And(right, wrong))
    assert not is_identity(definitions, Z <= X + X * Y)


def test_a_path_that_no_state_takes_is_known() -> None:
    """Given facts / When they contradict each other / Then no state takes the path; else some may."""
    assert Prover().is_satisfiable(path_of(X > 0)) is True
    taken = replace(path_of(X > 0, X < 0), decisions=[Decision("protocol/file.py:1", X > 0, taken=True)])
    assert Prover().is_satisfiable(taken) is False


# --- one case ----------------------------------------------------------------------------------------


def results_of(goals: list[Goal], facts: list[z3.ExprRef]) -> list[tuple[str, str]]:
    """Return what a case with one path and these goals gives."""
    proof = CaseProof(APPROVE, None)
    path, made = path_of(*facts), Run(APPROVE)

    def give(*_: object) -> Iterator[tuple[Path, Run, list[Goal]]]:
        yield path, made, goals

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matrix, "paths_with_goals", give)
        proof.run()
    return [(cell.property, cell.result) for cell in proof.cells.values()]


@pytest.fixture
def no_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Find no numbers that refute anything."""

    def find_none(*_: object) -> None:
        return None

    monkeypatch.setattr(matrix, "find_counterexample", find_none)


@pytest.mark.usefixtures("no_numbers")
def test_only_what_is_proved_is_a_lemma() -> None:
    """Given a goal that does not follow / When another would follow / Then that is not proved either."""
    wrong, after = Goal("RANGE", X > 0), Goal("WIDTH", X >= 0)
    assert results_of([wrong, after], [Y > 0]) == [("RANGE", "error"), ("WIDTH", "error")]
    right = Goal("RANGE", Y > X)
    assert results_of([right, Goal("WIDTH", Y >= X)], [Y > X]) == [("RANGE", "proved"), ("WIDTH", "proved")]


@pytest.mark.usefixtures("no_numbers")
def test_what_a_contract_needs_follows_from_what_was_known_before() -> None:
    """Given what is needed / When it follows only from what came after / Then it is not proved."""
    facts = [Y > 0, X > 0]
    assert results_of([Goal("NEEDS x", X > 0, known=2)], facts) == [("NEEDS", "proved")]
    assert results_of([Goal("NEEDS x", X > 0, known=1)], facts) == [("NEEDS", "error")]


@pytest.mark.usefixtures("no_numbers")
def test_one_goal_that_fails_is_enough() -> None:
    """Given goals of one property / When one of them fails / Then the property does."""
    right, wrong = Goal("RANGE a", Y >= 0), Goal("RANGE b", X > 0)
    assert results_of([right, wrong, right], [Y > 0]) == [("RANGE", "error")]
    cells = [Cell("claim", "", "RANGE", result, 1, 1.0) for result in ("proved", "unknown")]
    assert worse(*cells).result == worse(*reversed(cells)).result == "unknown"


def test_a_call_meets_every_property_and_every_reason() -> None:
    """Given a call / When it is proved / Then every property is a cell, and every outcome is reached."""
    kind, result = CALLS["approve"], prove_case(APPROVE)
    of_calls = of_kind(Kind.STEP, Kind.REJECTION, Kind.LIVENESS)
    wanted = {item.identifier for item in of_calls if not item.calls or kind in item.calls}
    wanted |= {item.identifier for item in of_kind(Kind.LINK, Kind.GLOBAL)} | {RANGE[0], "TOTAL-APPROVALS"}
    assert wanted - {cell.property for cell in result.cells} == set()
    reasons = {reason.name for reason in (*kind.reasons, *REASONS_OF_EVERY_CALL)}
    assert set(result.reasons) == {"accepted", *reasons}


def test_what_is_asked_at_the_end_may_fork() -> None:
    """Given a question that decides at the end of a path / When paths are explored / Then both sides are."""
    explorer = Explorer(APPROVE)

    def is_late(_: Path, made: Run) -> bool:
        return explorer.executor.decide(made.context.timestamp.expression > 2**20)

    found = [(made.outcome, path.outcome) for path, made in explorer.paths(is_late)]
    assert found.count(("accepted", True)) == found.count(("accepted", False)) == 1


def test_what_divides_by_zero_does_not_hold() -> None:
    """Given a property that cannot be computed / When it is asked / Then it is false, as on integers."""

    def divides(numerator: int, divisor: int) -> bool:
        return numerator // divisor == 0

    item = replace(next(iter(of_kind(Kind.STEP))), formula=divides)
    assert z3.is_false(said_of_a_step(item, 1, 0))
    assert z3.is_true(said_of_a_step(item, 1, 2))


# --- a refutation ------------------------------------------------------------------------------------


@pytest.fixture
def false_goal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask of accepted calls what no call does."""

    def ask(_: Path, made: Run, *__: object) -> list[Goal]:
        now = made.context.timestamp.expression
        return [Goal("RANGE", now < 0)] if made.outcome == "accepted" else []

    monkeypatch.setattr(obligations, "goals_of", ask)


@pytest.mark.usefixtures("false_goal")
def test_numbers_refute_what_is_false() -> None:
    """Given a goal that is false / When numbers are looked for / Then some are found."""
    found = find_counterexample(APPROVE, "RANGE")
    assert found is not None
    assert found.observed is not None
    assert found.observed.accepted


@pytest.mark.usefixtures("false_goal")
def test_numbers_that_do_not_replay_refute_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a run that ends otherwise than the path foretells / When numbers are found / Then none count."""

    def observe(*given: Any) -> Any:
        came = run.observe(*given)
        return replace(came, events=()) if came.accepted else came

    monkeypatch.setattr(replay, "observe", observe)
    assert find_counterexample(APPROVE, "RANGE") is None


@pytest.mark.usefixtures("false_goal")
def test_numbers_of_a_state_that_cannot_be_refute_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a state of which a property does not hold / When numbers are found / Then they do not count."""

    def find_fault(_: State) -> list[Violation]:
        return [Violation("COUNCIL-SIZE", "sentence", "council")]

    monkeypatch.setattr(replay, "state_violations", find_fault)
    assert find_counterexample(APPROVE, "RANGE") is None

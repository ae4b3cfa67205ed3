"""What was proved is given to others as text: each obligation once, alike in every run, and true."""

from pathlib import Path

import cvc5
import pytest
import z3

from lien.invariants.prove import evidence, second
from lien.invariants.prove.cases import Case
from lien.invariants.prove.evidence import UNFINISHED, Evidence, Takers, leave_nothing_unfinished
from lien.invariants.prove.executor import Executor
from lien.invariants.prove.matrix import prove, prove_case
from lien.invariants.prove.relevance import Relevance
from lien.invariants.prove.results import CaseResult
from lien.invariants.prove.second import Answer, ask_second_solver
from lien.invariants.prove.smtlib import text_of
from lien.invariants.prove.solve import Shown

X, Y = z3.Ints("x y")
F = z3.Function("f", z3.IntSort(), z3.IntSort())
SMALL = frozenset({"RANGE", "TOTAL-SUPPLY", "TRANSFER-EXACT"})


def text(*facts: z3.ExprRef, goal: z3.ExprRef) -> str:
    """Return the file of an obligation."""
    return text_of("title", facts, goal, Relevance())


def test_an_obligation_is_its_facts_and_the_negated_goal() -> None:
    """Given facts and a goal / When written / Then the file has all of them, and is no more than that."""
    assert text(X >= 1, goal=X > 0) == (
        "; title\n"
        "; The last assertion is the negated goal: unsat says that it follows from the rest.\n"
        "(set-logic QF_UFLIA)\n"
        "(declare-fun x () Int)\n"
        "(assert (>= x 1))\n"
        "(assert (not (> x 0)))\n"
        "(check-sat)\n"
    )


def test_the_logic_is_the_smallest_of_two() -> None:
    """Given a product of two symbols, or none / When written / Then the logic says so."""
    assert "(set-logic QF_UFLIA)" in text(F(X) == 3 * Y, goal=X > 0)
    assert "(set-logic QF_UFNIA)" in text(X * Y == 1, goal=X > 0)
    assert "(set-logic QF_UFNIA)" in text(X >= 1, goal=X * Y > 0)


@pytest.mark.parametrize(
    ("obligation", "answer"),
    [
        (text(X >= 1, goal=X > 0), Answer.DECIDED),
        (text(X >= 0, goal=X > 0), Answer.CONTRADICTED),
        (text(X >= 1, Y >= 1, goal=X * Y >= 1), Answer.DECIDED),
        (text(42 * F(X) == X * X * X + Y * Y * Y, goal=X > Y), Answer.CONTRADICTED),
        ("(set-logic QF_LIA)\n(check-sat)\n", Answer.CONTRADICTED),
        ("(set-logic QF_LIA)\n", Answer.UNDECIDED),
    ],
)
def test_a_second_solver_answers(obligation: str, answer: Answer) -> None:
    """Given an obligation / When the second solver is asked / Then it agrees where the goal follows."""
    assert ask_second_solver(obligation) is answer


def test_what_no_way_decides_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    """Given little to spend / When a hard question is asked / Then each way is tried, and none decides."""
    tried = list[str]()
    right = second.run

    def note(obligation: str, options: dict[str, str]) -> str:
        tried.append(options["rlimit"])
        return right(obligation, options)

    monkeypatch.setattr(second, "WAYS", ({"rlimit": "1"}, {"rlimit": "2"}))
    monkeypatch.setattr(second, "run", note)
    hard = text(X > 1, Y > 1, F(X) == F(Y), goal=1729 * F(X) != X * X * X + Y * Y * Y)
    assert (ask_second_solver(hard), tried) == (Answer.UNDECIDED, ["1", "2"])


def test_every_way_has_options_that_the_solver_knows() -> None:
    """Given the ways / When their options are looked up / Then each is one, and each way ends."""
    known = set(cvc5.Solver(cvc5.TermManager()).getOptionNames())
    for way in (*second.WAYS, second.HANGING):
        assert way.keys() <= known
    assert all("rlimit" in way for way in second.WAYS)


def files_of(folder: Path) -> dict[str, str]:
    """Return what each file below a folder says."""
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def emitted(folder: Path, call: str = "transfer") -> CaseResult:
    """Return a case whose obligations went to a folder."""
    return prove_case(Case(call), SMALL, Takers(folder))


def test_the_same_case_gives_the_same_files(tmp_path: Path) -> None:
    """Given a case / When proved twice, once after another / Then names and bytes are the same."""
    first = emitted(tmp_path / "first")
    emitted(tmp_path / "between", "approve")
    emitted(tmp_path / "second")
    written = files_of(tmp_path / "first")
    assert files_of(tmp_path / "second") == written
    assert first.checked is not None
    assert first.checked.given == len(written) > 0


def test_each_file_holds_by_itself(tmp_path: Path) -> None:
    """Given the files of a case / When a fresh solver reads each / Then its assertions are contradictory."""
    emitted(tmp_path)
    for name, content in files_of(tmp_path).items():
        with_goal, without = z3.Solver(), z3.Solver()
        with_goal.from_string(content)
        without.add(with_goal.assertions()[:-1])
        assert (name, with_goal.check()) == (name, z3.unsat)
        assert (name, without.check()) == (name, z3.sat)  # what is assumed can be


def test_every_proved_goal_that_is_not_plainly_true_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given a case / When its solver's answers are counted / Then as many obligations were given."""
    given = list[str]()
    right = Evidence.give

    def note(self: Evidence, where: str, what: str, shown: list[Shown]) -> None:
        given.extend(what for _ in shown)
        right(self, where, what, shown)

    monkeypatch.setattr(Evidence, "give", note)
    emitted(tmp_path)
    assert len(given) == len(files_of(tmp_path))
    assert SMALL - {what.split()[0] for what in given} == set()


def test_what_a_path_leaves_out_is_given() -> None:
    """Given a decision of which one side cannot be / When it is taken / Then why is an obligation."""
    executor = Executor()
    found = Evidence(Case("transfer"), Takers(), executor)

    def decide() -> bool:
        number = executor.fresh("number", 1, 9)
        return bool(number >= 0) and bool(number >= 5)

    assert len(list(executor.explore(decide))) == 2
    found.give_excluded()
    assert found.checked.given == 1


def test_what_is_undecided_or_contradicted_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Given answers of each kind / When obligations are given / Then those that do not agree are named."""
    answers = iter((Answer.DECIDED, Answer.UNDECIDED, Answer.CONTRADICTED))

    def answer(_: str) -> Answer:
        return next(answers)

    monkeypatch.setattr(evidence, "ask_second_solver", answer)
    found = Evidence(Case("repay", "ACTIVE"), Takers(second=True), Executor())
    found.give("path-0001", "RANGE cash", [Shown([X > 0], X >= 0)] * 3)
    assert found.checked.answers == {"decided": 1, "undecided": 1, "contradicted": 1}
    assert found.checked.undecided == ["repay-ACTIVE/path-0001-range-cash-2"]
    assert found.checked.contradicted == ["repay-ACTIVE/path-0001-range-cash-3"]


def test_a_case_that_is_interrupted_leaves_no_file(tmp_path: Path) -> None:
    """Given a case at work / When it is given up / Then what was finished stands, and nothing else."""
    done, undone = (Evidence(Case(call), Takers(tmp_path), Executor()) for call in ("claim", "transfer"))
    for found in (done, undone):
        found.give("path-0001", "RANGE", [Shown([X > 0], X >= 0)])
    done.finish()
    assert {path.name for path in tmp_path.iterdir()} == {"claim", UNFINISHED}
    leave_nothing_unfinished(tmp_path)
    assert list(files_of(tmp_path)) == ["claim/path-0001-range.smt2"]


def test_a_run_that_is_interrupted_leaves_whole_cases(tmp_path: Path) -> None:
    """Given a run of two cases / When it is interrupted after one / Then the folder has that one alone."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    (tmp_path / UNFINISHED / "approve").mkdir(parents=True)
    with pytest.raises(KeyboardInterrupt):
        prove(["approve", "transfer"], SMALL, 1, interrupt, takers=Takers(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["approve"]

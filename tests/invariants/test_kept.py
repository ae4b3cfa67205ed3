"""What is proved is kept by content: proved again exactly when something changed on which it depends."""

import ast
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import FrameType

import pytest

from lien.invariants.prove import matrix, sources
from lien.invariants.prove.cases import Case, all_cases
from lien.invariants.prove.kept import Kept
from lien.invariants.prove.matrix import prove, prove_case
from lien.invariants.prove.results import CaseResult, Cell

TRANSFER = Case("transfer")
RESULT = CaseResult(
    TRANSFER, [Cell("transfer", "", "RANGE", "proved", 2, 0.25)], 2, 7, 1.5, Counter({"accepted": 2})
)


def write(path: Path, text: str) -> None:
    path.write_text(text)


def modules_run(work: Callable[[], object]) -> set[str]:
    """Return the modules of which some code runs."""
    files = set[str]()

    def note(frame: FrameType, _: str, __: object) -> None:
        files.add(frame.f_code.co_filename)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return {sources.name_of(Path(file)) for file in files if file.startswith(f"{sources.PACKAGE}/")}


@pytest.mark.parametrize(
    "case",
    [TRANSFER, Case("accrue", "AUCTION"), Case("propose"), Case("relations", relation="SCORE-BOUNDED")],
)
def test_what_runs_is_among_what_is_depended_on(case: Case) -> None:
    """Given a case / When it is proved / Then no code runs but of modules that are in its digest."""
    assert modules_run(lambda: prove_case(case)) - sources.modules_of(case) == set()


CHANGES = {
    "lien.protocol.transitions.assets": {"transfer": True, "propose": False, "accrue": False},
    "lien.protocol.transitions.governance": {"transfer": False, "propose": True, "accrue": False},
    "lien.invariants.properties.rejections.governance": {"transfer": False, "propose": True, "accrue": False},
    "lien.protocol.accrual": {
        "transfer": True,
        "propose": True,
        "accrue": True,
    },  # the prover has its contract
    "lien.invariants.prove.solve": {"transfer": True, "propose": True, "accrue": True},
    "lien.spec.credit": {"transfer": False, "propose": False, "accrue": False},
    "lien.vectors.generate": {"transfer": False, "propose": False, "accrue": False},
}


@pytest.mark.parametrize("module", CHANGES)
def test_a_change_matters_where_it_can(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a module that changed / When digests are compared / Then those differ that depend on it."""
    cases = [TRANSFER, Case("propose"), Case("accrue", "ACTIVE")]
    before = [sources.digest(case, None) for case in cases]
    right = sources.digest_of

    def changed(name: str) -> bytes:
        return b"new" if name == module else right(name)

    monkeypatch.setattr(sources, "digest_of", changed)
    after = [sources.digest(case, None) for case in cases]
    differ = {case.call: old != new for case, old, new in zip(cases, before, after, strict=True)}
    assert module in sources.modules()
    assert differ == CHANGES[module]


def test_a_case_and_what_is_wanted_of_it_have_a_digest_of_their_own() -> None:
    """Given all cases, whole or in part / When digests are made / Then no two are the same."""
    cases = all_cases()
    digests = {sources.digest(case, wanted) for case in cases for wanted in (None, frozenset({"RANGE"}))}
    assert len(digests) == 2 * len(cases)


def test_imports_for_types_alone_do_not_run() -> None:
    """Given a source / When its imports are read / Then those for types alone are left out."""
    source = """
import a.b
from c import d
if TYPE_CHECKING:
    from e import f
def later():
    from g import h
"""
    assert list(sources.imports_in(ast.parse(source))) == ["a.b", "c", "c.d", "g", "g.h"]


def test_what_is_kept_is_given_back(tmp_path: Path) -> None:
    """Given a result that was kept / When it is loaded / Then it is the same, and said to be kept."""
    kept = Kept(tmp_path, write)
    kept.keep(RESULT, None)
    found = kept.load(TRANSFER, None)
    assert found == RESULT
    assert found is not None
    assert (found.is_kept, RESULT.is_kept) == (True, False)
    assert kept.load(TRANSFER, frozenset({"RANGE"})) is None


@pytest.mark.parametrize("result", ["refuted", "unknown", "error"])
def test_what_is_not_proved_is_not_kept(result: str, tmp_path: Path) -> None:
    """Given a case with one cell that is not proved / When it is to be kept / Then nothing is written."""
    cells = [*RESULT.cells, replace(RESULT.cells[0], property="WIDTH", result=result)]
    Kept(tmp_path, write).keep(replace(RESULT, cells=cells), None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "replacement"),
    [('"proved"', '"refuted"'), ('"code": "', '"code": "0'), ("{", ""), ("paths", "path")],
)
def test_what_does_not_read_as_kept_is_proved_again(text: str, replacement: str, tmp_path: Path) -> None:
    """Given a file that was changed by hand / When it is loaded / Then there is no result."""
    kept = Kept(tmp_path, write)
    kept.keep(RESULT, None)
    file = kept.file(TRANSFER, None)
    file.write_text(file.read_text().replace(text, replacement, 1))
    assert kept.load(TRANSFER, None) is None


def test_an_interrupted_run_keeps_what_was_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a run of two cases / When it is interrupted after one / Then the next proves the other."""
    proved = list[Case]()

    def quickly(case: Case, *_: object) -> CaseResult:
        proved.append(case)
        return replace(RESULT, case=case)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(matrix, "prove_case", quickly)
    kept, calls = Kept(tmp_path, write), ["approve", "transfer"]
    with pytest.raises(KeyboardInterrupt):
        prove(calls, jobs=1, progress=interrupt, kept=kept)
    assert proved == [Case("approve")]
    results = prove(calls, jobs=1, kept=kept).cases
    assert proved == [Case("approve"), TRANSFER]
    assert [result.is_kept for result in results] == [True, False]

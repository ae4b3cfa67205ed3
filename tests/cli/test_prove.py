"""The proof is run, reported and written to a file; what is not proved fails."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from lien.cli import faults
from lien.invariants.prove import matrix
from lien.invariants.prove.cases import Case
from lien.invariants.prove.contracts import CONTRACTS
from lien.invariants.prove.results import CaseResult, Cell, Checked, Matrix
from tests.cli.conftest import Run

SUMMARY = ["properties", "calls", "cells", "proved", "refuted", "unknown", "error", "not_applicable", "paths"]


def test_one_call_is_proved_and_written(run: Run, tmp_path: Path) -> None:
    """Given one call / When it is proved / Then the report, the paths and the file say so."""
    file = tmp_path / "results.json"
    ran = run("prove", "--call", "transfer", "--jobs", "1", "--paths", "--json", str(file))
    assert (ran.code, ran.errors) == (0, "")
    assert "cells proved" in ran.output
    assert "INSUFFICIENT_BALANCE" in ran.output
    written = json.loads(file.read_text())
    assert list(written) == ["summary", "cells"]
    assert list(written["summary"]) == [*SUMMARY, "queries", "seconds"]
    assert written["summary"]["cells"] == written["summary"]["proved"] == len(written["cells"])
    for cell in written["cells"]:
        assert list(cell) == ["call", "status", "property", "result", "paths", "seconds"]
        assert (cell["call"], cell["result"]) == ("transfer", "proved")
    assert [path.name for path in tmp_path.iterdir()] == ["results.json"]


def test_one_property_of_one_call_is_one_cell(run: Run) -> None:
    """Given a call and a property / When they are proved / Then that is one cell."""
    ran = run("prove", "--call", "transfer", "--property", "transfer-exact", "--jobs", "1")
    assert ran.code == 0
    assert "1 of 1 cells proved: 1 property, 1 call" in ran.output


def broken(**_: Any) -> Matrix:
    """Return a matrix in which something went wrong in each way."""
    results = ("refuted", "unknown", "error", "proved", "not_applicable")
    cells = [
        Cell("repay", "ACTIVE", f"P-{result}", result, 3, 0.5, f"story of {result}") for result in results
    ]
    return Matrix([CaseResult(Case("repay", "ACTIVE"), cells, 3, 9, 2.5)], 2.5)


def test_what_is_not_proved_is_listed_and_fails(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Given cells that are not proved / When reported / Then each has its story, and the code is 1."""
    monkeypatch.setattr("lien.invariants.prove.matrix.prove", broken)
    ran = run("prove", "--json", str(tmp_path / "results.json"))
    assert ran.code == 1
    for result in ("refuted", "unknown", "error"):
        assert f"{result}: P-{result} on repay ACTIVE: story of {result}" in ran.output
    assert "1 / 4" in ran.output
    assert ran.errors == "lien: 3 of 5 cells are not proved\n"
    assert json.loads((tmp_path / "results.json").read_text())["summary"]["refuted"] == 1


def test_what_is_kept_is_not_proved_again(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a row that was kept / When it is proved again / Then nothing runs, and the same is reported."""
    kept, files = ("--keep", str(tmp_path)), [tmp_path / f"{name}.json" for name in ("first", "second")]
    row = ("prove", "--call", "approve", "--jobs", "1", *kept, "--json")
    first = run(*row, str(files[0]))
    assert (first.code, (tmp_path / "proved-approve.json").is_file()) == (0, True)
    assert "0 of 1 case unchanged since an earlier run" in first.output

    def never(*_: object) -> CaseResult:
        raise AssertionError("a kept case was proved again")

    monkeypatch.setattr(matrix, "prove_case", never)
    second = run(*row, str(files[1]))
    assert "1 of 1 case unchanged since an earlier run" in second.output
    assert second.output.splitlines()[:3] == first.output.splitlines()[:3]
    written = [json.loads(file.read_text()) for file in files]
    for content in written:
        del content["summary"]["seconds"]  # the seconds of the cells are those of the run that proved them
    assert written[0] == written[1]


def test_a_folder_to_keep_in_has_to_be_there(run: Run, tmp_path: Path) -> None:
    """Given a folder that is not there / When results are to be kept in it / Then that is said."""
    ran = run("prove", "--call", "approve", "--keep", str(tmp_path / "none"))
    assert (ran.code, ran.output) == (2, "")
    assert "there is no folder" in ran.errors


def test_each_obligation_is_written_and_asked_again(run: Run, tmp_path: Path) -> None:
    """Given a row / When written and given to a second solver / Then files and report say so."""
    folder, file = tmp_path / "obligations", tmp_path / "results.json"
    row = ("prove", "--call", "approve", "--property", "RANGE", "--jobs", "1")
    ran = run(*row, "--emit", str(folder), "--second-solver", "--json", str(file))
    written = sorted(folder.rglob("*"))
    files = [path for path in written if path.is_file()]
    assert (ran.code, ran.errors) == (0, "")
    assert [path.name for path in written if path.is_dir()] == ["approve"]
    assert files
    assert {path.suffix for path in files} == {".smt2"}
    assert f"{len(files)} / {len(files)}" in ran.output
    agrees = f"cvc5 agrees on {len(files)} of {len(files)} obligations (100.0 %): 0 undecided, 0 contradicted"
    assert agrees in " ".join(ran.output.split())
    assert f"{len(files)} obligations written to" in ran.output
    results = json.loads(file.read_text())
    counts = {"decided": len(files), "undecided": 0, "contradicted": 0}
    assert results["summary"]["second_solver"] == counts
    assert (results["contradicted"], results["undecided"]) == ([], [])


def test_a_folder_with_something_in_it_is_refused(run: Run, tmp_path: Path) -> None:
    """Given a folder that is not empty, or nowhere / When obligations are to go there / Then that is said."""
    (tmp_path / "kept.txt").write_text("")
    ran = run("prove", "--call", "approve", "--emit", str(tmp_path))
    assert (ran.code, ran.output) == (2, "")
    assert ran.errors == f"lien: {tmp_path} is there and not empty: name another folder\n"
    ran = run("prove", "--call", "approve", "--emit", str(tmp_path / "kept.txt"))
    assert (ran.code, ran.errors.count("is there and not empty")) == (2, 1)
    ran = run("prove", "--call", "approve", "--emit", str(tmp_path / "none" / "obligations"))
    assert (ran.code, ran.errors.count("there is no folder")) == (2, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


def test_what_a_second_solver_contradicts_fails(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Given a row of which all is proved / When the other solver contradicts / Then that fails."""
    answers = Counter(decided=1, contradicted=1, undecided=2)
    checked = Checked(4, answers, ["claim/path-0001-range"], ["claim/b", "claim/a"])
    cells = [Cell("claim", "", "RANGE", "proved", 1, 0.0)]
    result = CaseResult(Case("claim"), cells, 1, 1, 0.0, checked=checked)

    def contradicted(**_: Any) -> Matrix:
        return Matrix([result], 0.1)

    monkeypatch.setattr("lien.invariants.prove.matrix.prove", contradicted)
    ran = run("prove", "--second-solver", "--json", str(tmp_path / "results.json"))
    assert ran.code == 1
    assert "contradicted by cvc5: claim/path-0001-range" in ran.output
    assert "1 / 4" in ran.output
    assert "1 of 4 obligations (25.0 %): 2 undecided, 1 contradicted" in " ".join(ran.output.split())
    assert ran.errors == "lien: 1 obligation contradicted by the second solver\n"
    written = json.loads((tmp_path / "results.json").read_text())
    assert (written["contradicted"], written["undecided"]) == (checked.contradicted, ["claim/a", "claim/b"])


def test_a_second_solver_has_to_be_installed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given an installation without cvc5 / When it is to be asked / Then one line says how to install it."""

    def find_all_but_one(name: str) -> object:
        return None if name == "cvc5" else name

    monkeypatch.setattr(faults, "find_spec", find_all_but_one)
    ran = run("prove", "--call", "approve", "--second-solver")
    needed = "cvc5 not installed, which this command needs: pip install 'lien[prove]'"
    assert (ran.code, ran.output, ran.errors) == (2, "", f"lien: {needed}\n")


def test_what_is_kept_is_proved_anew_to_be_given_away(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Given a row that was kept / When its obligations are wanted / Then it runs again."""
    right, asked = matrix.prove_case, list[Any]()

    def note(*arguments: Any) -> CaseResult:
        asked.append(arguments[0])
        return right(*arguments)

    monkeypatch.setattr(matrix, "prove_case", note)
    row = ("prove", "--call", "approve", "--property", "RANGE", "--jobs", "1", "--keep", str(tmp_path))
    for _ in range(2):
        assert run(*row).code == 0
    assert asked == [Case("approve")]
    assert "0 of 1 case unchanged" in run(*row, "--emit", str(tmp_path / "obligations")).output
    assert asked == [Case("approve")] * 2


def test_what_the_proof_rests_on_is_one_screen(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the assumptions are asked for / Then one screen has every contract and every program."""
    monkeypatch.setenv("COLUMNS", "100")
    ran = run("prove", "--assumptions")
    assert (ran.code, ran.errors) == (0, "")
    lines = ran.output.splitlines()
    assert len(lines) <= 45
    assert max(map(len, lines)) <= 100
    for name in (*CONTRACTS, "clock", "due_day", "signatures", "hashes", "tokens", "z3", "cvc5", "Python"):
        assert f"  {name} " in ran.output

"""The proof is run, reported and written to a file; what is not proved fails."""

import json
from pathlib import Path
from typing import Any

import pytest

from lien.invariants.prove import matrix
from lien.invariants.prove.cases import HEAVY, RELATIONS, Case
from lien.invariants.prove.contracts import CONTRACTS
from lien.invariants.prove.results import CaseResult, Cell, Matrix
from lien.spec.catalogue import CALLS
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
    return Matrix([CaseResult(Case("repay", "ACTIVE", "BULLET"), cells, 3, 9, 2.5)], 2.5)


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


def test_light_leaves_out_what_takes_minutes(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given rows that take minutes / When the others are asked for / Then it is said what is left."""
    asked: list[Any] = []

    def note(**options: Any) -> Matrix:
        asked.extend(options["calls"])
        return Matrix(
            [CaseResult(Case("claim"), [Cell("claim", "", "RANGE", "proved", 1, 0.0)], 1, 1, 0.0)], 0.1
        )

    monkeypatch.setattr("lien.invariants.prove.matrix.prove", note)
    ran = run("prove", "--light")
    assert ran.code == 0
    assert set(HEAVY) <= set(CALLS)
    assert set(asked) == {*CALLS, *CONTRACTS, RELATIONS} - set(HEAVY)
    assert f"left out, since they take long: {', '.join(HEAVY)};" in " ".join(ran.output.split())


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

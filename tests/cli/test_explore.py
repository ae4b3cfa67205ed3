"""`lien explore` sends random calls, keeps pieces, and fails where something does not hold."""

import json
from pathlib import Path

import pytest

from lien.invariants.explore import pieces
from lien.invariants.explore.pieces import Found
from tests.cli.conftest import Run

FEW = ("explore", "--calls", "30", "--jobs", "1")


def test_what_was_accepted_and_why_not_the_rest(run: Run) -> None:
    """Given few calls / When explored / Then they are counted, and calls that never came are named."""
    ran = run(*FEW, "--json")
    found = json.loads(ran.output)
    counts = found["by_call"].values()
    total = sum(row["accepted"] + sum(row["rejected"].values()) for row in counts)
    assert found["calls"] == total == 30
    assert ran.code == 1
    assert ran.errors.startswith("lien: never accepted: ")


def test_the_same_seed_gives_the_same(run: Run) -> None:
    """Given a seed / When explored twice, in other pieces of work / Then the same is found."""
    assert run(*FEW, "--seed", "3", "--json").output == run(*FEW, "--seed", "3", "--json").output
    assert run(*FEW, "--seed", "3", "--json").output != run(*FEW, "--seed", "4", "--json").output


def test_what_is_kept_is_not_run_again(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a piece that was kept / When explored again / Then nothing runs, until the code is another."""
    kept = ("--keep", str(tmp_path), "--json")
    first = run(*FEW, *kept)
    assert [file.name for file in tmp_path.iterdir()] == ["explored-0.json"]

    def never(*_: object) -> Found:
        raise AssertionError("a kept piece was run again")

    monkeypatch.setattr(pieces, "run_piece", never)
    assert run(*FEW, *kept) == first
    monkeypatch.setattr(pieces, "digest_of_code", lambda: "other")
    with pytest.raises(AssertionError, match="run again"):
        run(*FEW, *kept)


def test_a_violation_is_told_and_fails(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a piece that found a violation / When told / Then its story is shown, and the command fails."""
    story = "REPAY-EXACT: what is owed falls by exactly what was taken"

    def found(_: object) -> Found:
        return Found(7, {"claim": 7}, {}, (story,), 0.5)

    monkeypatch.setattr(pieces, "run_piece", found)
    ran = run(*FEW)
    assert (ran.code, ran.errors) == (1, "lien: 1 violation: see above\n")
    assert story in ran.output
    assert "7 calls, 7 accepted" in ran.output


def test_a_folder_that_cannot_be_is_refused(run: Run, tmp_path: Path) -> None:
    """Given a folder that is not there / When pieces are to be kept in it / Then that is said."""
    ran = run(*FEW, "--keep", str(tmp_path / "nowhere"))
    assert (ran.code, ran.output) == (2, "")
    assert ran.errors == f"lien: {tmp_path}/nowhere/explored-0.json: there is no folder {tmp_path}/nowhere\n"

"""`lien mutants` makes the mistakes of incidents, keeps what it found, and fails where one survives."""

import json
from pathlib import Path

import pytest

from lien.invariants.mutants.catalogue import collect_mutants, collect_not_expressed
from lien.invariants.mutants.finding import Finding, Task, Way
from lien.invariants.mutants.run import Searches
from tests.cli.conftest import Run

ONE = ("mutants", "--id", "A-017", "--jobs", "1")
FOUND = {
    Way.PROOF: Finding("refuted", "PRICE-REDEEM", "Given When Then But", 2.25),
    Way.EXPLORER: Finding("held", seconds=61.5, calls=20_000),
}


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer every search at once, with what is known."""

    def run_known(_: Searches, task: Task) -> Finding:
        return FOUND[task.way]

    monkeypatch.setattr(Searches, "run", run_known)


def test_a_mutant_is_found(run: Run) -> None:
    """Given a mutant / When it is looked for by proof / Then it is found, and the command succeeds."""
    ran = run(*ONE)
    assert (ran.code, ran.errors) == (0, "")
    assert "PRICE-REDEEM refuted" in ran.output
    assert ran.output.endswith("1 mutant: 1 found by the proof\n")


@pytest.mark.usefixtures("known")
def test_both_ways_are_told(run: Run) -> None:
    """Given a mutant that one way finds / When both look / Then both are told, and it does not survive."""
    ran = run(*ONE, "--by", "both")
    assert (ran.code, ran.errors) == (0, "")
    assert ran.output.endswith("1 mutant: 1 found by the proof, 0 found by the explorer\n")
    found = json.loads(run(*ONE, "--by", "both", "--json").output)
    assert found["not_found"] == []
    assert found["mutants"][0]["identifier"] == "A-017"
    assert found["mutants"][0]["proof"]["fell"] == "PRICE-REDEEM"
    assert found["mutants"][0]["explorer"]["calls"] == 20_000


@pytest.mark.usefixtures("known")
def test_a_survivor_is_named_and_fails(run: Run) -> None:
    """Given a mutant that nothing finds / When it is looked for / Then it is told, and the command fails."""
    story = collect_mutants()["A-017"].story
    ran = run(*ONE, "--by", "explorer")
    assert (ran.code, ran.errors) == (1, "lien: not found: A-017\n")
    assert "held, 20,000 calls, 61.5 s" in " ".join(ran.output.split())
    assert f"not found: A-017: {story}" in ran.output
    assert json.loads(run(*ONE, "--by", "explorer", "--json").output)["not_found"] == ["A-017"]


@pytest.mark.usefixtures("known")
def test_what_is_kept_is_not_run_again(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a finding that was kept / When asked again / Then nothing runs, until something else is asked."""
    kept = (*ONE, "--by", "explorer", "--keep", str(tmp_path))
    first = run(*kept)
    assert [file.name for file in tmp_path.iterdir()] == ["mutant-A-017-explorer.json"]

    def never(_: Searches, __: Task) -> Finding:
        raise AssertionError("a kept search was run again")

    monkeypatch.setattr(Searches, "run", never)
    assert run(*kept) == first
    with pytest.raises(AssertionError, match="run again"):
        run(*kept, "--calls", "7")


@pytest.mark.usefixtures("known")
def test_the_mutants_of_a_call(run: Run) -> None:
    """Given a call / When its mutants are looked for / Then they are those that it must notice."""
    found = json.loads(run("mutants", "--call", "redeem", "--json").output)
    of_redeem = [name for name, mutant in collect_mutants().items() if mutant.case[0] == "redeem"]
    assert [mutant["identifier"] for mutant in found["mutants"]] == of_redeem


def test_the_list_is_whole(run: Run) -> None:
    """When the mutants are listed / Then each is there, with the incidents that are none."""
    found = json.loads(run("mutants", "--list", "--json").output)
    assert [mutant["identifier"] for mutant in found["mutants"]] == list(collect_mutants())
    assert found["not_expressed"] == collect_not_expressed()
    ran = run("mutants", "--list")
    assert (ran.code, ran.errors) == (0, "")
    assert all(name in ran.output for name in collect_mutants())


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("--id", "A-0170"), "there is no incident 'A-0170': did you mean A-170 or A-017"),
        (("--call", "redeme"), "there is no call 'redeme': did you mean redeem"),
        (
            ("--id", "A-017", "--call", "repay"),
            "there is nothing to look for: no such mutant is noticed by these calls",
        ),
        (("--by", "luck"), "'luck' is not one of 'proof', 'explorer', 'both'"),
        (("--calls", "0"), "Invalid value for '--calls'"),
        (("--keep", "/nowhere/at/all"), "there is no folder /nowhere/at/all"),
    ],
)
def test_a_wrong_input_is_one_line(run: Run, arguments: tuple[str, ...], line: str) -> None:
    """Given a wrong option / When mutants are asked for / Then one line says so, and nothing runs."""
    ran = run("mutants", *arguments)
    assert (ran.code, ran.output) == (2, "")
    assert ran.errors.startswith("lien: ")
    assert line in ran.errors
    assert ran.errors.count("\n") == 1


def test_an_incident_that_is_no_mutant_says_why(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given an incident that is not expressed / When it is asked for / Then the reason is told."""
    monkeypatch.setattr(
        "lien.invariants.mutants.catalogue.collect_not_expressed", lambda: {"Z-009": "Tokens have no hooks."}
    )
    ran = run("mutants", "--id", "Z-009")
    assert (ran.code, ran.errors) == (2, "lien: Z-009 is no mutant: Tokens have no hooks.\n")


@pytest.mark.usefixtures("known")
def test_a_text_that_moved_fails_before_anything_runs(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a mutant whose text is gone / When it is looked for / Then that is said in one line."""
    monkeypatch.setattr("lien.invariants.mutants.seed.PACKAGE", Path("/nowhere"))
    ran = run(*ONE)
    assert (ran.code, ran.output) == (1, "")
    assert ran.errors == "lien: A-017: there is no file protocol/transitions/facility.py\n"

"""Mutants are made where they say, found where they say, and there is one for each incident, or a reason."""

import ast
import json
from dataclasses import replace
from pathlib import Path

import pytest

from lien.cli.properties import PROOF, identifiers
from lien.invariants.mutants.base import Mutant
from lien.invariants.mutants.catalogue import (
    add_once,
    collect_mutants,
    collect_not_expressed,
    mutants_by_module,
)
from lien.invariants.mutants.finding import Finding, Task, Way
from lien.invariants.mutants.keep import load_finding, place_of
from lien.invariants.mutants.run import Searches, run_tasks
from lien.invariants.mutants.seed import PACKAGE, MutantError, mutated_text, seed
from lien.invariants.prove.cases import Case, all_cases

INCIDENTS = Path(__file__).resolve().parents[3] / "shared" / "incidents" / "incidents.json"
MUTANTS = collect_mutants()
CLAIM = Mutant(
    "Z-001",
    "A claim is paid out and not taken off.",
    "protocol/transitions/assets.py",
    "claims=ledger.claims.set((call.asset, context.sender), 0)",
    "claims=ledger.claims",
    ("claim",),
    "CLAIM-PAID-ONCE",
)
HARMLESS = replace(CLAIM, replacement=CLAIM.text.replace("0)", "0 * 1)"))
REDEEM = replace(MUTANTS["A-017"], identifier="Z-002")


def save(path: Path, text: str) -> None:
    path.write_text(text)


def ways_of(mutant: Mutant, calls: int = 2000) -> tuple[Task, Task]:
    return Task(mutant, Way.PROOF), Task(mutant, Way.EXPLORER, calls)


@pytest.mark.parametrize("mutant", MUTANTS.values(), ids=lambda mutant: mutant.identifier)
def test_the_text_to_change_stands_exactly_once(mutant: Mutant) -> None:
    """Given a mutant / When it is made / Then one place of one file changes, and it is still Python."""
    changed = mutated_text(mutant)
    assert changed != (PACKAGE / mutant.file).read_text()
    assert ast.parse(changed)
    assert mutant.file.split("/")[0] in ("spec", "protocol")


@pytest.mark.parametrize("mutant", MUTANTS.values(), ids=lambda mutant: mutant.identifier)
def test_what_must_notice_it_is_there(mutant: Mutant) -> None:
    """Given a mutant / When its case and property are looked up / Then both are of the proof."""
    assert Case(*mutant.case) in all_cases()
    assert mutant.property in identifiers(PROOF)
    assert mutant.story.endswith(".")


def test_a_mutant_stands_where_its_module_is_named() -> None:
    """Given the modules of mutants / When their mutants are read / Then each is made in the one so named."""
    found = {name: {Path(mutant.file).stem for mutant in made} for name, made in mutants_by_module()}
    assert found == {name: {name} for name in found}


@pytest.mark.skipif(not INCIDENTS.exists(), reason="the incidents are not here")
def test_each_incident_is_a_mutant_or_has_a_reason() -> None:
    """Given the incidents / When they are counted / Then each is a mutant or not, and most are."""
    incidents = {entry["id"] for entry in json.loads(INCIDENTS.read_text())}
    assert MUTANTS.keys() | collect_not_expressed().keys() == incidents
    assert len(MUTANTS) >= 100


def test_an_incident_is_named_once() -> None:
    """Given an incident that is named / When it is named again / Then that is refused."""
    found = {"A-001": "a reason"}
    with pytest.raises(ValueError, match="A-001 is named twice"):
        add_once(found, "A-001", "another")


def test_a_mutant_is_made_in_a_copy(tmp_path: Path) -> None:
    """Given a mutant / When it is made / Then the copy differs in its file, and the package is as it was."""
    before = (PACKAGE / CLAIM.file).read_text()
    copy = seed(CLAIM, tmp_path) / "lien"
    assert (copy / CLAIM.file).read_text() == mutated_text(CLAIM)
    assert (copy / "protocol/ledger.py").read_text() == (PACKAGE / "protocol/ledger.py").read_text()
    assert (PACKAGE / CLAIM.file).read_text() == before


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (
            replace(CLAIM, text="nowhere"),
            "the text to change stands 0 times in",
        ),
        (
            replace(CLAIM, text="require"),
            "the text to change stands 10 times in",
        ),
        (replace(CLAIM, file="protocol/nothing.py"), "there is no file protocol/nothing.py"),
    ],
)
def test_a_mutant_that_cannot_be_made_says_so(changed: Mutant, message: str) -> None:
    """Given a mutant whose text moved / When it is made / Then it fails, and names the file."""
    with pytest.raises(MutantError, match=f"Z-001: {message}"):
        mutated_text(changed)


def test_a_mutant_is_found_by_proof_and_by_explorer() -> None:
    """Given a mistake / When it is proved and explored / Then both find it, with a story."""
    found = dict(run_tasks(list(ways_of(REDEEM)), 1, None, save))
    proof, explored = (found[task] for task in ways_of(REDEEM))
    assert (proof.result, proof.fell, proof.found) == ("refuted", "PRICE-REDEEM", True)
    assert proof.story.startswith("Given")
    assert (explored.result, explored.found) == ("violated", True)
    assert explored.story.startswith(f"{explored.fell} at ")
    assert 0 < explored.calls <= 2000


def test_a_mutant_that_changes_nothing_survives() -> None:
    """Given a change that is no mistake / When it is proved and explored / Then nothing falls."""
    proof, explored = (Searches().run(task) for task in ways_of(HARMLESS, 50))
    assert proof == Finding("proved", seconds=proof.seconds)
    assert explored == Finding("held", seconds=explored.seconds, calls=50)


def test_a_mutant_that_cannot_be_imported_says_so() -> None:
    """Given a mutant that is no Python / When it runs / Then that is an error, not a finding."""
    with pytest.raises(MutantError, match="Z-001: SyntaxError"):
        Searches().run(Task(replace(CLAIM, replacement="claims=("), Way.PROOF))


def test_what_is_kept_is_of_the_same_question(tmp_path: Path) -> None:
    """Given findings that were kept / When asked again / Then they are of that mutant, way and budget."""
    task, found = Task(CLAIM, Way.EXPLORER, 7), Finding("held", seconds=1.5, calls=7)

    class Known(Searches):
        def run(self, task: Task) -> Finding:
            return found if task.mutant is CLAIM else Finding("error")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lien.invariants.mutants.run.Searches", Known)
        assert list(run_tasks([task], 1, tmp_path, save)) == [(task, found)]
    assert load_finding(task, tmp_path) == found
    assert load_finding(replace(task, calls=8), tmp_path) is None
    assert load_finding(replace(task, mutant=HARMLESS), tmp_path) is None
    assert load_finding(replace(task, way=Way.PROOF), tmp_path) is None
    place_of(task, tmp_path).write_text("{")
    assert load_finding(task, tmp_path) is None

"""A user's mistake is one line and exit code 2; an interruption is one line and 130."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from lien.cli import faults
from tests.cli.conftest import Run

MISTAKES = {
    "nonsense": "No such command 'nonsense'.",
    "calls --nonsense": "No such option: --nonsense",
    "show": "Missing argument 'CALL'.",
    "show repya": "there is no call 'repya': did you mean repay?",
    "show zzz": "there is no call 'zzz'",
    "explain UNKNOWN_LAON": "there is no reason 'UNKNOWN_LAON': did you mean UNKNOWN_LOAN",
    "prove --call depositt": "there is no call 'depositt': did you mean deposit",
    "prove --property LOAN-DEPT": "there is no property 'LOAN-DEPT': did you mean LOAN-DEBT",
    "prove --call claim --property LOAN-DEBT": "there is nothing to prove",
    "prove --jobs 0": "Invalid value for '--jobs'",
    "vectors generate": "Missing option '--out'.",
    "vectors generate --out nowhere --call x": "there is no call 'x'",
    "vectors check nowhere": "nowhere holds no vectors",
    "vectors show claim --from nowhere": "nowhere holds no vectors",
    "show repay --from nowhere": "nowhere holds no vectors",
}


@pytest.mark.parametrize("command", list(MISTAKES))
def test_a_mistake_is_one_line(run: Run, command: str) -> None:
    """Given a mistake / When the command runs / Then one line says what to change, and nothing is written."""
    ran = run(*command.split())
    assert ran.code == 2
    assert ran.output == ""
    assert ran.errors.startswith(f"lien: {MISTAKES[command]}")
    assert ran.errors.count("\n") == 1


@pytest.mark.parametrize("command", ["prove --call claim", "tour", "vectors generate --out nowhere"])
def test_a_missing_extra_is_named(run: Run, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    """Given an installation without the extra / When a command needs it / Then it says how to install it."""

    def find_nothing(name: str) -> None:
        assert name in faults.EXTRAS["prove"]

    monkeypatch.setattr(faults, "find_spec", find_nothing)
    ran = run(*command.split())
    needed = "z3, joblib, hypothesis not installed, which this command needs: pip install 'lien[prove]'"
    assert (ran.code, ran.errors) == (2, f"lien: {needed}\n")


def test_an_interruption_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Given a proof / When it is interrupted / Then one line says so, and no file is there."""

    def interrupt(*_: Any, **__: Any) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr("lien.invariants.prove.matrix.prove", interrupt)
    ran = run("prove", "--json", str(tmp_path / "results.json"))
    assert (ran.code, ran.output) == (130, "")
    assert ran.errors == "lien: interrupted: nothing was left half written\n"
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_no_folder_is_a_mistake(run: Run, tmp_path: Path) -> None:
    """Given a folder that is not there / When results are to go there / Then that is said at once."""
    ran = run("prove", "--call", "claim", "--json", str(tmp_path / "none" / "results.json"))
    assert (ran.code, ran.output) == (2, "")
    assert "there is no folder" in ran.errors


def test_a_folder_with_other_files_is_not_replaced(run: Run, tmp_path: Path) -> None:
    """Given a folder of something else / When vectors are to go there / Then it is left as it is."""
    (tmp_path / "thesis.txt").write_text("years of work")
    ran = run("vectors", "generate", "--out", str(tmp_path), "--call", "claim")
    assert ran.code == 2
    assert "holds no vectors: name another folder" in ran.errors
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def spoil(change: Callable[[Any], None]) -> Callable[[str], str]:
    """Return what changes a file's content and lays it out as before."""

    def apply(text: str) -> str:
        content = json.loads(text)
        change(content)
        return f"{json.dumps(content, indent=1, ensure_ascii=False)}\n"

    return apply


def copy_of(folder: Path, to: Path, spoiled: Callable[[str], str]) -> Path:
    """Copy a folder of vectors, with the file of claims changed."""
    for path in folder.rglob("*"):
        if path.is_file():
            target = to / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text()
            target.write_text(spoiled(text) if path.name == "claim.json" else text)
    return to


def test_a_fault_in_the_form_names_file_line_and_field(run: Run, vectors: Path, tmp_path: Path) -> None:
    """Given a vector with a field that is no number / When checked / Then one line names where it stands."""
    folder = copy_of(
        vectors, tmp_path, spoil(lambda content: content["vectors"][0]["steps"][0].update(timestamp="soon"))
    )
    ran = run("vectors", "check", str(folder))
    number = next(
        number
        for number, line in enumerate((folder / "trace" / "claim.json").read_text().splitlines(), 1)
        if '"soon"' in line
    )
    assert ran.code == 2
    assert ran.errors.startswith(
        f"lien: {folder}/trace/claim.json:{number}: /vectors/0/steps/0/timestamp: found soon, expected "
    )
    assert ran.errors.count("\n") == 1


def test_a_vector_that_does_not_hold_fails(run: Run, vectors: Path, tmp_path: Path) -> None:
    """Given a vector with another result / When checked / Then the difference is shown, and the code is 1."""
    folder = copy_of(
        vectors, tmp_path, spoil(lambda content: content["vectors"][0]["steps"][-1].update(result="0x1234"))
    )
    ran = run("vectors", "check", str(folder))
    assert ran.code == 1
    assert "/result: found 0x1234" in ran.output.replace("\n", "")
    assert ran.errors == f"lien: 1 difference in {folder}\n"

"""`lien compare` reads random calls on the paths of the proof, and fails where one takes none or another."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from lien.invariants.prove import compared
from lien.invariants.prove.comparison import Compared
from tests.cli.conftest import Run

ONE = ("compare", "--call", "claim", "--times", "40", "--jobs", "1")


def test_each_call_takes_one_path(run: Run) -> None:
    """Given a call / When random ones are read on its paths / Then each takes one, and that is told."""
    ran = run(*ONE)
    assert (ran.code, ran.errors) == (0, "")
    assert ran.output.endswith("40 random calls: each takes exactly one path, and ends as it foretells\n")
    (found,) = json.loads(run(*ONE, "--json").output)
    assert (found["call"], found["read"], found["faults"]) == ("claim", 40, [])
    assert 1 < found["taken"] <= found["paths"]


def test_what_is_kept_is_not_compared_again(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given a comparison that was kept / When asked again / Then nothing runs, until another is asked."""
    kept = (*ONE, "--keep", str(tmp_path))
    first = run(*kept)
    assert [file.name for file in tmp_path.iterdir()] == ["compared-claim.json"]

    def never(*_: object) -> Compared:
        raise AssertionError("a kept comparison was made again")

    monkeypatch.setattr(compared, "compare", never)
    assert run(*kept) == first
    with pytest.raises(AssertionError, match="made again"):
        run(*kept, "--seed", "1")


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"faults": ("claim: 2 paths are taken",)}, "lien: 1 difference: see above\n"),
        ({"read": 39}, "lien: too seldom sent: claim\n"),
    ],
)
def test_a_difference_fails(
    run: Run, monkeypatch: pytest.MonkeyPatch, change: dict[str, object], errors: str
) -> None:
    """Given paths that do not fit the calls, or too few calls / When compared / Then the command fails."""
    found = replace(Compared("claim", 40, 9, 4, (), 0.5), **change)  # type: ignore[arg-type]

    def known(*_: object) -> Compared:
        return found

    monkeypatch.setattr(compared, "compare", known)
    ran = run(*ONE)
    assert (ran.code, ran.errors) == (1, errors)
    assert all(fault in ran.output for fault in found.faults)


def test_an_unknown_call_is_one_line(run: Run) -> None:
    """Given a call that is not there / When it is to be compared / Then that is said."""
    ran = run("compare", "--call", "claims")
    assert (ran.code, ran.output) == (2, "")
    assert ran.errors.startswith("lien: there is no call 'claims': did you mean claim")

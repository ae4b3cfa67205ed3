"""Each wrong input is one line that says what is wrong, where, and what would be right; the code is 2."""

from collections import Counter
from pathlib import Path

import pytest

from tests.cli.bad_inputs import KINDS, Case, cases
from tests.cli.conftest import Run

CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}: {case.name}")
def test_a_wrong_input_is_one_line(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, case: Case
) -> None:
    """Given a wrong input / When it is read / Then exactly that is said, and nothing else happens."""
    monkeypatch.chdir(tmp_path)
    for name, content in case.files.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_bytes(content)
    ran = run(*case.command)
    assert (ran.code, ran.output, ran.errors) == (2, "", f"{case.error}\n")
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.*")) == sorted(case.files)


def test_there_are_many_of_each_kind() -> None:
    """Given the cases / When they are counted / Then there are many, and no two of a kind have one name."""
    counts = Counter((case.kind, case.name) for case in CASES)
    assert max(counts.values()) == 1
    assert {kind for kind, _ in counts} == set(KINDS)
    assert len(CASES) >= 280

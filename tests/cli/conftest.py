"""Run a command in this process, and take what it writes."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from lien.cli import main


@dataclass(frozen=True)
class Ran:
    """What a command wrote, and how it ended."""

    code: int
    output: str
    errors: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what runs a command in a window of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")

    def run_command(*arguments: str) -> Ran:
        code = main(list(arguments))
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run_command


@pytest.fixture(scope="session")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the vectors of the least calls."""
    folder = tmp_path_factory.mktemp("cli") / "vectors"
    assert main(["vectors", "generate", "--out", str(folder), "--call", "claim", "--jobs", "1"]) == 0
    return folder

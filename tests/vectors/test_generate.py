"""Generation gives the same bytes on every run, and writes a folder wholly or not at all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lien.vectors.format import Index
from lien.vectors.generate import generate

PROGRAM = """
import sys
from pathlib import Path
from lien.vectors.generate import generate
generate(Path(sys.argv[1]), jobs=int(sys.argv[2]), calls=("claim", "countersign"))
"""


def contents(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


def test_two_hash_seeds_and_numbers_of_jobs_give_the_same_bytes(tmp_path: Path) -> None:
    # Given two runs that differ in the hash seed and in the number of processes
    for seed, jobs in (("1", "1"), ("2", "2")):
        command = [sys.executable, "-c", PROGRAM, str(tmp_path / seed), jobs]
        subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": seed}, check=True)
    # Then every file is the same, to the byte
    assert contents(tmp_path / "1") == contents(tmp_path / "2")


def test_a_folder_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    # Given a folder with a file that does not belong there
    out = tmp_path / "set"
    out.mkdir()
    (out / "old.json").write_text("{}")
    # When vectors are generated into it
    summary = generate(out, jobs=1, calls=("transfer",))
    # Then it holds the vectors alone, and nothing else was left
    index = Index.model_validate_json((out / "index.json").read_text())
    assert {entry.file for entry in index.files} >= {"genesis.json", "trace/transfer.json"}
    assert not (out / "old.json").exists()
    assert [item.name for item in tmp_path.iterdir()] == ["set"]
    assert (index.traces, index.steps) == (str(summary.traces), str(summary.steps))


def test_a_failure_leaves_the_folder_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Given a folder with vectors
    out = tmp_path / "set"
    generate(out, jobs=1, calls=("transfer",))
    before = contents(out)

    # When writing fails half-way
    def fail(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(Path, "write_text", fail)
    with pytest.raises(OSError, match="full"):
        generate(out, jobs=1, calls=("open_facility",))
    # Then the folder is as it was
    monkeypatch.undo()
    assert contents(out) == before
    assert [item.name for item in tmp_path.iterdir()] == ["set"]


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    generate(
        tmp_path / "set", jobs=1, calls=("claim",), progress=lambda done, total: told.append((done, total))
    )
    assert told == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]


def test_stories_are_written_as_far_as_vectors_stand_on_them(tmp_path: Path) -> None:
    summary = generate(tmp_path / "set", jobs=1, calls=("transfer",))
    assert summary.by_call["story"] == 2  # the facility and its deposit

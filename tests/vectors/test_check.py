"""A check finds every fault, and says where it is and what should be there."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lien.spec.units import MAXIMUM_TIMESTAMP
from lien.vectors.check import check


@pytest.fixture
def copy(vectors: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(vectors, tmp_path / "set"))


def change(file: Path, edit: Callable[[Any], None]) -> None:
    document = json.loads(file.read_text())
    edit(document)
    file.write_text(f"{json.dumps(document, indent=1, ensure_ascii=False)}\n")


def rejected_step(document: Any) -> Any:
    return next(step for vector in document["vectors"] for step in vector["steps"] if not step["succeeds"])


def test_a_generated_folder_has_no_problem(vectors: Path) -> None:
    assert check(vectors) == []


def test_no_folder_is_a_problem(tmp_path: Path) -> None:
    assert [problem.file for problem in check(tmp_path / "none")] == ["index.json"]


def test_a_wrong_reason_is_found(copy: Path) -> None:
    # Given a rejection with the reason of another
    file = copy / "trace" / "deposit.json"
    change(file, lambda document: rejected_step(document).update(reason="ZeroShares"))
    # Then the problem names the field, its line, and the right reason
    (problem,) = check(copy)
    assert (problem.file, problem.field, problem.found) == ("trace/deposit.json", "reason", "ZeroShares")
    assert problem.expected == "InsufficientBalance"
    assert '"reason": "ZeroShares"' in file.read_text().splitlines()[problem.line - 1]
    assert problem.pointer.endswith("/steps/0/reason")
    assert str(problem).startswith(f"trace/deposit.json:{problem.line}: ")


@pytest.mark.parametrize("field", ["result", "calldata"])
def test_wrong_bytes_are_found(copy: Path, field: str) -> None:
    change(copy / "trace" / "redeem.json", lambda document: rejected_step(document).update({field: "0x00"}))
    assert [problem.field for problem in check(copy)] == [field]


def test_a_time_beyond_the_calendar_is_found(copy: Path) -> None:
    # Given a step in a year that no calendar of the protocol has
    time = str(MAXIMUM_TIMESTAMP + 1)
    change(copy / "trace" / "redeem.json", lambda document: rejected_step(document).update(timestamp=time))
    # Then the problem says so
    (problem,) = check(copy)
    assert problem.found.startswith(f"the timestamp is {time}, and must be from 0 to ")
    assert problem.expected == "a sender and a time within their ranges"


def test_a_wrong_observation_is_found(copy: Path) -> None:
    def edit(document: Any) -> None:
        document["vectors"][0]["steps"][0]["observations"][0]["result"] = f"0x{'00' * 32}"

    change(copy / "trace" / "deposit.json", edit)
    (problem,) = check(copy)
    assert problem.pointer == "/vectors/0/steps/0/observations/0/result"


def test_a_missing_vector_is_found(copy: Path) -> None:
    change(copy / "trace" / "redeem.json", lambda document: document["vectors"].pop())
    assert {problem.file for problem in check(copy)} == {"index.json", "manifest.hex", "trace.hex"}


def test_a_missing_parent_is_found(copy: Path) -> None:
    for file in copy.glob("trace/story*.json"):
        change(file, lambda document: document["vectors"].clear())
    problems = check(copy)
    assert {problem.field for problem in problems} == {"parent"}
    assert {problem.expected for problem in problems} == {"a vector that is here"}


@pytest.mark.parametrize(
    "file", ["trace.hex", "genesis.hex", "manifest.hex", "arithmetic.hex", "schema.json"]
)
def test_one_changed_byte_is_found(copy: Path, file: str) -> None:
    content = bytearray((copy / file).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / file).write_bytes(content)
    assert [problem.file for problem in check(copy)] == [file]


def test_a_changed_layout_is_found(copy: Path) -> None:
    file = copy / "trace" / "transfer.json"
    file.write_text(json.dumps(json.loads(file.read_text())))
    assert [problem.file for problem in check(copy)] == ["trace/transfer.json"]


@pytest.mark.parametrize("file", ["trace.hex", "trace/transfer.json", "genesis.json"])
def test_a_missing_file_is_found(copy: Path, file: str) -> None:
    (copy / file).unlink()
    assert check(copy) != []


def test_a_surplus_file_is_found(copy: Path) -> None:
    (copy / "notes.txt").write_text("")
    assert [(problem.file, problem.expected) for problem in check(copy)] == [("notes.txt", "nothing")]


def test_a_wrong_evaluation_is_found(copy: Path) -> None:
    def edit(document: Any) -> None:
        document["vectors"][0]["result"] = f"0x{'11' * 32}"

    change(copy / "arithmetic" / "clock.json", edit)
    assert [(problem.file, problem.field) for problem in check(copy)] == [("arithmetic/clock.json", "result")]


@pytest.mark.parametrize("arguments", [["1"], ["1", "2", "3", "4"], ["-1", "2", "3"]])
def test_wrong_arguments_of_an_evaluation_are_found(copy: Path, arguments: list[str]) -> None:
    def edit(document: Any) -> None:
        document["vectors"][0]["arguments"] = arguments

    change(copy / "arithmetic" / "sharesFor.json", edit)
    assert [problem.field for problem in check(copy)] == ["arguments"]


def test_an_unknown_call_is_found(copy: Path) -> None:
    change(
        copy / "trace" / "deposit.json", lambda document: rejected_step(document)["call"].update(name="steal")
    )
    assert [problem.field for problem in check(copy)] == ["call"]


def test_a_call_out_of_range_is_found(copy: Path) -> None:
    def edit(document: Any) -> None:
        rejected_step(document)["call"]["arguments"]["amount"] = str(2**128)

    change(copy / "trace" / "deposit.json", edit)
    assert [problem.field for problem in check(copy)] == ["call"]


def test_an_unknown_field_is_found(copy: Path) -> None:
    change(copy / "genesis.json", lambda document: document.update(surplus=""))
    assert [(problem.file, problem.field) for problem in check(copy)] == [("genesis.json", "surplus")]


def test_broken_json_is_found(copy: Path) -> None:
    (copy / "index.json").write_text("{")
    assert [(problem.file, problem.expected) for problem in check(copy)] == [("index.json", "JSON")]


@pytest.mark.parametrize("name", ["chapters", "requirements", "properties", "flags"])
def test_a_wrong_label_is_found(copy: Path, name: str) -> None:
    change(copy / "trace" / "deposit.json", lambda document: document["vectors"][0].update({name: ["wrong"]}))
    assert [problem.field for problem in check(copy)] == [name]

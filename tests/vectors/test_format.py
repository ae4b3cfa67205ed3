"""The published schema is closed, and every file is an instance of it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from lien.vectors.format import DRAFT, json_schema
from lien.vectors.kinds import is_list, is_object


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(json_schema())


def parts_in(content: Any) -> Iterator[Any]:
    """Yield a JSON value and all that is in it."""
    yield content
    inside = content.values() if is_object(content) else content if is_list(content) else ()
    for part in inside:
        yield from parts_in(part)


def test_the_schema_is_one_of_its_draft() -> None:
    Draft202012Validator.check_schema(json_schema())
    assert json_schema()["$schema"] == DRAFT


def test_every_object_refuses_unknown_fields_and_needs_its_own() -> None:
    objects = [part for part in parts_in(json_schema()) if is_object(part) and part.get("type") == "object"]
    closed = [part for part in objects if "properties" in part]
    assert len(closed) > 10
    for part in closed:
        assert part["additionalProperties"] is False
        assert sorted(part["required"]) == sorted(part["properties"])


def test_every_file_matches(vectors: Path, validator: Draft202012Validator) -> None:
    files = [file for file in vectors.rglob("*.json") if file.name != "schema.json"]
    assert len(files) > 10
    for file in files:
        assert list(validator.iter_errors(json.loads(file.read_text()))) == []


def test_the_schema_is_among_the_files(vectors: Path) -> None:
    assert json.loads((vectors / "schema.json").read_text()) == json_schema()


@pytest.mark.parametrize("change", [{"surplus": "1"}, {"timestamp": 1}, {"target": "0x0"}, {"result": "0x0"}])
def test_a_changed_step_does_not_match(
    vectors: Path, validator: Draft202012Validator, change: dict[str, Any]
) -> None:
    document = json.loads((vectors / "trace" / "deposit.json").read_text())
    document["vectors"][0]["steps"][0] |= change
    assert not validator.is_valid(document)


def test_no_number_is_a_json_number(vectors: Path) -> None:
    for file in (vectors / "trace").iterdir():
        parts = list(parts_in(json.loads(file.read_text())))
        assert not any(isinstance(part, (int, float)) and not isinstance(part, bool) for part in parts)

"""Read a folder of vectors back, and find the line of a field in a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from lien.vectors.format import ArithmeticFile, ArithmeticVector, GenesisFile, Index, TraceFile, Vector
from lien.vectors.kinds import is_list, is_object
from lien.vectors.store import GENESIS, INDEX

Pointer = tuple[str | int, ...]
SHOWN = 140  # characters of a value


@dataclass(frozen=True, slots=True)
class Problem:
    """Say what is wrong, where, and what it should be."""

    file: str
    line: int
    pointer: str  # RFC 6901
    field: str
    found: str
    expected: str

    def __str__(self) -> str:
        """Show the problem in one line."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        field = self.pointer or self.field
        named = f"{where}: {field}" if field else where
        return f"{named}: found {self.found}, expected {self.expected}"


@dataclass
class Folder:
    """Hold what could be read of a folder, and what could not."""

    path: Path
    texts: dict[str, str] = field(default_factory=dict)
    raw: dict[str, Any] = field(default_factory=dict)  # as JSON, where a problem was found
    documents: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def traces(self) -> Iterator[tuple[str, int, Vector]]:
        """Yield each trace with its file and its place in it."""
        for name, document in self.documents.items():
            if isinstance(document, TraceFile):
                for position, vector in enumerate(document.vectors):
                    yield name, position, vector

    def evaluations(self) -> Iterator[tuple[str, int, ArithmeticVector]]:
        """Yield each evaluation with its file and its place in it."""
        for name, document in self.documents.items():
            if isinstance(document, ArithmeticFile):
                for position, vector in enumerate(document.vectors):
                    yield name, position, vector

    def problem(self, file: str, pointer: Pointer, found: object, expected: object) -> Problem:
        """Return a problem of a field."""
        text = "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in pointer)
        if file not in self.raw:
            self.raw[file] = json.loads(self.texts[file])
        line = line_of(self.raw[file], pointer)
        return Problem(file, line, text, str(pointer[-1]) if pointer else "", short(found), short(expected))


def short(value: object) -> str:
    """Show a value, the middle of a long one left out."""
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 43]}...{text[-40:]}"


def model_of(name: str) -> type[BaseModel]:
    """Return the model of a file by its name."""
    if name.startswith("trace/"):
        return TraceFile
    if name.startswith("arithmetic/"):
        return ArithmeticFile
    return GenesisFile if name == GENESIS else Index


def read_folder(path: Path) -> Folder:
    """Read every file of a folder; what cannot be read is a problem."""
    folder = Folder(path)
    for file in sorted(item for item in path.rglob("*") if item.is_file()):
        name = file.relative_to(path).as_posix()
        folder.texts[name] = file.read_text(encoding="utf-8")
        if file.suffix == ".json" and (name in (GENESIS, INDEX) or "/" in name):
            read_document(folder, name)
    return folder


def read_document(folder: Folder, name: str) -> None:
    """Read one file, or note what is wrong with it."""
    try:
        folder.documents[name] = model_of(name).model_validate_json(folder.texts[name])
    except ValidationError as error:
        for fault in error.errors():
            if fault["type"] == "json_invalid":
                folder.problems.append(Problem(name, 0, "", "", fault["msg"], "JSON"))
            else:
                folder.problems.append(folder.problem(name, fault["loc"], fault["input"], fault["msg"]))


def line_of(document: Any, pointer: Pointer) -> int:
    """Return the line on which a field stands, in a file laid out as vectors are."""
    line = 1
    for part in pointer:
        for key, content in entries_of(document):
            line += 1
            if key == part:
                document = content
                break
            line += height(content) - 1
        else:
            return line
    return line


def height(content: Any) -> int:
    """Return the number of lines of a value."""
    entries = entries_of(content)
    return 2 + sum(height(part) for _, part in entries) if entries else 1


def entries_of(content: Any) -> list[tuple[str | int, Any]]:
    """Return the entries of an object by name or of an array by place; nothing else has any."""
    if is_object(content):
        return list(content.items())
    return list(enumerate(content)) if is_list(content) else []

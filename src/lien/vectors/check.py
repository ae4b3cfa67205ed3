"""Check a folder of vectors: its form, its hashes, and every vector against the machine."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any, TypeAlias

from eth_abi.exceptions import EncodingError
from pydantic import BaseModel, ValidationError

from lien.protocol.state import Context
from lien.vectors.arithmetic import evaluation, operations
from lien.vectors.folder import Folder, Pointer, Problem, read_folder, short
from lien.vectors.format import Step, TraceFile, Vector
from lien.vectors.kinds import is_tuple
from lien.vectors.readable import read_call
from lien.vectors.record import chapters_of, record, settles
from lien.vectors.requirements import properties_of, requirements_of
from lien.vectors.store import layout
from lien.vectors.story import Scene, opening, perform
from lien.vectors.world import first_state

Parts: TypeAlias = tuple[Any, ...]


def check(path: Path) -> list[Problem]:
    """Return everything that is wrong in a folder; nothing, where all vectors hold."""
    if not (path / "index.json").is_file():
        return [Problem("index.json", 0, "", "", "nothing", "a folder of vectors")]
    folder = read_folder(path)
    if folder.problems:
        return folder.problems
    replayed = [*Replay(folder).problems(), *check_arithmetic(folder)]
    return replayed or [*check_files(folder)]


class Replay:
    """Run every trace through the machine."""

    def __init__(self, folder: Folder) -> None:
        """Begin at genesis."""
        self.folder = folder
        self.scenes: dict[str | None, Scene] = {None: opening(first_state())}

    def problems(self) -> Iterator[Problem]:
        """Yield what differs from what the machine does."""
        waiting = list(self.folder.traces())
        while waiting:
            ready = [item for item in waiting if item[2].parent in self.scenes]
            if not ready:
                yield from (self._orphan(*item) for item in waiting)
                return
            for item in ready:
                yield from self._vector(*item)
            waiting = [item for item in waiting if item[2].id not in self.scenes]

    def _orphan(self, file: str, position: int, vector: Vector) -> Problem:
        return self.folder.problem(
            file, ("vectors", position, "parent"), vector.parent, "a vector that is here"
        )

    def _vector(self, file: str, position: int, vector: Vector) -> Iterator[Problem]:
        scene = self.scenes[vector.parent]
        self.scenes[vector.id] = scene
        if scene.call is None and vector.parent is not None:
            return  # its parent could not be run
        for number, step in enumerate(vector.steps):
            pointer: Pointer = ("vectors", position, "steps", number)
            try:
                scene = perform(scene, vector.id, read_call(step.call), context_of(step))
            except (KeyError, ValidationError) as error:
                yield self.folder.problem(file, (*pointer, "call"), str(error), "a call of the protocol")
                return
            except ValueError as error:  # of the context
                yield self.folder.problem(
                    file, pointer, str(error), "a sender and a time within their ranges"
                )
                return
            yield from differences(self.folder, file, pointer, step, record(scene))
        self.scenes[vector.id] = scene
        yield from self._labels(file, position, vector, scene)

    def _labels(self, file: str, position: int, vector: Vector, scene: Scene) -> Iterator[Problem]:
        """Yield what differs in what a vector says it is for."""
        assert scene.call is not None  # a vector has a step
        kind, is_settled = type(scene.call), settles(scene)
        document = self.folder.documents[file]
        known = document.notes if isinstance(document, TraceFile) else {}
        expected: dict[str, Any] = {
            "chapters": chapters_of(scene),
            "requirements": requirements_of(kind, is_settled),
            "properties": properties_of(kind, is_settled),
            "flags": tuple(flag for flag in vector.flags if flag in known),
        }
        for name, wanted in expected.items():
            if getattr(vector, name) != wanted:
                yield self.folder.problem(file, ("vectors", position, name), getattr(vector, name), wanted)


def context_of(step: Step) -> Context:
    """Return who sends a step, and when."""
    return Context(int(step.sender, 16), int(step.timestamp))


def differences(folder: Folder, file: str, pointer: Pointer, found: Any, expected: Any) -> Iterator[Problem]:
    """Yield every field in which two parts of a vector differ."""
    if isinstance(found, BaseModel) and isinstance(expected, BaseModel):
        for name, info in type(found).model_fields.items():
            place = (*pointer, info.alias or name)
            yield from differences(folder, file, place, getattr(found, name), getattr(expected, name))
    elif is_tuple(found) and is_tuple(expected):
        yield from different_parts(folder, file, pointer, found, expected)
    elif found != expected:
        yield folder.problem(file, pointer, found, expected)


def different_parts(
    folder: Folder, file: str, pointer: Pointer, found: Parts, expected: Parts
) -> Iterator[Problem]:
    """Yield every field in which the parts of two lists differ, or that one list is longer."""
    if len(found) != len(expected):
        yield folder.problem(file, pointer, f"{len(found)} parts", f"{len(expected)} parts")
        return
    for number, (one, other) in enumerate(zip(found, expected, strict=True)):
        yield from differences(folder, file, (*pointer, number), one, other)


def check_arithmetic(folder: Folder) -> Iterator[Problem]:
    """Yield what differs in the evaluations of pure functions."""
    known = {operation.name: operation for operation in operations()}
    for file, position, vector in folder.evaluations():
        pointer: Pointer = ("vectors", position)
        if vector.operation not in known:
            yield folder.problem(
                file, (*pointer, "operation"), vector.operation, "an operation of the protocol"
            )
            continue
        operation, arguments = known[vector.operation], tuple(map(int, vector.arguments))
        if len(arguments) != len(operation.types):
            yield folder.problem(file, (*pointer, "arguments"), vector.arguments, operation.types)
            continue
        try:
            expected = evaluation(operation, arguments)
        except (EncodingError, ValueError) as error:
            yield folder.problem(file, (*pointer, "arguments"), vector.arguments, str(error))
            continue
        yield from differences(folder, file, pointer, vector, expected)


def check_files(folder: Folder) -> Iterator[Problem]:
    """Yield what differs, to the byte, from the files that the vectors give; hashes among it."""
    traces = [vector for _, _, vector in folder.traces()]
    expected = layout(traces, [vector for _, _, vector in folder.evaluations()])
    for name in sorted({*expected, *folder.texts}):
        found, wanted = folder.texts.get(name), expected.get(name)
        if found is None or wanted is None:
            yield Problem(name, 0, "", "", *("nothing", "a file") if found is None else ("a file", "nothing"))
        elif found != wanted:
            yield first_difference(name, found, wanted)


def first_difference(name: str, found: str, wanted: str) -> Problem:
    """Return the first line in which a file is not what it should be."""
    lines = zip_longest(found.splitlines(), wanted.splitlines(), fillvalue="")
    for number, (line, right) in enumerate(lines, 1):
        if line != right:
            return Problem(name, number, "", "", short(line.strip()), short(right.strip()))
    return Problem(name, 0, "", "", "other line ends", "one line feed a line")

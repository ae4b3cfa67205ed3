"""Say what is explored: one call after a scene, around a natural example of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from lien.protocol.calendar import day_of
from lien.spec.call import Call
from lien.vectors.story import Scene


@dataclass(frozen=True, slots=True)
class Target:
    """Explore a call after a scene: any sender, any time of a window, any arguments; but what is fixed stays.

    The example is a natural call; models stay as close to it as their goal allows.
    """

    name: str
    scene: Scene
    example: Call
    sender: str
    days: tuple[int, ...]  # the natural day first, then the landmarks, in the order in which they are tried
    fixed: frozenset[str] = frozenset()  # arguments, or the sender
    only_paths: bool = False  # where limits, terms and shared accounts are met after other scenes

    @property
    def window(self) -> tuple[int, int]:
        """Return the first and the last day of the window."""
        return max(min(self.days), day_of(self.scene.state.timestamp)), max(self.days)


def flatten(value: Any, prefix: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield each field of a call: dotted name, annotation and value; records are taken apart."""
    for name, annotation in annotations_of(value).items():
        content = getattr(value, name)
        if is_dataclass(content):
            yield from flatten(content, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", annotation, content


def annotations_of(value: Any) -> dict[str, Any]:
    """Return the annotations of a call's or a record's fields, with what they carry."""
    if is_dataclass(value):
        return {item.name: item.type for item in fields(value)}
    call: Call = value
    return {name: type(call).__annotations__[name] for name in type(call).model_fields}

"""Reduce a step to what no implementation could leave out: its map writes and its record copies."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from functools import partial
from typing import Any

from lien.protocol.maps import Figures, Records

Operation = Callable[[], Any]


def bare_of(small_before: Any, small_after: Any, before: Any) -> Operation:
    """Return what does a step's writes and copies alone on a state.

    What a step writes is read from the same step on a small state, where comparing two maps costs little.
    """
    operations = list(copies(small_before, small_after, before))

    def run() -> None:
        for operation in operations:
            operation()

    return run


def copies(small_before: Any, small_after: Any, before: Any) -> Iterator[Operation]:
    """Yield the copy of a record that changed, and what its changed fields cost in turn."""
    changed = {
        item.name: getattr(small_after, item.name)
        for item in fields(small_before)
        if getattr(small_before, item.name) != getattr(small_after, item.name)
    }
    if changed:
        yield lambda: replace(before, **changed)
    for name, after in changed.items():
        old, here = getattr(small_before, name), getattr(before, name)
        if isinstance(after, (Figures, Records)):
            yield from writes(old, after, here)
        elif is_dataclass(after):
            yield from copies(old, after, here)


def writes(small_before: Any, small_after: Any, here: Any) -> Iterator[Operation]:
    """Yield each write to a map, and for a record its copy."""
    old = dict(small_before.items())
    for key, entry in small_after.items():
        if key not in old or old[key] != entry:
            yield partial(here.set, key, entry)
            if key in old and is_dataclass(entry):
                yield from copies(old[key], entry, here.get(key))

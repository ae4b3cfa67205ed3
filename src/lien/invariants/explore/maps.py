"""Read the maps of a state by name, with their keys as tuples."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from lien.invariants.explore.ranges import as_tuple
from lien.protocol.maps import Figures, Key, Records
from lien.protocol.state import Keyed, Ledger, State, keyed_of

AnyMap = Figures | Records[Any]

LEDGER_MAPS: dict[str, Keyed] = {
    item.name: keyed for item in fields(Ledger) if (keyed := keyed_of(item.type)) is not None
}
STATE_MAPS: dict[str, Keyed] = {
    item.name: keyed for item in fields(State) if (keyed := keyed_of(item.type)) is not None
}
MAPS = LEDGER_MAPS | STATE_MAPS
RECORDS: dict[Any, str] = {keyed.entry: name for name, keyed in STATE_MAPS.items() if keyed.count}


def as_key(parts: tuple[int, ...]) -> Key:
    """Return the key of a map of figures: a single number stands for itself."""
    first, *others = parts
    return parts if others else first


def map_of(state: State, name: str) -> AnyMap:
    """Return a map of the state or of its ledger."""
    owner = state.ledger if name in LEDGER_MAPS else state
    found: AnyMap = getattr(owner, name)
    return found


def maps_of(state: State) -> dict[str, Any]:
    """Return all maps of the state and of its ledger by name, symbolic ones too."""
    return {name: map_of(state, name) for name in MAPS}


def entries_of(state: State, name: str) -> Iterator[tuple[Any, Any]]:
    """Yield the entries of a map: a number and its record, or a key as a tuple and its figure."""
    found = map_of(state, name)
    if isinstance(found, Records):
        yield from found.items()
    else:
        yield from ((as_tuple(key), figure) for key, figure in found.items())


def changed_entries(state: State, before: State | None, name: str) -> Iterator[tuple[Any, Any]]:
    """Yield the entries that are not the very same objects in the state before; all, where there is none."""
    old = None if before is None else map_of(before, name)
    if map_of(state, name) is old:
        return
    for key, entry in entries_of(state, name):
        if not (isinstance(old, Records) and old.contains(key) and old.get(key) is entry):
            yield key, entry

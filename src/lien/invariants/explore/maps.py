"""Read the maps of a state by name, with their keys as tuples."""

from dataclasses import fields
from typing import Any

from lien.invariants.explore.ranges import as_tuple
from lien.invariants.explore.remembered import remembered
from lien.protocol.maps import Figures, Key, Records
from lien.protocol.state import Keyed, Ledger, State, keyed_of

AnyMap = Figures | Records[Any]
Entries = tuple[tuple[Any, Any], ...]

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


def entries_of(state: State, name: str) -> Entries:
    """Return the entries of a map: each number and its record, or each key as a tuple and its figure."""
    return entries_in(map_of(state, name))


@remembered
def entries_in(found: AnyMap) -> Entries:
    """Return the entries of a map, sorted by key."""
    if isinstance(found, Records):
        return tuple(found.items())
    return tuple((as_tuple(key), figure) for key, figure in found.items())


def changed_entries(state: State, before: State | None, name: str) -> Entries:
    """Return the records that are other objects, and the figures that are others, than in the state before.

    All entries are, where there is no state before.
    """
    found, old = map_of(state, name), None if before is None else map_of(before, name)
    if found is old:
        return ()
    if old is None:
        return entries_in(found)
    same = set(map(identified, entries_in(old)))
    return tuple(item for item in entries_in(found) if identified(item) not in same)


def identified(item: tuple[Any, Any]) -> tuple[Any, int]:
    """Return an entry with its figure, or with the identity of its record, instead of the record itself."""
    key, entry = item
    return key, entry if isinstance(entry, int) else id(entry)

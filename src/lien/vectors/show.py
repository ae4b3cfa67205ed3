"""Show one vector as a story on one screen: who did what, when, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lien.protocol.machine import Rejected
from lien.protocol.state import State
from lien.spec.abi import quantity_of
from lien.spec.call import Event
from lien.vectors.check import context_of
from lien.vectors.flags import NOTES
from lien.vectors.folder import read_folder
from lien.vectors.format import Vector
from lien.vectors.readable import is_enumeration, read_call
from lien.vectors.record import actor_of, show_address
from lien.vectors.search.target import flatten
from lien.vectors.story import Scene, opening, perform
from lien.vectors.world import first_state, world


def show(path: Path, identifier: str) -> str:
    """Return a vector of a folder as text.

    Raises: KeyError, with the identifiers that begin alike, where no vector or more than one is meant.
    """
    folder = read_folder(path)
    vectors = {vector.id: vector for _, _, vector in folder.traces()}
    found = [known for known in vectors if known == identifier] or [
        known for known in vectors if known.startswith(identifier)
    ]
    if len(found) != 1:
        raise KeyError(identifier, found)
    return "\n".join(lines_of(vectors[found[0]], line_of_vectors(vectors, found[0])))


def line_of_vectors(vectors: dict[str, Vector], identifier: str) -> list[Vector]:
    """Return the vectors from genesis to one."""
    vector = vectors[identifier]
    return [*(line_of_vectors(vectors, vector.parent) if vector.parent else []), vector]


def lines_of(vector: Vector, line: list[Vector]) -> Iterator[str]:
    """Yield the lines of a story: one for each step that leads there, and the last step at length."""
    yield vector.id
    yield f"  {vector.comment}"
    for flag in vector.flags:
        yield f"  {flag}: catches {NOTES[flag].bug}"
    yield f"  shows {', '.join(vector.requirements) or 'no single requirement'}"
    yield ""
    scene = opening(first_state())
    for item in line:
        for step in item.steps:
            scene = perform(scene, item.id, read_call(step.call), context_of(step))
            yield headline(scene)
    yield ""
    yield from details(scene)


def headline(scene: Scene) -> str:
    """Return who did what and when, in one line."""
    assert scene.call is not None  # genesis is no step
    when = datetime.fromtimestamp(scene.context.timestamp, UTC)
    outcome = f"  ! {scene.outcome.reason.error}" if isinstance(scene.outcome, Rejected) else ""
    arguments = [
        f"{name}={value}" for name, value in readable_fields(scene.call) if not name.startswith("terms.")
    ]
    sender = actor_of(scene.context.sender) or show_address(scene.context.sender)
    return f"{when:%Y-%m-%d %H:%M:%S}  {sender}: {scene.call.call_name()}({', '.join(arguments)}){outcome}"


def details(scene: Scene) -> Iterator[str]:
    """Yield what came of a step: the reason and what was compared, or events and changed balances."""
    if isinstance(scene.outcome, Rejected):
        yield f"Rejected with {scene.outcome.reason.error}: {scene.outcome.reason.value}."
        for name, compared in scene.outcome.compared.items():
            yield f"  {name} = {compared:,}"
        return
    for event in scene.outcome.events:
        yield event_line(event)
    yield from balance_lines(scene.before, scene.state)


def event_line(event: Event) -> str:
    """Return an event in one line; figures that are zero are left out."""
    parts = [
        f"{name}={value}" for name, value in readable_fields(event) if value != "0" and "terms." not in name
    ]
    return f"{event.event_name()}: {', '.join(parts)}"


def balance_lines(before: State, after: State) -> Iterator[str]:
    """Yield each balance and claim that changed."""
    maps = (
        ("balance", before.ledger.balances, after.ledger.balances),
        ("claim", before.ledger.claims, after.ledger.claims),
    )
    for label, old, new in maps:
        for key in sorted({key for key, _ in (*old.items(), *new.items())}, key=str):
            if isinstance(key, tuple) and old.get(key) != new.get(key):
                asset, account, change = name_of(key[0]), name_of(key[1]), new.get(key) - old.get(key)
                yield f"  {label} of {account}: {old.get(key):,} -> {new.get(key):,} {asset} ({change:+,})"


def readable_fields(record: Any) -> Iterator[tuple[str, str]]:
    """Yield the fields of a call or an event as people read them."""
    for name, annotation, value in flatten(record):
        yield name, readable(annotation, value)


def readable(annotation: Any, value: Any) -> str:
    """Write a value: accounts and assets by name, enumerations by theirs, digits of numbers in groups."""
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    if is_enumeration(annotation):
        return str(annotation(value).name)
    quantity = quantity_of(annotation)
    if quantity is not None and quantity.abi == "address":
        return name_of(value)
    if quantity is not None and quantity.abi == "uint64" and value > 10**9 and quantity.maximum < 10**13:
        return f"{datetime.fromtimestamp(value, UTC):%Y-%m-%d %H:%M:%S}"
    return f"{value:,}"


def name_of(account: int) -> str:
    """Return the name of an account or the symbol of an asset."""
    if account == world().protocol:
        return "protocol"
    symbol = next((asset.symbol for asset in world().assets if asset.address == account), None)
    return actor_of(account) or symbol or show_address(account)

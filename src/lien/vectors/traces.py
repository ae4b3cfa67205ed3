"""Turn scenes into vectors: an identifier, what they are for, and their steps."""

from __future__ import annotations

from dataclasses import dataclass

from eth_utils import keccak  # type: ignore[attr-defined]

from lien.protocol.machine import Rejected
from lien.vectors.format import Vector
from lien.vectors.record import calldata, chapters_of, record, settles
from lien.vectors.requirements import properties_of, requirements_of
from lien.vectors.story import Scene

HASH_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Named:
    """Hold a scene that becomes a vector: its name, its flags and what it is for."""

    name: str
    scene: Scene
    flags: tuple[str, ...]
    comment: str


def key_of(scene: Scene) -> tuple[str, int, int, bytes]:
    """Return what makes a call after a scene the same as another."""
    call = scene.call
    assert call is not None  # genesis is no vector
    parent = scene.parent.name if scene.parent else ""
    return parent, scene.context.sender, scene.context.timestamp, calldata(call)


def identifier_of(named: Named) -> str:
    """Return the identifier: the name, and a short hash of the call and where it is made."""
    parent, sender, timestamp, content = key_of(named.scene)
    text = f"{parent} {sender} {timestamp} {content.hex()}"
    return f"{named.name}.{keccak(text=text).hex()[:HASH_DIGITS]}"


def outcome_text(scene: Scene) -> str:
    """Say in words what comes of a call."""
    if isinstance(scene.outcome, Rejected):
        return f"rejected: {scene.outcome.reason.value}"
    return "accepted, and the loan settles" if settles(scene) else "accepted"


def is_refused(scene: Scene) -> bool:
    """Return whether a token refused a payee, so that the amount became claimable."""
    before, after = scene.before.ledger.claims, scene.state.ledger.claims
    return any(after.get(key) > before.get(key) for key, _ in after.items())


def vector_of(named: Named, parent: str | None) -> Vector:
    """Return the vector of a scene after its parent's."""
    scene = named.scene
    assert scene.call is not None  # genesis is no vector
    kind, is_settled = type(scene.call), settles(scene)
    flags = [*named.flags, *(["settles"] if is_settled else []), *(["refused"] if is_refused(scene) else [])]
    return Vector(
        id=identifier_of(named),
        parent=parent,
        chapters=chapters_of(scene),
        requirements=requirements_of(kind, is_settled),
        properties=properties_of(kind, is_settled),
        flags=tuple(sorted(set(flags))),
        comment=f"{named.comment}: {outcome_text(scene)}",
        steps=(record(scene),),
    )

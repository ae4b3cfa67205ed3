"""Commit to a state, and to the events that led to it, in one hash each.

The commitment of a state costs as much as the state is large, so it is computed on request only; a contract
cannot enumerate its maps and has none. The chain of events costs one hash an event, and needs no state; it
binds each event to its second, and so all that the projection reads but the transfers, which tokens log.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from eth_utils import keccak  # type: ignore[attr-defined]

from lien.protocol.log import Entry
from lien.protocol.maps import Figures, Records
from lien.protocol.state import State
from lien.spec.abi import encode_event

WORD = 2**256
DOMAIN = keccak(text="lien state 1")  # rises with the canonical encoding
START_OF_CHAIN = bytes(32)


def state_commitment(state: State) -> bytes:
    """Return the keccak-256 hash of a state; equal states, and only these, have equal hashes."""
    return keccak(DOMAIN + b"".join(words(state)))


def extend_chain(previous: bytes, entry: Entry) -> bytes:
    """Chain each event to the one before: the hash of the chain so far, the second, the topics and the data.

    The emitter is left out, so that the same events give the same chain wherever a contract is deployed. So
    are the transfers, which no contract but the token knows of: an entry without events changes nothing.
    """
    second = b"".join(words(entry.timestamp))
    for event in entry.events:
        topics, logged = encode_event(event)
        previous = keccak(previous + second + b"".join(topics) + logged)
    return previous


def words(value: Any) -> Iterator[bytes]:
    """Yield the canonical encoding of a value.

    An integer is one word, in two's complement; its field's type says whether it has a sign. A record is its
    fields in order. A tuple or a map is its length and its entries, a map's sorted by key, and what was never
    set is not in it.
    """
    kind: type[Any] = value.__class__
    if issubclass(kind, int):
        yield (value % WORD).to_bytes(32, "big")
    elif issubclass(kind, tuple):
        yield from words(len(value))
        for part in value:
            yield from words(part)
    elif issubclass(kind, (Figures, Records)):
        yield from words(tuple(value.items()))
    elif is_dataclass(value):
        for item in fields(value):
            yield from words(getattr(value, item.name))
    else:
        raise TypeError(f"{kind.__name__} has no canonical encoding")

"""Define the log: what an indexer reads of each accepted call, and all that it needs."""

from dataclasses import dataclass

from lien.spec.assets import Transferred
from lien.spec.call import Event
from lien.spec.types import Timestamp


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold what one accepted call left: its second, what the tokens logged, and the protocol's events.

    The sender is not in it: where it matters, an event names it. A transfer that the protocol had no part in
    is an entry without events.
    """

    timestamp: Timestamp
    transfers: tuple[Transferred, ...]
    events: tuple[Event, ...]

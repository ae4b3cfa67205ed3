"""The projection: what an event says of the state, one module a chapter, each event a function of its name.

An indexer has the genesis and the log, and nothing else. Folding the log onto the genesis state gives the
very state that the machine has. The functions here decide nothing: whatever is in the log was accepted, so
that they check no guard, and where a figure follows from a rule they call the function that is the rule.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from typing import Any

from lien.protocol.log import Entry
from lien.protocol.state import State
from lien.spec.call import Event, snake_case

Projector = Callable[[State, Any, int], State]


def rebuild(genesis: State, log: Iterable[Entry]) -> State:
    """Return the state to which the log of all accepted calls has led from the genesis state.

    Raises: LookupError, where an event is of no known kind or names what does not exist.
    """
    state = genesis
    for entry in log:
        state = project(state, entry)
    return state


def project(state: State, entry: Entry) -> State:
    """Return the state after one more entry of the log: what the tokens logged, then the events in order."""
    for event in (*entry.transfers, *entry.events):
        state = projector_of(type(event))(state, event, entry.timestamp)
    return replace(state, timestamp=entry.timestamp)


def projector_of(kind: type[Event]) -> Projector:
    """Return the function of an event's name in the module of its chapter.

    Raises: LookupError, with the event's name.
    """
    return projector_named(kind.__module__.rpartition(".")[2], kind.event_name())


@lru_cache
def projector_named(chapter: str, event: str) -> Projector:
    """Return the function of an event's name in the module of a chapter.

    Raises: LookupError, with the event's name.
    """
    place, name = f"{__name__}.{chapter}", snake_case(event)
    try:
        found: Projector = getattr(import_module(place), name)
    except (ImportError, AttributeError) as error:
        raise LookupError(f"the event {event} is not projected: {place} has no {name}") from error
    return found

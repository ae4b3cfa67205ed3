"""Check that the state after a call follows from the one before and what was logged, and nothing else."""

from collections.abc import Iterator
from dataclasses import fields

from lien.invariants.explore.maps import MAPS, map_of
from lien.invariants.explore.violation import Violation
from lien.invariants.properties.base import Observed
from lien.invariants.properties.implied import REBUILT
from lien.protocol.log import Entry
from lien.protocol.projection import project
from lien.protocol.state import State

FIGURES = tuple(item.name for item in fields(State) if item.name not in (*MAPS, "ledger"))


def rebuilt_violations(observed: Observed) -> Iterator[Violation]:
    """Yield what an indexer that had the state before a call would have wrong after it.

    That an indexer is never wrong follows: it begins with the genesis, and no call leaves it behind.
    """
    after, name = observed.after, observed.call.call_name()
    entry = Entry(after.timestamp, observed.transfers, observed.events)
    try:
        rebuilt = project(observed.before, entry)
    except (ArithmeticError, LookupError) as error:
        yield Violation(*REBUILT, name, values={"error": repr(error)})
        return
    if rebuilt != after:
        yield Violation(*REBUILT, name, values={"not rebuilt": ", ".join(differences(rebuilt, after))})


def differences(rebuilt: State, after: State) -> Iterator[str]:
    """Yield the names of the maps and figures that are not the same in two states."""
    yield from (name for name in MAPS if map_of(rebuilt, name) != map_of(after, name))
    yield from (name for name in FIGURES if getattr(rebuilt, name) != getattr(after, name))

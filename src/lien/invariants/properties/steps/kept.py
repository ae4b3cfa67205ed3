"""Say of an executed call which parts of the state it kept, and which effects it had."""

from dataclasses import fields

from lien.invariants.properties.base import Observed
from lien.protocol.algebra import all_of
from lien.protocol.state import State, keyed_of
from lien.spec.call import Event

MAPS = {item.name for item in fields(State) if keyed_of(item.type) is not None}


def are_kept(observed: Observed, names: tuple[str, ...]) -> bool:
    """Return whether parts of the state are what they were: maps the very same, figures equal."""
    before, after = observed.before, observed.after
    if after is before:
        return True
    return all_of(
        *(
            getattr(before, name) is getattr(after, name)
            if name in MAPS
            else getattr(before, name) == getattr(after, name)
            for name in names
        )
    )


def effect_of(observed: Observed, kind: type[Event]) -> bool:
    """Return whether an executed action was of the kind of which an event tells."""
    return any(isinstance(event, kind) for event in observed.events)

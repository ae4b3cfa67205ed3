"""Define what a transition returns."""

from typing import NamedTuple

from lien.protocol.state import State
from lien.spec.call import Event


class Step(NamedTuple):
    """Hold the state after an accepted call, and its events in order."""

    state: State
    events: tuple[Event, ...]

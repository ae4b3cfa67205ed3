"""Tell concrete stories as a tree: each scene is a call after its parent's, run through the machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from lien.protocol.calendar import day_of
from lien.protocol.machine import Outcome, Rejected, step
from lien.protocol.state import Context, State
from lien.spec.call import Call
from lien.spec.genesis import account_of
from lien.spec.units import SECONDS_PER_DAY

STEP_SECONDS = 60  # between two calls of a story on one day
NOON = SECONDS_PER_DAY // 2
MORNING = 9 * 3_600  # when a story's day begins

name_account = lru_cache(account_of)


@dataclass(frozen=True, slots=True)
class Scene:
    """Hold one call with what it met and what came of it."""

    name: str
    parent: Scene | None
    before: State
    call: Call | None  # none: genesis
    context: Context
    outcome: Outcome | Rejected

    @property
    def state(self) -> State:
        """Return the state afterwards."""
        return self.outcome.state

    @property
    def day(self) -> int:
        """Return the day of the call."""
        return day_of(self.context.timestamp)

    def line(self) -> list[Scene]:
        """Return the scenes from the first call to this one."""
        before = [] if self.parent is None else self.parent.line()
        return before if self.call is None else [*before, self]


CallOf = Call | Callable[[State], Call]  # a signature depends on the state


def opening(state: State) -> Scene:
    """Return the scene before any call."""
    context = Context(state.settings.treasury, state.timestamp)
    return Scene("genesis", None, state, None, context, Outcome(state, (), ()))


def follow(parent: Scene, name: str, call: CallOf, by: str, day: int | None = None) -> Scene:
    """Return the scene of an accepted call, a minute after the parent, or in the morning of a day."""
    state = parent.state
    time = state.timestamp + STEP_SECONDS if day is None else day * SECONDS_PER_DAY + MORNING
    sent = call if isinstance(call, Call) else call(state)
    scene = perform(parent, name, sent, Context(name_account(by), time))
    if isinstance(scene.outcome, Rejected):
        raise AssertionError(f"{name}: {scene.outcome.reason.value}")
    return scene


def perform(parent: Scene, name: str, call: Call, context: Context) -> Scene:
    """Return the scene of any call."""
    return Scene(name, parent, parent.state, call, context, step(parent.state, call, context))

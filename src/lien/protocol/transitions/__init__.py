"""The transitions, one module a chapter of the same name; each call is a function of its own name.

A transition reads: guards on the call, guards on the state (after catching up where a loan is live), what is
computed, one new state, events. It returns the new state and the events, or raises a rejection.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from lien.protocol.state import Context, State
from lien.protocol.transitions.step import Step
from lien.spec.call import Call
from lien.spec.catalogue import CALLS

Transition = Callable[[State, Any, Context], Step]


def transition_of(kind: type[Call]) -> Transition:
    """Return the transition of a call: the function of its name in the module of its chapter."""
    found: Transition = getattr(import_module(f"{__name__}.{kind.chapter}"), kind.call_name())
    return found


TRANSITIONS: dict[type[Call], Transition] = {kind: transition_of(kind) for kind in CALLS.values()}

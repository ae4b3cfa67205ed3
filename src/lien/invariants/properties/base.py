"""Define what a property is, and collect all of them.

A property is a function that returns a condition; its docstring is the sentence. The same function is
evaluated on concrete states, after each call of a random run, and on symbols, where it is proved.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from inspect import get_annotations
from typing import Any, TypeVar

from lien.protocol.algebra import any_of
from lien.protocol.state import Context, State
from lien.spec.assets import Transferred
from lien.spec.call import Call, Event
from lien.spec.reasons import Reason


class Kind(Enum):
    """Say what a property is about, and so how it is shown."""

    ENTRY = "entry"  # one record
    LINK = "link"  # an entry and the rest of the state
    TOTAL = "total"  # a recorded figure and the sum that it stands for
    GLOBAL = "global"  # the state's own figures
    STEP = "step"  # what a call does
    REJECTION = "rejection"  # exactly when a call is rejected
    LIVENESS = "liveness"  # what is never rejected
    RELATIONAL = "relational"  # two runs of the same code
    ARITHMETIC = "arithmetic"  # no overflow, no division by zero


@dataclass(frozen=True, slots=True)
class Observed:
    """Hold one executed call: what was before, what was sent, and what came of it."""

    before: State
    call: Any
    context: Context
    after: State  # the state before, where the call was rejected
    events: tuple[Event, ...]
    reason: Reason | None  # why it was rejected, or none
    transfers: tuple[Transferred, ...] = ()  # as the tokens logged them, where the call was executed

    @property
    def accepted(self) -> bool:
        """Return whether the call had an effect."""
        return self.reason is None


@dataclass(frozen=True, slots=True)
class Property:
    """State one property: an identifier, a sentence, and the formula."""

    identifier: str
    kind: Kind
    sentence: str
    chapters: tuple[str, ...]
    peers: tuple[int, ...]  # the numbers of the peers' properties that it covers
    formula: Callable[..., bool]
    over: str = ""  # the map, for an entry or link property
    calls: tuple[type[Call], ...] = ()  # the calls, for a step property; none: every call
    early: bool = False  # whether it is proved first, since others follow from it
    every: tuple[str, ...] = ()  # what else the formula holds for: "asset", "account", "facility", "loan"

    @property
    def parameters(self) -> dict[str, Any]:
        """Return the annotations of what a relational property is about, by name."""
        annotations = get_annotations(self.formula)
        return {name: kind for name, kind in annotations.items() if name != "return"}

    def formula_of(self, state: State, key: Any, entry: Any) -> bool:
        """Return the formula of an entry or link property for one entry of its map."""
        return self.formula(entry) if self.kind is Kind.ENTRY else self.formula(state, key, entry)


PROPERTIES: list[Property] = []
F = TypeVar("F", bound=Callable[..., bool])


def declare(  # noqa: PLR0913  # each says one thing of a property, most of them by name
    identifier: str,
    kind: Kind,
    chapters: tuple[str, ...],
    peers: tuple[int, ...] = (),
    *,
    over: str = "",
    calls: tuple[type[Call], ...] = (),
    every: tuple[str, ...] = (),
    early: bool = False,
) -> Callable[[F], F]:
    """Register the decorated function as a property."""

    def register(formula: F) -> F:
        sentence = " ".join((formula.__doc__ or "").split())
        PROPERTIES.append(
            Property(identifier, kind, sentence, chapters, peers, formula, over, calls, early, every)
        )
        return formula

    return register


def of_kind(*kinds: Kind) -> list[Property]:
    """Return the properties of some kinds, in the order in which they were declared."""
    return [item for item in PROPERTIES if item.kind in kinds]


def is_one_of(value: Any, options: tuple[Any, ...]) -> bool:
    """Return whether a value is one of the options, without forking a path."""
    return any_of(*(value == option for option in options))

"""Define what is proved on a path."""

from __future__ import annotations

from dataclasses import dataclass

from lien.invariants.prove.symbols import Expression


@dataclass(frozen=True, slots=True)
class Goal:
    """Name a property and the condition that has to follow from the facts of a path."""

    identifier: str
    condition: Expression
    near: tuple[Expression, ...] = ()  # what the proof speaks of beside the goal itself
    early: int | None = None  # how many facts it is asked of first, so that the proof serves other paths too
    known: int | None = None  # how many facts of the path it may follow from; none: from all

    @property
    def property(self) -> str:
        """Return the property's identifier, without what of it the goal is."""
        return self.identifier.split()[0]

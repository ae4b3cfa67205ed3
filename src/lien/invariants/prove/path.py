"""Hold what is known on one path through protocol code, and how it was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lien.invariants.prove.symbols import Expression, Int


@dataclass(frozen=True, slots=True)
class Decision:
    """Record one branch: where in the source, on what condition, and which side was taken."""

    site: str
    condition: Expression
    taken: bool


@dataclass(frozen=True, slots=True)
class Requirement:
    """Hold what a contract needs, and how many facts of the path were known before it answered."""

    label: str
    condition: Expression
    known: int


@dataclass
class Path:
    """Hold what is known on one path."""

    prefix: list[Decision]
    decisions: list[Decision] = field(default_factory=list)
    facts: list[Expression] = field(default_factory=list)
    known: set[int] = field(default_factory=set)  # the facts that were assumed, by their numbers
    intermediates: list[Int] = field(default_factory=list)  # since the last decision
    widths: list[Requirement] = field(default_factory=list)
    definitions: dict[int, list[Expression]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    names: dict[tuple[Any, ...], tuple[Int, Any]] = field(default_factory=dict)
    products: list[tuple[Expression, Int, Expression]] = field(default_factory=list)
    requirements: list[Requirement] = field(default_factory=list)
    outcome: Any = None

    @property
    def signature(self) -> tuple[tuple[str, bool], ...]:
        """Return the path's identity: the sequence of branch decisions in the source."""
        return tuple((decision.site, decision.taken) for decision in self.decisions)

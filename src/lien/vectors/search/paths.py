"""Explore a target: every path of the call, and for each rejection one on which no other guard fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from lien.invariants.prove.path import Decision
from lien.invariants.prove.symbols import Expression
from lien.protocol.machine import execute
from lien.protocol.rejection import Rejection
from lien.spec.reasons import Reason
from lien.vectors.search.bridge import Unreadable, shown_to_symbols
from lien.vectors.search.inputs import Inputs, Maker
from lien.vectors.search.target import Target
from lien.vectors.search.tracer import Branch, Term, Tracer

TRIED_COMPLETIONS = 40  # of a rejected path, to find one on which no other guard fails


@dataclass(frozen=True, slots=True, eq=False)
class Trail:
    """Hold one path: what is known on it, what was branched on, and what came of it."""

    inputs: Inputs
    facts: tuple[Expression, ...]
    definitions: tuple[Expression, ...]  # the facts but for those that say which sides were taken
    decisions: tuple[Decision, ...]
    branches: tuple[Branch, ...]
    terms: tuple[Term, ...]
    reason: Reason | None  # none: accepted
    after: Any  # the symbolic step, where accepted
    sole: tuple[Expression, ...] | None = None  # facts of a rejected path under which no other guard fails

    @property
    def identity(self) -> tuple[tuple[str, bool], ...]:
        """Return the sequence of branch decisions in the source."""
        return tuple((str(branch.source), branch.holds) for branch in self.branches)


@dataclass(frozen=True, slots=True)
class Ending:
    """Say how one run ended; going on was senseless where a lifted guard guarded a record or a divisor."""

    inputs: Inputs
    reason: Reason | None
    after: Any = None
    is_senseless: bool = False


class Explorer:
    """Explore one target."""

    def __init__(self, target: Target) -> None:
        """Begin without a path."""
        self.target, self.tracer = target, Tracer()

    def trails(self) -> Iterator[Trail]:
        """Yield every path of the call, as the source orders them."""
        for path in list(self._run([], None)):
            yield path if path.reason is None else self._with_sole(path)

    def _run(self, start: list[Decision], lifted: int | None) -> Iterator[Trail]:
        self.tracer.lifted = lifted
        for path in self.tracer.explore_from(self._call, start):
            ending: Ending = path.outcome
            decided = self.tracer.decided
            yield Trail(
                ending.inputs,
                tuple(path.facts),
                tuple(fact for place, fact in enumerate(path.facts) if place not in decided),
                tuple(path.decisions),
                tuple(self.tracer.branches),
                tuple(self.tracer.terms),
                ending.reason,
                ending.after,
                () if ending.is_senseless else None,
            )

    def _call(self) -> Ending:
        inputs = Maker(self.tracer, self.target).make()
        state = shown_to_symbols(self.target.scene.state)
        try:
            return Ending(inputs, None, execute(state, inputs.call, inputs.context))
        except Rejection as rejection:
            return Ending(inputs, rejection.reason)
        except (Unreadable, ZeroDivisionError):
            if self.tracer.lifted is None:
                raise
            return Ending(inputs, None, is_senseless=True)

    def _with_sole(self, trail: Trail) -> Trail:
        """Go on past the guard that failed, and keep the first way on which every other guard holds."""
        completions = self._run(list(trail.decisions), len(trail.branches) - 1)
        for _, completion in zip(range(TRIED_COMPLETIONS), completions, strict=False):
            if completion.reason is None:
                return replace(trail, sole=completion.facts)
        return trail

"""Find the vectors of a target: a real call for each goal that can be met, equal calls once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import z3

from lien.invariants.prove.expressions import own_context
from lien.vectors.search.goals import (
    FIRST,
    SECOND,
    Goal,
    Try,
    alias_goals,
    boundary_goals,
    is_clear,
    named_terms,
    path_goals,
    term_goals,
)
from lien.vectors.search.models import Chooser
from lien.vectors.search.paths import Explorer, Trail
from lien.vectors.search.question import Wish
from lien.vectors.search.realize import realize
from lien.vectors.search.setting import Found
from lien.vectors.search.target import Target
from lien.vectors.traces import Named, key_of

GUARD_ORDER = "guard-order"


@dataclass
class Result:
    """Hold the vectors of a target, and what was covered."""

    target: str
    call: str
    vectors: list[Named] = field(default_factory=list)
    paths: int = 0
    unreached: list[str] = field(
        default_factory=list
    )  # paths of which no call was found, though there may be one
    goals: dict[str, int] = field(default_factory=dict)  # met, by flag


class Finder:
    """Search one target."""

    def __init__(self, target: Target) -> None:
        """Explore the paths."""
        self.target = target
        self.trails = list(Explorer(target).trails())
        self.result = Result(target.name, target.example.call_name())
        self._choosers: dict[tuple[Trail, bool], Chooser] = {}
        self._covered: set[str] = set()  # sides of terms
        self._known: dict[tuple[str, int, int, bytes], int] = {}

    def search(self) -> Result:
        """Meet every goal that can be met."""
        far: dict[Trail, int] = {}  # how far the most natural call on a path is from the natural call
        for goal in path_goals(self.trails):
            met = self._meet(goal)
            self._count_path(goal, met is not None)
            if met is not None:
                far[met[0].trail] = met[1].deviations(met[0].trail.inputs.symbols)
                self._keep(goal, *met)
        if self.target.only_paths:
            return self.result
        reached = sorted(far, key=lambda trail: far[trail])
        for goal in (*boundary_goals(reached), *term_goals(reached), *alias_goals(reached)):
            met = None if goal.flag == "term" and goal.label in self._covered else self._meet(goal)
            if met is not None:
                self._keep(goal, *met)
        return self.result

    def _meet(self, goal: Goal) -> tuple[Try, Found] | None:
        """Return where and how a goal is met: if it can be, at the limit, and violating no other guard."""
        exact = self._first(goal.tries, wish_of)
        if exact is not None and not is_clear(exact[0]) and self._chooser(exact[0]).has_many:
            sole = tuple(attempt for attempt in goal.tries if attempt.is_sole)
            return self._first(sole, lambda attempt: replace(wish_of(attempt), changes_two=True)) or exact
        return exact or self._nearest(goal)

    def _first(self, tries: tuple[Try, ...], wish: Callable[[Try], Wish]) -> tuple[Try, Found] | None:
        for attempt in tries:
            found = self._chooser(attempt).find(wish(attempt))
            if found is not None:
                return attempt, found
        return None

    def _nearest(self, goal: Goal) -> tuple[Try, Found] | None:
        for attempt in goal.tries:
            if attempt.roughly is not None:
                wish = Wish(attempt.roughly, attempt.preferred, attempt.overshoot)
                found = self._chooser(attempt).nearest(wish)
                if found is not None:
                    return attempt, found
        return None

    def _chooser(self, attempt: Try) -> Chooser:
        trail = attempt.trail
        key = (trail, attempt.is_sole)
        if key not in self._choosers:
            facts = trail.sole if attempt.is_sole and trail.sole is not None else trail.facts
            self._choosers[key] = Chooser(facts, trail.definitions, trail.inputs.symbols)
        return self._choosers[key]

    def _count_path(self, goal: Goal, is_met: bool) -> None:
        is_possible = is_met or self._chooser(goal.tries[-1]).is_possible()
        self.result.paths += is_possible
        if is_possible and not is_met:
            self.result.unreached.append(f"{self.target.name}/{goal.label}")

    def _keep(self, goal: Goal, attempt: Try, found: Found) -> None:
        """Run the call of a model for real, and keep it unless an equal call is kept already."""
        self.result.goals[goal.flag] = self.result.goals.get(goal.flag, 0) + 1
        name = (
            f"{self.target.name}/{goal.label}"
            if goal.flag == "path"
            else f"{self.target.name}/{goal.label}-{goal.flag}"
        )
        scene = realize(self.target, attempt.trail, found, name)
        self._cover(attempt.trail, found)
        flags = (goal.flag,) if attempt.trail.reason is None or attempt.is_sole else (goal.flag, GUARD_ORDER)
        named = Named(name, scene, flags, goal.comment)
        known = self._known.setdefault(key_of(scene), len(self.result.vectors))
        if known == len(self.result.vectors):
            self.result.vectors.append(named)
        else:
            first = self.result.vectors[known]
            self.result.vectors[known] = Named(
                first.name, first.scene, (*first.flags, goal.flag), first.comment
            )

    def _cover(self, trail: Trail, found: Found) -> None:
        """Note the sides of terms that an accepted call takes."""
        for name, condition in named_terms(trail) if trail.reason is None else ():
            is_first = z3.is_true(z3.simplify(found.of(condition)))
            self._covered.add(f"{name}-{FIRST if is_first else SECOND}")


def wish_of(attempt: Try) -> Wish:
    """Return the wish of a try."""
    return Wish(attempt.constraint, attempt.preferred, attempt.overshoot, attempt.about)


def find(target: Target) -> Result:
    """Return the vectors of a target; they are the same whatever was searched before."""
    with own_context():
        return Finder(target).search()

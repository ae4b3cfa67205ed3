"""List the goals of a target: its paths, both sides of each comparison and term, and shared accounts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import z3

from lien.invariants.prove.symbols import Expression
from lien.vectors.search.edges import edges_of
from lien.vectors.search.paths import Trail
from lien.vectors.search.tracer import Branch
from lien.vectors.story import name_account
from lien.vectors.world import world

ROLES = ("treasury", "servicer", "lender", "borrower")
ACCOUNT_SYMBOLS = ("sender", "recipient")
FIRST, SECOND = "first", "second"  # sides of a term
SIDES = {"boundary-met": "just within the limit of", "boundary-missed": "just beyond the limit of"}


@dataclass(frozen=True, slots=True)
class Try:
    """Name a path on which a goal may be met, and what more has to hold there."""

    trail: Trail
    constraint: Expression
    is_sole: bool = False  # under the facts that no other guard fails
    preferred: dict[str, int] = field(default_factory=dict[str, int])
    overshoot: Expression | None = None  # what the call nearest to a limit has as great as can be
    roughly: Expression | None = None  # the constraint, where no call is exactly at the limit
    about: Expression | None = None  # what decides which symbols may have to change, if not the constraint

    def places(self) -> tuple[Try, ...]:
        """Return where to look on the path: for a rejection first where no other guard fails."""
        return (self,) if self.trail.sole is None else (replace(self, is_sole=True), self)


@dataclass(frozen=True, slots=True)
class Goal:
    """Ask for one call: a label, the flag of its kind, and where to look for it, the best place first."""

    label: str
    flag: str
    tries: tuple[Try, ...]
    comment: str


def outcome_of(trail: Trail) -> str:
    """Name what comes of a path."""
    return "accepted" if trail.reason is None else kebab(trail.reason.name)


def kebab(name: str) -> str:
    """Write a name as identifiers do."""
    return name.lower().replace("_", "-")


class Counter:
    """Number names that are met again."""

    def __init__(self) -> None:
        """Begin with none."""
        self._seen: dict[str, int] = {}

    def name(self, name: str) -> str:
        """Return the name, from the second time on with a number."""
        self._seen[name] = self._seen.get(name, 0) + 1
        return name if self._seen[name] == 1 else f"{name}-{self._seen[name]}"


def path_goals(trails: list[Trail]) -> Iterator[Goal]:
    """Yield a goal for each path."""
    counter = Counter()
    for trail in trails:
        attempt = Try(trail, z3.BoolVal(True), about=trail.branches[-1].condition)
        yield Goal(counter.name(outcome_of(trail)), "path", attempt.places(), "the natural call on one path")


def boundary_goals(trails: list[Trail]) -> Iterator[Goal]:
    """Yield both sides of each comparison: at the limit where it holds, and just beyond it."""
    tries: dict[tuple[str, str, str], list[Try]] = {}
    for trail in trails:
        counter = Counter()
        for branch in trail.branches:
            name = counter.name(kebab(branch.reason.name if branch.reason else str(branch.source)))
            for label, flag, attempt in boundary_tries(trail, branch, name):
                comment = f"{SIDES[flag]} {words_of(branch)}"
                tries.setdefault((label, flag, comment), []).extend(attempt.places())
    for (label, flag, comment), options in tries.items():
        yield Goal(label, flag, tuple(sorted(options, key=lambda option: not is_clear(option))), comment)


def words_of(branch: Branch) -> str:
    """Say what a branch is about: the reason of a guard, or the function that compares."""
    return f"“{branch.reason.value}”" if branch.reason else f"a comparison in {branch.source.function}"


def is_clear(attempt: Try) -> bool:
    """Return whether a try, where it succeeds, violates no guard beside the one that it is about."""
    return attempt.trail.reason is None or attempt.is_sole


def boundary_tries(trail: Trail, branch: Branch, name: str) -> Iterator[tuple[str, str, Try]]:
    """Yield the tries on one branch of a path, with the label and the flag of their goal."""
    day = next((symbol.expression for symbol in trail.inputs.symbols if symbol.name == "day"), None)
    for number, edge in enumerate(edges_of(branch.condition, day)):
        label = name if number == 0 else f"{name}-part-{number + 1}"
        for flag, side in (("boundary-met", edge.met), ("boundary-missed", edge.missed)):
            if side.leads_to in (None, branch.holds):
                constraint = z3.And(edge.pivotal, side.condition)
                roughly = z3.And(edge.pivotal, side.roughly)
                yield label, flag, Try(trail, constraint, False, side.preferred, side.overshoot, roughly)


def named_terms(trail: Trail) -> Iterator[tuple[str, Expression]]:
    """Yield the terms of a path with their names: the place in the source, numbered where it is met again."""
    counter = Counter()
    for term in trail.terms:
        yield counter.name(kebab(str(term.source))), term.condition


def term_goals(trails: list[Trail]) -> Iterator[Goal]:
    """Yield both sides of each minimum, maximum and choice on accepted paths."""
    tries: dict[str, list[Try]] = {}
    for trail in trails:
        for name, condition in named_terms(trail) if trail.reason is None else ():
            tries.setdefault(f"{name}-{FIRST}", []).append(Try(trail, condition))
            tries.setdefault(f"{name}-{SECOND}", []).append(Try(trail, z3.Not(condition)))
    for label, options in tries.items():
        side = label.rsplit("-", 1)[1]
        function = label.split(".", 1)[0].replace("-", "_")
        yield Goal(label, "term", tuple(options), f"take the {side} of two amounts in {function}")


def alias_goals(trails: list[Trail]) -> Iterator[Goal]:
    """Yield each account in the call with a role, or another account in the call, that may be the same."""
    symbols = {symbol.name: symbol.expression for symbol in trails[0].inputs.symbols}
    accounts = [name for name in ACCOUNT_SYMBOLS if name in symbols]
    roles: dict[str, Any] = {role: name_account(role) for role in ROLES}
    accepted = [trail for trail in trails if trail.reason is None]
    for position, name in enumerate(accounts):
        others = {**roles, **{other: symbols[other] for other in accounts[:position]}}
        if name != "sender":
            others["protocol"] = world().protocol
        for role, account in others.items():
            tries = tuple(Try(trail, symbols[name] == account) for trail in accepted)
            yield Goal(f"{name}-is-{role}", "alias", tries, f"the {name} is the {role}")

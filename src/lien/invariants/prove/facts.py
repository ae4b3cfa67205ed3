"""Gather what is known on a path: facts, what symbols stand for, and what is still to be shown."""

from __future__ import annotations

from typing import Any

import z3

from lien.invariants.prove.expressions import at_most, build, conjuncts, number_of, simplified
from lien.invariants.prove.path import Path, Requirement
from lien.invariants.prove.symbols import Expression, Int, condition

WIDTH = 2**255  # what an intermediate may reach, either sign, to fit a contract's 256 bits
Parts = tuple[Expression, ...]


class Facts:
    """Add to what is known on a path; a new path begins with nothing."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self.path = Path([])
        self._pending: list[Expression] = []  # facts that help to decide, and have not been used yet
        self._places: dict[tuple[Any, ...], tuple[int, Parts]] = {}  # of each term that has a name

    def assume(self, fact: object, *, light: bool = True) -> None:
        """Add a fact; a light one helps to decide branches, a heavy one waits for the obligations."""
        parts = build(conjuncts, simplified(condition(fact)))
        self.path.facts += parts
        self.path.known.update(map(number_of, parts))
        if light:
            self._pending += parts

    def define(self, symbol: Expression, fact: Expression, *, light: bool = True) -> None:
        """Add a fact that says what a symbol stands for."""
        self.assume(fact, light=light)
        self.path.definitions.setdefault(number_of(symbol), []).extend(build(conjuncts, simplified(fact)))

    def require(self, label: str, needed: object) -> None:
        """Keep a condition that a contract needs, to be proved of what is known before it answers.

        What of it is a fact already needs no proof.
        """
        needs = build(conjuncts, simplified(condition(needed)))
        parts = [part for part in needs if number_of(part) not in self.path.known]
        if parts:
            self.path.requirements.append(Requirement(label, build(z3.And, *parts), len(self.path.facts)))

    def note_intermediate(self, value: Int) -> None:
        """Keep a computed value whose range does not show that it fits 256 bits."""
        if value.low is None or value.high is None or value.low < -WIDTH or value.high >= WIDTH:
            self.path.intermediates.append(value)

    def require_widths(self) -> None:
        """Keep that what was computed since the last decision fits 256 bits."""
        distinct = {number_of(value.expression): value.expression for value in self.path.intermediates}
        if distinct:
            fits = [z3.And(value >= -WIDTH, value < WIDTH) for value in distinct.values()]
            self.path.widths.append(Requirement("WIDTH", build(z3.And, *fits), len(self.path.facts)))
            self.path.intermediates.clear()

    def fresh(self, label: str, low: int | None = None, high: int | None = None) -> Int:
        """Return a new symbol within a range; labels are numbered, so that each run names alike."""
        symbol = Int(build(z3.Int, self.number(label)), low, high)
        self.assume_range(symbol)
        return symbol

    def assume_range(self, symbol: Int) -> None:
        """Add that a symbol is within its range."""
        if symbol.low is not None:
            self.assume(at_most(symbol.low, symbol.expression))
        if symbol.high is not None:
            self.assume(at_most(symbol.expression, symbol.high))

    def number(self, label: str) -> str:
        """Return the label, or with a number where it was used before."""
        count = self.path.counts.get(label, 0)
        self.path.counts[label] = count + 1
        return f"{label}!{count}" if count else label

    def named(self, label: str, term: Parts, low: int | None, high: int | None) -> tuple[Int, bool]:
        """Return a term's symbol, and whether it is new to the path; on all paths it has one name."""
        key = (label, *(number_of(part) for part in term))
        known = self.path.names.get(key)
        if known is not None:
            return known[0], False
        # The term is kept, since the solver reuses numbers of dead ones.
        place, _ = self._places.setdefault(key, (len(self._places), term))
        symbol = Int(build(z3.Int, f"{label}#{place}"), low, high)
        self.path.names[key] = (symbol, term)
        return symbol, True

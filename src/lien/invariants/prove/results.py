"""Hold what was proved: a cell for each property on each call in each status, and the whole matrix."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from lien.invariants.prove.cases import Case

RESULTS = ("refuted", "error", "unknown", "proved", "not_applicable")  # the worst first
HELD = ("proved", "not_applicable")


@dataclass(frozen=True, slots=True)
class Cell:
    """Hold the result of one property on one call in one status."""

    call: str
    status: str
    property: str
    result: str
    paths: int
    seconds: float
    story: str = ""  # what happens where the property is refuted, or what went wrong


@dataclass
class Checked:
    """Hold what was given away of a case, and what a second solver said of it, by the name of each."""

    given: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    contradicted: list[str] = field(default_factory=list)
    undecided: list[str] = field(default_factory=list)


@dataclass
class CaseResult:
    """Hold what one case gave: its cells, and how much work they were."""

    case: Case
    cells: list[Cell]
    paths: int
    queries: int
    seconds: float
    reasons: Counter[str] = field(default_factory=Counter)  # the paths by outcome
    checked: Checked | None = None  # where obligations were given away
    is_kept: bool = field(default=False, compare=False)  # whether it was proved in an earlier run


@dataclass
class Matrix:
    """Hold all results."""

    cases: list[CaseResult]
    seconds: float

    @property
    def cells(self) -> list[Cell]:
        """Return one cell for each call, status and property: the worst of its relations."""
        merged: dict[tuple[str, str, str], Cell] = {}
        for cell in (cell for result in self.cases for cell in result.cells):
            key = (cell.call, cell.status, cell.property)
            merged[key] = worse(merged[key], cell) if key in merged else cell
        return [merged[key] for key in sorted(merged)]

    @property
    def summary(self) -> dict[str, Any]:
        """Return the totals."""
        cells = self.cells
        counts = Counter(cell.result for cell in cells)
        return {
            "properties": len({cell.property for cell in cells}),
            "calls": len({cell.call for cell in cells}),
            "cells": len(cells),
            **{
                result: counts[result]
                for result in ("proved", "refuted", "unknown", "error", "not_applicable")
            },
            "paths": sum(result.paths for result in self.cases),
            "queries": sum(result.queries for result in self.cases),
            "seconds": round(self.seconds, 1),
        }

    @property
    def checked(self) -> Checked:
        """Return what was given away of all cases, and what a second solver said of it."""
        total = Checked()
        for checked in (result.checked for result in self.cases if result.checked is not None):
            total.given += checked.given
            total.answers.update(checked.answers)
            total.contradicted += checked.contradicted
            total.undecided += checked.undecided
        return total

    @property
    def is_proved(self) -> bool:
        """Return whether nothing is refuted, unknown or in error."""
        return all(holds(cell) for cell in self.cells)


def holds(cell: Cell) -> bool:
    """Return whether there is nothing left to prove of a cell."""
    return cell.result in HELD


def worse(first: Cell, second: Cell) -> Cell:
    """Return the two cells as one: the worse result, and the work of both."""
    worst = min(first, second, key=lambda cell: RESULTS.index(cell.result))
    paths, seconds = first.paths + second.paths, first.seconds + second.seconds
    return Cell(worst.call, worst.status, worst.property, worst.result, paths, seconds, worst.story)

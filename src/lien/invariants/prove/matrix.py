"""Prove the matrix: each property on each call, for each status of the loan that the call meets."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import z3
from joblib import Parallel, delayed

from lien.invariants.prove.cases import Case, all_cases
from lien.invariants.prove.executor import conjuncts
from lien.invariants.prove.goal import Goal
from lien.invariants.prove.obligations import goals_of
from lien.invariants.prove.run import Explorer
from lien.invariants.prove.solve import Prover, Verdict

RESULTS = ("refuted", "error", "unknown", "proved", "not_applicable")  # the worst first


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
class CaseResult:
    """Hold what one case gave: its cells, and how much work they were."""

    case: Case
    cells: list[Cell]
    paths: int
    queries: int
    seconds: float
    reasons: Counter[str] = field(default_factory=Counter)  # the paths by outcome


@dataclass
class Matrix:
    """Hold all results."""

    cases: list[CaseResult]
    seconds: float

    @property
    def cells(self) -> list[Cell]:
        """Return one cell for each call, status and property: the worst of its repayment kinds."""
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
    def is_proved(self) -> bool:
        """Return whether nothing is refuted, unknown or in error."""
        return all(cell.result in ("proved", "not_applicable") for cell in self.cells)


def worse(first: Cell, second: Cell) -> Cell:
    """Return the two cells as one: the worse result, and the work of both."""
    worst = min(first, second, key=lambda cell: RESULTS.index(cell.result))
    paths, seconds = first.paths + second.paths, first.seconds + second.seconds
    return Cell(worst.call, worst.status, worst.property, worst.result, paths, seconds, worst.story)


def prove_case(case: Case, properties: frozenset[str] | None = None) -> CaseResult:
    """Prove the properties of one case, or only some of them."""
    began = time.perf_counter()
    explorer, prover = Explorer(case), Prover()
    cells: dict[str, Cell] = {}
    paths, reasons = 0, Counter[str]()
    try:
        for path, run in explorer.paths():
            goals = goals_of(path, run, explorer.executor)
            if not prover.is_satisfiable(path):
                continue
            paths += 1
            reasons[run.outcome] += 1
            for cell in prove_path(case, path, run, goals, prover, properties):
                cells[cell.property] = worse(cells[cell.property], cell) if cell.property in cells else cell
    except Exception as error:  # one case in error must not hide the others
        cells["EXECUTION"] = Cell(case.call, case.status, "EXECUTION", "error", paths, 0.0, repr(error))
    queries = explorer.executor.queries + prover.queries
    return CaseResult(case, list(cells.values()), paths, queries, time.perf_counter() - began, reasons)


def prove_path(
    case: Case, path: Any, run: Any, goals: list[Goal], prover: Prover, properties: frozenset[str] | None
) -> Iterator[Cell]:
    """Prove the goals of one path in order; what is proved is a lemma for the next."""
    for goal in goals:
        name = goal.identifier.split()[0]
        if properties is not None and name not in properties:
            continue
        began = time.perf_counter()
        answer = prover.follows(path, goal, tuple(run.splits))
        story = ""
        if answer.verdict is Verdict.PROVED:
            path.facts += conjuncts(z3.simplify(goal.condition))
        else:
            story = f"{goal.identifier} on the path that ends in {run.outcome}"
        seconds = time.perf_counter() - began
        yield Cell(case.call, case.status, name, answer.verdict.value, 1, seconds, story)


def prove(
    calls: Iterable[str] | None = None,
    properties: Iterable[str] | None = None,
    jobs: int = 2,
    progress: Callable[[CaseResult, int, int], None] | None = None,
) -> Matrix:
    """Prove the matrix, or the named rows and columns; report each finished case and the count so far."""
    wanted = None if calls is None else set(calls)
    cases = [case for case in all_cases() if wanted is None or case.call in wanted]
    only = None if properties is None else frozenset(properties)
    began = time.perf_counter()
    run = Parallel(n_jobs=jobs, return_as="generator_unordered", batch_size=1)
    results: list[CaseResult] = []
    for result in run(delayed(prove_case)(case, only) for case in by_weight(cases)):
        results.append(result)
        if progress is not None:
            progress(result, len(results), len(cases))
    results.sort(key=lambda result: result.case)
    return Matrix(results, time.perf_counter() - began)


def by_weight(cases: list[Case]) -> list[Case]:
    """Return the cases with the longest first, so that no processor waits for the last one."""
    heavy = {"repay": 0, "catch_up": 1, "declare_default": 2, "disburse": 3}
    return sorted(
        cases, key=lambda case: (heavy.get(case.call, 9), case.status not in ("ACTIVE", "AGREED"), case)
    )

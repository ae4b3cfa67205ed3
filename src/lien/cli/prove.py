"""Run the proof, show its progress, and report it."""

from __future__ import annotations

import json as json_module
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lien.cli.faults import Fault, need_extra, require_known
from lien.cli.output import count, progress, require_place, write_aside, write_table, write_text

if TYPE_CHECKING:
    from lien.invariants.prove.matrix import Cell, Matrix

FAILED = 1
HELD = ("proved", "not_applicable")


@dataclass
class Row:
    """Add up what was done for one call, over all statuses of its loan."""

    paths: int = 0
    queries: int = 0
    seconds: float = 0.0
    results: Counter[str] = field(default_factory=Counter)


def run_proof(  # what a user can ask for
    calls: list[str] | None,
    properties: list[str] | None,
    jobs: int,
    show_paths: bool,
    file: Path | None,
    *,
    light: bool = False,
) -> None:
    """Prove, report, and fail unless all is proved."""
    need_extra("prove")
    if file is not None:
        require_place(file)
    chosen = light_calls() if light and calls is None else known_calls(calls)
    matrix = prove_matrix(chosen, known_properties(properties), jobs)
    if not matrix.cells:
        raise Fault("there is nothing to prove: none of these properties speaks of these calls")
    if file is not None:
        write_aside(file, f"{json_module.dumps(as_json(matrix), indent=1)}\n")
    write_report(matrix)
    if show_paths:
        write_paths(matrix)
    if light and calls is None:
        write_text(left_out())
    failed = failures(matrix)
    if failed:
        raise Fault(f"{len(failed):,} of {matrix.summary['cells']:,} cells are not proved", FAILED)


def light_calls() -> list[str]:
    """Return the rows that are proved within minutes together."""
    from lien.invariants.prove.cases import HEAVY, RELATIONS
    from lien.invariants.prove.contracts import CONTRACTS
    from lien.spec.catalogue import CALLS

    return [row for row in (*CALLS, *CONTRACTS, RELATIONS) if row not in HEAVY]


def left_out() -> str:
    """Return in one sentence which rows were left out, and how to prove them."""
    from lien.invariants.prove.cases import HEAVY

    return f"left out, since they take long: {', '.join(HEAVY)}; make evidence proves them"


def known_calls(names: Iterable[str] | None) -> list[str] | None:
    """Return the rows that a user names: calls, contracts, or the relations between two runs."""
    from lien.invariants.prove.cases import RELATIONS
    from lien.invariants.prove.contracts import CONTRACTS
    from lien.spec.catalogue import CALLS

    rows = (*CALLS, *CONTRACTS, RELATIONS)
    return None if names is None else [require_known("call", name, rows) for name in names]


def known_properties(names: Iterable[str] | None) -> list[str] | None:
    """Return the properties that a user names."""
    from lien.cli.properties import PROOF, identifiers

    known = identifiers(PROOF)
    return None if names is None else [require_known("property", name, known, str.upper) for name in names]


def prove_matrix(calls: list[str] | None, properties: list[str] | None, jobs: int) -> Matrix:
    """Prove, with a line of progress."""
    from lien.cli.workers import quiet_workers
    from lien.invariants.prove.matrix import CaseResult, prove

    with quiet_workers(), progress("Proving") as report:

        def tell(result: CaseResult, done: int, total: int) -> None:
            case = result.case
            report(
                " ".join(part for part in (case.call, case.relation, case.status, case.kind) if part),
                done,
                total,
            )

        return prove(calls=calls, properties=properties, jobs=jobs, progress=tell)


def failures(matrix: Matrix) -> list[Cell]:
    """Return the cells that are refuted, unknown or in error."""
    return [cell for cell in matrix.cells if cell.result not in HELD]


def as_json(matrix: Matrix) -> dict[str, Any]:
    """Return the results, as JSON has them."""
    names = ("call", "status", "property", "result", "paths")
    return {
        "summary": matrix.summary,
        "cells": [
            {name: getattr(cell, name) for name in names} | {"seconds": round(cell.seconds, 3)}
            for cell in matrix.cells
        ],
    }


def rows_by_call(matrix: Matrix) -> dict[str, Row]:
    """Fold the statuses and repayment kinds of each call."""
    rows: dict[str, Row] = {}
    for result in matrix.cases:
        row = rows.setdefault(result.case.call, Row())
        row.paths += result.paths
        row.queries += result.queries
        row.seconds += result.seconds
    for cell in matrix.cells:
        rows[cell.call].results[cell.result] += 1
    return rows


def write_report(matrix: Matrix) -> None:
    """Write a table by call, then what is not proved, then the sum."""
    rows = [
        (
            name,
            row.paths,
            row.queries,
            f"{row.results['proved']:,} / {cells_of(row):,}",
            f"{row.seconds:,.1f}",
        )
        for name, row in rows_by_call(matrix).items()
    ]
    write_table(("call", "paths", "queries", "cells proved", "seconds"), rows, numbers=(1, 2, 3, 4))
    for cell in failures(matrix):
        where = " ".join(part for part in (cell.call, cell.status) if part)
        write_text(f"{cell.result}: {cell.property} on {where}: {cell.story}", style="red")
    write_text(sentence(matrix), style="bold")


def cells_of(row: Row) -> int:
    """Count the cells in which there was something to prove."""
    return sum(times for result, times in row.results.items() if result != "not_applicable")


def sentence(matrix: Matrix) -> str:
    """Return the sum in one sentence."""
    total = matrix.summary
    applicable = total["cells"] - total["not_applicable"]
    amounts = ", ".join(
        count(total[plural], plural) for plural in ("properties", "calls", "paths", "queries")
    )
    return f"{total['proved']:,} of {applicable:,} cells proved: {amounts}, {total['seconds']:,} s"


def write_paths(matrix: Matrix) -> None:
    """Write the number of paths by call and outcome, those that are accepted first."""
    counts: Counter[tuple[str, str]] = Counter()
    for result in matrix.cases:
        for outcome, times in result.reasons.items():
            counts[result.case.call, outcome] += times
    ordered = sorted(counts, key=lambda key: (key[0], key[1] != "accepted", key[1]))
    rows = [(call, outcome, counts[call, outcome]) for call, outcome in ordered]
    write_table(("call", "outcome", "paths"), rows, numbers=(2,))

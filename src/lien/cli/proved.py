"""Report what was proved: a table by call, the paths by outcome, and the same as JSON."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lien.cli.output import count, write_table, write_text

if TYPE_CHECKING:
    from lien.invariants.prove.results import Cell, Checked, Matrix


@dataclass
class Row:
    """Add up what was done for one call, over all statuses of its loan."""

    paths: int = 0
    queries: int = 0
    seconds: float = 0.0
    answers: Counter[str] = field(default_factory=Counter)  # of the second solver
    results: Counter[str] = field(default_factory=Counter)


def failures(matrix: Matrix) -> list[Cell]:
    """Return the cells that are refuted, unknown or in error."""
    from lien.invariants.prove.results import holds

    return [cell for cell in matrix.cells if not holds(cell)]


def as_json(matrix: Matrix, *, second: bool = False) -> dict[str, Any]:
    """Return the results, as JSON has them."""
    names, checked = ("call", "status", "property", "result", "paths"), matrix.checked
    answers = {name: checked.answers[name] for name in ("decided", "undecided", "contradicted")}
    disagreed = {"contradicted": sorted(checked.contradicted), "undecided": sorted(checked.undecided)}
    return {
        "summary": matrix.summary | ({"second_solver": answers} if second else {}),
        **(disagreed if second else {}),
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
        if result.checked is not None:
            row.answers.update(result.checked.answers)
    for cell in matrix.cells:
        rows[cell.call].results[cell.result] += 1
    return rows


def write_report(matrix: Matrix, *, second: bool = False) -> None:
    """Write a table by call, then what is not proved or contradicted, then the sum."""
    rows = [
        (
            name,
            row.paths,
            row.queries,
            f"{row.results['proved']:,} / {cells_of(row):,}",
            *((f"{row.answers['decided']:,} / {row.answers.total():,}",) if second else ()),
            f"{row.seconds:,.1f}",
        )
        for name, row in rows_by_call(matrix).items()
    ]
    columns = ("call", "paths", "queries", "cells proved", *(("cvc5 agrees",) if second else ()), "seconds")
    write_table(columns, rows, numbers=range(1, len(columns)))
    for cell in failures(matrix):
        where = " ".join(part for part in (cell.call, cell.status) if part)
        write_text(f"{cell.result}: {cell.property} on {where}: {cell.story}", style="red")
    for name in matrix.checked.contradicted:
        write_text(f"contradicted by cvc5: {name}", style="red")
    write_text(sentence(matrix), style="bold")
    if second:
        write_text(second_sentence(matrix.checked), style="bold")


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


def second_sentence(checked: Checked) -> str:
    """Return in one sentence what the second solver said."""
    answers, given = checked.answers, count(checked.given, "obligations")
    share = f" ({100 * answers['decided'] / checked.given:.1f} %)" if checked.given else ""
    others = f"{answers['undecided']:,} undecided, {answers['contradicted']:,} contradicted"
    return f"cvc5 agrees on {answers['decided']:,} of {given}{share}: {others}"


def write_paths(matrix: Matrix) -> None:
    """Write the number of paths by call and outcome, those that are accepted first."""
    counts: Counter[tuple[str, str]] = Counter()
    for result in matrix.cases:
        for outcome, times in result.reasons.items():
            counts[result.case.call, outcome] += times
    ordered = sorted(counts, key=lambda key: (key[0], key[1] != "accepted", key[1]))
    rows = [(call, outcome, counts[call, outcome]) for call, outcome in ordered]
    write_table(("call", "outcome", "paths"), rows, numbers=(2,))

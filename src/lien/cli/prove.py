"""Run the proof, show its progress, and report it."""

from __future__ import annotations

import json as json_module
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lien.cli.faults import Fault, need_extra
from lien.cli.output import count, progress, require_new_folder, require_place, write_aside, write_text
from lien.cli.proved import as_json, failures, write_paths, write_report
from lien.cli.rows import known_calls, known_properties

if TYPE_CHECKING:
    from lien.invariants.prove.evidence import Takers
    from lien.invariants.prove.results import Matrix

FAILED = 1


@dataclass(frozen=True, slots=True)
class Wish:
    """Hold what a user can ask for."""

    calls: list[str] | None
    properties: list[str] | None
    jobs: int
    paths: bool
    file: Path | None
    keep: Path | None
    emit: Path | None = None
    second: bool = False

    @property
    def takers(self) -> Takers | None:
        """Return who is given each obligation, if anyone is."""
        from lien.invariants.prove.evidence import Takers

        return Takers(self.emit, self.second) if self.emit is not None or self.second else None


def run_proof(wish: Wish) -> None:
    """Prove, report, and fail unless all is proved."""
    need_extra("prove", *(("cvc5",) if wish.second else ()))
    require_places(wish)
    matrix = prove_wish(wish)
    if not matrix.cells:
        raise Fault("there is nothing to prove: none of these properties speaks of these calls")
    if wish.file is not None:
        results = as_json(matrix, second=wish.second)
        write_aside(wish.file, f"{json_module.dumps(results, indent=1)}\n")
    write_report(matrix, second=wish.second)
    if wish.paths:
        write_paths(matrix)
    if wish.keep is not None:
        write_text(kept_sentence(matrix, wish.keep))
    if wish.emit is not None:
        write_text(f"{count(matrix.checked.given, 'obligations')} written to {wish.emit}")
    require_proof(matrix)


def require_proof(matrix: Matrix) -> None:
    """Require that all is proved, and that no second solver contradicts.

    Raises: Fault.
    """
    failed, contradicted = failures(matrix), matrix.checked.contradicted
    if failed:
        raise Fault(f"{len(failed):,} of {matrix.summary['cells']:,} cells are not proved", FAILED)
    if contradicted:
        raise Fault(f"{count(len(contradicted), 'obligations')} contradicted by the second solver", FAILED)


def require_places(wish: Wish) -> None:
    """Require that what is to be written can be."""
    if wish.file is not None:
        require_place(wish.file)
    if wish.keep is not None:
        require_place(wish.keep / "proved-.json")
    if wish.emit is not None:
        require_new_folder(wish.emit)


def prove_wish(wish: Wish) -> Matrix:
    """Prove what is asked for."""
    calls, properties = known_calls(wish.calls), known_properties(wish.properties)
    return prove_matrix(calls, properties, wish.jobs, wish.keep, wish.takers)


def kept_sentence(matrix: Matrix, folder: Path) -> str:
    """Return in one sentence how much was not proved again."""
    kept = sum(result.is_kept for result in matrix.cases)
    return f"{kept:,} of {count(len(matrix.cases), 'cases')} unchanged since an earlier run, kept in {folder}"


def prove_matrix(
    calls: list[str] | None,
    properties: list[str] | None,
    jobs: int,
    keep: Path | None = None,
    takers: Takers | None = None,
) -> Matrix:
    """Prove, with a line of progress."""
    from lien.cli.workers import quiet_workers
    from lien.invariants.prove.kept import Kept
    from lien.invariants.prove.matrix import prove
    from lien.invariants.prove.results import CaseResult

    with quiet_workers(), progress("Proving") as report:

        def tell(result: CaseResult, done: int, total: int) -> None:
            report(" ".join(result.case.parts), done, total)

        kept = None if keep is None else Kept(keep, write_aside)
        return prove(calls=calls, properties=properties, jobs=jobs, progress=tell, kept=kept, takers=takers)

"""Read random calls on the paths of the proof, and see that each takes exactly one, with its outcome."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from lien.cli.faults import Fault, need_extra, require_known
from lien.cli.output import count, progress, require_place, write_aside, write_json, write_table, write_text

if TYPE_CHECKING:
    from lien.invariants.prove.comparison import Compared

FAILED = 1


def run_comparison(
    calls: list[str] | None, times: int, seed: int, jobs: int, folder: Path | None, *, as_json: bool
) -> None:
    """Compare, report, and fail where a call takes no path, more than one, or ends otherwise."""
    need_extra("prove")
    if folder is not None:
        require_place(folder / "compared-.json")
    found = compare_calls(chosen_calls(calls), times, seed, jobs, folder)
    if as_json:
        write_json([asdict(one) for one in found])
    else:
        write_compared(found)
    if faults := sum(len(one.faults) for one in found):
        raise Fault(f"{count(faults, 'differences')}: see above", FAILED)
    if short := [one.call for one in found if one.read < times]:
        raise Fault(f"too seldom sent: {', '.join(short)}", FAILED)


def chosen_calls(names: list[str] | None) -> list[str]:
    """Return the calls that a user names, or all."""
    from lien.spec.catalogue import CALLS

    return list(CALLS) if names is None else [require_known("call", name, CALLS) for name in names]


def compare_calls(calls: list[str], times: int, seed: int, jobs: int, folder: Path | None) -> list[Compared]:
    """Compare what is not kept yet, with a line of progress."""
    from lien.cli.workers import quiet_workers
    from lien.invariants.prove.compared import Asked, compare_all

    found: list[Compared] = []
    asked = [Asked(call, times, seed) for call in calls]
    with quiet_workers(), progress("Comparing") as report:
        for one in compare_all(asked, jobs, folder, write_aside):
            found.append(one)
            report(one.call, len(found), len(asked))
    return sorted(found, key=lambda one: calls.index(one.call))


def write_compared(found: list[Compared]) -> None:
    """Write a row for each call, then what differs, then the sum."""
    rows = [(one.call, one.read, f"{one.taken:,} / {one.paths:,}", f"{one.seconds:,.1f}") for one in found]
    write_table(("call", "compared", "paths taken", "seconds"), rows, numbers=(1, 2, 3))
    faults = [fault for one in found for fault in one.faults]
    for fault in faults:
        write_text(fault, style="red")
    verdict = "each takes exactly one path, and ends as it foretells" if not faults else "see above"
    write_text(f"{count(sum(one.read for one in found), 'random calls')}: {verdict}", style="bold")

"""Make the mistakes of incidents in copies of the protocol, and see that each is found."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lien.cli.faults import Fault, need_extra, require_known
from lien.cli.output import count, progress, require_place, write_aside, write_json, write_table, write_text

if TYPE_CHECKING:
    from lien.invariants.mutants.base import Mutant
    from lien.invariants.mutants.finding import Finding

    Findings = dict[str, dict[str, Finding]]  # by the mutant's identifier and the way

FAILED = 1


def list_mutants(mutants: list[Mutant], *, as_json: bool) -> None:
    """List mutants, and all incidents that are none."""
    from lien.invariants.mutants.catalogue import collect_not_expressed

    others = collect_not_expressed()
    if as_json:
        write_json({"mutants": [asdict(mutant) for mutant in mutants], "not_expressed": others})
        return
    rows = [(mutant.identifier, where(mutant), mutant.property, mutant.story) for mutant in mutants]
    write_table(("incident", "noticed by", "property", "what went wrong"), rows)
    if others:
        write_table(("incident", "why it is no mutant"), others.items())
    write_text(f"{count(len(mutants), 'mutants')}; {len(others):,} not expressed", style="dim")


def run_mutants(  # what a user can ask for
    mutants: list[Mutant], ways: list[str], calls: int, jobs: int, folder: Path | None, *, as_json: bool
) -> None:
    """Look for mutants, report, and fail where one survives."""
    if folder is not None:
        require_place(folder / f"mutant-{mutants[0].identifier}.json")
    findings = search(mutants, ways, calls, jobs, folder)
    if as_json:
        write_json(as_data(mutants, findings))
    else:
        write_found(mutants, ways, findings)
    if missing := survivors(mutants, findings):
        raise Fault(f"not found: {', '.join(mutant.identifier for mutant in missing)}", FAILED)


def known_mutants(names: list[str] | None, calls: list[str] | None) -> list[Mutant]:
    """Return the mutants that a user names, by themselves or by the call that must notice them."""
    need_extra("prove")
    from lien.cli.rows import known_calls
    from lien.invariants.mutants.catalogue import collect_mutants, collect_not_expressed

    mutants, rows = collect_mutants(), known_calls(calls)
    known = {**mutants, **collect_not_expressed()}
    chosen = list(mutants)
    if names is not None:
        chosen = [require_known("incident", name, known, str.upper) for name in dict.fromkeys(names)]
    for name in chosen:
        if name not in mutants:
            raise Fault(f"{name} is no mutant: {known[name]}")
    found = [mutants[name] for name in chosen if rows is None or mutants[name].case[0] in rows]
    if not found:
        raise Fault("there is nothing to look for: no such mutant is noticed by these calls")
    return found


def search(mutants: list[Mutant], ways: list[str], calls: int, jobs: int, folder: Path | None) -> Findings:
    """Look for each mutant in each way, with a line of progress."""
    from lien.cli.workers import quiet_workers
    from lien.invariants.mutants.finding import Task, Way
    from lien.invariants.mutants.run import run_tasks
    from lien.invariants.mutants.seed import MutantError, mutated_text

    findings: Findings = {mutant.identifier: {} for mutant in mutants}
    tasks = [Task(mutant, Way(way), calls) for way in ways for mutant in mutants]
    try:
        for mutant in mutants:
            mutated_text(mutant)  # before work is done for others
        with quiet_workers(), progress("Looking for mutants") as report:
            for done, (task, finding) in enumerate(run_tasks(tasks, jobs, folder, write_aside), start=1):
                findings[task.mutant.identifier][task.way] = finding
                report(f"{task.mutant.identifier} by {task.way}", done, len(tasks))
    except MutantError as error:
        raise Fault(str(error), FAILED) from None
    return findings


def survivors(mutants: list[Mutant], findings: Findings) -> list[Mutant]:
    """Return the mutants that were found in none of the ways."""
    return [
        mutant
        for mutant in mutants
        if not any(finding.found for finding in findings[mutant.identifier].values())
    ]


def as_data(mutants: list[Mutant], findings: Findings) -> dict[str, Any]:
    """Return what was found, as JSON has it."""
    rows = [
        asdict(mutant) | {way: asdict(finding) for way, finding in findings[mutant.identifier].items()}
        for mutant in mutants
    ]
    return {"mutants": rows, "not_found": [mutant.identifier for mutant in survivors(mutants, findings)]}


def write_found(mutants: list[Mutant], ways: list[str], findings: Findings) -> None:
    """Write a row for each mutant, then those that were not found, then the sum."""
    rows = [
        (mutant.identifier, where(mutant), *(told(findings[mutant.identifier][way]) for way in ways))
        for mutant in mutants
    ]
    write_table(("incident", "noticed by", *(f"by the {way}" for way in ways)), rows)
    for mutant in survivors(mutants, findings):
        stories = [finding.story for finding in findings[mutant.identifier].values() if finding.story]
        write_text("\n".join((f"not found: {mutant.identifier}: {mutant.story}", *stories)), style="red")
    sums = [
        f"{sum(findings[mutant.identifier][way].found for mutant in mutants):,} found by the {way}"
        for way in ways
    ]
    write_text(f"{count(len(mutants), 'mutants')}: {', '.join(sums)}", style="bold")


def where(mutant: Mutant) -> str:
    """Return the case that must notice a mutant, in words."""
    return " ".join(part for part in mutant.case if part)


def told(finding: Finding) -> str:
    """Return in a few words what came of a search."""
    what = f"{finding.fell} {finding.result}" if finding.found else finding.result
    sent = f", {count(finding.calls, 'calls')}" if finding.calls else ""
    return f"{what}{sent}, {finding.seconds:,.1f} s"

"""Send random calls, check every property after each, and say which were accepted and why others were not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lien.cli.faults import Fault, need_extra
from lien.cli.output import count, progress, require_place, write_aside, write_json, write_table, write_text

if TYPE_CHECKING:
    from lien.invariants.explore.pieces import Found

FAILED = 1
REASONS = 3  # of a call's rejections that are named


def run_exploration(calls: int, seed: int, jobs: int, folder: Path | None, *, as_json: bool) -> None:
    """Explore in pieces; fail where a property does not hold, or a call was never accepted."""
    need_extra("prove")
    if folder is not None:
        require_place(folder / "explored-0.json")
    found = explore_pieces(calls, seed, jobs, folder)
    if as_json:
        write_json(as_data(found))
    else:
        write_found(found)
    if found.stories:
        raise Fault(f"{count(len(found.stories), 'violations')}: see above", FAILED)
    if missing := never_accepted(found):
        raise Fault(f"never accepted: {', '.join(missing)}", FAILED)


def explore_pieces(calls: int, seed: int, jobs: int, folder: Path | None) -> Found:
    """Run the pieces that are not kept yet, with a line of progress."""
    from lien.cli.workers import quiet_workers
    from lien.invariants.explore.pieces import add_up, pieces_of, run_pieces

    pieces, parts = pieces_of(calls, seed), list["Found"]()
    with quiet_workers(), progress("Exploring") as report:
        for part in run_pieces(pieces, jobs, folder, write_aside):
            parts.append(part)
            report(f"{sum(each.calls for each in parts):,} calls", len(parts), len(pieces))
    return add_up(parts)


def never_accepted(found: Found) -> list[str]:
    """Return the calls that were never accepted."""
    from lien.spec.catalogue import CALLS

    return [name for name in CALLS if not found.accepted.get(name)]


def rejections(found: Found, call: str) -> dict[str, int]:
    """Return how often a call was rejected for which reason, the most frequent first."""
    reasons = found.rejected.get(call, {})
    return dict(sorted(reasons.items(), key=lambda item: (-item[1], item[0])))


def as_data(found: Found) -> dict[str, object]:
    """Return what was found, as JSON has it."""
    from lien.spec.catalogue import CALLS

    return {
        "calls": found.calls,
        "by_call": {
            name: {"accepted": found.accepted.get(name, 0), "rejected": rejections(found, name)}
            for name in CALLS
        },
        "stories": list(found.stories),
    }


def write_found(found: Found) -> None:
    """Write a row for each call, then every violation as a story, then the sum."""
    from lien.cli.properties import EXPLORER, identifiers
    from lien.spec.catalogue import CALLS

    rows: list[tuple[object, ...]] = []
    for name in CALLS:
        reasons = rejections(found, name)
        accepted, rejected = found.accepted.get(name, 0), sum(reasons.values())
        most = ", ".join(f"{reason} {times:,}" for reason, times in list(reasons.items())[:REASONS])
        rows.append((name, accepted, rejected, most))
    write_table(("call", "accepted", "rejected", "mostly for"), rows, numbers=(1, 2))
    for story in found.stories:
        write_text(f"\n{story}", style="red")
    accepted = sum(found.accepted.values())
    properties = count(len(identifiers(EXPLORER)), "properties")
    write_text(
        f"{count(found.calls, 'calls')}, {accepted:,} accepted; {properties} checked after each: "
        f"{'all hold' if not found.stories else count(len(found.stories), 'violations')}; "
        f"{found.seconds:,.0f} s of work",
        style="bold",
    )

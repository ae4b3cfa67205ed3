"""Show everything once: play loans, prove the properties, write the vectors, and say what came of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lien.cli.faults import Fault, need_extra
from lien.cli.output import count, progress, write_part, write_text
from lien.cli.workers import beside

FAILED = 1
# Rows of the proof that take seconds each, from the deposit to the payment that settles: what fits into the
# two minutes that a tour may take. `make prove` proves all rows.
SHOWN = (
    "transfer",
    "claim",
    "open_facility",
    "deposit",
    "offer",
    "accept",
    "accrue",
    "take_payment",
)


@dataclass
class Tour:
    """Hold what the parts have to say, and what went wrong."""

    lines: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    problems: list[str] = field(default_factory=list[str])

    def take(self, part: Callable[[], Iterator[tuple[str, str]]]) -> None:
        """Take a part; one that breaks does not hide the others."""
        try:
            self.lines += part()
        except Fault as fault:
            self.problems.append(str(fault))
        except Exception as error:
            self.problems.append(f"{part.__name__} broke: {error!r}")

    def play_loans(self) -> Iterator[tuple[str, str]]:
        """Play the loans and check every call."""
        from lien.cli.properties import EXPLORER, identifiers
        from lien.cli.tour.play import play

        with progress("Playing loans") as report:
            player = play(report)
        self.problems += player.problems
        accepted, rejected = player.accepted.total(), player.rejected.total()
        yield (
            "Played",
            f"{player.settled} loans to settlement: {accepted:,} calls accepted, {rejected:,} rejected",
        )
        yield "Moved", " and ".join(describe_amount(*item) for item in sorted(player.moved.items()))
        held = "all hold" if not player.problems else f"{len(player.problems):,} problems"
        yield (
            "Checked",
            f"{len(identifiers(EXPLORER))} properties after each of {player.calls:,} calls: {held}",
        )

    def play_scenarios(self, play: Callable[[], tuple[int, int, int]]) -> Iterator[tuple[str, str]]:
        """Say what came of the scenarios, which may have been played beside another part."""
        with progress("Playing scenarios"):
            scenarios, calls, loans = play()
        yield (
            "Scenarios",
            f"{scenarios}, as they are written: {calls:,} calls on {loans:,} loans, checked likewise",
        )

    def prove_some(self, jobs: int) -> Iterator[tuple[str, str]]:
        """Prove every property of some calls."""
        from lien.cli.prove import prove_matrix
        from lien.cli.proved import failures, sentence

        matrix = prove_matrix(list(SHOWN), None, jobs)
        yield "Proved", f"{sentence(matrix)}; for all states, callers, amounts and times (all: make prove)"
        self.problems += [
            f"{cell.result}: {cell.property} on {cell.call} {cell.status}: {cell.story}"
            for cell in failures(matrix)
        ]

    def write_vectors(self, jobs: int, out: Path) -> Iterator[tuple[str, str]]:
        """Write the vectors."""
        from lien.cli.vectors import sentence, write_vectors

        yield "Vectors", f"{sentence(write_vectors(out, jobs))}, in {out}"


def run_tour(jobs: int, out: Path) -> None:
    """Take every part, and end with one summary; fail with what went wrong."""
    need_extra("prove")
    began, tour = time.monotonic(), Tour()
    with beside(perform_shipped, jobs) as performed:

        def scenarios() -> Iterator[tuple[str, str]]:
            return tour.play_scenarios(performed)

        def proof() -> Iterator[tuple[str, str]]:
            return tour.prove_some(jobs)

        def vectors() -> Iterator[tuple[str, str]]:
            return tour.write_vectors(jobs, out)

        for part in (tour.play_loans, proof, scenarios, vectors):
            tour.take(part)
    write_part(f"Lien, in {time.monotonic() - began:,.0f} seconds", tour.lines)
    for problem in tour.problems[:10]:
        write_text(f"  {problem}", style="red")
    if tour.problems:
        raise Fault(f"{count(len(tour.problems), 'problems')}: see above", FAILED)


def perform_shipped() -> tuple[int, int, int]:
    """Play every scenario that comes with the package, check it, and count scenarios, calls and loans."""
    from lien.cli.scenarios import check_properties, perform
    from lien.scenario.shipped import shipped

    known, calls, loans = shipped(), 0, 0
    for name, path in known.items():
        performance = perform(path, name)
        check_properties(performance, name)
        calls, loans = calls + len(performance.calls), loans + performance.state.loan_count
    return len(known), calls, loans


def describe_amount(asset: int, amount: int) -> str:
    """Write an amount of an asset of the tour in whole tokens."""
    from lien.protocol.genesis import build_genesis

    found = next(item for item in build_genesis().assets if item.address == asset)
    return f"{amount / 10**found.decimals:,.2f} {found.symbol}"

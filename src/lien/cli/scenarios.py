"""Play a scenario and tell what came of it: as tables, as JSON, or as a page."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from lien.cli.faults import WRONG_USE, Fault, require_known
from lien.cli.output import (
    console,
    count,
    require_place,
    write_aside,
    write_json,
    write_rows,
    write_table,
    write_text,
)

if TYPE_CHECKING:
    from lien.scenario.play import Performance, Played

UNEXPECTED = 1
WIDE = 150  # columns from which on each thing that came of a call has a column of its own


def run_scenario(name: str | None, *, check: bool, as_json: bool, report: Path | None) -> None:
    """Play a scenario and tell of it; nothing is written unless all of it went as the scenario says."""
    if name is None:
        raise Fault("name a scenario: a file, or one of those that lien run --list names")
    if report is not None:
        require_place(report)
    performance = perform(find_scenario(name), name)
    held = check_properties(performance, name) if check else ""
    if report is not None:
        from lien.scenario.report import page

        write_aside(report, page(performance))
    if as_json:
        from lien.scenario.record import as_data

        write_json(as_data(performance))
        return
    write_performance(performance)
    if held:
        write_text(held, style="bold")
    if report is not None:
        write_text(f"the report is in {report}", style="dim")


def write_schema() -> None:
    """Write the JSON Schema of scenarios."""
    from lien.scenario.schema import scenario_schema

    write_json(scenario_schema())


def find_scenario(name: str) -> Path:
    """Return the file of a scenario: of its path, or of the name of one that comes with the package."""
    from lien.scenario.shipped import shipped

    known = shipped()
    if name in known:
        return known[name]
    path = Path(name)
    if path.exists():
        return path
    if path.suffix or len(path.parts) > 1:
        raise Fault(f"{name}: there is no such file")
    return known[require_known("scenario", name, known)]


def perform(path: Path, name: str) -> Performance:
    """Read and play a scenario.

    Raises: Fault, in the form `FILE:LINE: FIELD: found ..., expected ...`.
    """
    from lien.scenario.document import read_scenario
    from lien.scenario.fault import Unexpected, Wrong
    from lien.scenario.nodes import read_file
    from lien.scenario.play import play

    try:
        return play(read_scenario(read_file(path)))
    except Wrong as wrong:
        raise Fault(wrong.within(name), WRONG_USE) from None
    except Unexpected as unexpected:
        raise Fault(unexpected.within(name), UNEXPECTED) from None


def check_properties(performance: Performance, name: str) -> str:
    """Check every property that the explorer checks: of calls after every call, of states there too.

    Of a long scenario, the states that are checked are those at the end of each day.

    Raises: Fault, with the first that does not hold.
    """
    from lien.cli.properties import EXPLORER, identifiers
    from lien.invariants.explore.check import call_violations, observe, state_violations
    from lien.protocol.state import Context
    from lien.scenario.days import last_of_days

    checked = last_of_days(performance)
    for played in performance.calls:
        context = Context(played.sender, played.timestamp)
        found = call_violations(observe(played.before, played.call, context))
        if not found and played.number in checked:
            found = state_violations(played.after)
        if found:
            raise Fault(f"{name}: call {played.number}: {found[0]}", UNEXPECTED)
    properties = count(len(identifiers(EXPLORER)), "properties")
    return (
        f"{properties} checked: of each of {count(len(performance.calls), 'calls')}, "
        f"and of {count(len(checked), 'states')} on the way: all hold"
    )


def list_scenarios() -> None:
    """List the scenarios that come with the package."""
    from lien.scenario.nodes import read_file
    from lien.scenario.shipped import shipped

    titles = [(name, read_file(path).required("title", "a title")) for name, path in shipped().items()]
    write_table(("scenario", "what it tells"), [(name, node.text("a title")) for name, node in titles])
    write_text("play one: lien run NAME; a file of your own: lien run FILE", style="dim")


# --- for a person -----------------------------------------------------------------------------------


def write_performance(performance: Performance) -> None:
    """Write each call with what came of it, and how all stands at the end."""
    from lien.scenario.days import days_table, is_long
    from lien.scenario.ending import tables

    write_text(performance.title, style="bold")
    if performance.about:
        write_text(" ".join(performance.about.split()), style="dim")
    write_text("")
    if is_long(performance):
        write_table(*days_table(performance))
    else:
        write_calls(performance)
    for title, (columns, rows) in tables(performance).items():
        write_text(f"\n{title} at the end", style="bold")
        write_table(columns, rows)
    write_text(f"\n{summary(performance)}", style="bold")


def summary(performance: Performance) -> str:
    """Return in one sentence how many calls there were."""
    calls, rejected = count(len(performance.calls), "calls"), performance.rejections
    return f"{calls}: {len(performance.calls) - rejected:,} accepted, {rejected:,} rejected, all as expected"


def write_calls(performance: Performance) -> None:
    """Write one row a call; in a narrow window what came of it shares one column."""
    from lien.scenario.times import show_time

    is_wide = console().width >= WIDE
    rows: list[list[Text]] = []
    for played in performance.calls:
        sender = performance.names.account(played.sender)
        row = [show_time(played.timestamp), sender, played.call.call_name()]
        outcome, *others = consequences(played, performance)
        came = [outcome, *others] if is_wide else [lines(part for part in (outcome, *others) if part.plain)]
        rows.append([*map(Text, row), *came])
    columns = ("outcome", "money moved", "what happened") if is_wide else ("what came of it",)
    write_rows(("time", "sender", "call", *columns), rows)


def consequences(played: Played, performance: Performance) -> tuple[Text, Text, Text]:
    """Return the outcome of a call, the money that moved, and what the call's events tell."""
    from lien.scenario.words import moved, outcome, told

    style = "green" if played.reason is None else "yellow"
    notes = [Text(played.note, style="italic dim")] if played.note else []
    return (
        Text(outcome(played), style=style),
        lines(map(Text, moved(played, performance.names))),
        lines([*map(Text, told(played, performance.names)), *notes]),
    )


def lines(parts: Iterable[Text]) -> Text:
    """Return parts one under the other."""
    return Text("\n").join(parts)

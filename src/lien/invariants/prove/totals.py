"""Handle totals on symbols: what is touched, plus a rest that a call does not change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import z3

from lien.invariants.explore.maps import map_of
from lien.invariants.properties.base import Observed
from lien.invariants.properties.total import TOTALS, Source, Total, Vector, not_negative
from lien.invariants.prove.executor import Executor
from lien.invariants.prove.expressions import number_of, simplified
from lien.invariants.prove.goal import Goal
from lien.invariants.prove.maps import SymbolicFigures, equal_keys
from lien.invariants.prove.run import Run
from lien.invariants.prove.symbols import Expression, Int, condition, integer
from lien.protocol.calendar import day_of
from lien.protocol.state import COUNTS

Weighed = tuple[tuple[Expression, ...], list[Expression]]  # a group and what counts for it


def weigh(source: Source, key: Any, entry: Any) -> Weighed:
    """Return the group and the vector of an entry, as expressions."""
    group, vector = source.weigh(key, entry)
    return tuple(integer(part).expression for part in group), [integer(part).expression for part in vector]


def touched_entries(state: Any, source: Source, *, written: bool) -> Iterator[Weighed]:
    """Yield what each entry that the call met adds, before the call or after it; equal keys count once."""
    entries: Any = map_of(state, source.map)
    if isinstance(entries, SymbolicFigures):
        keys = list(entries.reads.values())
        for position, key in enumerate(keys):
            seen = z3.Or(*[equal_keys(key, other) for other in keys[:position]])
            symbols = tuple(Int(part) for part in key)
            figure = entries.get(symbols) if written else entries.original(key)
            group, vector = weigh(source, symbols, figure)
            yield group, [z3.If(seen, 0, part) for part in vector]
        return
    latest = {number_of(number): (number, record) for number, record in entries.originals}
    if written:
        latest |= {number_of(number): (number, record) for number, record in entries.written}
    for number, record in latest.values():
        yield weigh(source, Int(number), record)


def recorded_figures(state: Any, source: Source) -> list[Weighed]:
    """Return what each figure that the call met recorded before it; equal keys both tell their whole figure.

    Counted once, the second of two equal keys would record nothing of what it stands for.
    """
    entries: Any = map_of(state, source.map)
    if not isinstance(entries, SymbolicFigures):
        return list(touched_entries(state, source, written=False))
    keys = list(entries.reads.values())
    return [weigh(source, tuple(Int(part) for part in key), entries.original(key)) for key in keys]


def sum_for(group: tuple[Expression, ...], weighed: list[Weighed], width: int) -> list[Expression]:
    """Add up what counts for a group."""
    total = [z3.IntVal(0)] * width
    for other, vector in weighed:
        counts = equal_keys(group, other)
        total = [before + z3.If(counts, part, 0) for before, part in zip(total, vector, strict=True)]
    return [simplified(part) for part in total]


def gather(run: Run, total: Total, *, written: bool) -> tuple[list[Weighed], list[Weighed]]:
    """Return what is recorded and what it stands for, of all entries that the call met."""
    observed = cast("Observed", run.observed)
    state = observed.after if written else observed.before
    recorded = list(touched_entries(state, total.recorded, written=written))
    parts = [weighed for source in total.parts for weighed in touched_entries(state, source, written=written)]
    return recorded, parts


def groups_of(run: Run, total: Total) -> list[tuple[Expression, ...]]:
    """Return each group for which the call met an entry."""
    found: dict[tuple[int, ...], tuple[Expression, ...]] = {}
    for written in (False, True):
        for side in gather(run, total, written=written):
            for group, _ in side:
                found[tuple(number_of(part) for part in group)] = group
    return list(found.values())


def read_recorded(run: Run, total: Total) -> None:
    """Read the figures that record what the call met, where they are figures: the key of one is its group."""
    entries: Any = map_of(cast("Observed", run.observed).before, total.recorded.map)
    if isinstance(entries, SymbolicFigures):
        for group in groups_of(run, total):
            entries.original(group)


def assume_totals(run: Run, executor: Executor) -> None:
    """Assume that before the call each record summed what was met and a rest that keeps the bounds."""
    for total in reversed(TOTALS):  # what is read for holdings asks for balances, which add up to a supply
        read_recorded(run, total)
    for total in TOTALS:
        _, parts = gather(run, total, written=False)
        before = cast("Observed", run.observed).before
        for group, figures in recorded_figures(before, total.recorded):
            touched = sum_for(group, parts, len(figures))
            rest = [figure - part for figure, part in zip(figures, touched, strict=True)]
            named = [executor.fresh(f"rest.{total.identifier}") for _ in rest]
            run.rests.setdefault(total.identifier, []).extend(symbol.expression for symbol in named)
            for symbol, difference in zip(named, rest, strict=True):
                executor.define(symbol.expression, symbol.expression == simplified(difference))
            if total.counts:
                executor.assume(named[0] <= number_not_met(run, total.counts))
            today = day_of(run.context.timestamp)
            for day in (today, today + 1):
                vector = cast("Vector", tuple(named))
                executor.assume(condition(total.bounds(day, vector)), light=False)


def number_not_met(run: Run, name: str) -> Any:
    """Return how many records of a map the call did not meet; those that it met are apart on every path."""
    before = cast("Observed", run.observed).before
    records: Any = map_of(before, name)
    return getattr(before, COUNTS[name]) - len(records.originals)


def share_of(run: Run, map_name: str, number: Any, record: Any) -> Iterator[Expression]:
    """Yield that a record which the call did not meet is counted in every figure that counts its kind.

    A figure is at least what was met and this record together, since nothing that it counts is negative.
    """
    before = cast("Observed", run.observed).before
    for total in TOTALS:
        if total.bounds is not_negative:
            for source in (source for source in total.parts if source.map == map_name):
                group, vector = weigh(source, number, record)
                entries: Any = map_of(before, total.recorded.map)
                if isinstance(entries, SymbolicFigures):
                    entries.original(group)
                _, parts = gather(run, total, written=False)
                (met,) = sum_for(group, parts, 1)
                for other, (figure,) in recorded_figures(before, total.recorded):
                    yield z3.Implies(equal_keys(group, other), figure >= met + vector[0])


def total_goals(run: Run) -> Iterator[Goal]:
    """Yield that after the call each record has changed by as much as what it stands for."""
    for total in TOTALS:
        before, after = gather(run, total, written=False), gather(run, total, written=True)
        for group in groups_of(run, total):
            width = len((before[0] or after[0] or before[1] or after[1])[0][1])
            old_recorded, old_parts = (sum_for(group, side, width) for side in before)
            new_recorded, new_parts = (sum_for(group, side, width) for side in after)
            same = [
                new - old == new_part - old_part
                for new, old, new_part, old_part in zip(
                    new_recorded, old_recorded, new_parts, old_parts, strict=True
                )
            ]
            yield Goal(total.identifier, z3.And(*same), tuple(run.rests.get(total.identifier, ())))

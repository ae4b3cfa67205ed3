"""Read clocks and due dates of a symbolic day exactly, so that every model can be realised.

Each clock is piecewise linear: within a window of days it is a chain of a few linear pieces.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, cast

import z3

from lien.invariants.prove.executor import Executor
from lien.invariants.prove.symbols import known_value
from lien.protocol import calendar
from lien.protocol.algebra import Algebra, Fractions, interpreted_by
from lien.spec.types import DayCount


@lru_cache
def read(day_count: DayCount, day: int) -> int:
    """Read a clock on a known day, in the middle of a run on symbols too."""
    with interpreted_by(cast("Algebra", Fractions())):
        return calendar.clock(day_count, day)


@lru_cache
def pieces(day_count: DayCount, first: int, last: int) -> tuple[tuple[int, int, int], ...]:
    """Return the linear pieces of a clock between two days: first day, reading on it, units a day."""
    found: list[tuple[int, int, int]] = []
    for day in range(first, last + 1):
        reading = read(day_count, day)
        slope = read(day_count, day + 1) - reading
        if not found or found[-1][2] != slope:
            found.append((day, reading, slope))
    return tuple(found)


def exact_clock(executor: Executor, _: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    """Return a clock reading of a day whose range is known, as a term."""
    day_count, day = arguments
    known = known_value(day)
    count = DayCount(cast("int", known_value(day_count)))
    if known is not None:
        return read(count, known)
    if day.low is None or day.high is None:
        raise TypeError(f"{day} has no range to read a clock in")
    chain, *later = pieces(count, day.low, day.high)
    reading = chain[1] + chain[2] * (day.expression - chain[0])
    for start, value, slope in later:
        reading = z3.If(day.expression >= start, value + slope * (day.expression - start), reading)
    symbol, is_new = executor.named(
        "clock", (z3.IntVal(count), z3.simplify(day.expression)), chain[1], read(count, day.high)
    )
    if is_new:
        executor.assume(symbol.expression == reading)
    return symbol

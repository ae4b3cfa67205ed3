"""Compare what the symbols foretold of a call with what the machine did."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any, TypeAlias, cast

import z3

from lien.invariants.prove.symbols import integer, is_symbolic
from lien.protocol.machine import Outcome
from lien.spec.assets import ClaimRecorded, Transferred
from lien.spec.call import Event
from lien.vectors.kinds import is_tuple
from lien.vectors.search.bridge import KnownFigures, KnownRecords
from lien.vectors.search.setting import Found

Parts: TypeAlias = tuple[Any, ...]


class Unforeseen(Exception):  # noqa: N818
    """Say that the machine did something else than the symbols foretold, so that the two differ."""


def compare_outcome(name: str, found: Found, foretold: Any, came: Outcome) -> None:
    """Compare the events, the transfers, and every record and figure that the path wrote.

    Raises: Unforeseen.
    """
    state, events = foretold
    compare(name, without_nothing(found, events, ClaimRecorded), came.events)
    transfers = tuple(log for log in state.ledger.logs if isinstance(log, Transferred))
    compare(name, without_nothing(found, transfers, Transferred), came.transfers)
    for holder, real in ((state, came.state), (state.ledger, came.state.ledger)):
        for item in fields(holder):
            compare_map(f"{name}: {item.name}", found, getattr(holder, item.name), getattr(real, item.name))


def without_nothing(found: Found, events: tuple[Event, ...], kind: type[Event]) -> Parts:
    """Return the values of the events, but for those of a kind whose amount, which comes last, is zero."""
    values = [cast("Parts", evaluate(found, event)) for event in events]
    told = zip(events, values, strict=True)
    return tuple(value for event, value in told if not isinstance(event, kind) or value[-1])


def compare_map(name: str, found: Found, foretold: Any, came: Any) -> None:
    """Compare every record of a map, or every figure that the path wrote."""
    if isinstance(foretold, KnownRecords):
        for number, record in foretold.entries.items():
            compare(f"{name} {number}", evaluate(found, record), came.get(number))
    elif isinstance(foretold, KnownFigures):
        written = {evaluate(found, key): evaluate(found, figure) for key, figure in foretold.writes}
        for key, figure in written.items():
            compare(f"{name} {key}", figure, came.get(key))


def compare(name: str, expected: Any, came: Any) -> None:
    """Compare two values."""
    if expected != plain(came):
        raise Unforeseen(f"{name}: {expected} was foretold, {plain(came)} came")


def evaluate(found: Found, foretold: Any) -> Any:
    """Return the value that a model gives to a number, or to every number in a record or tuple."""
    parts = parts_of(foretold)
    if parts is not None:
        return tuple(evaluate(found, part) for part in parts)
    if not is_symbolic(foretold):
        return foretold
    return int(z3.simplify(found.of(integer(foretold).expression)).as_long())


def plain(value: Any) -> Any:
    """Return a record as a tuple."""
    parts = parts_of(value)
    return value if parts is None else tuple(plain(part) for part in parts)


def parts_of(value: Any) -> Parts | None:
    """Return the fields of a record or the parts of a tuple; a number has none."""
    if is_tuple(value):
        return value
    return tuple(getattr(value, item.name) for item in fields(value)) if is_dataclass(value) else None

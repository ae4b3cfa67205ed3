"""Write what came of a scenario as plain data: numbers as strings in base units, accounts by name."""

from dataclasses import fields, is_dataclass
from enum import IntEnum
from inspect import isclass
from typing import Any

from lien.protocol.machine import Outcome
from lien.scenario.ending import facility_ends, identity_ends, loan_ends
from lien.scenario.names import Names
from lien.scenario.play import ACCEPTED, REJECTED, Performance, Played
from lien.scenario.times import iso_day, iso_time
from lien.spec.abi import quantity_of
from lien.spec.call import Call
from lien.spec.types import Quantity, one_each_of

ADDRESS_DIGITS = 40


def as_data(performance: Performance) -> dict[str, Any]:
    """Return one document: the names, each call with what came of it, and how all stands at the end."""
    names = performance.names
    return {
        "title": performance.title,
        "accounts": {name: f"0x{account:040x}" for name, account in names.accounts.items()},
        "assets": {
            symbol: {"address": f"0x{asset:040x}", "decimals": names.decimals[symbol]}
            for symbol, asset in names.assets.items()
        },
        "calls": [call_data(played, names) for played in performance.calls],
        "end": iso_time(performance.end),
        "loans": [record_data(end, names) for end in loan_ends(performance)],
        "facilities": [record_data(end, names) for end in facility_ends(performance)],
        "borrowers": [record_data(end, names) for end in identity_ends(performance)],
    }


def call_data(played: Played, names: Names) -> dict[str, Any]:
    """Return a call and what came of it."""
    outcome = played.outcome
    data: dict[str, Any] = {
        "number": played.number,
        "time": iso_time(played.timestamp),
        "sender": names.written(played.sender),
        "call": played.call.call_name(),
        "arguments": arguments_data(played.call, names),
        "outcome": ACCEPTED if isinstance(outcome, Outcome) else REJECTED,
    }
    if isinstance(outcome, Outcome):
        data["transfers"] = [record_data(move, names) for move in outcome.transfers]
        data["events"] = [
            {"event": event.event_name()} | record_data(event, names) for event in outcome.events
        ]
    else:
        data["reason"] = outcome.reason.name
        data["compared"] = {name: str(figure) for name, figure in outcome.compared.items()}
    return data


def arguments_data(call: Call, names: Names) -> dict[str, Any]:
    """Return the arguments of a call, by name."""
    kind = type(call)
    return {name: plain(kind.__annotations__[name], value, names) for name, value in call.arguments().items()}


def record_data(record: Any, names: Names) -> dict[str, Any]:
    """Return the fields of a record, by name."""
    return {item.name: plain(item.type, getattr(record, item.name), names) for item in fields(record)}


def plain(annotation: Any, value: Any, names: Names) -> Any:
    """Return a value by its annotation."""
    if is_dataclass(value):
        return record_data(value, names)
    one_each = one_each_of(annotation)
    if one_each is not None:
        return [plain(one_each.entry, item, names) for item in value]
    quantity = quantity_of(annotation)
    if quantity is not None:
        return number(quantity, value, names)
    if isclass(annotation) and issubclass(annotation, IntEnum):
        return annotation(value).name
    return f"0x{value.hex()}"


def number(quantity: Quantity, value: int, names: Names) -> str | None:
    """Return an integer as what it is; no day is none."""
    if quantity.names == "day":
        return iso_day(value) if value else None
    if quantity.digits == ADDRESS_DIGITS:
        known = names.assets if quantity.names == "asset" else names.accounts
        return names.find(known, value) or quantity.show(value)
    return iso_time(value) if quantity.names == "time" else quantity.show(value)

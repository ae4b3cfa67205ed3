"""Make any state, call and context: fresh symbols within the ranges that their annotations give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import IntEnum
from inspect import isclass
from typing import Any, cast

from lien.invariants.explore.ranges import integers_of, tuples_of
from lien.invariants.prove.executor import Executor
from lien.invariants.prove.maps import SymbolicFigures, SymbolicRecords
from lien.protocol.state import COUNTS, Context, State, keyed_of
from lien.spec.abi import quantity_of
from lien.spec.call import Call
from lien.spec.types import OneEach, one_each_of

Fixed = Mapping[str, Any]  # values that are not arbitrary, by field name, nested by record
ANY = None  # an entry of a fixed tuple that is arbitrary
OnEntry = Callable[[str, Any, Any], None]  # called with a map's name, a key and its fresh entry


def arbitrary_value(executor: Executor, annotation: Any, name: str, fixed: Fixed) -> Any:
    """Return any value of an annotation: a symbol, a record of symbols, or a tuple of symbols."""
    quantity = quantity_of(annotation)
    if quantity is not None:
        return executor.fresh(name, quantity.minimum, quantity.maximum)
    if isclass(annotation) and issubclass(annotation, IntEnum):
        return executor.fresh(name, min(annotation), max(annotation))
    if isclass(annotation) and is_dataclass(annotation):
        return arbitrary_record(executor, annotation, name, fixed)
    one_each = one_each_of(annotation)
    if one_each is not None:
        entry = one_each.entry
        return tuple(arbitrary_value(executor, entry, f"{name}.{item.name}", {}) for item in one_each.index)
    return b""  # what protocol code never looks into: a signature, whose signer the context carries


def arbitrary_record(executor: Executor, kind: type[Any], name: str, fixed: Fixed) -> Any:
    """Return any record of a kind, with the given fields fixed."""
    values = {}
    for item in fields(kind):
        given = fixed.get(item.name)
        if isinstance(given, tuple):
            entry = cast("OneEach", one_each_of(item.type)).entry
            values[item.name] = tuple(
                arbitrary_value(executor, entry, f"{name}.{item.name}.{index}", {}) if part is ANY else part
                for index, part in enumerate(cast("tuple[object, ...]", given))
            )
        elif given is not None and not isinstance(given, Mapping):
            values[item.name] = given
        else:
            inner = cast("Fixed", given or {})
            values[item.name] = arbitrary_value(executor, item.type, f"{name}.{item.name}", inner)
    return kind(**values)


def arbitrary_call(executor: Executor, kind: type[Call], fixed: Fixed) -> Call:
    """Return any call of a kind that passes the edge, built unchecked: symbols cannot be checked there."""
    values = {
        name: arbitrary_value(executor, kind.__annotations__[name], f"call.{name}", fixed.get(name, {}))
        for name in kind.model_fields
    }
    return kind.model_construct(**values)


def arbitrary_state(executor: Executor, fixed: Mapping[str, Fixed], on_entry: OnEntry) -> State:
    """Return any state; a record is made when it is read, with the given fields of its map fixed."""

    def value(item: Any) -> Any:
        keyed = keyed_of(item.type)
        if keyed is None and item.name == "ledger":
            return item.type(**{part.name: value(part) for part in fields(item.type)})
        if keyed is None:
            return () if item.name == "logs" else arbitrary_value(executor, item.type, item.name, {})
        quantity = quantity_of(keyed.entry)
        if quantity is not None:
            return SymbolicFigures(executor, item.name, quantity, on_entry)
        spans = spans_of(cast("type[Any]", keyed.entry))
        return SymbolicRecords(executor, item.name, counts[item.name], make(item.name, keyed.entry), spans)

    def make(name: str, kind: Any) -> Callable[[str, Any], Any]:
        def record(label: str, number: Any) -> Any:
            made = arbitrary_record(executor, kind, label, fixed.get(name, {}))
            on_entry(name, number, made)
            return made

        return record

    by_name = {item.name: item for item in fields(State)}
    counts = {
        records: arbitrary_value(executor, by_name[count].type, count, {})
        for records, count in COUNTS.items()
    }
    counted = {count: counts[records] for records, count in COUNTS.items()}
    others = {name: value(item) for name, item in by_name.items() if name not in counted}
    return State(**others, **counted)


def spans_of(kind: type[Any]) -> dict[str, tuple[int, int]]:
    """Return the range of each integer of a record, and of each entry of its tuples."""
    entries = {f"{name}.{index}": span for name, length, span in tuples_of(kind) for index in range(length)}
    return dict(integers_of(kind)) | entries


def arbitrary_context(executor: Executor) -> Context:
    """Return any sender, time and signer."""
    context: Context = arbitrary_record(executor, Context, "context", {})
    return context

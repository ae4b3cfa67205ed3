"""Derive the contract ABI from the specification's types: calls, events, errors and records."""

from collections.abc import Hashable
from dataclasses import fields, is_dataclass
from enum import IntEnum
from functools import lru_cache
from inspect import isclass
from typing import Any, cast, get_args

from eth_abi.abi import decode, encode
from eth_utils.crypto import keccak

from lien.spec.call import Call, Event
from lien.spec.reasons import Reason
from lien.spec.types import Quantity, one_each_of


def quantity_of(annotation: Any) -> Quantity | None:
    """Return the description that an annotation carries, if it is that of an integer."""
    return next((item for item in get_args(annotation) if isinstance(item, Quantity)), None)


def abi_type(annotation: Any) -> str:
    """Return the ABI type of an annotation: a quantity, an enumeration, an array, a record, or bytes."""
    quantity = quantity_of(annotation)
    if quantity is not None:
        return quantity.abi
    if isclass(annotation) and issubclass(annotation, IntEnum):
        return "uint8"
    if isclass(annotation) and is_dataclass(annotation):
        return f"({','.join(abi_type(item.type) for item in fields(annotation))})"
    one_each = one_each_of(annotation)
    if one_each is not None:
        return f"{abi_type(one_each.entry)}[{len(one_each.index)}]"
    if bytes in get_args(annotation):
        return "bytes"
    raise TypeError(f"{annotation!r} has no ABI type")


def abi_value(value: Any, kind: str) -> Any:
    """Return a value as the encoder takes it."""
    if is_dataclass(value):
        return tuple(abi_value(getattr(value, item.name), abi_type(item.type)) for item in fields(value))
    if kind == "address":
        return f"0x{value:040x}"
    if kind == "bytes32":
        return int(value).to_bytes(32, "big")
    return bool(value) if kind == "bool" else value


def encode_fields(values: list[Any], types: list[str]) -> bytes:
    """Encode values one after the other."""
    return encode(types, [abi_value(value, kind) for value, kind in zip(values, types, strict=True)])


def camel_case(name: str) -> str:
    """Turn open_facility into openFacility."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


@lru_cache
def call_types(kind: type[Call]) -> list[str]:
    """Return the ABI types of a call's fields, in order."""
    return [abi_type(annotation) for annotation in _call_annotations(kind).values()]


def _call_annotations(kind: type[Call]) -> dict[str, Any]:
    """Return a call's annotations with their metadata, by field."""
    return {name: kind.__annotations__[name] for name in kind.model_fields}


@lru_cache
def call_signature(kind: type[Call]) -> str:
    """Return the signature of the function that a contract has for a call."""
    return f"{camel_case(kind.call_name())}({','.join(call_types(kind))})"


def encode_call(call: Call) -> bytes:
    """Return the calldata of a call."""
    kind = type(call)
    values = list(call.arguments().values())
    return keccak(text=call_signature(kind))[:4] + encode_fields(values, call_types(kind))


@lru_cache
def event_types(kind: type[Event]) -> list[str]:
    """Return the ABI types of an event's fields, in order."""
    return [abi_type(item.type) for item in fields(kind)]


def event_signature(kind: type[Event]) -> str:
    """Return the signature that the first topic of a log hashes."""
    types = event_types(cast("Hashable", kind))  # as every class is
    return f"{kind.event_name()}({','.join(types)})"


def encode_event(event: Event) -> tuple[list[bytes], bytes]:
    """Return the topics and the data of an event's log; its first field is indexed."""
    kind = type(event)
    types = event_types(cast("Hashable", kind))
    values = [getattr(event, item.name) for item in fields(event)]
    topics = [keccak(text=event_signature(kind)), encode_fields(values[:1], types[:1])]
    return topics, encode_fields(values[1:], types[1:])


@lru_cache
def encode_error(reason: Reason) -> bytes:
    """Return the revert data of a rejection."""
    return keccak(text=f"{reason.error}()")[:4]


def encode_record(record: Any) -> bytes:
    """Return the bytes that a view function returns for a record."""
    kind = abi_type(type(record))
    return encode([kind], [abi_value(record, kind)])


def decode_values(types: list[str], data: bytes) -> tuple[Any, ...]:
    """Decode bytes into values."""
    return decode(types, data)

"""Write a call as people read it, and read it back: numbers as strings, enumerations by name, bytes as 0x."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import IntEnum
from inspect import isclass
from typing import Any

from lien.spec.abi import quantity_of
from lien.spec.call import Call
from lien.spec.catalogue import CALLS
from lien.spec.types import one_each_of
from lien.vectors.format import ReadableCall


def written_call(call: Call) -> ReadableCall:
    """Return a call as it is written in a vector."""
    kind = type(call)
    arguments = {name: written(kind.__annotations__[name], getattr(call, name)) for name in kind.model_fields}
    return ReadableCall(name=call.call_name(), arguments=arguments)


def written(annotation: Any, value: Any) -> Any:
    """Return a value as it is written in a vector."""
    if is_dataclass(value):
        return {item.name: written(item.type, getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, bytes):
        return f"0x{value.hex()}"
    if is_enumeration(annotation):
        return annotation(value).name
    one_each = one_each_of(annotation)
    if one_each is not None:
        return [written(one_each.entry, part) for part in value]
    quantity = quantity_of(annotation)
    return str(value) if quantity is None else quantity.show(value)


def read_call(call: ReadableCall) -> Call:
    """Return the call that is written in a vector, checked at the edge.

    Raises: KeyError, where the protocol has no such call or name; ValidationError, where an argument is bad.
    """
    kind = CALLS[call.name]
    arguments = {name: read(kind.__annotations__[name], text) for name, text in call.arguments.items()}
    return kind.model_validate(arguments)


def read(annotation: Any, text: Any) -> Any:
    """Return what the edge takes for a written value."""
    if is_dataclass(annotation):
        types = {item.name: item.type for item in fields(annotation)}
        return {name: read(types[name], part) for name, part in text.items()}
    return annotation[text] if is_enumeration(annotation) else text


def is_enumeration(annotation: Any) -> bool:
    """Return whether an annotation is that of an enumeration."""
    return isclass(annotation) and issubclass(annotation, IntEnum)

"""Publish the form of a scenario as a JSON Schema, for editors that complete and check while one writes.

It follows from the calls: their fields, and the annotations of these. Texts and numbers are both allowed
where YAML reads a text as a number.
"""

from dataclasses import fields, is_dataclass
from enum import IntEnum
from inspect import isclass, signature
from typing import Any

from lien.protocol.genesis import build_genesis
from lien.scenario.blocks import KEEP, MANY, REPEAT
from lien.scenario.document import OF_EVERY_CALL
from lien.scenario.usual import is_usual
from lien.spec.abi import quantity_of
from lien.spec.call import Call
from lien.spec.catalogue import CALLS
from lien.spec.types import one_each_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT: dict[str, Any] = {"type": ["string", "integer", "number", "boolean"]}
TITLE: dict[str, Any] = {"type": "string", "minLength": 1}
STEPS: dict[str, Any] = {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/step"}}
FORMS = {
    "account": "an actor of the genesis document, protocol, or 0x and 40 hexadecimal digits",
    "asset": "a symbol, or 0x and 40 hexadecimal digits",
    "amount": "12,500.50 dUSD, base units, or such as: payoff of loan 1",
    "shares": "a whole number, or such as: redeemable shares of lender in facility 1",
    "ratio": "12.5 %, or 10^18ths",
    "price": "2,500 dUSD per dETH, or a whole number",
    "time": "2024-01-15 09:30 (UTC), or such as +30d from the call on",
    "day": "2024-01-15, or such as +1 month from the call on",
}


def scenario_schema() -> dict[str, Any]:
    """Return the schema of a scenario."""
    definitions = {
        "step": {"oneOf": [{"$ref": f"#/$defs/{name}"} for name in (REPEAT, MANY, KEEP, *CALLS)]},
        REPEAT: block(REPEAT, {"times": TEXT, "every": TEXT}, ["times", "every", "calls"]),
        MANY: block(MANY, {"times": TEXT, "each": {"type": "object"}}, ["calls"]),
        KEEP: block(KEEP, {}, ["calls"]),
        **{name: call_schema(kind) for name, kind in CALLS.items()},
    }
    top = {"title": TITLE, "about": TITLE, "genesis": genesis_schema(), "calls": STEPS}
    return {
        "$schema": DIALECT,
        "title": "A scenario",
        **record(top, ["title", "calls"]),
        "$defs": definitions,
    }


def record(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    """Return the schema of entries, of which no others are known."""
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def block(word: str, properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    """Return the schema of a block of calls."""
    return record({word: record({"at": TEXT, **properties, "calls": STEPS}, required)}, [word])


def genesis_schema() -> dict[str, Any]:
    """Return the schema of the genesis document: the word, changes, or one in full."""
    changes: dict[str, Any] = {name: {} for name in signature(build_genesis).parameters}
    in_full = {"type": "object", "required": ["protocol", "treasury", "actors", "assets"]}
    changed = record({"defaults": record(changes, [])}, ["defaults"])
    return {"oneOf": [{"const": "defaults"}, changed, in_full]}


def call_schema(kind: type[Call]) -> dict[str, Any]:
    """Return the schema of a call."""
    reasons = [reason.name for reason in (*kind.reasons, *OF_EVERY_CALL)]
    common = {
        "call": {"const": kind.call_name()},
        "sender": {**TEXT, "description": kind.sender},
        "at": {**TEXT, "description": FORMS["time"]},
        "expect": {"enum": reasons},
        "note": TITLE,
    }
    arguments = {name: value_schema(kind.__annotations__[name]) for name in kind.model_fields}
    required = [name for name in kind.model_fields if not is_usual(kind, name)]
    described = {"description": (kind.__doc__ or "").strip().splitlines()[0]}
    return described | record(common | arguments, ["call", "sender", *required])


def value_schema(annotation: Any) -> dict[str, Any]:
    """Return the schema of an argument, by its annotation."""
    quantity = quantity_of(annotation)
    if quantity is not None:
        words = FORMS.get(quantity.names)
        return {**TEXT, "description": words} if words else TEXT
    if isclass(annotation) and issubclass(annotation, IntEnum):
        names = [member.name.lower() for member in annotation]
        return {"type": "string", "description": f"one of {', '.join(names)}"}
    if isclass(annotation) and is_dataclass(annotation):
        return record({item.name: value_schema(item.type) for item in fields(annotation)}, [])
    one_each = one_each_of(annotation)
    if one_each is None:
        return {"type": "string", "description": "by and an actor, or 0x and hexadecimal digits"}
    return {"type": ["array", "object"]}

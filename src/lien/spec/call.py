"""Define what a call, an event and a requirement are; each chapter lists its own."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, PlainSerializer, PlainValidator

from lien.spec.reasons import Reason


def parse_bytes(value: object) -> bytes:
    """Accept bytes, or 0x and an even number of hexadecimal digits."""
    if isinstance(value, bytes):
        return value
    if isinstance(value, str) and re.fullmatch("0x([0-9a-fA-F]{2})*", value):
        return bytes.fromhex(value[2:])
    raise ValueError("must be 0x and an even number of hexadecimal digits")


Signature = Annotated[
    bytes,
    PlainValidator(parse_bytes),
    PlainSerializer(lambda value: f"0x{value.hex()}", when_used="json"),
]


@cache
def snake_case(name: str) -> str:
    """Turn OpenFacility into open_facility."""
    return re.sub("(?<!^)(?=[A-Z])", "_", name).lower()


class Call(BaseModel):
    """Carry what a user sends; checked here at the edge, and nowhere built unchecked but by the executor."""

    model_config = ConfigDict(frozen=True, extra="forbid", revalidate_instances="always")

    chapter: ClassVar[str]
    sender: ClassVar[str]  # who may send it
    reasons: ClassVar[tuple[Reason, ...]]  # in the order in which the guards stand
    events: ClassVar[tuple[type["Event"], ...]]
    loan_statuses: ClassVar[bool] = False  # whether the call meets a loan in whatever status it is

    @classmethod
    def call_name(cls) -> str:
        """Return the call's name as users write it."""
        return snake_case(cls.__name__)

    def arguments(self) -> dict[str, Any]:
        """Return the arguments by name, in their order."""
        return {name: getattr(self, name) for name in type(self).model_fields}


@dataclass(frozen=True, slots=True)
class Event:
    """Tell an indexer what happened; subclasses are frozen records of quantities."""

    @classmethod
    def event_name(cls) -> str:
        """Return the event's name as in a contract."""
        return cls.__name__

    def fields(self) -> dict[str, Any]:
        """Return the fields by name, in their order."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

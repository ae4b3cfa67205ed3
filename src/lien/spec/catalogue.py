"""List the chapters, and from them every call and every event."""

import inspect
from types import ModuleType
from typing import TypeVar

from lien.spec import (
    agreement,
    application,
    assets,
    credit,
    disbursement,
    facility,
    governance,
    identity,
    liquidation,
    oracle,
    repayment,
    settlement,
)
from lien.spec.call import Call, Event

Base = TypeVar("Base")

CHAPTERS: dict[int, ModuleType] = {
    0: assets,
    1: governance,
    3: oracle,
    2: identity,
    4: facility,
    5: application,
    6: agreement,
    7: disbursement,
    8: repayment,
    9: liquidation,
    10: settlement,
    11: credit,
}


def _defined_in(module: ModuleType, base: type[Base]) -> list[type[Base]]:
    """Return the subclasses of a base that a module defines, in the order of its source."""
    found = (item for item in vars(module).values() if inspect.isclass(item) and issubclass(item, base))
    return [item for item in found if item.__module__ == module.__name__]


CALLS: dict[str, type[Call]] = {
    call.call_name(): call for module in CHAPTERS.values() for call in _defined_in(module, Call)
}
EVENTS: dict[str, type[Event]] = {
    event.event_name(): event for module in CHAPTERS.values() for event in _defined_in(module, Event)
}

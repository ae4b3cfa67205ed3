"""Tell a counterexample as a story: what was there, what was sent, what came of it, what does not hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import IntEnum
from inspect import isclass
from typing import Any

from lien.invariants.explore.maps import MAPS, entries_of
from lien.invariants.explore.ranges import as_tuple
from lien.invariants.prove.replay import HOLDER, Counterexample
from lien.protocol.state import NO_ACCRUAL, NO_PRICES, State
from lien.spec.abi import quantity_of
from lien.spec.types import Account

Names = dict[int, str]


def tell(found: Counterexample, sentence: str) -> str:
    """Return the story, a paragraph each for Given, When, Then and what should have been."""
    names = roles_of(found.situation.state)
    return "\n".join(
        (
            *lines("Given", given(found, names)),
            f"When  {sent(found, names)}",
            *lines("Then", outcome(found, names)),
            f"But   {sentence[0].lower()}{sentence[1:]}",
        )
    )


def lines(word: str, told: Iterator[str]) -> Iterator[str]:
    """Yield lines of which the first has the word."""
    for place, line in enumerate(told):
        yield f"{word if place == 0 else 'and':5} {line}"


def roles_of(state: State) -> Names:
    """Name the accounts that play a part."""
    names = {HOLDER: "another holder"}
    for number, loan in state.loans.items():
        names[loan.borrower] = f"the borrower of loan {number}"
    for number, facility in state.facilities.items():
        names[facility.servicer] = f"the servicer of facility {number}"
    return names | {state.settings.treasury: "the treasury", state.settings.protocol: "the protocol"}


def shown(annotation: Any, value: Any, names: Names) -> str:
    """Write a value as people read it: an account by its part, an option by its name."""
    quantity = quantity_of(annotation)
    if quantity is not None and quantity.names == "account" and value in names:
        return names[value]
    if quantity is not None:
        return f"{quantity.names} {value:#x}".strip() if quantity.digits else f"{value:,}"
    if isclass(annotation) and issubclass(annotation, IntEnum):
        return annotation(value).name
    return f"({', '.join(parts(value, names))})" if is_dataclass(value) else str(value)


def parts(record: Any, names: Names) -> Iterator[str]:
    """Yield the fields of a record that are not zero."""
    for item in fields(record):
        value = getattr(record, item.name)
        if value not in (0, b"", None, NO_ACCRUAL, NO_PRICES):
            yield f"{item.name} {shown(item.type, value, names)}"


def place(name: str, key: Any, names: Names) -> str:
    """Write where in a map something stands."""
    parts_of_key = zip(MAPS[name].keys, as_tuple(key), strict=True)
    written = (shown(kind, part, names) for kind, part in parts_of_key)
    return f"{name}[{', '.join(written)}]"


def entry(name: str, key: Any, value: Any, names: Names) -> str:
    """Write one entry of a map."""
    written = ", ".join(parts(value, names)) if is_dataclass(value) else shown(MAPS[name].entry, value, names)
    return f"{place(name, key, names)} is {written}"


def change(name: str, key: Any, before: Any, after: Any, names: Names) -> str:
    """Write how one entry of a map changed: of a record, the fields that did."""
    if not is_dataclass(before) or not is_dataclass(after):
        return entry(name, key, after, names)
    written = (
        f"{item.name} {shown(item.type, getattr(after, item.name), names)}"
        for item in fields(after)
        if getattr(before, item.name) != getattr(after, item.name)
    )
    return f"{place(name, key, names)} has now {', '.join(written)}"


def given(found: Counterexample, names: Names) -> Iterator[str]:
    """Yield what is in the state before."""
    state = found.situation.state
    yield f"the last call at {state.timestamp:,}"
    for value in found.situation.given:
        is_record = is_dataclass(value)
        yield (
            f"a {type(value).__name__} with {', '.join(parts(value, names))}" if is_record else numbers(value)
        )
    if found.situation.call is None:
        return
    for name in MAPS:
        for key, value in entries_of(state, name):
            yield entry(name, key, value, names)


def numbers(value: int | tuple[int, ...]) -> str:
    """Write a number, or the numbers of a tuple."""
    return f"({', '.join(map(numbers, value))})" if isinstance(value, tuple) else f"{value:,}"


def sent(found: Counterexample, names: Names) -> str:
    """Return the call, or the function that was asked."""
    call, context = found.situation.call, found.situation.context
    if call is None:
        return f"{found.function} is asked"
    arguments = ", ".join(
        f"{name} {shown(type(call).__annotations__[name], value, names)}"
        for name, value in call.arguments().items()
    )
    signers = [shown(Account, signer, names) for signer in (context.signer, context.second_signer) if signer]
    signed = f", signed by {' and '.join(signers)}" if signers else ""
    sender = shown(Account, context.sender, names)
    return f"{sender} sends {call.call_name()}({arguments}) at {context.timestamp:,}{signed}"


def outcome(found: Counterexample, names: Names) -> Iterator[str]:
    """Yield what came of it."""
    observed = found.observed
    if observed is None and not found.answers:
        yield "the two runs differ"
        return
    if observed is None:
        for answer in (answer for answer in found.answers if answer is not None):
            new = replace(answer, terms=None) if hasattr(answer, "terms") else answer
            yield f"it returns {type(answer).__name__} with {', '.join(parts(new, names))}"
        return
    if observed.reason is not None:
        yield f"it is rejected for {observed.reason.name}"
        return
    yield "it is accepted"
    for name in MAPS:
        before = dict(entries_of(observed.before, name))
        for key, value in entries_of(observed.after, name):
            if before.get(key) != value:
                yield change(name, key, before.get(key), value, names)
        for key in sorted(before.keys() - dict(entries_of(observed.after, name)).keys()):
            yield entry(name, key, 0, names)

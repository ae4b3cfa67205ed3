"""Make a model real: a signed call, run through the machine; what the symbols foretold must come."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import IntEnum
from typing import Any

from eth_account import Account as KeyPair

from lien.protocol.machine import Outcome, Rejected
from lien.protocol.state import Context, State
from lien.spec.agreement import Accept, Countersign
from lien.spec.call import Call
from lien.spec.genesis import private_key
from lien.spec.repayment import Restructure
from lien.spec.units import SECONDS_PER_DAY
from lien.vectors.search.foretold import Unforeseen, compare_outcome
from lien.vectors.search.inputs import DAY, SECOND_SIGNER, SENDER, SIGNER
from lien.vectors.search.paths import Trail
from lien.vectors.search.setting import Found
from lien.vectors.search.target import Target
from lien.vectors.signing import Signed, message_of
from lien.vectors.story import Scene, name_account, perform
from lien.vectors.world import ACTORS

GARBAGE = bytes(64) + b"\x1b"  # as long as a signature, and none


def realize(target: Target, trail: Trail, found: Found, name: str) -> Scene:
    """Return the scene of a model.

    Raises: Unforeseen, where the machine takes another way than the path of the model.
    """
    day = found.values.get(DAY, target.window[0])
    sender = found.values.get(SENDER, name_account(target.sender))
    context = Context(sender, day * SECONDS_PER_DAY + found.values["second"])
    scene = perform(target.scene, name, call_of(target, found.values), context)
    outcome = scene.outcome
    reason = outcome.reason if isinstance(outcome, Rejected) else None
    if reason is not trail.reason:
        raise Unforeseen(f"{name}: {trail.reason} was foretold, {reason} came")
    if isinstance(outcome, Outcome):
        compare_outcome(name, found, trail.after, outcome)
    return scene


def call_of(target: Target, values: dict[str, int]) -> Call:
    """Return the call of a model, checked at the edge and signed."""
    example = target.example
    arguments: dict[str, Any] = {}
    for name in type(example).model_fields:
        content = getattr(example, name)
        is_record = is_dataclass(content)
        arguments[name] = with_values(content, f"{name}.", values) if is_record else values.get(name, content)
    call = type(example).model_validate(arguments)
    state = target.scene.state
    if isinstance(call, (Accept, Countersign)):
        arguments["signature"] = signature_of(state, call, values[SIGNER])
    elif isinstance(call, Restructure):
        arguments["borrower_signature"] = signature_of(state, call, values[SIGNER])
        arguments["servicer_signature"] = signature_of(state, call, values[SECOND_SIGNER])
    return type(call).model_validate(arguments)


def with_values(record: Any, prefix: str, values: dict[str, int]) -> Any:
    """Return a record with the values of a model; an enumeration stays one."""
    changed: dict[str, Any] = {}
    for item in fields(record):
        old = getattr(record, item.name)
        new = values.get(f"{prefix}{item.name}", old)
        changed[item.name] = type(old)(new) if isinstance(old, IntEnum) else new
    return type(record)(**changed)


def signature_of(state: State, call: Signed, signer: int) -> bytes:
    """Return an actor's signature of the very document that the call needs, or garbage where nobody signs."""
    name = next((name for name in ACTORS if name_account(name) == signer), None)
    if name is None or not state.loans.contains(call.loan):
        return GARBAGE
    return bytes(KeyPair.sign_message(message_of(state, call), private_key(name)).signature)

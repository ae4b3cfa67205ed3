"""Make a model real: a call that passes the edge, signed, run through the machine; what the symbols foretold must come."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import IntEnum
from typing import Any

import z3
from eth_account import Account as KeyPair

from lien.invariants.prove.symbols import integer, is_symbolic
from lien.protocol.machine import Outcome, Rejected
from lien.protocol.signatures import document_of, expected_signer
from lien.protocol.state import Context, State
from lien.spec.agreement import Accept, Countersign
from lien.spec.call import Call
from lien.spec.genesis import private_key
from lien.spec.units import SECONDS_PER_DAY
from lien.vectors.search.bridge import KnownFigures, KnownRecords
from lien.vectors.search.inputs import DAY
from lien.vectors.search.models import Found
from lien.vectors.search.paths import Trail
from lien.vectors.search.target import Target
from lien.vectors.story import Scene, name_account, perform
from lien.vectors.world import ACTORS

GARBAGE = bytes(64) + b"\x1b"  # as long as a signature, and none


class Unforeseen(Exception):  # noqa: N818
    """Say that the machine did something else than the symbols foretold: the executor and the machine differ."""


def realize(target: Target, trail: Trail, found: Found, name: str) -> Scene:
    """Return the scene of a model.

    Raises: Unforeseen, where the machine takes another way than the path of the model.
    """
    day = found.values.get(DAY, target.window[0])
    context = Context(found.values["sender"], day * SECONDS_PER_DAY + found.values["second"])
    scene = perform(target.scene, name, call_of(target, found.values), context)
    outcome = scene.outcome
    reason = outcome.reason if isinstance(outcome, Rejected) else None
    if reason is not trail.reason:
        raise Unforeseen(f"{name}: {trail.reason} was foretold, {reason} came")
    if isinstance(outcome, Outcome):
        state, events = trail.after
        compare(name, found, events, outcome.events)
        compare(name, found, state.ledger.transfers, tuple(outcome.transfers), skip_zero=True)
        compare_state(name, found, state, outcome.state)
    return scene


def call_of(target: Target, values: dict[str, int]) -> Call:
    """Return the call of a model, checked at the edge."""
    example = target.example
    arguments = {
        name: _with_values(getattr(example, name), f"{name}.", values) if is_dataclass(getattr(example, name)) else
        values.get(name, getattr(example, name))
        for name in type(example).model_fields
    }
    call = type(example)(**arguments)
    if isinstance(call, (Accept, Countersign)):
        signature = signature_of(target.scene.state, call, values["signer"])
        return type(call)(**(arguments | {"signature": signature}))
    return call


def _with_values(record: Any, prefix: str, values: dict[str, int]) -> Any:
    """Return a record with the values of a model; an enumeration stays one."""
    changed = {}
    for item in fields(record):
        old = getattr(record, item.name)
        new = values.get(f"{prefix}{item.name}", old)
        changed[item.name] = type(old)(new) if isinstance(old, IntEnum) else new
    return type(record)(**changed)


def signature_of(state: State, call: Accept | Countersign, signer: int) -> bytes:
    """Return an actor's signature of the very document that the call needs, or garbage where nobody signs."""
    name = next((name for name in ACTORS if name_account(name) == signer), None)
    if name is None or not state.loans.contains(call.loan):
        return GARBAGE
    message = document_of(state, call.loan, state.loans.get(call.loan), expected_signer(state, call), call.deadline)
    return bytes(KeyPair.sign_message(message, private_key(name)).signature)


# --- what was foretold -------------------------------------------------------------------------------------


def evaluate(found: Found, foretold: Any) -> Any:
    """Return the value that a model gives to a number, or to every number in a record or tuple."""
    if is_dataclass(foretold) and not isinstance(foretold, type):
        return tuple(evaluate(found, getattr(foretold, item.name)) for item in fields(foretold))
    if isinstance(foretold, tuple):
        return tuple(evaluate(found, item) for item in foretold)
    if not is_symbolic(foretold):
        return foretold
    return int(z3.simplify(found.of(integer(foretold).expression)).as_long())


def concrete(value: Any) -> Any:
    """Return a record as a tuple, to compare it."""
    if is_dataclass(value) and not isinstance(value, type):
        return tuple(concrete(getattr(value, item.name)) for item in fields(value))
    return tuple(concrete(item) for item in value) if isinstance(value, tuple) else value


def compare(name: str, found: Found, foretold: Any, came: Any, *, skip_zero: bool = False) -> None:
    """Compare what was foretold with what came."""
    expected = evaluate(found, foretold)
    if skip_zero:  # tokens log no transfer of nothing
        expected = tuple(item for item in expected if item[-1])
    if expected != concrete(came):
        raise Unforeseen(f"{name}: {expected} was foretold, {concrete(came)} came")


def compare_state(name: str, found: Found, foretold: Any, came: Any) -> None:
    """Compare every record and every figure that the path wrote."""
    for holder, real in ((foretold, came), (foretold.ledger, came.ledger)):
        for item in fields(holder):
            entries, actual = getattr(holder, item.name), getattr(real, item.name)
            if isinstance(entries, KnownRecords):
                for number, entry in entries.entries.items():
                    compare(f"{name}: {item.name}", found, entry, actual.get(number))
            elif isinstance(entries, KnownFigures):
                written = {evaluate(found, key): evaluate(found, figure) for key, figure in entries.writes}
                compare(f"{name}: {item.name}", found, tuple(written.values()), tuple(map(actual.get, written)))

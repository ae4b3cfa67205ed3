"""Write a scene down as a step: the bytes that are sent, and the bytes that come back."""

from __future__ import annotations

from typing import Any

from eth_abi.abi import encode
from eth_utils import keccak  # type: ignore[attr-defined]

from lien.protocol.machine import Rejected
from lien.protocol.signatures import NO_SIGNER
from lien.protocol.state import State
from lien.spec.abi import abi_value, encode_call, encode_error, encode_event
from lien.spec.assets import Transfer
from lien.spec.call import Call, Event
from lien.spec.settlement import LoanSettled
from lien.vectors.format import Log, Observation, Signature, Step
from lien.vectors.observe import questions_of
from lien.vectors.readable import written_call
from lien.vectors.requirements import ASSETS, SETTLEMENT, chapter_names
from lien.vectors.signing import Signed, message_of, signed_by
from lien.vectors.story import Scene, name_account
from lien.vectors.views import Question, answer, calldata_of
from lien.vectors.world import ACTORS

TRANSFER_SELECTOR = keccak(text="transfer(address,uint256)")[:4]
TRUE = encode(["bool"], [True])


def show_address(account: int) -> str:
    """Write an address."""
    return f"0x{account:040x}"


def show_bytes(content: bytes) -> str:
    """Write bytes."""
    return f"0x{content.hex()}"


def actor_of(account: int) -> str | None:
    """Return the name of an actor's account."""
    return next((name for name in ACTORS if name_account(name) == account), None)


def settles(scene: Scene) -> bool:
    """Return whether a scene's call settled a loan."""
    return not isinstance(scene.outcome, Rejected) and any(
        isinstance(event, LoanSettled) for event in scene.outcome.events
    )


def chapters_of(scene: Scene) -> tuple[str, ...]:
    """Return the chapters that a contract needs for a trace, in their order."""
    line = scene.line()
    needed = {ASSETS} | {item.call.chapter for item in line if item.call is not None}
    if any(settles(item) for item in line):
        needed.add(SETTLEMENT)
    return tuple(name for name in chapter_names() if name in needed)


def target_of(state: State, call: Call) -> int:
    """Return the contract to which a call is sent: the token for a transfer, else the protocol."""
    return call.asset if isinstance(call, Transfer) else state.settings.protocol


def calldata(call: Call) -> bytes:
    """Return the calldata; a token's transfer does not name the token."""
    if isinstance(call, Transfer):
        values = [abi_value(call.recipient, "address"), call.amount]
        return TRANSFER_SELECTOR + encode(["address", "uint256"], values)
    return encode_call(call)


def signatures_of(state: State, call: Call) -> tuple[Signature, ...]:
    """Return which signatures a runner may replace: those that an actor made of the very document."""
    content, slots, start = calldata(call), list[Signature](), 0
    for signature, signer in signed_by(state, call):
        name = actor_of(signer)
        if signer == NO_SIGNER or name is None or not isinstance(call, Signed):
            continue
        start = content.index(signature, start)
        struct_hash = show_bytes(message_of(state, call).body)
        slots.append(Signature(offset=str(start), actor=name, struct_hash=struct_hash))
        start += len(signature)
    return tuple(slots)


def log_of(state: State, event: Event) -> Log:
    """Return the log of an event."""
    topics, data = encode_event(event)
    return Log(
        event=event.event_name(),
        emitter=show_address(state.settings.protocol),
        topics=tuple(show_bytes(topic) for topic in topics),
        data=show_bytes(data),
    )


def show_argument(value: int) -> str:
    """Write an argument of a view: an account by name where it has one."""
    return actor_of(value) or (show_address(value) if value >= 2**64 else str(value))


def observation_of(state: State, question: Question) -> Observation:
    """Return a view call and its answer."""
    return Observation(
        view=f"{question.view}({', '.join(show_argument(value) for value in question.arguments)})",
        target=show_address(question.token or state.settings.protocol),
        calldata=show_bytes(calldata_of(question)),
        result=show_bytes(answer(state, question)),
    )


def outcome_of(scene: Scene) -> dict[str, Any]:
    """Return the fields of a step that say what came of it."""
    if isinstance(scene.outcome, Rejected):
        reason = scene.outcome.reason
        return {
            "succeeds": False,
            "reason": reason.error,
            "result": show_bytes(encode_error(reason)),
            "logs": (),
        }
    logs = tuple(log_of(scene.before, event) for event in scene.outcome.events)
    returned = TRUE if isinstance(scene.call, Transfer) else b""
    return {"succeeds": True, "reason": None, "result": show_bytes(returned), "logs": logs}


def record(scene: Scene) -> Step:
    """Return the step of a scene."""
    call, state = scene.call, scene.before
    assert call is not None  # genesis is no step
    return Step(
        target=show_address(target_of(state, call)),
        sender=show_address(scene.context.sender),
        timestamp=str(scene.context.timestamp),
        call=written_call(call),
        calldata=show_bytes(calldata(call)),
        signatures=signatures_of(state, call),
        observations=tuple(
            observation_of(scene.state, question) for question in questions_of(scene, chapters_of(scene))
        ),
        **outcome_of(scene),
    )

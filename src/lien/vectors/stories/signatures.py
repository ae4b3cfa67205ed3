"""Sign something else than the document that a call needs: each signature is good, and none fits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from eth_account import Account as KeyPair

from lien.protocol.builders import restructure_by, sign_restructuring
from lien.protocol.signatures import CURVE_ORDER, agreement_message
from lien.protocol.state import Context, State
from lien.spec.agreement import Accept, Countersign
from lien.spec.genesis import private_key
from lien.spec.repayment import Restructure
from lien.vectors.signing import Signed
from lien.vectors.stories.loans import deadline_of, loan_of
from lien.vectors.stories.restructurings import restructuring
from lien.vectors.stories.tree import scenes
from lien.vectors.story import STEP_SECONDS, Scene, name_account, perform
from lien.vectors.traces import Named
from lien.vectors.world import UNLISTED

LEAST_V = 27  # of a signature that a contract recovers; the other is 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Hold the parts of a signed document."""

    chain_id: int
    protocol: int
    loan: int
    facility: int
    borrower: int
    terms: Any
    nonce: int
    deadline: int

    def signed_by(self, name: str) -> bytes:
        """Return an actor's signature."""
        parties = (self.facility, self.borrower)
        message = agreement_message(
            self.chain_id, self.protocol, self.loan, parties, self.terms, self.nonce, self.deadline
        )
        return bytes(KeyPair.sign_message(message, private_key(name)).signature)


def document_of(state: State, deadline: int) -> Document:
    """Return the document that both parties of the last loan have to sign first."""
    loan = loan_of(state)
    return Document(
        chain_id=state.settings.chain_id,
        protocol=state.settings.protocol,
        loan=state.loan_count,
        facility=loan.facility,
        borrower=loan.borrower,
        terms=loan.terms,
        nonce=0,
        deadline=deadline,
    )


def wrong_signatures(document: Document, name: str) -> dict[str, bytes]:
    """Return, by what is wrong, an actor's signatures of other documents, and what is no signature."""
    terms = document.terms
    others: dict[str, dict[str, Any]] = {
        "other-chain": {"chain_id": document.chain_id + 1},
        "other-contract": {"protocol": UNLISTED},
        "other-loan": {"loan": document.loan + 1},
        "other-facility": {"facility": document.facility + 1},
        "other-borrower": {"borrower": name_account("stranger")},
        "other-terms": {"terms": replace(terms, rate=terms.rate - 1)},
        "other-nonce": {"nonce": document.nonce + 1},
        "other-deadline": {"deadline": document.deadline + 1},
    }
    signed = {label: replace(document, **change).signed_by(name) for label, change in others.items()}
    return {**signed, **malformed(document.signed_by(name), document.chain_id)}


def malformed(good: bytes, chain_id: int) -> dict[str, bytes]:
    """Return what is no signature, or not one in its one form, made from one that is good."""
    return {
        "empty": b"",
        "one-byte-short": good[:-1],
        "one-byte-long": good + b"\0",
        "upper-half": upper_half(good),
        "recovery-of-zero": good[:-1] + bytes([good[-1] - LEAST_V]),
        "recovery-with-chain": good[:-1] + bytes([good[-1] - LEAST_V + 2 * chain_id + 35]),  # EIP-155
    }


def upper_half(signature: bytes) -> bytes:
    """Return the other signature that the curve has for the same document and key."""
    r, s, v = signature[:32], int.from_bytes(signature[32:64], "big"), signature[64]
    return r + (CURVE_ORDER - s).to_bytes(32, "big") + bytes([2 * LEAST_V + 1 - v])


def signature_vectors() -> Iterator[Named]:
    """Yield a call with each wrong signature, after a scene in which the right one would be accepted."""
    calls = (("offered-bullet", Accept, "borrower"), ("accepted-bullet", Countersign, "servicer"))
    for scene_name, kind, signer in calls:
        scene = scenes()[scene_name]
        deadline = deadline_of(scene)
        document = document_of(scene.state, deadline)
        for label, signature in wrong_signatures(document, signer).items():
            call = kind(loan=document.loan, deadline=deadline, signature=signature)
            name = f"{call.call_name()}/{scene_name}/signature-{label}"
            yield Named(
                name, sent(scene, name, call, signer), ("signature",), f"hand in a signature: {label}"
            )
    yield from restructuring_vectors(scenes()["overdue-interest-only"])


def restructuring_vectors(scene: Scene) -> Iterator[Named]:
    """Yield a restructuring in which one of both signatures is wrong, and one with both exchanged."""
    good = restructure_by(scene.state, restructuring(scene.state, 1), "borrower", "servicer")
    exchanged = {"borrower_signature": good.servicer_signature, "servicer_signature": good.borrower_signature}
    changes: dict[str, dict[str, bytes]] = {"exchanged": exchanged}
    for party in ("borrower", "servicer"):
        for label, signature in wrong_restructurings(scene.state, good, party).items():
            changes[f"{party}-{label}"] = {f"{party}_signature": signature}
    for label, change in changes.items():
        call, name = good.model_copy(update=change), f"restructure/{scene.name}/signature-{label}"
        yield Named(name, sent(scene, name, call, "stranger"), ("signature",), f"hand in signatures: {label}")


def wrong_restructurings(state: State, call: Restructure, party: str) -> dict[str, bytes]:
    """Return, by what is wrong, a party's signatures of other restructurings, and what is no signature."""
    loan, settings, terms = state.loans.get(call.loan), state.settings, call.terms
    again = replace(loan, restructurings=loan.restructurings + 1)
    states = {
        "other-chain": replace(state, settings=replace(settings, chain_id=settings.chain_id + 1)),
        "other-contract": replace(state, settings=replace(settings, protocol=UNLISTED)),
        "other-sequence": replace(state, loans=state.loans.set(call.loan, again)),
    }
    others: dict[str, dict[str, Any]] = {
        "other-terms": {"terms": replace(terms, rate=terms.rate - 1)},
        "other-maximum": {"maximum_capitalised": call.maximum_capitalised + 1},
        "other-deadline": {"deadline": call.deadline + 1},
    }
    good = sign_restructuring(state, call, party)
    return {
        **{label: sign_restructuring(other, call, party) for label, other in states.items()},
        **{
            label: sign_restructuring(state, call.model_copy(update=change), party)
            for label, change in others.items()
        },
        **malformed(good, settings.chain_id),
    }


def sent(scene: Scene, name: str, call: Signed, sender: str) -> Scene:
    """Return the scene of the call a minute later."""
    context = Context(name_account(sender), scene.state.timestamp + STEP_SECONDS)
    return perform(scene, name, call, context)

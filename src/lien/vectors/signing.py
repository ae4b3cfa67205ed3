"""Tell which document a call hands in, and with which signatures."""

from __future__ import annotations

from eth_account.messages import SignableMessage

from lien.protocol.signatures import document_of, expected_signer, recover_signers, restructuring_of
from lien.protocol.state import State
from lien.spec.agreement import Accept, Countersign
from lien.spec.call import Call
from lien.spec.repayment import Restructure

Signed = Accept | Countersign | Restructure


def message_of(state: State, call: Signed) -> SignableMessage:
    """Return the document that a call hands in; its loan exists."""
    if isinstance(call, Restructure):
        return restructuring_of(state, call)
    return document_of(
        state, call.loan, state.loans.get(call.loan), expected_signer(state, call), call.deadline
    )


def signed_by(state: State, call: Call) -> tuple[tuple[bytes, int], ...]:
    """Return each signature that a call carries, in order, and who made it of the call's very document."""
    first, second = recover_signers(state, call)
    if isinstance(call, Restructure):
        return (call.borrower_signature, first), (call.servicer_signature, second)
    return ((call.signature, first),) if isinstance(call, (Accept, Countersign)) else ()

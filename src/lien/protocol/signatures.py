"""Recover who signed the document that a call carries (EIP-712), before its transition runs.

eth_account takes longer to load than all the rest; it is loaded when a document is first made or recovered.
"""

from __future__ import annotations

from dataclasses import fields
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lien.protocol.state import Loan, State
from lien.spec.abi import abi_type
from lien.spec.agreement import Accept, Countersign
from lien.spec.call import Call
from lien.spec.repayment import Restructure
from lien.spec.terms import Terms
from lien.spec.types import ChainId, LoanId, Nonce, Timestamp

if TYPE_CHECKING:
    from eth_account.messages import SignableMessage

NAME, VERSION = "Lien", "1"
NO_SIGNER = 0
SIGNATURE_BYTES = 65
CURVE_ORDER = 0xFFFFFFFF_FFFFFFFF_FFFFFFFF_FFFFFFFE_BAAEDCE6_AF48A03B_BFD25E8C_D0364141  # secp256k1

AGREEMENT_TYPE = [
    {"name": "loan", "type": "uint32"},
    {"name": "facility", "type": "uint32"},
    {"name": "borrower", "type": "address"},
    {"name": "terms", "type": "Terms"},
    {"name": "nonce", "type": "uint64"},
    {"name": "deadline", "type": "uint64"},
]
RESTRUCTURING_TYPE = [
    {"name": "loan", "type": "uint32"},
    {"name": "facility", "type": "uint32"},
    {"name": "borrower", "type": "address"},
    {"name": "sequence", "type": "uint32"},
    {"name": "terms", "type": "Terms"},
    {"name": "maximum_capitalised", "type": "uint128"},
    {"name": "deadline", "type": "uint64"},
]
TERMS_TYPE = [{"name": item.name, "type": abi_type(item.type)} for item in fields(Terms)]


def typed_value(value: Any, kind: str) -> Any:
    """Return a value as EIP-712 encoders take it."""
    return f"0x{value:040x}" if kind == "address" else int(value)


@lru_cache(maxsize=4096)
def agreement_message(  # noqa: PLR0913, PLR0917  # all that is signed, and the key of the cache
    chain_id: ChainId,
    protocol: int,
    loan: LoanId,
    parties: tuple[int, int],
    terms: Terms,
    nonce: Nonce,
    deadline: Timestamp,
) -> SignableMessage:
    """Return the document that borrower and servicer sign: this loan, its parties and terms, once."""
    from eth_account.messages import encode_typed_data

    facility, borrower = parties
    return encode_typed_data(
        domain_data=domain_of(chain_id, protocol),
        message_types={"LoanAgreement": AGREEMENT_TYPE, "Terms": TERMS_TYPE},
        message_data={
            "loan": loan,
            "facility": facility,
            "borrower": typed_value(borrower, "address"),
            "terms": terms_data(terms),
            "nonce": nonce,
            "deadline": deadline,
        },
    )


@lru_cache(maxsize=4096)
def restructuring_message(  # noqa: PLR0913, PLR0917  # all that is signed, and the key of the cache
    chain_id: ChainId,
    protocol: int,
    loan: LoanId,
    parties: tuple[int, int],
    sequence: int,
    terms: Terms,
    maximum_capitalised: int,
    deadline: Timestamp,
) -> SignableMessage:
    """Return the document that both parties sign to restructure a loan: by its sequence number, once."""
    from eth_account.messages import encode_typed_data

    facility, borrower = parties
    return encode_typed_data(
        domain_data=domain_of(chain_id, protocol),
        message_types={"LoanRestructuring": RESTRUCTURING_TYPE, "Terms": TERMS_TYPE},
        message_data={
            "loan": loan,
            "facility": facility,
            "borrower": typed_value(borrower, "address"),
            "sequence": sequence,
            "terms": terms_data(terms),
            "maximum_capitalised": maximum_capitalised,
            "deadline": deadline,
        },
    )


def domain_of(chain_id: ChainId, protocol: int) -> dict[str, Any]:
    """Return the domain of every document: this chain and this protocol."""
    return {
        "name": NAME,
        "version": VERSION,
        "chainId": chain_id,
        "verifyingContract": typed_value(protocol, "address"),
    }


def terms_data(terms: Terms) -> dict[str, Any]:
    """Return terms as EIP-712 encoders take them."""
    return {item["name"]: typed_value(getattr(terms, item["name"]), item["type"]) for item in TERMS_TYPE}


def document_of(
    state: State, number: LoanId, loan: Loan, signer: int, deadline: Timestamp
) -> SignableMessage:
    """Return the document that a party of a loan has to sign now."""
    settings, nonce = state.settings, state.nonces.get((signer, number))
    parties = (loan.facility, loan.borrower)
    return agreement_message(
        settings.chain_id, settings.protocol, number, parties, loan.terms, nonce, deadline
    )


def restructuring_of(state: State, call: Restructure) -> SignableMessage:
    """Return the document that a restructuring hands in, with the loan's parties and next sequence number."""
    settings, loan = state.settings, state.loans.get(call.loan)
    return restructuring_message(
        settings.chain_id,
        settings.protocol,
        call.loan,
        (loan.facility, loan.borrower),
        loan.restructurings,
        call.terms,
        call.maximum_capitalised,
        call.deadline,
    )


def expected_signer(state: State, call: Accept | Countersign) -> int:
    """Return the party whose signature the call needs."""
    loan = state.loans.get(call.loan)
    return loan.borrower if isinstance(call, Accept) else state.facilities.get(loan.facility).servicer


def is_canonical(signature: bytes) -> bool:
    """Return whether a signature has its one form: 65 bytes r, s, v, with s in the lower half and v 27 or 28.

    Source: EIP-2 for s; a contract's `ecrecover` knows no other v.
    """
    if len(signature) != SIGNATURE_BYTES:
        return False
    s, v = int.from_bytes(signature[32:64], "big"), signature[64]
    return s <= CURVE_ORDER // 2 and v in (27, 28)


@lru_cache(maxsize=4096)
def recover(message: SignableMessage, signature: bytes) -> int:
    """Return the account that signed a document, or none where the signature is not valid."""
    from eth_account import Account as Signer

    if not is_canonical(signature):
        return NO_SIGNER
    try:
        return int(Signer.recover_message(message, signature=signature), 16)
    except Exception:  # the library raises many kinds for bytes that are no signature
        return NO_SIGNER


def recover_signers(state: State, call: Call) -> tuple[int, int]:
    """Return the accounts that signed the call's document, the borrower's signature first where two sign.

    There is none where there is no valid signature, and no second one where the call carries one signature.
    """
    if isinstance(call, Restructure) and state.loans.contains(call.loan):
        message = restructuring_of(state, call)
        return recover(message, call.borrower_signature), recover(message, call.servicer_signature)
    return recover_signer(state, call), NO_SIGNER


def recover_signer(state: State, call: Call) -> int:
    """Return the account that signed the agreement that a call hands in, or none."""
    if not isinstance(call, (Accept, Countersign)) or not state.loans.contains(call.loan):
        return NO_SIGNER
    loan = state.loans.get(call.loan)
    message = document_of(state, call.loan, loan, expected_signer(state, call), call.deadline)
    return recover(message, call.signature)

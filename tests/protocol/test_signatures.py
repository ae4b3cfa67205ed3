"""Who signed: the document binds chain, protocol, loan, parties, terms, nonce and deadline."""

from dataclasses import replace
from typing import Any

import pytest
from eth_account import Account as KeyPair
from eth_account.messages import encode_typed_data

from lien.protocol.builders import sign
from lien.protocol.signatures import NO_SIGNER, is_canonical, recover_signer
from lien.protocol.state import State
from lien.spec.agreement import Accept, Countersign
from lien.spec.assets import Claim
from lien.spec.genesis import private_key
from tests.lives import DEADLINE, accepted_life, account, offered_life


def accepted_by(state: State, signature: bytes, loan: int = 1, deadline: int = DEADLINE) -> int:
    """Return who the protocol takes for the signer of an acceptance."""
    return recover_signer(state, Accept(loan=loan, deadline=deadline, signature=signature))


@pytest.mark.parametrize("chain", [1, 2**32, 2**64 - 1])
def test_the_document_is_as_wallets_show_it(chain: int) -> None:
    """Given an offer on any chain / When its document is written out by hand and signed
    / Then the protocol knows the signer.
    """
    life = offered_life()
    life.state = replace(life.state, settings=replace(life.state.settings, chain_id=chain))
    terms = life.loan().terms
    amounts = ("principal", "payment", "minimum_principal", "late_fee", "collateral_amount")
    small = ("kind", "day_count", "cycle_unit")
    days = (
        *("window_start_day", "window_end_day", "first_due_day", "cycle_length", "periods", "maturity_day"),
        *("grace_days", "open_days"),
    )
    others = {"end_of_month": "bool", "collateral_asset": "address"}

    def kind_of(name: str) -> str:
        if name in amounts:
            return "uint128"
        if name in small:
            return "uint8"
        return "uint32" if name in days else others.get(name, "uint64")

    names = list(terms.__dataclass_fields__)
    values = {name: int(getattr(terms, name)) for name in names}
    message: dict[str, Any] = {
        "types": {
            "EIP712Domain": [
                {"name": "name", "type": "string"},
                {"name": "version", "type": "string"},
                {"name": "chainId", "type": "uint256"},
                {"name": "verifyingContract", "type": "address"},
            ],
            "LoanAgreement": [
                {"name": "loan", "type": "uint32"},
                {"name": "facility", "type": "uint32"},
                {"name": "borrower", "type": "address"},
                {"name": "terms", "type": "Terms"},
                {"name": "nonce", "type": "uint64"},
                {"name": "deadline", "type": "uint64"},
            ],
            "Terms": [{"name": name, "type": kind_of(name)} for name in names],
        },
        "primaryType": "LoanAgreement",
        "domain": {
            "name": "Lien",
            "version": "1",
            "chainId": chain,
            "verifyingContract": "0x11e0000000000000000000000000000000000001",
        },
        "message": {
            "loan": 1,
            "facility": 1,
            "borrower": f"0x{account('borrower'):040x}",
            "terms": values | {"end_of_month": False, "collateral_asset": f"0x{terms.collateral_asset:040x}"},
            "nonce": 0,
            "deadline": DEADLINE,
        },
    }
    signed = KeyPair.sign_message(encode_typed_data(full_message=message), private_key("borrower"))
    assert accepted_by(life.state, bytes(signed.signature)) == account("borrower")


def test_each_part_of_the_document_binds() -> None:
    """Given a signature / When chain, protocol, parties, terms, nonce or deadline differ
    / Then it is not theirs.
    """
    state = offered_life().state
    loan = state.loans.get(1)
    signature = sign(state, 1, "borrower", DEADLINE)
    assert accepted_by(state, signature) == account("borrower")
    others = {
        "chain": replace(state, settings=replace(state.settings, chain_id=2)),
        "protocol": replace(state, settings=replace(state.settings, protocol=7)),
        "terms": replace(
            state, loans=state.loans.set(1, replace(loan, terms=replace(loan.terms, late_fee=1)))
        ),
        "facility": replace(state, loans=state.loans.set(1, replace(loan, facility=2))),
        "nonce": replace(state, nonces=state.nonces.set((account("borrower"), 1), 1)),
        "loan": replace(state, loans=state.loans.set(2, loan)),
    }
    for part, other in others.items():
        number = 2 if part == "loan" else 1
        assert accepted_by(other, signature, number) not in (account("borrower"), NO_SIGNER), part
    assert accepted_by(state, signature, deadline=DEADLINE - 1) != account("borrower")


def test_both_parties_sign_one_document() -> None:
    """Given an accepted loan / When the servicer signs
    / Then with the servicer's own nonce, which is still zero.
    """
    state = accepted_life().state
    signature = sign(state, 1, "servicer", DEADLINE)
    call = Countersign(loan=1, deadline=DEADLINE, signature=signature)
    assert recover_signer(state, call) == account("servicer")


@pytest.mark.parametrize("signature", [b"", b"\x01" * 64, b"\x00" * 65, b"\xff" * 65, b"\x01" * 66])
def test_what_is_no_signature_has_no_signer(signature: bytes) -> None:
    """Given bytes that are no signature / When they are looked at / Then nobody signed."""
    assert accepted_by(offered_life().state, signature) == NO_SIGNER


def test_calls_without_a_document_have_no_signer() -> None:
    """Given a call that carries no signature, or one on no loan / When it is looked at
    / Then nobody signed.
    """
    state = offered_life().state
    assert recover_signer(state, Claim(asset=1, recipient=1)) == NO_SIGNER
    assert accepted_by(state, sign(state, 1, "borrower", DEADLINE), loan=2) == NO_SIGNER


ORDER = 0xFFFFFFFF_FFFFFFFF_FFFFFFFF_FFFFFFFE_BAAEDCE6_AF48A03B_BFD25E8C_D0364141  # of the curve's group


def other_forms(signature: bytes) -> dict[str, bytes]:
    """Return other bytes from which a lenient library recovers the same signer."""
    body, scalar, version = signature[:64], int.from_bytes(signature[32:64], "big"), signature[64]
    mirrored = signature[:32] + (ORDER - scalar).to_bytes(32, "big") + bytes([55 - version])
    return {
        "v of 0 or 1": body + bytes([version - 27]),
        "v with a chain": body + bytes([version + 10]),
        "high s": mirrored,
    }


@pytest.mark.parametrize("form", ["v of 0 or 1", "v with a chain", "high s"])
def test_a_signature_has_one_form(form: str) -> None:
    """Given a signature / When it is handed in in another form / Then nobody signed, as on a chain."""
    state = offered_life().state
    signature = other_forms(sign(state, 1, "borrower", DEADLINE))[form]
    assert accepted_by(state, signature) == NO_SIGNER


@pytest.mark.parametrize(
    ("s", "version", "length", "canonical"),
    [
        (ORDER // 2, 27, 65, True),
        (ORDER // 2, 28, 65, True),
        (ORDER // 2 + 1, 27, 65, False),
        (1, 26, 65, False),
        (1, 29, 65, False),
        (1, 27, 64, False),
        (1, 27, 66, False),
    ],
)
def test_the_one_form_is_65_bytes_with_s_in_the_lower_half(
    s: int, version: int, length: int, canonical: bool
) -> None:
    """Given bytes r, s, v of some length / When their form is asked for / Then it is the one, or not."""
    signature = (bytes(32) + s.to_bytes(32, "big") + bytes([version] * 2))[:length]
    assert is_canonical(signature) is canonical

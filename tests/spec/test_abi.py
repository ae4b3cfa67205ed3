"""The contract ABI that the types imply, against encodings written out by hand."""

from dataclasses import replace
from typing import Any

import pytest
from eth_abi.abi import encode
from eth_utils import keccak  # type: ignore[attr-defined]

from lien.protocol.builders import build_action
from lien.protocol.genesis import build_product
from lien.spec.abi import (
    abi_type,
    call_signature,
    decode_values,
    encode_call,
    encode_error,
    encode_event,
    encode_record,
    event_signature,
)
from lien.spec.action import ActionKind
from lien.spec.agreement import Accept, Cancel, LoanOffered, Offer
from lien.spec.assets import Claim, Claimed, Skim, Transfer
from lien.spec.catalogue import CALLS, EVENTS
from lien.spec.disbursement import Disburse
from lien.spec.facility import (
    AdvanceBook,
    AnnounceCoverWithdrawal,
    CancelRedemption,
    Deposit,
    DepositCover,
    OpenFacility,
    ProcessRedemption,
    Redeem,
    RequestRedemption,
    WindDown,
    WithdrawCover,
)
from lien.spec.governance import Propose
from lien.spec.liquidation import (
    DeclareDefault,
    DefaultBooked,
    Liquidate,
    MarginCall,
    Recover,
    StartAuction,
    Take,
    WriteOff,
)
from lien.spec.reasons import Reason
from lien.spec.repayment import Impair, LiftImpairment, Repay, Restructure, TopUpCollateral
from lien.spec.settlement import LoanSettled
from lien.spec.terms import Terms
from tests.lives import make_terms

TERMS = (
    "(uint128,uint64,uint64,uint64,uint8,uint8,uint32,uint32,uint32,uint8,uint32,bool,uint32,uint32,uint128,"
    "uint128,uint32,uint128,uint64,uint32,uint64,address,uint128,uint64,uint64,uint64,uint64,uint64)"
)
PRODUCT = "(address,bool,uint128,uint128,uint32,uint8,bool,uint32,uint64,uint16[4],uint64[4],uint64[4])"
ACTION = f"(uint8,address,uint8,bool,uint32,uint32,{PRODUCT},uint128,uint64,uint64,uint64,uint64)"
SIGNATURES = {
    "transfer": "transfer(address,address,uint128)",
    "claim": "claim(address,address)",
    "post_price": "postPrice(address,address,uint8,uint256)",
    "propose": f"propose({ACTION})",
    "approve": "approve(uint32)",
    "revoke_approval": "revokeApproval(uint32)",
    "execute": "execute(uint32)",
    "cancel_proposal": "cancelProposal(uint32)",
    "pause": "pause(uint8)",
    "skim": "skim(address)",
    "open_facility": "openFacility(address,uint64,address)",
    "advance_book": "advanceBook(uint32)",
    "wind_down": "windDown(uint32)",
    "request_redemption": "requestRedemption(uint32,uint256)",
    "cancel_redemption": "cancelRedemption(uint32,uint32)",
    "process_redemption": "processRedemption(uint32)",
    "deposit_cover": "depositCover(uint32,uint128)",
    "announce_cover_withdrawal": "announceCoverWithdrawal(uint32,uint128)",
    "withdraw_cover": "withdrawCover(uint32,uint128)",
    "attest_identity": "attestIdentity(address,bytes32,uint16,uint8,uint64)",
    "revoke_identity": "revokeIdentity(address)",
    "freeze": "freeze(address)",
    "unfreeze": "unfreeze(address)",
    "apply": "apply(uint32,uint32,uint128,uint32,bytes32,address,uint128,bytes32)",
    "withdraw_application": "withdrawApplication(uint32)",
    "review": "review(uint32,bool,uint8)",
    "expire": "expire(uint32)",
    "deposit": "deposit(uint32,uint128,uint256)",
    "redeem": "redeem(uint32,uint256,uint128)",
    "offer": f"offer(uint32,{TERMS})",
    "accept": "accept(uint32,uint64,bytes)",
    "countersign": "countersign(uint32,uint64,bytes)",
    "cancel": "cancel(uint32)",
    "disburse": "disburse(uint32)",
    "repay": "repay(uint32,uint128,uint128,bytes32)",
    "top_up_collateral": "topUpCollateral(uint32,uint128)",
    "restructure": f"restructure(uint32,{TERMS},uint128,uint64,bytes,bytes)",
    "declare_default": "declareDefault(uint32)",
    "start_auction": "startAuction(uint32)",
    "take": "take(uint32,uint128,uint128)",
    "impair": "impair(uint32,uint128)",
    "lift_impairment": "liftImpairment(uint32)",
    "write_off": "writeOff(uint32)",
    "recover": "recover(uint32,uint128)",
    "margin_call": "marginCall(uint32)",
    "liquidate": "liquidate(uint32,uint128,uint128)",
}
ONE, TWO = f"0x{1:040x}", f"0x{2:040x}"


def test_every_call_has_its_signature() -> None:
    """Given the catalogue / When the signatures are derived / Then they are those written out here."""
    assert {name: call_signature(call) for name, call in CALLS.items()} == SIGNATURES


def values_of(terms: Terms) -> tuple[Any, ...]:
    """Return terms as an encoder takes them."""
    values = {name: getattr(terms, name) for name in terms.__dataclass_fields__}
    return tuple(
        bool(value)
        if name == "end_of_month"
        else f"0x{value:040x}"
        if name == "collateral_asset"
        else int(value)
        for name, value in values.items()
    )


EXAMPLES: list[tuple[Any, list[str], list[Any]]] = [
    (Transfer(asset=1, recipient=2, amount=3), ["address", "address", "uint128"], [ONE, TWO, 3]),
    (Claim(asset=1, recipient=2), ["address", "address"], [ONE, TWO]),
    (Skim(asset=1), ["address"], [ONE]),
    (OpenFacility(asset=1, interest_fee=5, lender=2), ["address", "uint64", "address"], [ONE, 5, TWO]),
    (AdvanceBook(facility=1), ["uint32"], [1]),
    (WindDown(facility=1), ["uint32"], [1]),
    (RequestRedemption(facility=1, shares=2**200), ["uint32", "uint256"], [1, 2**200]),
    (CancelRedemption(facility=1, position=2), ["uint32", "uint32"], [1, 2]),
    (ProcessRedemption(facility=1), ["uint32"], [1]),
    (DepositCover(facility=1, amount=2), ["uint32", "uint128"], [1, 2]),
    (AnnounceCoverWithdrawal(facility=1, amount=2), ["uint32", "uint128"], [1, 2]),
    (WithdrawCover(facility=1, amount=2), ["uint32", "uint128"], [1, 2]),
    (Deposit(facility=1, amount=2, minimum_shares=2**200), ["uint32", "uint128", "uint256"], [1, 2, 2**200]),
    (Redeem(facility=1, shares=2, minimum_amount=3), ["uint32", "uint256", "uint128"], [1, 2, 3]),
    (
        Offer(application=1, terms=make_terms(end_of_month=1)),
        ["uint32", TERMS],
        [1, values_of(make_terms(end_of_month=1))],
    ),
    (Accept(loan=1, deadline=2, signature=b"abc"), ["uint32", "uint64", "bytes"], [1, 2, b"abc"]),
    (Cancel(loan=2**32 - 1), ["uint32"], [2**32 - 1]),
    (Disburse(loan=7), ["uint32"], [7]),
    (DeclareDefault(loan=7), ["uint32"], [7]),
    (StartAuction(loan=7), ["uint32"], [7]),
    (Take(loan=7, amount=2, minimum_collateral=3), ["uint32", "uint128", "uint128"], [7, 2, 3]),
    (Impair(loan=7, amount=8), ["uint32", "uint128"], [7, 8]),
    (LiftImpairment(loan=7), ["uint32"], [7]),
    (WriteOff(loan=7), ["uint32"], [7]),
    (Recover(loan=7, amount=2**128 - 1), ["uint32", "uint128"], [7, 2**128 - 1]),
    (MarginCall(loan=7), ["uint32"], [7]),
    (TopUpCollateral(loan=7, amount=2), ["uint32", "uint128"], [7, 2]),
    (Liquidate(loan=7, amount=2, minimum_collateral=3), ["uint32", "uint128", "uint128"], [7, 2, 3]),
    (
        Restructure(
            loan=1,
            terms=make_terms(end_of_month=1),
            maximum_capitalised=2,
            deadline=3,
            borrower_signature=b"abc",
            servicer_signature=b"d",
        ),
        ["uint32", TERMS, "uint128", "uint64", "bytes", "bytes"],
        [1, values_of(make_terms(end_of_month=1)), 2, 3, b"abc", b"d"],
    ),
    (
        Repay(loan=1, amount=2, principal_ahead=3, reference=4),
        ["uint32", "uint128", "uint128", "bytes32"],
        [1, 2, 3, (4).to_bytes(32, "big")],
    ),
]


@pytest.mark.parametrize(("call", "kinds", "values"), EXAMPLES, ids=lambda item: type(item).__name__)
def test_calldata_is_what_an_encoder_makes_of_it(call: Any, kinds: list[str], values: list[Any]) -> None:
    """Given a call / When it is encoded / Then as its selector and what eth-abi makes of its fields."""
    selector = keccak(text=SIGNATURES[call.call_name()])[:4]
    assert encode_call(call) == selector + encode(kinds, values)
    assert decode_values(kinds, encode_call(call)[4:]) == tuple(
        value.lower() if isinstance(value, str) else value for value in values
    )


def test_known_selectors() -> None:
    """Given errors that many contracts have / When they are encoded
    / Then as in public lists of selectors.
    """
    assert encode_error(Reason.ZERO_AMOUNT).hex() == "1f2a2005"
    assert encode_error(Reason.INSUFFICIENT_BALANCE).hex() == "f4d678b8"


def test_no_two_selectors_clash() -> None:
    """Given all calls, and all errors / When their selectors are compared / Then no two are equal."""
    calls = {keccak(text=signature)[:4] for signature in SIGNATURES.values()}
    assert len(calls) == len(SIGNATURES)
    assert len({encode_error(reason) for reason in Reason}) == len(Reason)


def test_an_event_is_logged_with_its_first_field_as_a_topic() -> None:
    """Given events / When they are encoded / Then the first field is indexed, the rest is data."""
    topics, data = encode_event(Claimed(asset=1, claimant=2, recipient=1, amount=9))
    assert topics == [keccak(text="Claimed(address,address,address,uint128)"), encode(["address"], [ONE])]
    assert data == encode(["address", "address", "uint128"], [TWO, ONE, 9])
    topics, data = encode_event(LoanSettled(loan=3, collateral=4, identity=5, is_counted=1, is_late=0))
    signature = "LoanSettled(uint32,uint128,uint32,bool,bool)"
    assert topics == [keccak(text=signature), encode(["uint32"], [3])]
    assert data == encode(["uint128", "uint32", "bool", "bool"], [4, 5, True, False])
    booked = DefaultBooked(
        loan=1, principal=2, interest=-3, impairment=4, default_day=5, identity=6, is_counted=1
    )
    _, data = encode_event(booked)
    kinds = ["uint128", "int256", "uint128", "uint32", "uint32", "bool"]
    assert data == encode(kinds, [2, -3, 4, 5, 6, True])


def test_terms_within_an_event_are_a_tuple() -> None:
    """Given an offer / When its event is encoded / Then its terms are one static tuple."""
    event = LoanOffered(
        loan=1, application=2, facility=3, borrower=1, identity=4, impairment_ratio=5, terms=make_terms()
    )
    kinds = ["uint32", "uint32", "address", "uint32", "uint64", TERMS]
    assert event_signature(LoanOffered) == f"LoanOffered(uint32,{','.join(kinds)})"
    _, data = encode_event(event)
    assert data == encode(kinds, [2, 3, ONE, 4, 5, values_of(make_terms())])


def test_a_record_is_returned_as_one_tuple() -> None:
    """Given terms / When a view returns them / Then as the tuple of their fields."""
    terms = replace(make_terms(), late_fee=7)
    assert abi_type(Terms) == TERMS
    assert encode_record(terms) == encode([TERMS], [values_of(terms)])


def test_an_action_is_a_tuple_with_its_product_within() -> None:
    """Given an action that sets a product / When its call is encoded / Then as one static tuple."""
    product = build_product(1, least_scores=(4, 3, 2, 1))
    action = build_action(ActionKind.SET_PRODUCT, product=product, number=7)
    limits = [list(product.least_scores), list(product.rates), list(product.origination_limits)]
    inner = (ONE, True, 1, 2**128 - 1, product.maximum_days, 0, True, 2, product.impairment_ratio, *limits)
    whole = (0, f"0x{0:040x}", 0, True, 7, 1, inner, 0, 0, 0, 0, 0)
    encoded = encode_call(Propose(action=action))
    assert encoded[4:] == encode([ACTION], [whole])
    assert len(encoded) == 4 + 32 * (11 + 9 + 12)


def test_every_event_has_types() -> None:
    """Given the catalogue / When the events' signatures are derived
    / Then each has one, and no two are equal.
    """
    signatures = {event_signature(event) for event in EVENTS.values()}
    assert len(signatures) == len(EVENTS)


@pytest.mark.parametrize("annotation", [int, str, list[int], float])
def test_what_has_no_abi_type_is_refused(annotation: Any) -> None:
    """Given an annotation without a quantity / When its ABI type is asked for / Then there is none."""
    with pytest.raises(TypeError, match="has no ABI type"):
        abi_type(annotation)

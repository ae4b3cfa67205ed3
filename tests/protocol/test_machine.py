"""The one door to all transitions: what holds of every call."""

from dataclasses import replace
from typing import Any

import pytest

from lien.protocol.builders import build_action
from lien.protocol.genesis import DOLLAR, ETHER, PROTOCOL
from lien.protocol.machine import Outcome, Rejected, execute, step
from lien.protocol.rejection import Rejection, require
from lien.protocol.state import Context
from lien.protocol.transitions import TRANSITIONS
from lien.spec.action import ActionKind
from lien.spec.agreement import Accept, Cancel, Countersign, Offer
from lien.spec.application import Expire, Review, WithdrawApplication
from lien.spec.assets import Claim, Skim, Transfer
from lien.spec.call import Call
from lien.spec.catalogue import CALLS
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
from lien.spec.governance import Approve, CancelProposal, Execute, Pause, Propose, RevokeApproval
from lien.spec.identity import Freeze, RevokeIdentity, Unfreeze
from lien.spec.liquidation import DeclareDefault, Liquidate, MarginCall, Recover, StartAuction, Take, WriteOff
from lien.spec.oracle import PostPrice
from lien.spec.reasons import Reason
from lien.spec.repayment import Impair, LiftImpairment, Repay, Restructure, TopUpCollateral
from lien.spec.types import Scope
from lien.spec.units import MAXIMUM_TIMESTAMP
from tests.lives import START, account, application, attest, funded_life, make_terms, new_life, offered_life

SENT: tuple[Call, ...] = (
    Transfer(asset=DOLLAR, recipient=1, amount=0),
    Claim(asset=DOLLAR, recipient=1),
    PostPrice(collateral_asset=ETHER, loan_asset=DOLLAR, seat=1, price=1),
    Propose(action=build_action(ActionKind.RESUME)),
    Approve(proposal=1),
    RevokeApproval(proposal=1),
    Execute(proposal=1),
    CancelProposal(proposal=1),
    Pause(scope=Scope.LIQUIDATION),
    attest("borrower", 7, 1),
    RevokeIdentity(account=1),
    Freeze(account=1),
    Unfreeze(account=1),
    application(),
    WithdrawApplication(application=1),
    Review(application=1, approves=1, rating=1),
    Expire(application=1),
    Skim(asset=DOLLAR),
    OpenFacility(asset=DOLLAR, interest_fee=0, lender=0),
    Deposit(facility=1, amount=1, minimum_shares=0),
    Redeem(facility=1, shares=1, minimum_amount=0),
    WindDown(facility=1),
    RequestRedemption(facility=1, shares=1),
    CancelRedemption(facility=1, position=1),
    ProcessRedemption(facility=1),
    DepositCover(facility=1, amount=1),
    AnnounceCoverWithdrawal(facility=1, amount=1),
    WithdrawCover(facility=1, amount=1),
    AdvanceBook(facility=1),
    Offer(application=1, terms=make_terms()),
    Accept(loan=1, deadline=0, signature=b""),
    Countersign(loan=1, deadline=0, signature=b""),
    Cancel(loan=1),
    Disburse(loan=1),
    Repay(loan=1, amount=1, principal_ahead=0, reference=1),
    TopUpCollateral(loan=1, amount=1),
    Restructure(
        loan=1,
        terms=make_terms(),
        maximum_capitalised=0,
        deadline=0,
        borrower_signature=b"",
        servicer_signature=b"",
    ),
    DeclareDefault(loan=1),
    StartAuction(loan=1),
    Take(loan=1, amount=1, minimum_collateral=0),
    Impair(loan=1, amount=1),
    LiftImpairment(loan=1),
    WriteOff(loan=1),
    Recover(loan=1, amount=1),
    MarginCall(loan=1),
    Liquidate(loan=1, amount=1, minimum_collateral=0),
)


def test_every_call_has_a_transition() -> None:
    """Given the catalogue / When the transitions are listed / Then they are the same calls."""
    assert set(TRANSITIONS) == set(CALLS.values()) == {type(call) for call in SENT}


@pytest.mark.parametrize("call", SENT, ids=lambda call: call.call_name())
def test_the_protocol_never_sends_a_call(call: Call) -> None:
    """Given any call / When the protocol's own account sends it / Then it is rejected before all else."""
    state = funded_life().state
    outcome = step(state, call, Context(PROTOCOL, 0))
    assert isinstance(outcome, Rejected)
    assert (outcome.state is state, outcome.reason) == (True, Reason.SENDER_IS_PROTOCOL)


@pytest.mark.parametrize("call", SENT, ids=lambda call: call.call_name())
def test_time_never_runs_backward(call: Call) -> None:
    """Given any call / When it is a second older than the one before
    / Then it is rejected before its own guards.
    """
    life = funded_life()
    outcome = step(life.state, call, Context(account("lender"), life.now - 1))
    assert isinstance(outcome, Rejected)
    assert (outcome.state is life.state, outcome.reason) == (True, Reason.TIME_RUNS_BACKWARD)


def test_an_accepted_call_sets_the_time_and_leaves_no_transfers_behind() -> None:
    """Given a state / When a call is accepted
    / Then the state has its time, and its transfers are the outcome's.
    """
    life = funded_life().on(START + 1, 5)
    call = Transfer(asset=DOLLAR, recipient=account("borrower"), amount=3)
    outcome = step(life.state, call, Context(account("lender"), life.now))
    assert isinstance(outcome, Outcome)
    assert outcome.state.timestamp == life.now
    assert outcome.state.ledger.logs == ()
    assert len(outcome.transfers) == 1


def test_a_signer_that_a_context_claims_is_not_believed() -> None:
    """Given a context that names a signer / When a call without their signature is sent
    / Then nobody signed.
    """
    life = offered_life()
    call = Accept(loan=1, deadline=life.now + 1, signature=b"")
    claimed = Context(account("borrower"), life.now, signer=account("borrower"))
    outcome = step(life.state, call, claimed)
    assert isinstance(outcome, Rejected)
    assert outcome.reason is Reason.WRONG_SIGNER


@pytest.mark.parametrize(
    ("name", "within", "beyond", "told"),
    [
        (
            "timestamp",
            MAXIMUM_TIMESTAMP,
            MAXIMUM_TIMESTAMP + 1,
            "6311347200, and must be from 0 to 6311347199",
        ),
        ("timestamp", 0, -1, "-1, and must be from 0 to 6311347199"),
        ("sender", 2**160 - 1, 2**160, f"0x1{'0' * 40}, and must be from 0x{'0' * 39}1 to 0x{'f' * 40}"),
        ("sender", 1, 0, f"0x{'0' * 40}, and must be from 0x{'0' * 39}1 to 0x{'f' * 40}"),
        ("signer", 0, -1, f"-1, and must be from 0x{'0' * 40} to 0x{'f' * 40}"),
        ("second_signer", 0, -1, f"-1, and must be from 0x{'0' * 40} to 0x{'f' * 40}"),
    ],
)
def test_a_context_out_of_range_is_refused(name: str, within: int, beyond: int, told: str) -> None:
    """Given a call / When a field of its context is at the end of its range, and one beyond
    / Then it is executed, and refused with the field, its value and its range.
    """
    state, call = new_life().state, Transfer(asset=DOLLAR, recipient=1, amount=0)
    sound = Context(account("lender"), 0)
    assert isinstance(step(state, call, replace(sound, **{name: within})), Outcome)
    with pytest.raises(ValueError, match=f"^the {name} is {told}$"):
        step(state, call, replace(sound, **{name: beyond}))


def test_executing_is_what_stepping_does_without_signatures() -> None:
    """Given a call / When its transition runs alone / Then the state is the same but for the transfers."""
    life = funded_life()
    call, context = Deposit(facility=1, amount=5, minimum_shares=0), life.context("lender")
    alone, through = execute(life.state, call, context), step(life.state, call, context)
    assert isinstance(through, Outcome)
    assert replace(alone.state, ledger=replace(alone.state.ledger, logs=())) == through.state
    assert alone.events == through.events
    with pytest.raises(Rejection) as rejected:
        execute(life.state, Deposit(facility=9, amount=5, minimum_shares=0), context)
    assert rejected.value.reason is Reason.UNKNOWN_FACILITY


def test_a_rejection_carries_what_was_compared() -> None:
    """Given a condition / When it does not hold
    / Then the reason and the values are kept; else nothing happens.
    """
    require(True, Reason.ZERO_AMOUNT)
    with pytest.raises(Rejection) as rejected:
        require(False, Reason.ZERO_AMOUNT, amount=0)
    assert (rejected.value.reason, rejected.value.compared) == (Reason.ZERO_AMOUNT, {"amount": 0})
    assert str(rejected.value) == "ZERO_AMOUNT"


def test_what_was_compared_cannot_be_changed() -> None:
    """Given a rejection / When someone writes into what was compared / Then they cannot."""
    life = funded_life()
    rejected: Any = life.reject(Transfer(asset=DOLLAR, recipient=1, amount=2**100), "lender")
    with pytest.raises(TypeError):
        rejected.compared["amount"] = 1

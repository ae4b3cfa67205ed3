"""Chapter 1: propose, approve, revoke_approval, execute, cancel_proposal, pause."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from lien.protocol.builders import build_action
from lien.protocol.genesis import COUNCIL, DOLLAR, FEEDERS, GUARDIAN, PROTOCOL, REVIEWERS, build_product
from lien.protocol.state import Proposal, State
from lien.spec.action import Action, ActionKind
from lien.spec.call import Call, Event
from lien.spec.facility import Redeem
from lien.spec.governance import (
    ApprovalRevoked,
    Approve,
    Approved,
    CancelProposal,
    CouncilSet,
    Execute,
    FacilityPolicySet,
    FeederSet,
    FeesSet,
    JurisdictionSet,
    Pause,
    Paused,
    ProductSet,
    ProposalCancelled,
    ProposalExecuted,
    Propose,
    Proposed,
    Resumed,
    RevokeApproval,
    RoleSet,
)
from lien.spec.reasons import Reason
from lien.spec.types import ProposalStatus, Role, Scope
from lien.spec.units import (
    FEED_SEATS,
    GOVERNANCE_EXPIRY,
    GOVERNANCE_TIMELOCK,
    INTEREST_FEE_CAP,
    LIQUIDATION_GRACE,
    MAXIMUM_COUNCIL,
    MAXIMUM_JURISDICTION,
    MAXIMUM_NUMBER,
    MAXIMUM_PAUSE,
    MAXIMUM_QUORUM,
    ORIGINATION_FEE_CAP,
    PAUSE_COOL_DOWN,
    REDEMPTION_LOCK_DAYS,
    VIRTUAL_SHARES,
)
from tests.lives import CASH, START, Cases, Life, account, check_rejection, funded_life

FIRST, SECOND, THIRD = COUNCIL
NOW = START * 86_400
READY = NOW + GOVERNANCE_TIMELOCK
JURISDICTION = build_action(ActionKind.SET_JURISDICTION, number=250)
ROLE = build_action(ActionKind.SET_ROLE, account=account("stranger"), role=Role.REVIEWER)
GUARD = build_action(ActionKind.SET_ROLE, account=account("stranger"), role=Role.GUARDIAN)
RESUME = build_action(ActionKind.RESUME, number=Scope.GOVERNANCE)
PRODUCT = build_action(ActionKind.SET_PRODUCT, product=build_product(DOLLAR, quorum=3))
FEEDER = build_action(ActionKind.SET_FEEDER, account=account("stranger"), number=2)
POLICY = build_action(
    ActionKind.SET_FACILITY_POLICY, number=1, deposit_cap=CASH, cover_ratio=1, concentration_limit=2
)
FEES = build_action(ActionKind.SET_FEES, interest_fee_floor=3, origination_fee_floor=4)
MEMBER = build_action(ActionKind.SET_COUNCIL, account=account("stranger"), threshold=3)


def after(life: Life, seconds: int) -> Life:
    """Let seconds pass."""
    life.now += seconds
    return life


def proposed_life(action: Action = JURISDICTION) -> Life:
    """Go on until an action is proposed, and approved by its proposer."""
    life = funded_life()
    life.send(Propose(action=action), FIRST)
    return life


def approved_life(action: Action = JURISDICTION) -> Life:
    """Go on until two of three members have approved."""
    life = proposed_life(action)
    life.send(Approve(proposal=1), SECOND)
    return life


def ready_life(action: Action = JURISDICTION) -> Life:
    """Go on until the timelock has run."""
    return after(approved_life(action), GOVERNANCE_TIMELOCK)


def paused_life(scope: Scope = Scope.GOVERNANCE) -> Life:
    """Go on until a scope is paused."""
    life = funded_life()
    life.send(Pause(scope=scope), GUARDIAN)
    return life


def decide(life: Life, action: Action) -> tuple[Event, ...]:
    """Have the council propose, approve and execute an action; return the events of the last."""
    life.send(Propose(action=action), FIRST)
    number = life.state.proposal_count
    life.send(Approve(proposal=number), SECOND)
    after(life, GOVERNANCE_TIMELOCK)
    return life.send(Execute(proposal=number)).events


def with_approvals(state: State, approvals: int, ready_at: int, *members: str) -> State:
    """Return the state with the approvals of members for the first proposal in the present epoch."""
    for name in members:
        key = (1, state.council_epoch, account(name))
        state = replace(state, approvals=state.approvals.set(key, 1))
    place = (1, state.council_epoch)
    return replace(
        state,
        approval_counts=state.approval_counts.set(place, approvals),
        ready_at=state.ready_at.set(place, ready_at),
    )


# --- proposing and approving ------------------------------------------------------------------------


def test_a_proposal_is_kept_and_approved_by_its_proposer() -> None:
    """Given a council / When a member proposes / Then the proposal is kept open, with one approval."""
    life = funded_life()
    before = life.state
    outcome = life.send(Propose(action=JURISDICTION), FIRST)
    kept = replace(
        before,
        proposal_count=1,
        proposals=before.proposals.set(1, Proposal(account(FIRST), JURISDICTION)),
    )
    assert outcome.state == with_approvals(kept, 1, 0, FIRST)
    assert outcome.events == (
        Proposed(1, account(FIRST), JURISDICTION),
        Approved(1, account(FIRST), epoch=0, approvals=1, ready_at=0),
    )


def test_the_last_approval_needed_starts_the_timelock() -> None:
    """Given a proposal with one approval / When the second comes, and a third later
    / Then the timelock runs from the second.
    """
    life = proposed_life()
    before = life.state
    outcome = life.send(Approve(proposal=1), SECOND)
    assert outcome.state == with_approvals(before, 2, READY, SECOND)
    assert outcome.events == (Approved(1, account(SECOND), 0, 2, READY),)
    outcome = after(life, 100).send(Approve(proposal=1), THIRD)
    assert outcome.events == (Approved(1, account(THIRD), 0, 3, READY),)


def test_a_council_of_one_starts_the_timelock_by_proposing() -> None:
    """Given a threshold of one / When its member proposes / Then the timelock runs at once."""
    life = funded_life()
    life.state = replace(life.state, council_threshold=1)
    assert life.send(Propose(action=JURISDICTION), FIRST).events[1:] == (
        Approved(1, account(FIRST), 0, 1, READY),
    )


def test_a_withdrawn_approval_restarts_the_timelock() -> None:
    """Given a running timelock / When an approval is withdrawn, and another given later
    / Then it runs anew from there.
    """
    life = after(approved_life(), 50)
    outcome = life.send(RevokeApproval(proposal=1), FIRST)
    assert outcome.events == (ApprovalRevoked(1, account(FIRST), 0, 1, 0),)
    assert outcome.state.ready_at.get((1, 0)) == 0
    assert life.reject(Execute(proposal=1)).reason is Reason.APPROVALS_MISSING
    outcome = life.send(Approve(proposal=1), FIRST)
    assert outcome.events == (Approved(1, account(FIRST), 0, 2, READY + 50),)


def test_a_withdrawn_approval_beyond_the_threshold_leaves_the_timelock() -> None:
    """Given three approvals where two decide / When one is withdrawn / Then the timelock runs on."""
    life = approved_life()
    life.send(Approve(proposal=1), THIRD)
    outcome = life.send(RevokeApproval(proposal=1), SECOND)
    assert outcome.events == (ApprovalRevoked(1, account(SECOND), 0, 2, READY),)


def test_a_proposer_withdraws_for_good() -> None:
    """Given an approved proposal / When its proposer cancels it
    / Then it can neither be approved nor executed.
    """
    life = ready_life()
    before = life.state
    outcome = life.send(CancelProposal(proposal=1), FIRST)
    cancelled = replace(before.proposals.get(1), status=ProposalStatus.CANCELLED)
    assert outcome.state == replace(before, timestamp=life.now, proposals=before.proposals.set(1, cancelled))
    assert outcome.events == (ProposalCancelled(1),)
    for call, sender in ((Approve(proposal=1), THIRD), (Execute(proposal=1), THIRD)):
        assert life.reject(call, sender).reason is Reason.PROPOSAL_CLOSED


# --- executing --------------------------------------------------------------------------------------


@pytest.mark.parametrize("seconds", [0, GOVERNANCE_EXPIRY - 1])
def test_anyone_executes_from_the_timelock_until_it_expires(seconds: int) -> None:
    """Given a timelock that has run / When a stranger executes in the first or the last second
    / Then it is done, and only once.
    """
    life = after(ready_life(), seconds)
    before = life.state
    outcome = life.send(Execute(proposal=1))
    executed = replace(before.proposals.get(1), status=ProposalStatus.EXECUTED)
    assert outcome.state == replace(
        before,
        timestamp=life.now,
        proposals=before.proposals.set(1, executed),
        jurisdictions=before.jurisdictions.set(250, 1),
    )
    assert outcome.events == (ProposalExecuted(1), JurisdictionSet(250, 1))
    assert life.reject(Execute(proposal=1)).reason is Reason.PROPOSAL_CLOSED


def test_what_expired_can_be_approved_anew() -> None:
    """Given an expired proposal / When a member withdraws and approves again
    / Then it waits anew, and is executed.
    """
    life = after(ready_life(), GOVERNANCE_EXPIRY)
    life.send(RevokeApproval(proposal=1), FIRST)
    life.send(Approve(proposal=1), FIRST)
    assert life.reject(Execute(proposal=1)).reason is Reason.TIMELOCK_RUNNING
    after(life, GOVERNANCE_TIMELOCK).send(Execute(proposal=1))


Change = Callable[[State], State]
EFFECTS: dict[str, tuple[Action, Change, Event]] = {
    "a product is added": (
        PRODUCT,
        lambda state: replace(state, product_count=3, products=state.products.set(3, PRODUCT.product)),
        ProductSet(3, PRODUCT.product),
    ),
    "a product is replaced": (
        replace(PRODUCT, number=2),
        lambda state: replace(state, products=state.products.set(2, PRODUCT.product)),
        ProductSet(2, PRODUCT.product),
    ),
    "a reviewer is appointed": (
        ROLE,
        lambda state: replace(
            state, review_epoch=1, roles=state.roles.set((Role.REVIEWER, account("stranger")), 1)
        ),
        RoleSet(account("stranger"), Role.REVIEWER, 1, review_epoch=1),
    ),
    "a guardian is dismissed": (
        replace(GUARD, account=account(GUARDIAN), enabled=0),
        lambda state: replace(state, roles=state.roles.set((Role.GUARDIAN, account(GUARDIAN)), 0)),
        RoleSet(account(GUARDIAN), Role.GUARDIAN, 0, review_epoch=0),
    ),
    "a feeder is seated": (
        FEEDER,
        lambda state: replace(
            state,
            feeders=state.feeders.set(2, account("stranger")),
            seated_at=state.seated_at.set(2, READY),
        ),
        FeederSet(2, account("stranger")),
    ),
    "a seat is vacated": (
        replace(FEEDER, account=0),
        lambda state: replace(
            state, feeders=state.feeders.set(2, 0), seated_at=state.seated_at.set(2, READY)
        ),
        FeederSet(2, 0),
    ),
    "a facility is approved": (
        POLICY,
        lambda state: replace(
            state,
            facilities=state.facilities.set(
                1,
                replace(
                    state.facilities.get(1),
                    is_approved=1,
                    deposit_cap=CASH,
                    cover_ratio=1,
                    concentration_limit=2,
                ),
            ),
        ),
        FacilityPolicySet(1, 1, CASH, 1, 2),
    ),
    "floors are set": (
        FEES,
        lambda state: replace(state, interest_fee_floor=3, origination_fee_floor=4),
        FeesSet(3, 4),
    ),
    "a member is added": (
        MEMBER,
        lambda state: replace(
            state,
            council=state.council.set(account("stranger"), 1),
            council_size=4,
            council_threshold=3,
            council_epoch=1,
        ),
        CouncilSet(account("stranger"), 1, 4, 3, 1),
    ),
    "a member is removed": (
        replace(MEMBER, account=account(THIRD), enabled=0, threshold=1),
        lambda state: replace(
            state,
            council=state.council.set(account(THIRD), 0),
            council_size=2,
            council_threshold=1,
            council_epoch=1,
        ),
        CouncilSet(account(THIRD), 0, 2, 1, 1),
    ),
    "only the threshold is set": (
        replace(MEMBER, account=account(THIRD), threshold=1),
        lambda state: replace(state, council_threshold=1, council_epoch=1),
        CouncilSet(account(THIRD), 1, 3, 1, 1),
    ),
}


@pytest.mark.parametrize("name", EFFECTS)
def test_an_action_changes_what_it_names(name: str) -> None:
    """Given an approved action / When it is executed / Then exactly what it names has changed."""
    action, change, event = EFFECTS[name]
    life = ready_life(action)
    before = life.state
    outcome = life.send(Execute(proposal=1))
    executed = replace(before.proposals.get(1), status=ProposalStatus.EXECUTED)
    expected = replace(change(before), timestamp=READY, proposals=before.proposals.set(1, executed))
    assert outcome.state == expected
    assert outcome.events == (ProposalExecuted(1), event)
    assert outcome.transfers == ()


def test_approvals_lapse_when_the_council_changes() -> None:
    """Given two approved proposals / When one changes the council
    / Then the other has no approval, and can be approved anew, with a new timelock.
    """
    life = approved_life(MEMBER)
    life.send(Propose(action=JURISDICTION), FIRST)
    life.send(Approve(proposal=2), SECOND)
    after(life, GOVERNANCE_TIMELOCK).send(Execute(proposal=1))
    assert life.reject(Execute(proposal=2)).reason is Reason.APPROVALS_MISSING
    assert life.reject(RevokeApproval(proposal=2), FIRST).reason is Reason.NOT_APPROVED
    for approvals, member in enumerate((FIRST, SECOND, "stranger"), 1):
        ready_at = life.now + GOVERNANCE_TIMELOCK if approvals == 3 else 0
        outcome = life.send(Approve(proposal=2), member)
        assert outcome.events == (Approved(2, account(member), 1, approvals, ready_at),)
    after(life, GOVERNANCE_TIMELOCK).send(Execute(proposal=2))


def test_a_member_who_leaves_decides_nothing_more() -> None:
    """Given a proposal by a member / When that member is removed
    / Then they can neither approve nor cancel.
    """
    life = funded_life()
    life.send(Propose(action=JURISDICTION), THIRD)
    decide(life, replace(MEMBER, account=account(THIRD), enabled=0, threshold=2))
    for call in (Approve(proposal=1), CancelProposal(proposal=1), Propose(action=JURISDICTION)):
        assert life.reject(call, THIRD).reason is Reason.NOT_COUNCIL_MEMBER


# --- pausing ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("scope", list(Scope))
def test_a_guardian_pauses_a_scope(scope: Scope) -> None:
    """Given a guardian / When a scope is paused / Then for the maximum, and liquidation a grace longer."""
    life = funded_life()
    before = life.state
    outcome = life.send(Pause(scope=scope), GUARDIAN)
    closed: dict[str, int] = {}
    if scope is Scope.LIQUIDATION:
        until = NOW + MAXIMUM_PAUSE + LIQUIDATION_GRACE
        closed = {"liquidation_closed_from": NOW, "liquidation_closed_until": until}
    paused_until = before.paused_until.set(scope, NOW + MAXIMUM_PAUSE)
    assert outcome.state == replace(before, paused_until=paused_until, **closed)  # type: ignore[arg-type]
    assert outcome.events == (Paused(scope, account(GUARDIAN), NOW + MAXIMUM_PAUSE),)


def test_a_pause_is_repeated_only_after_a_cool_down() -> None:
    """Given a pause that has ended / When the guardian pauses again
    / Then only when the cool-down has passed.
    """
    life = after(paused_life(Scope.DEPOSITS), MAXIMUM_PAUSE + PAUSE_COOL_DOWN - 1)
    assert life.reject(Pause(scope=Scope.DEPOSITS), GUARDIAN).reason is Reason.PAUSE_COOLING_DOWN
    after(life, 1).send(Pause(scope=Scope.DEPOSITS), GUARDIAN)


@pytest.mark.parametrize("scope", list(Scope))
def test_the_council_resumes(scope: Scope) -> None:
    """Given a pause / When the council resumes the scope / Then it ends now, and the cool-down begins."""
    life = paused_life(scope)
    assert decide(life, replace(RESUME, number=scope)) == (ProposalExecuted(1), Resumed(scope))
    assert life.state.paused_until.get(scope) == READY
    if scope is Scope.LIQUIDATION:
        assert life.state.liquidation_closed_until == READY + LIQUIDATION_GRACE
    after(life, PAUSE_COOL_DOWN - 1)
    assert life.reject(Pause(scope=scope), GUARDIAN).reason is Reason.PAUSE_COOLING_DOWN


def test_a_pause_of_governance_blocks_no_replacement_of_its_guardian() -> None:
    """Given that governance is paused / When the council appoints and dismisses guardians
    / Then it is decided within the pause; anything else is not.
    """
    life = paused_life()
    decide(life, replace(GUARD, account=account(GUARDIAN), enabled=0))
    decide(life, GUARD)
    assert life.reject(Propose(action=ROLE), FIRST).reason is Reason.PAUSED
    assert life.reject(Pause(scope=Scope.DEPOSITS), GUARDIAN).reason is Reason.NOT_GUARDIAN
    life.send(Pause(scope=Scope.DEPOSITS), "stranger")


def test_a_proposal_that_gets_ready_outlasts_a_pause() -> None:
    """Given a proposal that is ready / When governance is paused in that second
    / Then it can be executed when the pause has ended.
    """
    life = ready_life()
    life.send(Pause(scope=Scope.GOVERNANCE), GUARDIAN)
    after(life, MAXIMUM_PAUSE).send(Execute(proposal=1))


# --- rejections -------------------------------------------------------------------------------------


def with_figures(life: Life, **changes: Any) -> Life:
    """Change figures of the state."""
    life.state = replace(life.state, **changes)
    return life


def proposing(action: Action, life: Life | None = None) -> tuple[Life, Call, str]:
    """Return the proposal of an action by a member."""
    return life or funded_life(), Propose(action=action), FIRST


PROPOSE: Cases = {
    Reason.NOT_COUNCIL_MEMBER: lambda: (funded_life(), Propose(action=JURISDICTION), GUARDIAN),
    Reason.PAUSED: lambda: proposing(JURISDICTION, paused_life()),
    Reason.ACCOUNT_INVALID: lambda: proposing(replace(ROLE, account=PROTOCOL)),
    Reason.NUMBER_INVALID: lambda: proposing(replace(JURISDICTION, number=MAXIMUM_JURISDICTION + 1)),
    Reason.PRODUCT_UNSOUND: lambda: proposing(replace(PRODUCT, product=build_product(DOLLAR, quorum=0))),
    Reason.UNKNOWN_ASSET: lambda: proposing(replace(PRODUCT, product=build_product(5))),
    Reason.FEE_ABOVE_CAP: lambda: proposing(replace(FEES, interest_fee_floor=INTEREST_FEE_CAP + 1)),
    Reason.TOO_MANY_PROPOSALS: lambda: proposing(
        JURISDICTION, with_figures(funded_life(), proposal_count=MAXIMUM_NUMBER)
    ),
}


@pytest.mark.parametrize("reason", PROPOSE)
def test_a_proposal_is_rejected(reason: Reason) -> None:
    """Given a proposal that must not be made / When it is sent / Then it is rejected for the reason."""
    check_rejection(Propose, PROPOSE, reason)


SOUND = PRODUCT.product
UNSOUND = [
    (replace(ROLE, account=0), Reason.ACCOUNT_INVALID),
    (replace(MEMBER, account=PROTOCOL), Reason.ACCOUNT_INVALID),
    (replace(MEMBER, account=0), Reason.ACCOUNT_INVALID),
    (replace(FEEDER, account=PROTOCOL), Reason.ACCOUNT_INVALID),
    (replace(FEEDER, number=0), Reason.NUMBER_INVALID),
    (replace(FEEDER, number=FEED_SEATS + 1), Reason.NUMBER_INVALID),
    (replace(JURISDICTION, number=0), Reason.NUMBER_INVALID),
    (replace(RESUME, number=len(Scope)), Reason.NUMBER_INVALID),
    (replace(PRODUCT, product=replace(SOUND, minimum_principal=0)), Reason.PRODUCT_UNSOUND),
    (
        replace(PRODUCT, product=replace(SOUND, minimum_principal=2, maximum_principal=1)),
        Reason.PRODUCT_UNSOUND,
    ),
    (replace(PRODUCT, product=replace(SOUND, quorum=MAXIMUM_QUORUM + 1)), Reason.PRODUCT_UNSOUND),
    (replace(PRODUCT, product=replace(SOUND, least_scores=(3, 3, 2, 1))), Reason.PRODUCT_UNSOUND),
    (replace(PRODUCT, product=replace(SOUND, least_scores=(4, 3, 1, 1))), Reason.PRODUCT_UNSOUND),
    (replace(FEES, origination_fee_floor=ORIGINATION_FEE_CAP + 1), Reason.FEE_ABOVE_CAP),
]


@pytest.mark.parametrize(("action", "reason"), UNSOUND)
def test_what_can_never_be_carried_out_is_not_proposed(action: Action, reason: Reason) -> None:
    """Given an action that is unsound by itself / When it is proposed / Then it is rejected."""
    assert funded_life().reject(Propose(action=action), FIRST).reason is reason


SOUND_AT_THE_BOUND = [
    replace(FEEDER, number=FEED_SEATS),
    replace(JURISDICTION, number=MAXIMUM_JURISDICTION),
    replace(RESUME, number=Scope.ORIGINATION),
    replace(PRODUCT, product=replace(SOUND, minimum_principal=1, maximum_principal=1)),
    replace(PRODUCT, product=replace(SOUND, quorum=MAXIMUM_QUORUM, least_scores=(3, 2, 1, 0))),
    replace(FEES, interest_fee_floor=INTEREST_FEE_CAP, origination_fee_floor=ORIGINATION_FEE_CAP),
    replace(JURISDICTION, account=PROTOCOL, product=replace(SOUND, quorum=0)),
]


@pytest.mark.parametrize("action", SOUND_AT_THE_BOUND)
def test_what_its_kind_does_not_use_is_ignored(action: Action) -> None:
    """Given an action at the bound, or with unused parts of any kind / When it is proposed
    / Then it is kept.
    """
    life = funded_life()
    life.send(Propose(action=action), FIRST)
    assert life.state.proposals.get(1).action == action


APPROVE: Cases = {
    Reason.NOT_COUNCIL_MEMBER: lambda: (proposed_life(), Approve(proposal=1), "lender"),
    Reason.UNKNOWN_PROPOSAL: lambda: (proposed_life(), Approve(proposal=2), SECOND),
    Reason.PROPOSAL_CLOSED: lambda: (closed_life(), Approve(proposal=1), THIRD),
    Reason.PAUSED: lambda: (blocked_life(proposed_life()), Approve(proposal=1), SECOND),
    Reason.ALREADY_APPROVED: lambda: (proposed_life(), Approve(proposal=1), FIRST),
}


def closed_life() -> Life:
    """Go on until a proposal is executed."""
    life = ready_life()
    life.send(Execute(proposal=1))
    return life


def blocked_life(life: Life) -> Life:
    """Pause governance."""
    life.send(Pause(scope=Scope.GOVERNANCE), GUARDIAN)
    return life


@pytest.mark.parametrize("reason", APPROVE)
def test_an_approval_is_rejected(reason: Reason) -> None:
    """Given an approval that must not be given / When it is sent / Then it is rejected for the reason."""
    check_rejection(Approve, APPROVE, reason)


REVOKE: Cases = {
    Reason.NOT_COUNCIL_MEMBER: lambda: (proposed_life(), RevokeApproval(proposal=1), "lender"),
    Reason.UNKNOWN_PROPOSAL: lambda: (proposed_life(), RevokeApproval(proposal=0), FIRST),
    Reason.PROPOSAL_CLOSED: lambda: (closed_life(), RevokeApproval(proposal=1), FIRST),
    Reason.NOT_APPROVED: lambda: (proposed_life(), RevokeApproval(proposal=1), SECOND),
}


@pytest.mark.parametrize("reason", REVOKE)
def test_a_withdrawal_is_rejected(reason: Reason) -> None:
    """Given an approval that cannot be withdrawn / When that is sent / Then it is rejected for the reason."""
    check_rejection(RevokeApproval, REVOKE, reason)


def test_a_pause_blocks_no_withdrawal() -> None:
    """Given that governance is paused / When a member withdraws an approval, and the proposer the proposal
    / Then both are done.
    """
    life = blocked_life(approved_life())
    life.send(RevokeApproval(proposal=1), SECOND)
    life.send(CancelProposal(proposal=1), FIRST)


def executing(action: Action, **changes: Any) -> tuple[Life, Call, str]:
    """Return the execution of an approved action in a state with changed figures."""
    return with_figures(ready_life(action), **changes), Execute(proposal=1), "stranger"


EXECUTE: Cases = {
    Reason.UNKNOWN_PROPOSAL: lambda: (ready_life(), Execute(proposal=2), "stranger"),
    Reason.PROPOSAL_CLOSED: lambda: (closed_life(), Execute(proposal=1), "stranger"),
    Reason.PAUSED: lambda: (blocked_life(ready_life()), Execute(proposal=1), "stranger"),
    Reason.APPROVALS_MISSING: lambda: (
        after(proposed_life(), GOVERNANCE_TIMELOCK),
        Execute(proposal=1),
        "stranger",
    ),
    Reason.TIMELOCK_RUNNING: lambda: (
        after(approved_life(), GOVERNANCE_TIMELOCK - 1),
        Execute(proposal=1),
        "stranger",
    ),
    Reason.PROPOSAL_EXPIRED: lambda: (
        after(ready_life(), GOVERNANCE_EXPIRY),
        Execute(proposal=1),
        "stranger",
    ),
    Reason.UNKNOWN_PRODUCT: lambda: executing(replace(PRODUCT, number=3)),
    Reason.TOO_MANY_PRODUCTS: lambda: executing(PRODUCT, product_count=MAXIMUM_NUMBER),
    Reason.ALREADY_SEATED: lambda: executing(replace(FEEDER, account=account(FEEDERS[0]))),
    Reason.UNKNOWN_FACILITY: lambda: executing(replace(POLICY, number=2)),
    Reason.COUNCIL_TOO_LARGE: lambda: executing(MEMBER, council_size=MAXIMUM_COUNCIL),
    Reason.THRESHOLD_INVALID: lambda: executing(replace(MEMBER, threshold=5)),
    Reason.TOO_MANY_EPOCHS: lambda: executing(ROLE, review_epoch=MAXIMUM_NUMBER),
    Reason.NOT_PAUSED: lambda: executing(RESUME),
}


@pytest.mark.parametrize("reason", EXECUTE)
def test_an_execution_is_rejected(reason: Reason) -> None:
    """Given a proposal that cannot be executed / When that is sent / Then it is rejected for the reason."""
    check_rejection(Execute, EXECUTE, reason)


@pytest.mark.parametrize(
    ("action", "reason"),
    [
        (replace(MEMBER, threshold=0), Reason.THRESHOLD_INVALID),
        (replace(MEMBER, account=account(THIRD), enabled=0, threshold=3), Reason.THRESHOLD_INVALID),
        (replace(POLICY, number=0), Reason.UNKNOWN_FACILITY),
    ],
)
def test_an_action_is_judged_by_what_holds_when_it_is_executed(action: Action, reason: Reason) -> None:
    """Given an action that does not fit the state / When it is executed / Then it is rejected."""
    assert ready_life(action).reject(Execute(proposal=1)).reason is reason


def test_epochs_of_the_council_have_an_end() -> None:
    """Given the last epoch / When the council is to change / Then that is rejected."""
    life = with_figures(funded_life(), council_epoch=MAXIMUM_NUMBER)
    life.send(Propose(action=MEMBER), FIRST)
    life.send(Approve(proposal=1), SECOND)
    assert after(life, GOVERNANCE_TIMELOCK).reject(Execute(proposal=1)).reason is Reason.TOO_MANY_EPOCHS


def test_a_feeder_stays_on_its_own_seat() -> None:
    """Given a feeder / When it is seated again where it sits / Then its seat begins anew."""
    action = replace(FEEDER, account=account(FEEDERS[1]))
    life = ready_life(action)
    life.send(Execute(proposal=1))
    assert life.state.seated_at.get(2) == READY


CANCEL: Cases = {
    Reason.NOT_COUNCIL_MEMBER: lambda: (proposed_life(), CancelProposal(proposal=1), REVIEWERS[0]),
    Reason.UNKNOWN_PROPOSAL: lambda: (proposed_life(), CancelProposal(proposal=2), FIRST),
    Reason.NOT_PROPOSER: lambda: (proposed_life(), CancelProposal(proposal=1), SECOND),
    Reason.PROPOSAL_CLOSED: lambda: (closed_life(), CancelProposal(proposal=1), FIRST),
}


@pytest.mark.parametrize("reason", CANCEL)
def test_a_cancellation_is_rejected(reason: Reason) -> None:
    """Given a proposal that the sender cannot cancel / When that is sent
    / Then it is rejected for the reason.
    """
    check_rejection(CancelProposal, CANCEL, reason)


PAUSE: Cases = {
    Reason.NOT_GUARDIAN: lambda: (funded_life(), Pause(scope=Scope.DEPOSITS), FIRST),
    Reason.ALREADY_PAUSED: lambda: (
        after(paused_life(), MAXIMUM_PAUSE - 1),
        Pause(scope=Scope.GOVERNANCE),
        GUARDIAN,
    ),
    Reason.PAUSE_COOLING_DOWN: lambda: (
        after(paused_life(), MAXIMUM_PAUSE),
        Pause(scope=Scope.GOVERNANCE),
        GUARDIAN,
    ),
}


@pytest.mark.parametrize("reason", PAUSE)
def test_a_pause_is_rejected(reason: Reason) -> None:
    """Given a pause that must not be / When it is sent / Then it is rejected for the reason."""
    check_rejection(Pause, PAUSE, reason)


def test_a_policy_stays_whatever_lenders_do() -> None:
    """Given a facility with a policy / When a lender redeems / Then the policy is what the council set."""
    life = ready_life(POLICY)
    life.send(Execute(proposal=1))
    redeem = Redeem(facility=1, shares=5 * VIRTUAL_SHARES, minimum_amount=0)
    life.on(life.today + REDEMPTION_LOCK_DAYS).send(redeem, "lender")
    facility = life.facility()
    assert facility.cash == CASH - 5
    assert (facility.is_approved, facility.deposit_cap) == (1, CASH)
    assert (facility.cover_ratio, facility.concentration_limit) == (1, 2)

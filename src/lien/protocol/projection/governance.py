"""Chapter 1: governance (`lien.spec.governance`)."""

from dataclasses import replace

from lien.protocol.pauses import with_pause, without_pause
from lien.protocol.projection.change import with_facility
from lien.protocol.state import Proposal, State
from lien.spec.governance import (
    ApprovalRevoked,
    Approved,
    CouncilSet,
    FacilityPolicySet,
    FeederSet,
    FeesSet,
    JurisdictionSet,
    Paused,
    ProductSet,
    ProposalCancelled,
    ProposalExecuted,
    Proposed,
    Resumed,
    RoleSet,
)
from lien.spec.types import ProposalStatus

# --- proposals --------------------------------------------------------------------------------------


def proposed(state: State, event: Proposed, _: int) -> State:
    """Keep the proposal."""
    proposal = Proposal(event.proposer, event.action)
    proposals = state.proposals.set(event.proposal, proposal)
    return replace(state, proposal_count=event.proposal, proposals=proposals)


def approved(state: State, event: Approved, _: int) -> State:
    """Keep the member's approval."""
    return with_approval(state, event, 1)


def approval_revoked(state: State, event: ApprovalRevoked, _: int) -> State:
    """Take the member's approval out."""
    return with_approval(state, event, 0)


def with_approval(state: State, event: Approved | ApprovalRevoked, approves: int) -> State:
    """Return the state with a member's approval or without it."""
    place = (event.proposal, event.epoch)
    return replace(
        state,
        approvals=state.approvals.set((*place, event.member), approves),
        approval_counts=state.approval_counts.set(place, event.approvals),
        ready_at=state.ready_at.set(place, event.ready_at),
    )


def proposal_cancelled(state: State, event: ProposalCancelled, _: int) -> State:
    """Close the proposal."""
    return with_status(state, event.proposal, ProposalStatus.CANCELLED)


def proposal_executed(state: State, event: ProposalExecuted, _: int) -> State:
    """Close the proposal; what it did is told by the event that follows."""
    return with_status(state, event.proposal, ProposalStatus.EXECUTED)


def with_status(state: State, number: int, status: ProposalStatus) -> State:
    """Return the state in which a proposal has a status."""
    proposal = replace(state.proposals.get(number), status=status)
    return replace(state, proposals=state.proposals.set(number, proposal))


# --- what they do -----------------------------------------------------------------------------------


def product_set(state: State, event: ProductSet, _: int) -> State:
    """Put the product in its place, or after the last."""
    count = max(state.product_count, event.number)
    return replace(state, product_count=count, products=state.products.set(event.number, event.product))


def role_set(state: State, event: RoleSet, _: int) -> State:
    """Give or take the role."""
    roles = state.roles.set((event.role, event.account), event.enabled)
    return replace(state, roles=roles, review_epoch=event.review_epoch)


def feeder_set(state: State, event: FeederSet, now: int) -> State:
    """Seat the feeder from now on."""
    feeders = state.feeders.set(event.seat, event.feeder)
    return replace(state, feeders=feeders, seated_at=state.seated_at.set(event.seat, now))


def facility_policy_set(state: State, event: FacilityPolicySet, _: int) -> State:
    """Keep what the facility may do."""
    return with_facility(
        state,
        event.facility,
        is_approved=event.is_approved,
        deposit_cap=event.deposit_cap,
        cover_ratio=event.cover_ratio,
        concentration_limit=event.concentration_limit,
    )


def jurisdiction_set(state: State, event: JurisdictionSet, _: int) -> State:
    """Accept the jurisdiction, or no longer."""
    return replace(state, jurisdictions=state.jurisdictions.set(event.jurisdiction, event.enabled))


def fees_set(state: State, event: FeesSet, _: int) -> State:
    """Keep the floors."""
    return replace(
        state,
        interest_fee_floor=event.interest_fee_floor,
        origination_fee_floor=event.origination_fee_floor,
    )


def council_set(state: State, event: CouncilSet, _: int) -> State:
    """Seat the member, or no longer, and begin the epoch."""
    return replace(
        state,
        council=state.council.set(event.account, event.enabled),
        council_size=event.size,
        council_threshold=event.threshold,
        council_epoch=event.epoch,
    )


# --- pauses -----------------------------------------------------------------------------------------


def paused(state: State, event: Paused, now: int) -> State:
    """Pause the scope from now on."""
    after = with_pause(state, event.scope, now)
    return replace(after, paused_until=after.paused_until.set(event.scope, event.until))


def resumed(state: State, event: Resumed, now: int) -> State:
    """End the pause of the scope now."""
    return without_pause(state, event.scope, now)

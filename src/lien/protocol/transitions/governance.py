"""Chapter 1: governance (`lien.spec.governance`)."""

from dataclasses import replace

from lien.protocol.actions import is_always_possible, require_sound_action
from lien.protocol.algebra import all_of, any_of, choose, negate
from lien.protocol.effects import carry_out
from lien.protocol.pauses import is_cooling_down, is_paused, with_pause
from lien.protocol.rejection import require
from lien.protocol.state import Context, Proposal, State
from lien.protocol.transitions.step import Step
from lien.spec.action import Action
from lien.spec.governance import (
    ApprovalRevoked,
    Approve,
    Approved,
    CancelProposal,
    Execute,
    Pause,
    Paused,
    ProposalCancelled,
    ProposalExecuted,
    Propose,
    Proposed,
    RevokeApproval,
)
from lien.spec.reasons import Reason
from lien.spec.types import ProposalStatus, Role, Scope
from lien.spec.units import GOVERNANCE_EXPIRY, GOVERNANCE_TIMELOCK, MAXIMUM_NUMBER


def require_member(state: State, context: Context) -> None:
    """Reject a call by anyone who is no member of the council.

    Raises: NOT_COUNCIL_MEMBER.
    """
    require(state.council.get(context.sender) == 1, Reason.NOT_COUNCIL_MEMBER)


def require_decidable(state: State, action: Action, now: int) -> None:
    """Reject a decision while governance is paused, unless no pause blocks it (GOVERNANCE-10).

    Raises: PAUSED.
    """
    runs = negate(is_paused(state, Scope.GOVERNANCE, now))
    require(any_of(runs, is_always_possible(action)), Reason.PAUSED)


def with_approval(state: State, number: int, context: Context) -> tuple[State, Approved]:
    """Return the state with the sender's approval; with the last that is needed the timelock starts."""
    place = (number, state.council_epoch)
    approvals = state.approval_counts.get(place) + 1
    starts = approvals == state.council_threshold
    ready_at = choose(starts, context.timestamp + GOVERNANCE_TIMELOCK, state.ready_at.get(place))
    after = replace(
        state,
        approvals=state.approvals.set((*place, context.sender), 1),
        approval_counts=state.approval_counts.set(place, approvals),
        ready_at=state.ready_at.set(place, ready_at),
    )
    return after, Approved(number, context.sender, state.council_epoch, approvals, ready_at)


def propose(state: State, call: Propose, context: Context) -> Step:
    """Keep a proposal, approved by its proposer (GOVERNANCE-1, GOVERNANCE-8)."""
    require_member(state, context)
    require_decidable(state, call.action, context.timestamp)
    require_sound_action(state, call.action)
    require(state.proposal_count < MAXIMUM_NUMBER, Reason.TOO_MANY_PROPOSALS)

    number = state.proposal_count + 1
    proposal = Proposal(context.sender, call.action)
    kept = replace(state, proposal_count=number, proposals=state.proposals.set(number, proposal))
    after, approved = with_approval(kept, number, context)
    return Step(after, (Proposed(number, context.sender, call.action), approved))


def approve(state: State, call: Approve, context: Context) -> Step:
    """Count a member's approval once in each epoch (GOVERNANCE-1, GOVERNANCE-4)."""
    require_member(state, context)
    require(state.proposals.contains(call.proposal), Reason.UNKNOWN_PROPOSAL)
    proposal, epoch = state.proposals.get(call.proposal), state.council_epoch
    require(proposal.status == ProposalStatus.OPEN, Reason.PROPOSAL_CLOSED)
    require_decidable(state, proposal.action, context.timestamp)
    has_approved = state.approvals.get((call.proposal, epoch, context.sender)) == 1
    has_room = state.approval_counts.get((call.proposal, epoch)) < state.council_size
    require(all_of(negate(has_approved), has_room), Reason.ALREADY_APPROVED)

    after, approved = with_approval(state, call.proposal, context)
    return Step(after, (approved,))


def revoke_approval(state: State, call: RevokeApproval, context: Context) -> Step:
    """Take a member's approval back; below the threshold the timelock is void (GOVERNANCE-1)."""
    require_member(state, context)
    require(state.proposals.contains(call.proposal), Reason.UNKNOWN_PROPOSAL)
    status, epoch = state.proposals.get(call.proposal).status, state.council_epoch
    require(status == ProposalStatus.OPEN, Reason.PROPOSAL_CLOSED)
    place = (call.proposal, epoch)
    require(state.approvals.get((*place, context.sender)) == 1, Reason.NOT_APPROVED)

    approvals = state.approval_counts.get(place) - 1
    ready_at = choose(approvals >= state.council_threshold, state.ready_at.get(place), 0)
    after = replace(
        state,
        approvals=state.approvals.set((*place, context.sender), 0),
        approval_counts=state.approval_counts.set(place, approvals),
        ready_at=state.ready_at.set(place, ready_at),
    )
    return Step(after, (ApprovalRevoked(call.proposal, context.sender, epoch, approvals, ready_at),))


def execute(state: State, call: Execute, context: Context) -> Step:
    """Carry out what is approved and has waited (GOVERNANCE-2, GOVERNANCE-3, GOVERNANCE-5)."""
    require(state.proposals.contains(call.proposal), Reason.UNKNOWN_PROPOSAL)
    proposal, now = state.proposals.get(call.proposal), context.timestamp
    require(proposal.status == ProposalStatus.OPEN, Reason.PROPOSAL_CLOSED)
    require_decidable(state, proposal.action, now)
    ready_at = state.ready_at.get((call.proposal, state.council_epoch))
    require(ready_at > 0, Reason.APPROVALS_MISSING)
    require(now >= ready_at, Reason.TIMELOCK_RUNNING, ready_at=ready_at, now=now)
    require(now < ready_at + GOVERNANCE_EXPIRY, Reason.PROPOSAL_EXPIRED, ready_at=ready_at, now=now)
    changed, effect = carry_out(state, proposal.action, now)

    executed = replace(proposal, status=ProposalStatus.EXECUTED)
    after = replace(changed, proposals=changed.proposals.set(call.proposal, executed))
    return Step(after, (ProposalExecuted(call.proposal), effect))


def cancel_proposal(state: State, call: CancelProposal, context: Context) -> Step:
    """Withdraw a proposal for good (GOVERNANCE-3)."""
    require_member(state, context)
    require(state.proposals.contains(call.proposal), Reason.UNKNOWN_PROPOSAL)
    proposal = state.proposals.get(call.proposal)
    require(context.sender == proposal.proposer, Reason.NOT_PROPOSER)
    require(proposal.status == ProposalStatus.OPEN, Reason.PROPOSAL_CLOSED)

    cancelled = replace(proposal, status=ProposalStatus.CANCELLED)
    after = replace(state, proposals=state.proposals.set(call.proposal, cancelled))
    return Step(after, (ProposalCancelled(call.proposal),))


def pause(state: State, call: Pause, context: Context) -> Step:
    """Pause a scope for the maximum of a pause (GOVERNANCE-9, GOVERNANCE-11)."""
    now = context.timestamp
    require(state.roles.get((Role.GUARDIAN, context.sender)) == 1, Reason.NOT_GUARDIAN)
    require(negate(is_paused(state, call.scope, now)), Reason.ALREADY_PAUSED)
    require(negate(is_cooling_down(state, call.scope, now)), Reason.PAUSE_COOLING_DOWN)

    after = with_pause(state, call.scope, now)
    return Step(after, (Paused(call.scope, context.sender, after.paused_until.get(call.scope)),))

"""What members do with proposals: approvals, timelocks, and how a proposal ends."""

from lien.invariants.properties.base import Kind, Observed, declare
from lien.invariants.properties.steps.kept import are_kept
from lien.protocol.algebra import all_of, any_of, choose
from lien.spec.governance import Approve, CancelProposal, Execute, Propose, RevokeApproval
from lien.spec.types import ProposalStatus
from lien.spec.units import GOVERNANCE_EXPIRY, GOVERNANCE_TIMELOCK

ON_A_PROPOSAL = (Approve, RevokeApproval, Execute, CancelProposal)


# --- approvals --------------------------------------------------------------------------------------


@declare("APPROVAL-OWN", Kind.STEP, ("governance",), (105,), every=("proposal", "epoch", "account"))
def approvals_are_ones_own(observed: Observed, proposal: int, epoch: int, account: int) -> bool:
    """An approval is given or withdrawn only by its member's call, on that proposal, in the present epoch."""
    call, before, key = observed.call, observed.before, (proposal, epoch, account)
    change = observed.after.approvals.get(key) - before.approvals.get(key)
    if not observed.accepted or not isinstance(call, (Propose, Approve, RevokeApproval)):
        return change == 0
    number = before.proposal_count + 1 if isinstance(call, Propose) else call.proposal
    is_own = all_of(proposal == number, epoch == before.council_epoch, account == observed.context.sender)
    is_member = before.council.get(observed.context.sender) == 1
    expected = choose(is_own, -1 if isinstance(call, RevokeApproval) else 1, 0)
    return all_of(is_member, change == expected)


@declare("TIMELOCK-WHOLE", Kind.STEP, ("governance",), (114,), every=("proposal", "epoch"))
def timelocks_are_whole(observed: Observed, proposal: int, epoch: int) -> bool:
    """A timelock starts only now and at its whole length, by the last approval needed; else it can only stop.

    It is never moved.
    """
    key, before, after = (proposal, epoch), observed.before, observed.after
    old, new = before.ready_at.get(key), after.ready_at.get(key)
    starts = all_of(
        old == 0,
        new == observed.context.timestamp + GOVERNANCE_TIMELOCK,
        after.approval_counts.get(key) == after.council_threshold,
    )
    stops = after.approval_counts.get(key) < after.council_threshold
    return any_of(new == old, starts, all_of(new == 0, stops))


@declare("APPROVALS-LAPSE", Kind.STEP, ("governance",), (114,), every=("proposal", "account"))
def approvals_lapse_with_the_council(observed: Observed, proposal: int, account: int) -> bool:
    """When the council changes, no proposal has an approval, and no timelock runs."""
    before, after = observed.before, observed.after
    key = (proposal, after.council_epoch)
    is_void = all_of(
        after.council_epoch > before.council_epoch,
        after.approvals.get((*key, account)) == 0,
        after.approval_counts.get(key) == 0,
        after.ready_at.get(key) == 0,
    )
    is_kept = all_of(
        after.council.get(account) == before.council.get(account),
        are_kept(observed, ("council_size", "council_threshold", "council_epoch")),
    )
    return any_of(is_kept, is_void)


# --- proposals --------------------------------------------------------------------------------------


@declare("PROPOSE-EXACT", Kind.STEP, ("governance",), (107, 114), calls=(Propose,))
def a_proposal_is_kept_as_sent(observed: Observed) -> bool:
    """A proposal is kept open under the next number, by its proposer, with the action as sent."""
    if not observed.accepted:
        return are_kept(observed, ("proposals", "proposal_count"))
    number = observed.before.proposal_count + 1
    proposal = observed.after.proposals.get(number)
    return all_of(
        observed.after.proposal_count == number,
        proposal.proposer == observed.context.sender,
        proposal.action is observed.call.action,
        proposal.status == ProposalStatus.OPEN,
    )


@declare("PROPOSAL-FIXED", Kind.STEP, ("governance",), (107, 114), calls=ON_A_PROPOSAL)
def proposals_end_once(observed: Observed) -> bool:
    """A call on a proposal meets an open one; what is proposed never changes, nor does what has ended."""
    if not observed.accepted:
        return are_kept(observed, ("proposals",))
    old = observed.before.proposals.get(observed.call.proposal)
    new = observed.after.proposals.get(observed.call.proposal)
    ends = {"execute": ProposalStatus.EXECUTED, "cancel_proposal": ProposalStatus.CANCELLED}
    return all_of(
        old.status == ProposalStatus.OPEN,
        new.status == ends.get(observed.call.call_name(), ProposalStatus.OPEN),
        new.proposer == old.proposer,
        new.action is old.action,
    )


@declare("PROPOSALS-KEPT", Kind.STEP, ("governance",), (107, 104))
def nothing_else_touches_proposals(observed: Observed) -> bool:
    """Only proposing, executing and cancelling change proposals, and only proposing adds one."""
    is_added = isinstance(observed.call, Propose) or are_kept(observed, ("proposal_count",))
    may_change = isinstance(observed.call, (Propose, Execute, CancelProposal))
    return all_of(is_added, may_change or are_kept(observed, ("proposals",)))


@declare("CANCEL-BY-PROPOSER", Kind.STEP, ("governance",), (104,), calls=(CancelProposal,))
def only_its_proposer_cancels(observed: Observed) -> bool:
    """A proposal is cancelled by its proposer, who is still a member."""
    if not observed.accepted:
        return True
    proposal, sender = observed.before.proposals.get(observed.call.proposal), observed.context.sender
    return all_of(proposal.proposer == sender, observed.before.council.get(sender) == 1)


@declare("EXECUTE-APPROVED", Kind.STEP, ("governance",), (114,), calls=(Execute,))
def execution_needs_approvals_and_time(observed: Observed) -> bool:
    """What is executed has a threshold of approvals in this epoch, has waited, and has not expired."""
    if not observed.accepted:
        return True
    before, now = observed.before, observed.context.timestamp
    key = (observed.call.proposal, before.council_epoch)
    ready_at = before.ready_at.get(key)
    return all_of(
        before.council_threshold >= 1,
        before.approval_counts.get(key) >= before.council_threshold,
        ready_at > 0,
        ready_at <= now,
        now < ready_at + GOVERNANCE_EXPIRY,
    )

"""What the calls of the council and the guardian do, and that no other call decides for them."""

from dataclasses import fields

from lien.invariants.properties.arrows import ON_A_FACILITY
from lien.invariants.properties.base import Kind, Observed, declare
from lien.protocol.actions import is_always_possible
from lien.protocol.algebra import all_of, any_of, choose, implies, negate
from lien.protocol.pauses import closed_seconds, is_liquidation_closed, is_paused
from lien.protocol.state import Ledger, State, keyed_of
from lien.spec.call import Event
from lien.spec.facility import Deposit, Redeem
from lien.spec.governance import (
    Approve,
    CancelProposal,
    CouncilSet,
    Execute,
    FacilityPolicySet,
    FeederSet,
    FeesSet,
    JurisdictionSet,
    Pause,
    ProductSet,
    Propose,
    Resumed,
    RevokeApproval,
    RoleSet,
)
from lien.spec.reasons import Reason
from lien.spec.types import ProposalStatus, Role, Scope
from lien.spec.units import (
    GOVERNANCE_EXPIRY,
    GOVERNANCE_TIMELOCK,
    LIQUIDATION_GRACE,
    MAXIMUM_PAUSE,
    PAUSE_COOL_DOWN,
)

MAPS = {item.name for item in fields(State) if keyed_of(item.type) is not None}
DECIDED: dict[type[Event], tuple[str, ...]] = {  # what of the state an executed action changes, by its event
    ProductSet: ("products", "product_count"),
    RoleSet: ("roles", "review_epoch"),
    FeederSet: ("feeders", "seated_at"),
    FacilityPolicySet: ("facilities",),
    JurisdictionSet: ("jurisdictions",),
    FeesSet: ("interest_fee_floor", "origination_fee_floor"),
    CouncilSet: ("council", "council_size", "council_threshold", "council_epoch"),
    Resumed: ("paused_until", "liquidation_closed_until"),
}
BY_THE_COUNCIL = tuple(
    name for kind, names in DECIDED.items() for name in names if kind not in (FacilityPolicySet, Resumed)
)
BY_THE_GUARDIAN = (
    "paused_until",
    "liquidation_closed_from",
    "liquidation_closed_until",
    "liquidation_closed_before",
)
POLICY = ("is_approved", "deposit_cap", "cover_ratio", "concentration_limit")
ON_A_PROPOSAL = (Approve, RevokeApproval, Execute, CancelProposal)


def are_kept(observed: Observed, names: tuple[str, ...]) -> bool:
    """Return whether parts of the state are what they were: maps the very same, figures equal."""
    before, after = observed.before, observed.after
    return all_of(
        *(
            getattr(before, name) is getattr(after, name)
            if name in MAPS
            else getattr(before, name) == getattr(after, name)
            for name in names
        )
    )


def effect_of(observed: Observed, kind: type[Event]) -> bool:
    """Return whether an executed action was of the kind of which an event tells."""
    return any(isinstance(event, kind) for event in observed.events)


# --- who decides ------------------------------------------------------------------------------------


@declare("COUNCIL-DECIDES", Kind.STEP, ("governance",), (103, 104, 110))
def nothing_else_decides_for_the_council(observed: Observed) -> bool:
    """Only an executed proposal changes council, roles, seats, jurisdictions, products, floors and epochs."""
    return isinstance(observed.call, Execute) or are_kept(observed, BY_THE_COUNCIL)


@declare("POLICY-BY-COUNCIL", Kind.STEP, ("governance", "facility"), (104, 110), calls=ON_A_FACILITY)
def nothing_else_changes_a_policy(observed: Observed) -> bool:
    """A call on a facility leaves what the council allows it."""
    if not observed.accepted:
        return True
    call, before = observed.call, observed.before
    number = call.facility if isinstance(call, (Deposit, Redeem)) else before.loans.get(call.loan).facility
    old, new = before.facilities.get(number), observed.after.facilities.get(number)
    return all_of(*(getattr(new, name) == getattr(old, name) for name in POLICY))


@declare("GUARDIAN-PAUSES", Kind.STEP, ("governance",), (104, 111))
def nothing_else_pauses(observed: Observed) -> bool:
    """Only a guardian's pause and an executed resumption change what is paused."""
    if isinstance(observed.call, Pause):
        is_guardian = observed.before.roles.get((Role.GUARDIAN, observed.context.sender)) == 1
        return implies(observed.accepted, is_guardian)
    return effect_of(observed, Resumed) or are_kept(observed, BY_THE_GUARDIAN)


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


# --- actions ----------------------------------------------------------------------------------------


@declare("EXECUTE-NOTHING-ELSE", Kind.STEP, ("governance",), (110,), calls=(Execute,))
def an_action_changes_what_it_names(observed: Observed) -> bool:
    """An executed action has one effect, and changes only what is of its kind; no token, and no loan.

    Beside it only the proposal changes.
    """
    if not observed.accepted:
        return True
    kinds = [kind for kind in DECIDED if effect_of(observed, kind)]
    may = {
        "settings",
        "ledger",
        "timestamp",
        "proposals",
        *(name for kind in kinds for name in DECIDED[kind]),
    }
    others = tuple(item.name for item in fields(State) if item.name not in may)
    before, after = observed.before, observed.after
    tokens = [item.name for item in fields(Ledger) if keyed_of(item.type) is not None]
    return all_of(
        len(kinds) == 1,
        after.settings is before.settings,
        *(getattr(after.ledger, name) is getattr(before.ledger, name) for name in tokens),
        are_kept(observed, others),
    )


@declare("EXECUTE-ROLE", Kind.STEP, ("governance",), (104, 110), calls=(Execute,), every=("role", "account"))
def a_role_is_set_as_named(observed: Observed, role: int, account: int) -> bool:
    """Setting a role changes that of one account; the epoch of reviews rises with a change of reviewers."""
    before, after = observed.before, observed.after
    if not effect_of(observed, RoleSet):
        return are_kept(observed, ("roles", "review_epoch"))
    action = before.proposals.get(observed.call.proposal).action
    is_named = all_of(role == action.role, account == action.account)
    expected = choose(is_named, action.enabled, before.roles.get((role, account)))
    rise = choose(action.role == Role.REVIEWER, 1, 0)
    return all_of(
        after.roles.get((role, account)) == expected, after.review_epoch == before.review_epoch + rise
    )


@declare("EXECUTE-COUNCIL", Kind.STEP, ("governance",), (103, 114), calls=(Execute,), every=("account",))
def the_council_is_set_as_named(observed: Observed, account: int) -> bool:
    """Setting the council adds or removes one member, counts it exactly, and begins an epoch."""
    before, after = observed.before, observed.after
    if not effect_of(observed, CouncilSet):
        return are_kept(observed, DECIDED[CouncilSet])
    action = before.proposals.get(observed.call.proposal).action
    change = after.council.get(action.account) - before.council.get(action.account)
    expected = choose(account == action.account, action.enabled, before.council.get(account))
    return all_of(
        after.council.get(account) == expected,
        after.council_size == before.council_size + change,
        after.council_threshold == action.threshold,
        after.council_epoch == before.council_epoch + 1,
    )


@declare("EXECUTE-FEEDER", Kind.STEP, ("governance",), (110,), calls=(Execute,), every=("seat",))
def a_feeder_is_seated_as_named(observed: Observed, seat: int) -> bool:
    """Setting a feeder changes one seat, from now on."""
    before, after = observed.before, observed.after
    if not effect_of(observed, FeederSet):
        return are_kept(observed, DECIDED[FeederSet])
    action = before.proposals.get(observed.call.proposal).action
    is_named, now = seat == action.number, observed.context.timestamp
    return all_of(
        after.feeders.get(seat) == choose(is_named, action.account, before.feeders.get(seat)),
        after.seated_at.get(seat) == choose(is_named, now, before.seated_at.get(seat)),
    )


@declare(
    "EXECUTE-JURISDICTION", Kind.STEP, ("governance",), (110,), calls=(Execute,), every=("jurisdiction",)
)
def a_jurisdiction_is_set_as_named(observed: Observed, jurisdiction: int) -> bool:
    """Setting a jurisdiction changes that one."""
    before, after = observed.before, observed.after
    if not effect_of(observed, JurisdictionSet):
        return are_kept(observed, DECIDED[JurisdictionSet])
    action = before.proposals.get(observed.call.proposal).action
    old = before.jurisdictions.get(jurisdiction)
    expected = choose(jurisdiction == action.number, action.enabled, old)
    return after.jurisdictions.get(jurisdiction) == expected


@declare("EXECUTE-FEES", Kind.STEP, ("governance",), (53, 110), calls=(Execute,))
def fees_are_set_as_named(observed: Observed) -> bool:
    """Setting fees sets the two floors as proposed."""
    if not effect_of(observed, FeesSet):
        return are_kept(observed, DECIDED[FeesSet])
    action, after = observed.before.proposals.get(observed.call.proposal).action, observed.after
    return all_of(
        after.interest_fee_floor == action.interest_fee_floor,
        after.origination_fee_floor == action.origination_fee_floor,
    )


@declare("EXECUTE-PRODUCT", Kind.STEP, ("governance",), (107, 110), calls=(Execute,))
def a_product_is_set_as_named(observed: Observed) -> bool:
    """Setting a product replaces the one of the number, or adds the next one, exactly as proposed."""
    if not effect_of(observed, ProductSet):
        return are_kept(observed, DECIDED[ProductSet])
    before, after = observed.before, observed.after
    action = before.proposals.get(observed.call.proposal).action
    count = before.product_count + choose(action.number == 0, 1, 0)
    number = choose(action.number == 0, count, action.number)
    return all_of(after.product_count == count, after.products.get(number) is action.product)


@declare("EXECUTE-POLICY", Kind.STEP, ("governance", "facility"), (110,), calls=(Execute,))
def a_policy_is_set_as_named(observed: Observed) -> bool:
    """Setting a facility's policy changes the four figures of that policy, and no other of the facility."""
    if not effect_of(observed, FacilityPolicySet):
        return are_kept(observed, ("facilities",))
    action = observed.before.proposals.get(observed.call.proposal).action
    old = observed.before.facilities.get(action.number)
    new = observed.after.facilities.get(action.number)
    named = (action.enabled, action.deposit_cap, action.cover_ratio, action.concentration_limit)
    others = [item.name for item in fields(old) if item.name not in POLICY]
    return all_of(
        *(getattr(new, name) == figure for name, figure in zip(POLICY, named, strict=True)),
        *(getattr(new, name) is getattr(old, name) for name in others),
    )


# --- pauses -----------------------------------------------------------------------------------------


@declare("PAUSE-BOUNDED", Kind.STEP, ("governance",), (111,), every=("scope",))
def pauses_are_bounded_and_apart(observed: Observed, scope: int) -> bool:
    """A pause is of the named scope, lasts its maximum from now, and comes a cool-down after the last ended.

    Nothing else makes one longer.
    """
    before, now = observed.before, observed.context.timestamp
    old, new = before.paused_until.get(scope), observed.after.paused_until.get(scope)
    if observed.accepted and isinstance(observed.call, Pause):
        is_rested = any_of(old == 0, now >= old + PAUSE_COOL_DOWN)
        begins = all_of(new == now + MAXIMUM_PAUSE, is_rested)
        return any_of(
            all_of(scope == observed.call.scope, begins), all_of(scope != observed.call.scope, new == old)
        )
    return any_of(new == old, all_of(new == now, now < old))


@declare("RESUME-NOW", Kind.STEP, ("governance",), (111,), calls=(Execute,), every=("scope",))
def a_resumption_ends_the_pause(observed: Observed, scope: int) -> bool:
    """Resuming ends the pause of the named scope now, and touches no other."""
    if not effect_of(observed, Resumed):
        return are_kept(observed, BY_THE_GUARDIAN)
    before, after, now = observed.before, observed.after, observed.context.timestamp
    named = before.proposals.get(observed.call.proposal).action.number
    is_ended = all_of(is_paused(before, scope, now), negate(is_paused(after, scope, now)))
    is_kept = after.paused_until.get(scope) == before.paused_until.get(scope)
    return all_of(implies(scope == named, is_ended), implies(scope != named, is_kept))


@declare("LIQUIDATION-GRACE", Kind.STEP, ("governance", "liquidation"), (111,))
def liquidation_waits_for_the_grace(observed: Observed) -> bool:
    """Liquidation is closed while it is paused; a call that ends its pause leaves it closed for the grace."""
    before, after, now = observed.before, observed.after, observed.context.timestamp
    was_paused, is_now = (is_paused(state, Scope.LIQUIDATION, now) for state in (before, after))
    opens = after.liquidation_closed_until == now + LIQUIDATION_GRACE
    return implies(
        observed.accepted,
        all_of(
            implies(is_now, is_liquidation_closed(after, now)),
            implies(all_of(was_paused, negate(is_now)), opens),
        ),
    )


@declare("CLOSED-SECONDS-KEPT", Kind.STEP, ("governance", "liquidation"), (111,))
def no_call_moves_the_closed_seconds(observed: Observed) -> bool:
    """No call changes for how long liquidation has been closed until now; only time does."""
    now = observed.context.timestamp
    is_same = closed_seconds(observed.after, now) == closed_seconds(observed.before, now)
    return implies(observed.accepted, is_same)


@declare("GUARDIAN-REPLACEABLE", Kind.LIVENESS, ("governance",), (111,), calls=(Propose, Approve, Execute))
def no_pause_blocks_resuming(observed: Observed) -> bool:
    """A pause blocks no decision to resume a scope or to change guardians, and others only while it runs."""
    if observed.reason is not Reason.PAUSED:
        return True
    call, before = observed.call, observed.before
    action = call.action if isinstance(call, Propose) else before.proposals.get(call.proposal).action
    runs = is_paused(before, Scope.GOVERNANCE, observed.context.timestamp)
    return all_of(runs, negate(is_always_possible(action)))

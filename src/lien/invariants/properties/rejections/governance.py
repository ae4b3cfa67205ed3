"""When exactly calls of the council and the guardian are rejected."""

from lien.invariants.properties.base import Observed, is_one_of
from lien.invariants.properties.rejections.table import Conditions, is_unknown, rejects
from lien.protocol.algebra import all_of, any_of, negate
from lien.spec.action import Action, ActionKind
from lien.spec.governance import Approve, CancelProposal, Execute, Pause, Propose, RevokeApproval
from lien.spec.product import Product
from lien.spec.reasons import Reason
from lien.spec.types import ProposalStatus, Role, Scope
from lien.spec.units import (
    FEED_SEATS,
    GOVERNANCE_EXPIRY,
    INTEREST_FEE_CAP,
    LAST_EPOCH,
    MAXIMUM_COUNCIL,
    MAXIMUM_JURISDICTION,
    MAXIMUM_NUMBER,
    MAXIMUM_QUORUM,
    ORIGINATION_FEE_CAP,
    PAUSE_COOL_DOWN,
)


def is_stranger(observed: Observed) -> bool:
    """Return whether the sender is no member of the council."""
    return observed.before.council.get(observed.context.sender) == 0


def is_blocked(observed: Observed, action: Action) -> bool:
    """Return whether a pause of governance blocks a decision: not to resume, nor to change guardians."""
    runs = observed.before.paused_until.get(Scope.GOVERNANCE) > observed.context.timestamp
    no_role = any_of(action.kind != ActionKind.SET_ROLE, action.role != Role.GUARDIAN)
    return all_of(runs, action.kind != ActionKind.RESUME, no_role)


def names_nobody(observed: Observed, action: Action) -> bool:
    """Return whether the action appoints the protocol, or nobody where that is not to vacate a seat."""
    appoints = is_one_of(action.kind, (ActionKind.SET_ROLE, ActionKind.SET_COUNCIL))
    is_protocol = action.account == observed.before.settings.protocol
    seats = action.kind == ActionKind.SET_FEEDER
    return any_of(all_of(appoints, any_of(action.account == 0, is_protocol)), all_of(seats, is_protocol))


def has_wrong_number(action: Action) -> bool:
    """Return whether no seat, jurisdiction or scope has the number that the action names."""
    number = action.number
    return any_of(
        all_of(action.kind == ActionKind.SET_FEEDER, any_of(number == 0, number > FEED_SEATS)),
        all_of(
            action.kind == ActionKind.SET_JURISDICTION, any_of(number == 0, number > MAXIMUM_JURISDICTION)
        ),
        all_of(action.kind == ActionKind.RESUME, number > Scope.GOVERNANCE),
    )


def is_unsound(product: Product) -> bool:
    """Return whether a product has no loan in its range, no quorum, or two grades in the wrong order."""
    first, second, third, fourth = product.least_scores
    return any_of(
        product.minimum_principal == 0,
        product.minimum_principal > product.maximum_principal,
        product.quorum == 0,
        product.quorum > MAXIMUM_QUORUM,
        first <= second,
        second <= third,
        third <= fourth,
    )


@rejects(Propose)
def of_propose(observed: Observed) -> Conditions:
    """Yield the conditions of proposing."""
    action, before = observed.call.action, observed.before
    yield Reason.NOT_COUNCIL_MEMBER, is_stranger(observed)
    yield Reason.PAUSED, is_blocked(observed, action)
    yield Reason.ACCOUNT_INVALID, names_nobody(observed, action)
    yield Reason.NUMBER_INVALID, has_wrong_number(action)
    is_product = action.kind == ActionKind.SET_PRODUCT
    yield Reason.PRODUCT_UNSOUND, all_of(is_product, is_unsound(action.product))
    is_unlisted = before.ledger.listed.get(action.product.asset) == 0
    yield Reason.UNKNOWN_ASSET, all_of(is_product, is_unlisted)
    is_above = any_of(
        action.interest_fee_floor > INTEREST_FEE_CAP, action.origination_fee_floor > ORIGINATION_FEE_CAP
    )
    yield Reason.FEE_ABOVE_CAP, all_of(action.kind == ActionKind.SET_FEES, is_above)
    yield Reason.TOO_MANY_PROPOSALS, before.proposal_count >= MAXIMUM_NUMBER


@rejects(Approve)
def of_approve(observed: Observed) -> Conditions:
    """Yield the conditions of approving."""
    call, before = observed.call, observed.before
    yield Reason.NOT_COUNCIL_MEMBER, is_stranger(observed)
    yield Reason.UNKNOWN_PROPOSAL, is_unknown(call.proposal, before.proposal_count)
    proposal, place = before.proposals.get(call.proposal), (call.proposal, before.council_epoch)
    yield Reason.PROPOSAL_CLOSED, proposal.status != ProposalStatus.OPEN
    yield Reason.PAUSED, is_blocked(observed, proposal.action)
    has_approved = before.approvals.get((*place, observed.context.sender)) == 1
    have_all = before.approval_counts.get(place) >= before.council_size
    yield Reason.ALREADY_APPROVED, any_of(has_approved, have_all)


@rejects(RevokeApproval)
def of_revoke_approval(observed: Observed) -> Conditions:
    """Yield the conditions of withdrawing an approval."""
    call, before = observed.call, observed.before
    yield Reason.NOT_COUNCIL_MEMBER, is_stranger(observed)
    yield Reason.UNKNOWN_PROPOSAL, is_unknown(call.proposal, before.proposal_count)
    yield Reason.PROPOSAL_CLOSED, before.proposals.get(call.proposal).status != ProposalStatus.OPEN
    key = (call.proposal, before.council_epoch, observed.context.sender)
    yield Reason.NOT_APPROVED, before.approvals.get(key) == 0


@rejects(Execute)
def of_execute(observed: Observed) -> Conditions:
    """Yield the conditions of executing: first those of the proposal, then those of its action."""
    call, before, now = observed.call, observed.before, observed.context.timestamp
    yield Reason.UNKNOWN_PROPOSAL, is_unknown(call.proposal, before.proposal_count)
    proposal, place = before.proposals.get(call.proposal), (call.proposal, before.council_epoch)
    yield Reason.PROPOSAL_CLOSED, proposal.status != ProposalStatus.OPEN
    yield Reason.PAUSED, is_blocked(observed, proposal.action)
    approvals, ready_at = before.approval_counts.get(place), before.ready_at.get(place)
    yield Reason.APPROVALS_MISSING, any_of(approvals == 0, approvals < before.council_threshold)
    yield Reason.TIMELOCK_RUNNING, now < ready_at
    yield Reason.PROPOSAL_EXPIRED, now >= ready_at + GOVERNANCE_EXPIRY
    yield from of_action(observed, proposal.action)


def of_action(observed: Observed, action: Action) -> Conditions:
    """Yield the conditions of carrying out an action, of which each kind has its own."""
    before, kind = observed.before, action.kind
    is_product, is_council = kind == ActionKind.SET_PRODUCT, kind == ActionKind.SET_COUNCIL
    yield Reason.UNKNOWN_PRODUCT, all_of(is_product, action.number > before.product_count)
    is_full = all_of(action.number == 0, before.product_count >= MAXIMUM_NUMBER)
    yield Reason.TOO_MANY_PRODUCTS, all_of(is_product, is_full)
    sits_elsewhere = any_of(
        *(
            all_of(before.feeders.get(seat) == action.account, action.number != seat)
            for seat in range(1, FEED_SEATS + 1)
        )
    )
    seats = all_of(kind == ActionKind.SET_FEEDER, action.account != 0)
    yield Reason.ALREADY_SEATED, all_of(seats, sits_elsewhere)
    is_policy = kind == ActionKind.SET_FACILITY_POLICY
    yield Reason.UNKNOWN_FACILITY, all_of(is_policy, is_unknown(action.number, before.facility_count))
    size = before.council_size - before.council.get(action.account) + action.enabled
    yield Reason.COUNCIL_TOO_LARGE, all_of(is_council, size > MAXIMUM_COUNCIL)
    yield Reason.THRESHOLD_INVALID, all_of(is_council, any_of(action.threshold == 0, action.threshold > size))
    is_review = all_of(kind == ActionKind.SET_ROLE, action.role == Role.REVIEWER)
    has_no_epoch = any_of(
        all_of(is_council, before.council_epoch >= MAXIMUM_NUMBER),
        all_of(is_review, before.review_epoch >= LAST_EPOCH),
    )
    yield Reason.TOO_MANY_EPOCHS, has_no_epoch
    is_paused = before.paused_until.get(action.number) > observed.context.timestamp
    yield Reason.NOT_PAUSED, all_of(kind == ActionKind.RESUME, negate(is_paused))


@rejects(CancelProposal)
def of_cancel_proposal(observed: Observed) -> Conditions:
    """Yield the conditions of cancelling a proposal."""
    call, before = observed.call, observed.before
    yield Reason.NOT_COUNCIL_MEMBER, is_stranger(observed)
    yield Reason.UNKNOWN_PROPOSAL, is_unknown(call.proposal, before.proposal_count)
    proposal = before.proposals.get(call.proposal)
    yield Reason.NOT_PROPOSER, proposal.proposer != observed.context.sender
    yield Reason.PROPOSAL_CLOSED, proposal.status != ProposalStatus.OPEN


@rejects(Pause)
def of_pause(observed: Observed) -> Conditions:
    """Yield the conditions of a pause."""
    call, before, now = observed.call, observed.before, observed.context.timestamp
    yield Reason.NOT_GUARDIAN, before.roles.get((Role.GUARDIAN, observed.context.sender)) == 0
    until = before.paused_until.get(call.scope)
    yield Reason.ALREADY_PAUSED, until > now
    yield Reason.PAUSE_COOLING_DOWN, all_of(until > 0, until + PAUSE_COOL_DOWN > now)

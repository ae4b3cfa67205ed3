"""Chapter 1: governance.

A council of members decides by a threshold of approvals. What is proposed is kept open, becomes executable
when a timelock has run since the last approval that was needed, and stays so until it expires. Anyone
may then execute it. Approvals belong to an epoch of the council: when the council changes, an epoch ends, and
with it every approval and every timelock; the same proposal can be approved anew.

The guardian can do one thing: pause a scope for a fixed time. A pause ends by itself, or earlier by the
council, and cannot be repeated at once. A pause of governance leaves the council what it needs against its
guardian: to resume, and to change who is guardian. Liquidation opens a grace after its pause has ended, and
the seconds for which it is closed are counted, so that clocks of auctions can stand still.

Requirements:

- GOVERNANCE-1: only a member proposes, approves or revokes, and only for themselves; nobody approves twice.
- GOVERNANCE-2: a proposal is executed only with a threshold of approvals by current members, after the
  timelock and before it expires.
- GOVERNANCE-3: a proposal is executed at most once; what is executed or cancelled never changes.
- GOVERNANCE-4: when the council changes, every approval lapses and every timelock starts anew.
- GOVERNANCE-5: an action changes exactly what it names; no other call changes what the council decides.
- GOVERNANCE-6: the floors of fees are within the hard caps, always.
- GOVERNANCE-7: the threshold is from one to the council's size; the council is never empty, nor larger than
  its maximum.
- GOVERNANCE-8: products are sound; no role, seat or membership is the protocol's; no feeder has two seats.
- GOVERNANCE-9: only a guardian pauses; a pause ends within its maximum and cannot be chained without a
  cool-down.
- GOVERNANCE-10: a pause of governance blocks no resumption and no change of guardians.
- GOVERNANCE-11: liquidation is closed from the start of its pause until a grace after its end, however it
  ends; the closed seconds never fall, and rise by at most the seconds that pass.
- GOVERNANCE-12: when reviewers change, the epoch of reviews rises.

Trust: fewer members than the threshold can only add proposals, and withdraw approvals of their own, which
restarts the timelock of a proposal that needs them. A malicious council can appoint attestors, reviewers
and feeders of its own and so approve worthless loans and prices to lenders' loss, close facilities and
products to new business, and raise the floors of fees to their caps for loans to come; everyone can see it
a timelock ahead and leave. It moves no token, changes no agreed loan, and stops no payment, settlement or
claim. A malicious guardian can stop new loans, deposits, liquidation or decisions for the maximum of a
pause, again after each cool-down, until it is replaced, which no pause delays.
"""

from dataclasses import dataclass

from lien.spec.action import Action
from lien.spec.call import Call, Event
from lien.spec.product import Product
from lien.spec.reasons import Reason
from lien.spec.types import (
    Account,
    Amount,
    Count,
    Deadline,
    Epoch,
    FacilityId,
    Flag,
    Jurisdiction,
    OptionalAccount,
    ProductId,
    ProposalId,
    Ratio,
    Role,
    Scope,
    ScopeNumber,
    Seat,
)


@dataclass(frozen=True, slots=True)
class Proposed(Event):
    """Tell what is proposed; the proposer's approval follows as an event of its own."""

    proposal: ProposalId
    proposer: Account
    action: Action


@dataclass(frozen=True, slots=True)
class Approved(Event):
    """Tell that a member approved, how many have in this epoch, and from when it is executable."""

    proposal: ProposalId
    member: Account
    epoch: Count
    approvals: Count
    ready_at: Deadline  # zero while approvals are missing


@dataclass(frozen=True, slots=True)
class ApprovalRevoked(Event):
    """Tell that a member's approval is withdrawn, and what is left."""

    proposal: ProposalId
    member: Account
    epoch: Count
    approvals: Count
    ready_at: Deadline


@dataclass(frozen=True, slots=True)
class ProposalCancelled(Event):
    """Tell that the proposer withdrew the proposal for good."""

    proposal: ProposalId


@dataclass(frozen=True, slots=True)
class ProposalExecuted(Event):
    """Tell that a proposal took effect; what that is follows as an event of its own."""

    proposal: ProposalId


@dataclass(frozen=True, slots=True)
class ProductSet(Event):
    """Tell what a product is from now on."""

    number: ProductId
    product: Product


@dataclass(frozen=True, slots=True)
class RoleSet(Event):
    """Tell whether an account has a role, and the epoch of reviews."""

    account: Account
    role: Role
    enabled: Flag
    review_epoch: Epoch


@dataclass(frozen=True, slots=True)
class FeederSet(Event):
    """Tell who has a seat, from now on."""

    seat: Seat
    feeder: OptionalAccount


@dataclass(frozen=True, slots=True)
class FacilityPolicySet(Event):
    """Tell what the council allows a facility."""

    facility: FacilityId
    is_approved: Flag
    deposit_cap: Amount
    cover_ratio: Ratio
    concentration_limit: Ratio


@dataclass(frozen=True, slots=True)
class JurisdictionSet(Event):
    """Tell whether borrowers of a jurisdiction are accepted."""

    jurisdiction: Jurisdiction
    enabled: Flag


@dataclass(frozen=True, slots=True)
class FeesSet(Event):
    """Tell the floors of fees."""

    interest_fee_floor: Ratio
    origination_fee_floor: Ratio


@dataclass(frozen=True, slots=True)
class CouncilSet(Event):
    """Tell whether an account is a member, and what decides in the epoch that begins."""

    account: Account
    enabled: Flag
    size: Count
    threshold: Count
    epoch: Count


@dataclass(frozen=True, slots=True)
class Paused(Event):
    """Tell that a scope is paused, and until when at most."""

    scope: Scope
    guardian: Account
    until: Deadline


@dataclass(frozen=True, slots=True)
class Resumed(Event):
    """Tell that a pause ended early."""

    scope: ScopeNumber


class Propose(Call):
    """Propose an action to the council, and approve it."""

    chapter = "governance"
    sender = "a member of the council"
    reasons = (
        Reason.NOT_COUNCIL_MEMBER,
        Reason.PAUSED,
        Reason.ACCOUNT_INVALID,
        Reason.NUMBER_INVALID,
        Reason.PRODUCT_UNSOUND,
        Reason.UNKNOWN_ASSET,
        Reason.FEE_ABOVE_CAP,
        Reason.TOO_MANY_PROPOSALS,
    )
    events = (Proposed, Approved)

    action: Action


class Approve(Call):
    """Approve a proposal; the approval that is the last one needed starts the timelock."""

    chapter = "governance"
    sender = "a member of the council"
    reasons = (
        Reason.NOT_COUNCIL_MEMBER,
        Reason.UNKNOWN_PROPOSAL,
        Reason.PROPOSAL_CLOSED,
        Reason.PAUSED,
        Reason.ALREADY_APPROVED,
    )
    events = (Approved,)

    proposal: ProposalId


class RevokeApproval(Call):
    """Withdraw the sender's approval of a proposal."""

    chapter = "governance"
    sender = "a member of the council"
    reasons = (
        Reason.NOT_COUNCIL_MEMBER,
        Reason.UNKNOWN_PROPOSAL,
        Reason.PROPOSAL_CLOSED,
        Reason.NOT_APPROVED,
    )
    events = (ApprovalRevoked,)

    proposal: ProposalId


class Execute(Call):
    """Carry out a proposal that is approved, when its timelock has run and before it expires."""

    chapter = "governance"
    sender = "anyone"
    reasons = (
        Reason.UNKNOWN_PROPOSAL,
        Reason.PROPOSAL_CLOSED,
        Reason.PAUSED,
        Reason.APPROVALS_MISSING,
        Reason.TIMELOCK_RUNNING,
        Reason.PROPOSAL_EXPIRED,
        Reason.UNKNOWN_PRODUCT,
        Reason.TOO_MANY_PRODUCTS,
        Reason.ALREADY_SEATED,
        Reason.UNKNOWN_FACILITY,
        Reason.COUNCIL_TOO_LARGE,
        Reason.THRESHOLD_INVALID,
        Reason.TOO_MANY_EPOCHS,
        Reason.NOT_PAUSED,
    )
    events = (
        ProposalExecuted,
        ProductSet,
        RoleSet,
        FeederSet,
        FacilityPolicySet,
        JurisdictionSet,
        FeesSet,
        CouncilSet,
        Resumed,
    )

    proposal: ProposalId


class CancelProposal(Call):
    """Withdraw a proposal for good."""

    chapter = "governance"
    sender = "its proposer, while a member of the council"
    reasons = (
        Reason.NOT_COUNCIL_MEMBER,
        Reason.UNKNOWN_PROPOSAL,
        Reason.NOT_PROPOSER,
        Reason.PROPOSAL_CLOSED,
    )
    events = (ProposalCancelled,)

    proposal: ProposalId


class Pause(Call):
    """Pause a scope for the maximum of a pause."""

    chapter = "governance"
    sender = "a guardian"
    reasons = (Reason.NOT_GUARDIAN, Reason.ALREADY_PAUSED, Reason.PAUSE_COOLING_DOWN)
    events = (Paused,)

    scope: Scope

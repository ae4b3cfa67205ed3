"""Propose what the council and the guardian send."""

from lien.invariants.explore.maps import entries_of
from lien.invariants.explore.moves.action import choose_action
from lien.invariants.explore.moves.numbers import mostly, once_in, wild
from lien.invariants.explore.moves.proposal import Outlook, Proposal
from lien.invariants.explore.moves.scene import Scene
from lien.protocol.pauses import is_paused
from lien.spec.call import Call
from lien.spec.governance import Approve, CancelProposal, Execute, Pause, Propose, RevokeApproval
from lien.spec.types import ProposalId, ProposalStatus, Role, Scope

OPEN_PROPOSALS = 2  # from which on new ones are rare


def choose_member(scene: Scene) -> int:
    """Return a member of the council, rarely anyone."""
    members = [account for (account,), _ in entries_of(scene.state, "council")]
    return scene.dice.choice(members) if members and not once_in(scene.dice, 12) else scene.anyone()


def open_proposals(scene: Scene, *, is_ready: bool) -> list[int]:
    """Return the proposals that are open, and that wait for their timelock or execution, or for approvals."""
    state = scene.state
    return [
        number
        for number, proposal in state.proposals.items()
        if proposal.status == ProposalStatus.OPEN
        and (state.ready_at.get((number, state.council_epoch)) > 0) == is_ready
    ]


def choose_proposal(scene: Scene, fitting: list[int]) -> int:
    """Return one of the fitting proposals, rarely any other number."""
    count = scene.state.proposal_count
    if not fitting or once_in(scene.dice, 12):
        return scene.dice.choice((0, count, count + 1, max(count - 1, 0), wild(scene.dice, ProposalId)))
    return scene.dice.choice(fitting)


def propose_propose(scene: Scene) -> tuple[Call, int]:
    """Propose to propose an action."""
    return Propose(action=choose_action(scene)), choose_member(scene)


def propose_approve(scene: Scene) -> tuple[Call, int]:
    """Propose an approval, mostly one that is missing, by a member who has not given it."""
    number = choose_proposal(scene, open_proposals(scene, is_ready=once_in(scene.dice, 8)))
    epoch = scene.state.council_epoch
    members = [account for (account,), _ in entries_of(scene.state, "council")]
    missing = [member for member in members if not scene.state.approvals.get((number, epoch, member))]
    is_usual = missing and not once_in(scene.dice, 8)
    return Approve(proposal=number), scene.dice.choice(missing) if is_usual else choose_member(scene)


def propose_revoke_approval(scene: Scene) -> tuple[Call, int]:
    """Propose to withdraw an approval, mostly one that was given."""
    state, epoch = scene.state, scene.state.council_epoch
    given = [key for key, _ in entries_of(state, "approvals") if key[1] == epoch]
    if given and not once_in(scene.dice, 4):
        number, _, member = scene.dice.choice(given)
        return RevokeApproval(proposal=number), member
    number = choose_proposal(scene, open_proposals(scene, is_ready=True))
    return RevokeApproval(proposal=number), choose_member(scene)


def propose_execute(scene: Scene) -> tuple[Call, int]:
    """Propose to execute what is approved, mostly when its time has come."""
    approved, epoch = open_proposals(scene, is_ready=True), scene.state.council_epoch
    timely = [number for number in approved if scene.state.ready_at.get((number, epoch)) <= scene.now]
    fitting = mostly(scene.dice, timely or approved, open_proposals(scene, is_ready=False), approved)
    return Execute(proposal=choose_proposal(scene, fitting)), scene.anyone()


def propose_cancel_proposal(scene: Scene) -> tuple[Call, int]:
    """Propose to withdraw a proposal, mostly by its proposer."""
    fitting = open_proposals(scene, is_ready=once_in(scene.dice, 2))
    number, state = choose_proposal(scene, fitting), scene.state
    is_own = state.proposals.contains(number) and not once_in(scene.dice, 4)
    sender = state.proposals.get(number).proposer if is_own else choose_member(scene)
    return CancelProposal(proposal=number), sender


def propose_pause(scene: Scene) -> tuple[Call, int]:
    """Propose a pause, mostly by a guardian, of governance more often than of others."""
    holders = [key[1] for key, _ in entries_of(scene.state, "roles") if key[0] == Role.GUARDIAN]
    is_usual = holders and not once_in(scene.dice, 12)
    sender = scene.dice.choice(holders) if is_usual else scene.anyone()
    return Pause(scope=scene.dice.choice((Scope.GOVERNANCE, *Scope))), sender


def weigh_propose(outlook: Outlook) -> int:
    """Propose new actions while few are open."""
    waiting = [open_proposals(outlook.scene, is_ready=is_ready) for is_ready in (False, True)]
    return 8 if sum(map(len, waiting)) < OPEN_PROPOSALS else 1


def weigh_approve(outlook: Outlook) -> int:
    """Propose approvals while some are missing, but seldom where a pause blocks most of them."""
    scene = outlook.scene
    is_blocked = is_paused(scene.state, Scope.GOVERNANCE, scene.now)
    return 10 if open_proposals(scene, is_ready=False) and not is_blocked else 1


def weigh_execute(outlook: Outlook) -> int:
    """Propose to execute when a timelock has run."""
    state, epoch = outlook.scene.state, outlook.scene.state.council_epoch
    ready = [state.ready_at.get((number, epoch)) for number in open_proposals(outlook.scene, is_ready=True)]
    return 16 if any(moment <= outlook.scene.now for moment in ready) else 2


PROPOSALS: dict[str, Proposal] = {
    "propose": Proposal(propose_propose, weigh_propose),
    "approve": Proposal(propose_approve, weigh_approve),
    "revoke_approval": Proposal(propose_revoke_approval, lambda _: 2),
    "execute": Proposal(propose_execute, weigh_execute),
    "cancel_proposal": Proposal(propose_cancel_proposal, lambda _: 1),
    "pause": Proposal(propose_pause, lambda _: 1),
}

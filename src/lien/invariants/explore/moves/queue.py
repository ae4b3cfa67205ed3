"""Propose requests for redemption, their cancellation, and payments of the queue's first place."""

from lien.invariants.explore.maps import entries_of
from lien.invariants.explore.moves.numbers import mostly, once_in, up_to, wild
from lien.invariants.explore.moves.proposal import Outlook, Proposal
from lien.invariants.explore.moves.scene import Scene
from lien.spec.call import Call
from lien.spec.facility import CancelRedemption, ProcessRedemption, RequestRedemption
from lien.spec.types import QueuePlace, Shares


def propose_request_redemption(scene: Scene) -> tuple[Call, int]:
    """Propose to queue what a lender has, or nearly has, or dust."""
    dice, lender, number = scene.dice, scene.anyone(), scene.facility()
    positions = [key for key, _ in entries_of(scene.state, "shares")]
    if positions and not once_in(dice, 8):
        number, lender = dice.choice(positions)
    owned = scene.state.shares.get((number, lender))
    shares = mostly(dice, up_to(dice, owned), 0, 1, owned + 1, wild(dice, Shares))
    return RequestRedemption(facility=number, shares=shares), lender


def propose_cancel_redemption(scene: Scene) -> tuple[Call, int]:
    """Propose to take a request back, mostly by the lender who made it."""
    dice = scene.dice
    number, position, lender = scene.facility(), wild(dice, QueuePlace), scene.anyone()
    waiting = [key for key, _ in entries_of(scene.state, "queued_by")]
    if waiting and not once_in(dice, 5):
        number, position = dice.choice(waiting)
        lender = mostly(dice, scene.state.queued_by.get((number, position)), lender)
    return CancelRedemption(facility=number, position=position), lender


def propose_process_redemption(scene: Scene) -> tuple[Call, int]:
    """Propose to pay a queue's first place, mostly where one is open."""
    number = scene.facility()
    queues = open_queues(scene)
    if queues and not once_in(scene.dice, 8):
        number = scene.dice.choice(queues)
    return ProcessRedemption(facility=number), scene.anyone()


def open_queues(scene: Scene) -> list[int]:
    """Return the numbers of the facilities in whose queue a place is open."""
    facilities = scene.state.facilities.items()
    return [number for number, facility in facilities if facility.queue_head < facility.queue_tail]


def weigh_process_redemption(outlook: Outlook) -> int:
    """Propose to pay where a queue is open, so that it does not stand in the way of redemptions for long."""
    return 12 if open_queues(outlook.scene) else 1


PROPOSALS: dict[str, Proposal] = {
    "request_redemption": Proposal(
        propose_request_redemption, lambda outlook: 4 if any(outlook.scene.state.shares.items()) else 1
    ),
    "cancel_redemption": Proposal(
        propose_cancel_redemption, lambda outlook: 4 if open_queues(outlook.scene) else 1
    ),
    "process_redemption": Proposal(propose_process_redemption, weigh_process_redemption),
}

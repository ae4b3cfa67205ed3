"""Choose the next call by what the state makes possible, and send it."""

from collections.abc import Callable
from random import Random

from lien.invariants.explore.moves import agreement, assets, facility, loan
from lien.invariants.explore.moves.numbers import once_in
from lien.invariants.explore.moves.scene import Move, Scene, current
from lien.invariants.explore.moves.time import choose_time
from lien.protocol.state import Context, State
from lien.spec.call import Call
from lien.spec.types import LIVE, LoanStatus

PROPOSALS: dict[str, Callable[[Scene], tuple[Call, int]]] = {
    "transfer": assets.propose_transfer,
    "claim": assets.propose_claim,
    "open_facility": facility.propose_open_facility,
    "deposit": facility.propose_deposit,
    "redeem": facility.propose_redeem,
    "offer": agreement.propose_offer,
    "accept": agreement.propose_accept,
    "countersign": agreement.propose_countersign,
    "cancel": agreement.propose_cancel,
    "disburse": loan.propose_disburse,
    "repay": loan.propose_repay,
    "declare_default": loan.propose_declare_default,
}
OPEN_LOANS = 6  # from which on new offers are rare
FACILITIES = 4  # from which on new ones are rare


def weights(scene: Scene) -> dict[str, int]:
    """Return how often each call is to be proposed in a state, so that each is accepted now and then."""
    state, loans = scene.state, [loan for _, loan in scene.state.loans.items()]
    statuses = [loan.status for loan in loans if scene.is_ready(loan)]
    idle = any(facility.cash for _, facility in state.facilities.items())
    live = sum(status in LIVE for status in statuses)
    late = any(current(loan, scene.today).status == LoanStatus.DEFAULTED != loan.status for loan in loans)
    unborn = sum(status < LoanStatus.CANCELLED for status in statuses)
    outdated = any(loan.status < LoanStatus.CANCELLED and not scene.is_timely(loan) for loan in loans)
    return {
        "transfer": 2,
        "claim": 12 if any(True for _ in state.ledger.claims.items()) else 1,
        "open_facility": 100 if not state.facility_count else 3 if state.facility_count < FACILITIES else 1,
        "deposit": 6 if idle else 40 if state.facility_count else 1,
        "redeem": 6 if any(True for _ in state.shares.items()) else 1,
        "offer": 2 if not idle or live + unborn >= OPEN_LOANS else 20,
        "accept": 24 if LoanStatus.OFFERED in statuses else 1,
        "countersign": 24 if LoanStatus.ACCEPTED in statuses else 1,
        "cancel": 6 if outdated else 2 if unborn else 1,
        "disburse": 24 if LoanStatus.AGREED in statuses else 1,
        "repay": 12 + 6 * live if live else 1,
        "declare_default": 20 if late else 1,
    }


def choose_move(dice: Random, state: State, now: int) -> Move:
    """Return the next call, by whom and when it is sent."""
    scene = Scene(dice, state, now)
    scene = Scene(dice, state, choose_time(scene))
    weighed = weights(scene)
    (name,) = dice.choices(list(weighed), list(weighed.values()))
    return propose(scene, name)


def propose(scene: Scene, name: str) -> Move:
    """Return a call of the given name; rarely the protocol sends it, or its time is past."""
    call, sender = PROPOSALS[name](scene)
    if once_in(scene.dice, 200):
        sender = scene.state.settings.protocol
    timestamp = max(scene.now - 1, 0) if once_in(scene.dice, 200) else scene.now
    return Move(call, Context(sender, timestamp))

"""Execute one call on a state: the one door to all transitions."""

from dataclasses import dataclass, replace
from types import MappingProxyType

from lien.protocol.rejection import Rejection, require
from lien.protocol.signatures import recover_signer
from lien.protocol.state import Context, State
from lien.protocol.transitions import TRANSITIONS
from lien.protocol.transitions.step import Step
from lien.spec.assets import Transferred
from lien.spec.call import Call, Event
from lien.spec.reasons import Reason


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold the state after an accepted call, its events, and the transfers that tokens logged."""

    state: State
    events: tuple[Event, ...]
    transfers: tuple[Transferred, ...]


@dataclass(frozen=True, slots=True)
class Rejected:
    """Hold the very state that the call met, the reason, and what was compared."""

    state: State
    reason: Reason
    compared: MappingProxyType[str, int]


def execute(state: State, call: Call, context: Context) -> Step:
    """Run a call's transition, as the machine and the executor both do.

    Raises: Rejection, with one of the call's reasons, SENDER_IS_PROTOCOL or TIME_RUNS_BACKWARD.
    """
    require(context.sender != state.settings.protocol, Reason.SENDER_IS_PROTOCOL)
    require(context.timestamp >= state.timestamp, Reason.TIME_RUNS_BACKWARD)
    after, events = TRANSITIONS[type(call)](state, call, context)
    return Step(replace(after, timestamp=context.timestamp), events)


def step(state: State, call: Call, context: Context) -> Outcome | Rejected:
    """Execute a call: recover who signed its document, then run its transition.

    Returns an outcome, or a rejection that leaves the state as it was; never raises for a call and a context
    whose fields are in range.
    """
    context = replace(context, signer=recover_signer(state, call))
    try:
        after, events = execute(state, call, context)
    except Rejection as rejection:
        return Rejected(state, rejection.reason, MappingProxyType(rejection.compared))
    transfers = tuple(transfer for transfer in after.ledger.transfers if transfer.amount)
    settled = replace(after, ledger=replace(after.ledger, transfers=()))
    return Outcome(settled, events, transfers)

"""Execute one call on a state: the one door to all transitions."""

from dataclasses import dataclass, fields, replace
from types import MappingProxyType

from lien.protocol.log import Entry
from lien.protocol.rejection import Rejection, require
from lien.protocol.signatures import recover_signers
from lien.protocol.state import Context, State
from lien.protocol.transitions import TRANSITIONS
from lien.protocol.transitions.step import Step
from lien.spec.abi import quantity_of
from lien.spec.assets import ClaimRecorded, Transferred
from lien.spec.call import Call, Event
from lien.spec.reasons import Reason

RANGES = tuple(  # of a context's fields, read once from their annotations
    (item.name, quantity.minimum, quantity.maximum, quantity.show)
    for item in fields(Context)
    if (quantity := quantity_of(item.type)) is not None
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold the state after an accepted call, its events, and the transfers that tokens logged."""

    state: State
    events: tuple[Event, ...]
    transfers: tuple[Transferred, ...]

    @property
    def entry(self) -> Entry:
        """Return what the call leaves in the log, from which the state can be rebuilt."""
        return Entry(self.state.timestamp, self.transfers, self.events)


@dataclass(frozen=True, slots=True)
class Rejected:
    """Hold the very state that the call met, the reason, and what was compared."""

    state: State
    reason: Reason
    compared: MappingProxyType[str, int]


def execute(state: State, call: Call, context: Context) -> Step:
    """Run a call's transition, as the machine and the executor both do.

    Its events are the claims that arose, also those of nothing, and then the call's own.

    Raises: Rejection, with one of the call's reasons, SENDER_IS_PROTOCOL or TIME_RUNS_BACKWARD.
    """
    require(context.sender != state.settings.protocol, Reason.SENDER_IS_PROTOCOL)
    require(context.timestamp >= state.timestamp, Reason.TIME_RUNS_BACKWARD)
    after, events = TRANSITIONS[type(call)](state, call, context)
    recorded = tuple(log for log in after.ledger.logs if isinstance(log, ClaimRecorded))
    return Step(replace(after, timestamp=context.timestamp), (*recorded, *events))


def without_claims_of_nothing(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Return the events as an outcome has them: a claim arises only where there is an amount."""
    return tuple(event for event in events if not isinstance(event, ClaimRecorded) or event.amount)


def require_in_range(context: Context) -> None:
    """Refuse a context that no chain gives: a call is checked where it is made, a context is checked here."""
    for name, minimum, maximum, show in RANGES:
        value = getattr(context, name)
        if not minimum <= value <= maximum:
            shown = value if value < 0 else show(value)
            raise ValueError(f"the {name} is {shown}, and must be from {show(minimum)} to {show(maximum)}")


def step(state: State, call: Call, context: Context) -> Outcome | Rejected:
    """Execute a call: recover who signed its document, or the two, then run its transition.

    Returns an outcome, or a rejection that leaves the state as it was; never raises for a call and a context
    whose fields are in range.

    Raises: ValueError, where a field of the context is out of the range of its type: a sender that is no
    account, a timestamp that is negative or after the calendar.
    """
    require_in_range(context)
    signer, second_signer = recover_signers(state, call)
    context = replace(context, signer=signer, second_signer=second_signer)
    try:
        after, events = execute(state, call, context)
    except Rejection as rejection:
        return Rejected(state, rejection.reason, MappingProxyType(rejection.compared))
    transfers = tuple(log for log in after.ledger.logs if isinstance(log, Transferred) and log.amount)
    settled = replace(after, ledger=replace(after.ledger, logs=()))
    return Outcome(settled, without_claims_of_nothing(events), transfers)

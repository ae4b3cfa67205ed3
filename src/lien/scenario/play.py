"""Play a scenario: send its calls one after the other, and stop at the first that does not go as it says."""

from collections.abc import Iterator
from dataclasses import dataclass

from lien.protocol.genesis import begin
from lien.protocol.machine import Outcome, Rejected, step
from lien.protocol.state import Context, State
from lien.scenario.arguments import read_call
from lien.scenario.document import Planned, Scenario, Sweep, plan_call
from lien.scenario.fault import Unexpected
from lien.scenario.formulas import Scene
from lien.scenario.names import Names
from lien.scenario.times import show_time
from lien.spec.call import Call
from lien.spec.reasons import Reason
from lien.spec.types import LIVE

ACCEPTED, REJECTED = "accepted", "rejected"


@dataclass(frozen=True, slots=True)
class Played:
    """Hold a call that was sent and what came of it."""

    number: int
    timestamp: int
    sender: int
    call: Call
    note: str
    before: State
    outcome: Outcome | Rejected

    @property
    def reason(self) -> Reason | None:
        """Return the reason for which the call was rejected, if it was."""
        return self.outcome.reason if isinstance(self.outcome, Rejected) else None

    @property
    def after(self) -> State:
        """Return the state after the call."""
        return self.outcome.state


@dataclass(frozen=True, slots=True)
class Performance:
    """Hold a scenario that was played, with every state on the way."""

    title: str
    about: str
    names: Names
    calls: tuple[Played, ...]

    @property
    def state(self) -> State:
        """Return the state at the end."""
        return self.calls[-1].after

    @property
    def end(self) -> int:
        """Return the time of the last call."""
        return max(played.timestamp for played in self.calls)

    @property
    def rejections(self) -> int:
        """Return how many calls were rejected, as the scenario says."""
        return sum(played.reason is not None for played in self.calls)


def play(scenario: Scenario) -> Performance:
    """Send every call.

    Raises: Wrong, where an argument has to be changed; Unexpected, where something else comes of a call than
    the scenario says.
    """
    calls = tuple(send_all(scenario))
    return Performance(scenario.title, scenario.about, scenario.names, calls)


def send_all(scenario: Scenario) -> Iterator[Played]:
    """Yield each call as it was sent."""
    state, number = begin(scenario.genesis), 0
    for item in scenario.calls:
        attempts = sweep(item, scenario.names, state) if isinstance(item, Sweep) else (item,)
        for planned in attempts:
            played = send(planned, Scene(scenario.names, state, planned.timestamp, number + 1))
            if isinstance(item, Sweep) and played.reason is not None:
                continue
            if played.reason is not planned.expected:
                raise Unexpected(planned.node.line, difference(planned, played, scenario.names))
            yield played
            state, number = played.after, number + 1


def sweep(item: Sweep, names: Names, state: State) -> Iterator[Planned]:
    """Yield the calls of a block for each loan that was live when it began."""
    for number, loan in state.loans.items():
        if loan.status in LIVE:
            for call in item.kept.of_loan(number, names.written(loan.borrower)):
                yield plan_call(call, names, item.timestamp, None)


def send(planned: Planned, scene: Scene) -> Played:
    """Send one call."""
    call = read_call(planned, scene)
    outcome = step(scene.state, call, Context(planned.sender, planned.timestamp))
    return Played(scene.number, planned.timestamp, planned.sender, call, planned.note, scene.state, outcome)


def difference(planned: Planned, played: Played, names: Names) -> str:
    """Return in one sentence what came of a call, what was compared, and what was expected."""
    call = played.call.call_name()
    what = f"call {played.number}, {call} by {names.account(played.sender)} on {show_time(played.timestamp)}"
    expected = planned.expected.name if planned.expected else ACCEPTED
    if isinstance(played.outcome, Outcome):
        return f"{what}: found {ACCEPTED}, expected {expected}"
    compared = ", ".join(f"{name} {figure:,}" for name, figure in played.outcome.compared.items())
    reason = played.outcome.reason
    found = f"{reason.name} ({reason.value}{f': {compared}' if compared else ''})"
    return f"{what}: found {found}, expected {expected}"

"""Send calls one after the other, check every property after each, and keep count."""

from collections import Counter
from dataclasses import dataclass, field

from lien.cli.tour.loans import tour_genesis
from lien.invariants.explore.check import observe, violations
from lien.protocol.genesis import begin
from lien.protocol.machine import Outcome, step
from lien.protocol.state import Context, State
from lien.spec.call import Call
from lien.spec.genesis import account_of
from lien.spec.reasons import Reason
from lien.spec.units import SECONDS_PER_DAY


@dataclass
class Player:
    """Hold the state, the day, and what has come of the calls so far."""

    state: State = field(default_factory=lambda: begin(tour_genesis()))
    day: int = 0
    accepted: Counter[str] = field(default_factory=Counter[str])
    rejected: Counter[str] = field(default_factory=Counter[str])
    moved: Counter[int] = field(default_factory=Counter[int])  # by asset
    settled: int = 0
    problems: list[str] = field(default_factory=list[str])

    @property
    def calls(self) -> int:
        """Return how many calls were sent."""
        return self.accepted.total() + self.rejected.total()

    def send(self, call: Call, sender: str, expected: Reason | None = None) -> None:
        """Send a call that must be accepted, or rejected for a reason; check all properties."""
        name = type(call).call_name()
        context = Context(account_of(sender), self.day * SECONDS_PER_DAY + SECONDS_PER_DAY // 2)
        outcome = step(self.state, call, context)
        reason = None if isinstance(outcome, Outcome) else outcome.reason
        if reason is not expected:
            found, wanted = (item.name if item else "accepted" for item in (reason, expected))
            self.problems.append(f"{name} by {sender} on day {self.day}: {found} instead of {wanted}")
        self.problems += [str(found) for found in violations(observe(self.state, call, context))]
        if isinstance(outcome, Outcome):
            self.accepted[name] += 1
            self.settled += sum(event.event_name() == "LoanSettled" for event in outcome.events)
            for transfer in outcome.transfers:
                self.moved[transfer.asset] += transfer.amount
        else:
            self.rejected[outcome.reason.name] += 1
        self.state = outcome.state

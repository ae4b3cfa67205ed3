"""Define what a proposal is: how a call is chosen, and how often, by what the state makes possible."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from lien.invariants.explore.moves.scene import Scene, current
from lien.protocol.applications import is_expired, is_open
from lien.protocol.state import Application, Loan
from lien.spec.call import Call
from lien.spec.types import LIVE, LoanStatus


@dataclass(frozen=True)
class Outlook:
    """Sum up what a scene makes possible, once for the weights of all calls."""

    scene: Scene

    @cached_property
    def loans(self) -> list[Loan]:
        """Return all loans."""
        return [loan for _, loan in self.scene.state.loans.items()]

    @cached_property
    def ready(self) -> list[LoanStatus]:
        """Return the statuses of the loans on which what comes next can come now."""
        return [loan.status for loan in self.loans if self.scene.is_ready(loan)]

    def urgency(self, status: LoanStatus) -> int:
        """Return how often a call on a loan of a status is proposed: often where it can be accepted."""
        if status in self.ready:
            return 90
        return 12 if any(loan.status == status and self.scene.is_timely(loan) for loan in self.loans) else 1

    @cached_property
    def has_idle_cash(self) -> bool:
        """Return whether a facility has cash."""
        return any(facility.cash for _, facility in self.scene.state.facilities.items())

    @cached_property
    def live(self) -> int:
        """Count the live loans that are ready."""
        return sum(status in LIVE for status in self.ready)

    @cached_property
    def unborn(self) -> int:
        """Count the loans that are ready and not disbursed."""
        return sum(status < LoanStatus.CANCELLED for status in self.ready)

    @cached_property
    def applications(self) -> list[Application]:
        """Return all applications that are not over, expired ones included."""
        return [item for _, item in self.scene.state.applications.items() if is_open(item)]

    @cached_property
    def expired_applications(self) -> list[Application]:
        """Return those that have expired."""
        return [item for item in self.applications if is_expired(item, self.scene.now)]

    @cached_property
    def open_applications(self) -> list[Application]:
        """Return those that have not."""
        return [item for item in self.applications if not is_expired(item, self.scene.now)]

    @cached_property
    def is_late(self) -> bool:
        """Return whether a default is not booked yet."""
        today = self.scene.today
        return any(current(loan, today).status == LoanStatus.DEFAULTED != loan.status for loan in self.loans)

    @cached_property
    def is_outdated(self) -> bool:
        """Return whether a loan can no longer be disbursed."""
        return any(
            loan.status < LoanStatus.CANCELLED and not self.scene.is_timely(loan) for loan in self.loans
        )


@dataclass(frozen=True, slots=True)
class Proposal:
    """Say how a call and its sender are chosen, and how often it is to be proposed."""

    choose: Callable[[Scene], tuple[Call, int]]
    weigh: Callable[[Outlook], int]  # greater than two where it can well be accepted

"""Chapter 8, impairment (`lien.spec.repayment`)."""

from dataclasses import replace

from lien.protocol.accrual import catch_up
from lien.protocol.calendar import day_of
from lien.protocol.projection.change import rebooked
from lien.protocol.state import State
from lien.spec.repayment import Impaired, ImpairmentLifted


def impaired(state: State, event: Impaired, now: int) -> State:
    """Expect the amount no more."""
    return with_impairment(state, event, event.impairment, now)


def impairment_lifted(state: State, event: ImpairmentLifted, now: int) -> State:
    """Expect all again; the event says what was not expected before."""
    return with_impairment(state, event, 0, now)


def with_impairment(state: State, event: Impaired | ImpairmentLifted, impairment: int, now: int) -> State:
    """Return the state in which the loan of an event is impaired by an amount, from a day on."""
    caught_up = catch_up(state.loans.get(event.loan), day_of(now))
    return rebooked(state, event.loan, replace(caught_up, impairment=impairment, status=event.status))

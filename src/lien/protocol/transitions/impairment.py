"""Chapter 8, impairment: what a facility does not expect to get (`lien.spec.repayment`)."""

from dataclasses import replace

from lien.protocol.accrual import catch_up
from lien.protocol.booking import book, default_booked
from lien.protocol.calendar import day_of
from lien.protocol.rejection import require
from lien.protocol.state import Context, State
from lien.protocol.transitions.step import Step
from lien.spec.reasons import Reason
from lien.spec.repayment import Impair, Impaired, ImpairmentLifted, LiftImpairment
from lien.spec.types import ACCRUING, LIVE


def impair(state: State, call: Impair, context: Context) -> Step:
    """Raise what the facility does not expect to get of a loan (REPAYMENT-8)."""
    require(state.loans.contains(call.loan), Reason.UNKNOWN_LOAN)
    loan = state.loans.get(call.loan)
    facility = state.facilities.get(loan.facility)
    require(context.sender == facility.servicer, Reason.NOT_SERVICER)
    require(loan.status in LIVE, Reason.NOT_LIVE)
    caught_up = catch_up(loan, day_of(context.timestamp))
    principal, impairment = caught_up.principal, caught_up.impairment
    require(
        call.amount <= principal,
        Reason.IMPAIRMENT_ABOVE_PRINCIPAL,
        amount=call.amount,
        principal=principal,
    )
    require(call.amount > impairment, Reason.IMPAIRMENT_NOT_RAISED, amount=call.amount, impairment=impairment)

    after = book(state, call.loan, facility, replace(caught_up, impairment=call.amount))
    event = Impaired(call.loan, call.amount, caught_up.status)
    return Step(after, (*default_booked(state, call.loan, caught_up), event))


def lift_impairment(state: State, call: LiftImpairment, context: Context) -> Step:
    """Expect all of a loan again (REPAYMENT-9)."""
    require(state.loans.contains(call.loan), Reason.UNKNOWN_LOAN)
    loan = state.loans.get(call.loan)
    facility = state.facilities.get(loan.facility)
    require(context.sender == facility.servicer, Reason.NOT_SERVICER)
    require(loan.status in LIVE, Reason.NOT_LIVE)
    caught_up = catch_up(loan, day_of(context.timestamp))
    require(caught_up.status in ACCRUING, Reason.LOAN_IN_DEFAULT)
    require(caught_up.impairment > 0, Reason.NOT_IMPAIRED)

    after = book(state, call.loan, facility, replace(caught_up, impairment=0))
    return Step(after, (ImpairmentLifted(call.loan, caught_up.impairment, caught_up.status),))

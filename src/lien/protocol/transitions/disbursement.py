"""Chapter 7: disbursement (`lien.spec.disbursement`)."""

from dataclasses import replace

from lien.protocol.accrual import start_period, with_stop_day
from lien.protocol.algebra import any_of
from lien.protocol.arithmetic import multiply_divide_up
from lien.protocol.book import begin_accrual
from lien.protocol.booking import book
from lien.protocol.calendar import day_of
from lien.protocol.cover import required_cover
from lien.protocol.credit import add_live_loan
from lien.protocol.eligibility import require_eligible
from lien.protocol.health import require_healthy_start
from lien.protocol.ledger import deliver
from lien.protocol.pauses import require_open
from lien.protocol.rejection import require
from lien.protocol.screening import require_room, require_same_identity
from lien.protocol.state import Context, State
from lien.protocol.transitions.step import Step
from lien.spec.disbursement import Disburse, LoanDisbursed
from lien.spec.reasons import Reason
from lien.spec.types import LoanStatus, Scope
from lien.spec.units import MAXIMUM_AMOUNT, MAXIMUM_NUMBER, WAD


def disburse(state: State, call: Disburse, context: Context) -> Step:
    """Pay an agreed loan out, the fee to the treasury and the rest to the borrower (DISBURSEMENT-1 to -8)."""
    require(state.loans.contains(call.loan), Reason.UNKNOWN_LOAN)
    loan = state.loans.get(call.loan)
    terms, facility, today = loan.terms, state.facilities.get(loan.facility), day_of(context.timestamp)
    is_party = any_of(context.sender == loan.borrower, context.sender == facility.servicer)
    require(is_party, Reason.NOT_PARTY)
    require_open(state, Scope.ORIGINATION, context.timestamp)
    require(loan.status == LoanStatus.AGREED, Reason.NOT_AGREED)
    require(today >= terms.window_start_day, Reason.WINDOW_NOT_OPEN)
    require(today <= terms.window_end_day, Reason.WINDOW_CLOSED)
    require(facility.is_winding_down == 0, Reason.FACILITY_WINDS_DOWN)
    outstanding = facility.principal + terms.principal
    require(outstanding <= MAXIMUM_AMOUNT, Reason.FACILITY_FULL)
    require(facility.loans < MAXIMUM_NUMBER, Reason.TOO_MANY_LOANS)
    has_cash = facility.cash >= terms.principal
    require(has_cash, Reason.INSUFFICIENT_CASH, cash=facility.cash, principal=terms.principal)
    required = required_cover(facility, outstanding)
    require(facility.cover >= required, Reason.COVER_INSUFFICIENT, cover=facility.cover, required=required)
    require_eligible(state, loan.borrower, context.timestamp)
    require_same_identity(state, loan)
    identity = state.identities.get(loan.identity)
    require_room(state, loan.facility, terms.principal, identity, today)
    require_healthy_start(state, terms, facility.asset, context.timestamp)

    fee = multiply_divide_up(terms.principal, terms.origination_fee_rate, WAD)
    ledger = deliver(state.ledger, facility.asset, loan.borrower, terms.principal - fee)
    ledger = deliver(ledger, facility.asset, state.settings.treasury, fee)
    begun = start_period(
        replace(
            loan,
            status=LoanStatus.ACTIVE,
            disbursed_day=today,
            since=today,
            principal=terms.principal,
        )
    )
    disbursed = with_stop_day(begun)
    lent = replace(begin_accrual(facility, today), cash=facility.cash - terms.principal)
    identities = state.identities.set(loan.identity, add_live_loan(identity, call.loan))
    after = book(replace(state, ledger=ledger, identities=identities), call.loan, lent, disbursed)
    event = LoanDisbursed(call.loan, today, terms.principal, fee, disbursed.instalment)
    return Step(after, (event,))

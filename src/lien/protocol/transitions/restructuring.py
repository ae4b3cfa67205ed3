"""Chapter 8: restructuring (`lien.spec.repayment`)."""

from dataclasses import replace

from lien.protocol.accrual import catch_up
from lien.protocol.aggregate import recount
from lien.protocol.algebra import all_of, any_of
from lien.protocol.book import begin_accrual
from lien.protocol.booking import book, default_booked
from lien.protocol.calendar import day_of
from lien.protocol.cover import required_cover
from lien.protocol.health import require_healthy_start
from lien.protocol.rejection import require
from lien.protocol.restructuring import compute_carried, restructured, terms_in_force
from lien.protocol.screening import require_concentration
from lien.protocol.soundness import require_sound
from lien.protocol.state import Context, Facility, State
from lien.protocol.transitions.step import Step
from lien.spec.reasons import Reason
from lien.spec.repayment import Restructure, Restructured
from lien.spec.types import LIVE, LoanStatus
from lien.spec.units import MAXIMUM_AMOUNT, MAXIMUM_NUMBER


def restructure(state: State, call: Restructure, context: Context) -> Step:
    """Put signed terms in the place of the old ones, with what was accrued (REPAYMENT-13 to -18)."""
    require(state.loans.contains(call.loan), Reason.UNKNOWN_LOAN)
    loan, today = state.loans.get(call.loan), day_of(context.timestamp)
    facility = state.facilities.get(loan.facility)
    require(loan.status in LIVE, Reason.NOT_LIVE)
    require(loan.status != LoanStatus.AUCTION, Reason.IN_AUCTION)
    require(loan.restructurings < MAXIMUM_NUMBER, Reason.TOO_MANY_RESTRUCTURINGS)
    require(context.timestamp < call.deadline, Reason.SIGNATURE_EXPIRED)
    signed_by_both = all_of(context.signer == loan.borrower, context.second_signer == facility.servicer)
    require(signed_by_both, Reason.WRONG_SIGNER)
    is_there = all_of(
        call.terms.collateral_asset == loan.terms.collateral_asset,
        call.terms.collateral_amount <= loan.collateral,
    )
    require(is_there, Reason.COLLATERAL_DIFFERS)
    require(call.terms.day_count == loan.terms.day_count, Reason.DAY_COUNT_DIFFERS)

    caught_up = catch_up(loan, today)
    carried = compute_carried(caught_up)
    capitalised, principal = carried.capitalised, caught_up.principal + carried.capitalised
    is_signed = capitalised <= call.maximum_capitalised
    require(is_signed, Reason.CAPITALISED_ABOVE_MAXIMUM, capitalised=capitalised)
    require(principal <= call.terms.principal, Reason.PRINCIPAL_ABOVE_SIGNED, principal=principal)
    terms = terms_in_force(caught_up, call.terms, principal)
    require_sound(terms, today)
    require(today >= terms.window_start_day, Reason.WINDOW_NOT_OPEN)

    after = restructured(caught_up, terms, carried)
    require_cover(recount(facility, loan, after), capitalised)
    require_concentration(state, loan, principal, today)
    require_healthy_start(state, terms, facility.asset, context.timestamp)
    event = Restructured(
        loan=call.loan,
        sequence=loan.restructurings,
        day=today,
        terms=terms,
        interest=carried.interest,
        default_interest=carried.default_interest,
        late_fees=carried.late_fees,
        instalment=after.instalment,
    )
    begun = begin_accrual(recount(facility, loan, caught_up), today)
    booked = book(state, call.loan, replace(facility, current_day=begun.current_day), after)
    return Step(booked, (*default_booked(state, call.loan, caught_up), event))


def require_cover(facility: Facility, capitalised: int) -> None:
    """Reject where a facility, counted with the restructured loan, would lend too much (REPAYMENT-16).

    Raises: FACILITY_FULL, COVER_INSUFFICIENT.
    """
    require(facility.principal <= MAXIMUM_AMOUNT, Reason.FACILITY_FULL)
    required = required_cover(facility, facility.principal)
    is_covered = any_of(capitalised <= 0, facility.cover >= required)
    require(is_covered, Reason.COVER_INSUFFICIENT, cover=facility.cover, required=required)

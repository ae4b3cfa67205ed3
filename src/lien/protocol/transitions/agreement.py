"""Chapter 6: the agreement (`lien.spec.agreement`)."""

from dataclasses import replace

from lien.protocol.algebra import all_of, any_of, negate
from lien.protocol.calendar import day_of
from lien.protocol.ledger import collect, deliver
from lien.protocol.rejection import require
from lien.protocol.soundness import require_sound
from lien.protocol.state import Context, Loan, State
from lien.protocol.transitions.step import Step
from lien.spec.agreement import (
    Accept,
    Cancel,
    Countersign,
    LoanAccepted,
    LoanAgreed,
    LoanCancelled,
    LoanOffered,
    Offer,
)
from lien.spec.reasons import Reason
from lien.spec.types import LoanStatus
from lien.spec.units import MAXIMUM_NUMBER

CANCELLABLE = (LoanStatus.OFFERED, LoanStatus.ACCEPTED, LoanStatus.AGREED)


def offer(state: State, call: Offer, context: Context) -> Step:
    """Offer a loan on fixed terms (AGREEMENT-1, AGREEMENT-4, AGREEMENT-8)."""
    require(state.facilities.contains(call.facility), Reason.UNKNOWN_FACILITY)
    facility = state.facilities.get(call.facility)
    require(context.sender == facility.servicer, Reason.NOT_SERVICER)
    require(facility.is_winding_down == 0, Reason.FACILITY_WINDS_DOWN)
    is_allowed = all_of(call.borrower != facility.servicer, call.borrower != state.settings.protocol)
    require(is_allowed, Reason.BORROWER_NOT_ALLOWED)
    require_sound(call.terms, day_of(context.timestamp))
    require(state.ledger.listed.get(call.terms.collateral_asset) == 1, Reason.UNKNOWN_ASSET)
    require(state.loan_count < MAXIMUM_NUMBER, Reason.TOO_MANY_LOANS)

    number = state.loan_count + 1
    loan = Loan(call.facility, call.borrower, call.terms, LoanStatus.OFFERED, collateral=0)
    after = replace(state, loan_count=number, loans=state.loans.set(number, loan))
    return Step(after, (LoanOffered(number, call.facility, call.borrower, call.terms),))


def accept(state: State, call: Accept, context: Context) -> Step:
    """Take the borrower's signature and lock the collateral (AGREEMENT-2, AGREEMENT-3, AGREEMENT-5)."""
    require(state.loans.contains(call.loan), Reason.UNKNOWN_LOAN)
    loan = state.loans.get(call.loan)
    require(loan.status == LoanStatus.OFFERED, Reason.NOT_OFFERED)
    require(context.timestamp < call.deadline, Reason.SIGNATURE_EXPIRED)
    require(day_of(context.timestamp) <= loan.terms.window_end_day, Reason.WINDOW_CLOSED)
    require(context.signer == loan.borrower, Reason.WRONG_SIGNER)
    collateral = loan.terms.collateral_amount
    ledger = collect(state.ledger, loan.terms.collateral_asset, loan.borrower, collateral)

    document = (loan.borrower, call.loan)
    nonce = state.nonces.get(document)
    accepted = replace(loan, status=LoanStatus.ACCEPTED, collateral=collateral)
    after = replace(
        state,
        ledger=ledger,
        loans=state.loans.set(call.loan, accepted),
        nonces=state.nonces.set(document, nonce + 1),
    )
    return Step(after, (LoanAccepted(call.loan, loan.borrower, collateral, nonce),))


def countersign(state: State, call: Countersign, context: Context) -> Step:
    """Take the servicer's signature (AGREEMENT-2, AGREEMENT-3)."""
    require(state.loans.contains(call.loan), Reason.UNKNOWN_LOAN)
    loan = state.loans.get(call.loan)
    servicer = state.facilities.get(loan.facility).servicer
    require(loan.status == LoanStatus.ACCEPTED, Reason.NOT_ACCEPTED)
    require(context.timestamp < call.deadline, Reason.SIGNATURE_EXPIRED)
    require(day_of(context.timestamp) <= loan.terms.window_end_day, Reason.WINDOW_CLOSED)
    require(context.signer == servicer, Reason.WRONG_SIGNER)

    document = (servicer, call.loan)
    nonce = state.nonces.get(document)
    after = replace(
        state,
        loans=state.loans.set(call.loan, replace(loan, status=LoanStatus.AGREED)),
        nonces=state.nonces.set(document, nonce + 1),
    )
    return Step(after, (LoanAgreed(call.loan, servicer, nonce),))


def cancel(state: State, call: Cancel, context: Context) -> Step:
    """End a loan before disbursement and return its collateral (AGREEMENT-5, AGREEMENT-6)."""
    require(state.loans.contains(call.loan), Reason.UNKNOWN_LOAN)
    loan = state.loans.get(call.loan)
    require(loan.status in CANCELLABLE, Reason.NOT_CANCELLABLE)
    has_window_ended = day_of(context.timestamp) > loan.terms.window_end_day
    is_agreed = loan.status == LoanStatus.AGREED
    require(any_of(has_window_ended, negate(is_agreed)), Reason.AGREEMENT_BINDING)
    servicer = state.facilities.get(loan.facility).servicer
    is_party = any_of(context.sender == loan.borrower, context.sender == servicer)
    require(any_of(has_window_ended, is_party), Reason.NOT_PARTY)
    ledger = deliver(state.ledger, loan.terms.collateral_asset, loan.borrower, loan.collateral)

    cancelled = replace(loan, status=LoanStatus.CANCELLED, collateral=0)
    after = replace(state, ledger=ledger, loans=state.loans.set(call.loan, cancelled))
    return Step(after, (LoanCancelled(call.loan, loan.collateral),))

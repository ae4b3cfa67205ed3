"""Chapter 6: the agreement (`lien.spec.agreement`)."""

from dataclasses import replace

from lien.protocol.algebra import any_of, negate
from lien.protocol.applications import is_expired
from lien.protocol.calendar import day_of
from lien.protocol.credit import has_open_default
from lien.protocol.eligibility import require_eligible
from lien.protocol.ledger import collect, deliver
from lien.protocol.offers import require_as_applied_for, require_fee_floor
from lien.protocol.pauses import require_open
from lien.protocol.rejection import require
from lien.protocol.screening import require_same_identity
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
from lien.spec.types import ApplicationStatus, LoanStatus, Scope
from lien.spec.units import MAXIMUM_NUMBER

CANCELLABLE = (LoanStatus.OFFERED, LoanStatus.ACCEPTED, LoanStatus.AGREED)


def offer(state: State, call: Offer, context: Context) -> Step:
    """Answer an approved application with a loan (AGREEMENT-1, -4, -8, -9, -11, APPLICATION-11)."""
    require(state.applications.contains(call.application), Reason.UNKNOWN_APPLICATION)
    application, now = state.applications.get(call.application), context.timestamp
    facility = state.facilities.get(application.facility)
    require(context.sender == facility.servicer, Reason.NOT_SERVICER)
    require_open(state, Scope.ORIGINATION, now)
    require(facility.is_winding_down == 0, Reason.FACILITY_WINDS_DOWN)
    require(negate(is_expired(application, now)), Reason.APPLICATION_EXPIRED)
    require(application.status == ApplicationStatus.APPROVED, Reason.APPLICATION_NOT_APPROVED)
    product = state.products.get(application.product)
    require_as_applied_for(call.terms, application, product)
    require_fee_floor(call.terms, state.origination_fee_floor)
    require_sound(call.terms, day_of(now))
    require(state.loan_count < MAXIMUM_NUMBER, Reason.TOO_MANY_LOANS)

    number = state.loan_count + 1
    loan = Loan(
        facility=application.facility,
        borrower=application.applicant,
        terms=call.terms,
        status=LoanStatus.OFFERED,
        collateral=0,
        impairment_ratio=product.impairment_ratio,
        identity=application.identity,
    )
    consumed = replace(application, status=ApplicationStatus.OFFERED)
    after = replace(
        state,
        loan_count=number,
        loans=state.loans.set(number, loan),
        applications=state.applications.set(call.application, consumed),
    )
    event = LoanOffered(
        loan=number,
        application=call.application,
        facility=loan.facility,
        borrower=loan.borrower,
        identity=loan.identity,
        impairment_ratio=loan.impairment_ratio,
        terms=call.terms,
    )
    return Step(after, (event,))


def accept(state: State, call: Accept, context: Context) -> Step:
    """Take the borrower's signature and lock the collateral (AGREEMENT-2, -3, -5, -10, -11)."""
    require(state.loans.contains(call.loan), Reason.UNKNOWN_LOAN)
    require_open(state, Scope.ORIGINATION, context.timestamp)
    loan = state.loans.get(call.loan)
    require(loan.status == LoanStatus.OFFERED, Reason.NOT_OFFERED)
    require(context.timestamp < call.deadline, Reason.SIGNATURE_EXPIRED)
    require(day_of(context.timestamp) <= loan.terms.window_end_day, Reason.WINDOW_CLOSED)
    require(context.signer == loan.borrower, Reason.WRONG_SIGNER)
    require_eligible(state, loan.borrower, context.timestamp)
    require_same_identity(state, loan)
    identity = state.identities.get(loan.identity)
    in_default = has_open_default(state, identity, day_of(context.timestamp))
    require(negate(in_default), Reason.OPEN_DEFAULT)
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
    """Take the servicer's signature (AGREEMENT-2, AGREEMENT-3, AGREEMENT-11)."""
    require(state.loans.contains(call.loan), Reason.UNKNOWN_LOAN)
    require_open(state, Scope.ORIGINATION, context.timestamp)
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

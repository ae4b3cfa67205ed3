"""Chapter 6: the agreement (`lien.spec.agreement`)."""

from dataclasses import replace

from lien.protocol.projection.application import with_application
from lien.protocol.projection.change import recorded, with_loan
from lien.protocol.state import Loan, State
from lien.spec.agreement import LoanAccepted, LoanAgreed, LoanCancelled, LoanOffered
from lien.spec.types import ApplicationStatus, LoanStatus


def loan_offered(state: State, event: LoanOffered, _: int) -> State:
    """Keep the offer; the application that it answers is over."""
    loan = Loan(
        facility=event.facility,
        borrower=event.borrower,
        terms=event.terms,
        status=LoanStatus.OFFERED,
        collateral=0,
        impairment_ratio=event.impairment_ratio,
        identity=event.identity,
    )
    after = replace(state, loan_count=event.loan, loans=state.loans.set(event.loan, loan))
    return with_application(after, event.application, status=ApplicationStatus.OFFERED)


def loan_accepted(state: State, event: LoanAccepted, _: int) -> State:
    """Hold the collateral, and count the borrower's nonce."""
    after = with_loan(state, event.loan, status=LoanStatus.ACCEPTED, collateral=event.collateral)
    asset = after.loans.get(event.loan).terms.collateral_asset
    return with_used_nonce(recorded(after, asset, event.collateral), event.borrower, event.loan, event.nonce)


def loan_agreed(state: State, event: LoanAgreed, _: int) -> State:
    """Count the servicer's nonce."""
    after = with_loan(state, event.loan, status=LoanStatus.AGREED)
    return with_used_nonce(after, event.servicer, event.loan, event.nonce)


def with_used_nonce(state: State, signer: int, loan: int, nonce: int) -> State:
    """Return the state in which a signer's next nonce for a loan is the one after."""
    return replace(state, nonces=state.nonces.set((signer, loan), nonce + 1))


def loan_cancelled(state: State, event: LoanCancelled, _: int) -> State:
    """Hold the collateral no more."""
    left = state.loans.get(event.loan).collateral - event.collateral
    return with_loan(state, event.loan, status=LoanStatus.CANCELLED, collateral=left)

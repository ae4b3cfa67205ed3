"""What becomes of an agreement, its signatures and its collateral."""

from lien.invariants.properties.arrows import ON_A_LOAN
from lien.invariants.properties.base import Kind, Observed, declare, is_one_of
from lien.invariants.properties.observing import balance_change, loans_of, received
from lien.protocol.algebra import all_of, any_of, choose, implies, negate
from lien.protocol.credit import grade_of
from lien.spec.agreement import Accept, Cancel, Countersign, Offer
from lien.spec.liquidation import Liquidate, Take
from lien.spec.repayment import Restructure
from lien.spec.types import TERMINAL, ApplicationStatus, Grade, LoanStatus


@declare("TERMS-FIXED", Kind.STEP, ("agreement",), (49, 96, 107), calls=ON_A_LOAN)
def terms_never_change(observed: Observed) -> bool:
    """Facility, borrower and identity of a loan never change, and its terms only by a restructuring."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    kept = ("facility", "borrower", "identity", "impairment_ratio")
    same = (getattr(after, name) == getattr(loan, name) for name in kept)
    return all_of(after.terms is loan.terms or isinstance(observed.call, Restructure), *same)


@declare("OFFER-EXACT", Kind.STEP, ("agreement", "application"), (107, 96), calls=(Offer,))
def offer_is_what_was_applied_for(observed: Observed) -> bool:
    """An offer makes one loan: of who applied and their identity, for what was applied for, on its terms."""
    if not observed.accepted:
        return True
    call, before, after = observed.call, observed.before, observed.after
    application = before.applications.get(call.application)
    loan = after.loans.get(after.loan_count)
    return all_of(
        after.loan_count == before.loan_count + 1,
        loan.status == LoanStatus.OFFERED,
        loan.terms is call.terms,
        loan.facility == application.facility,
        loan.borrower == application.applicant,
        loan.identity == application.identity,
        loan.terms.principal == application.amount,
        loan.terms.periods == application.periods,
        loan.terms.collateral_asset == application.collateral_asset,
        loan.terms.collateral_amount == application.collateral_amount,
        loan.impairment_ratio == before.products.get(application.product).impairment_ratio,
    )


@declare("OFFER-PRICED", Kind.STEP, ("agreement", "credit"), (51, 95), calls=(Offer,))
def offer_is_priced_by_score(observed: Observed) -> bool:
    """The rate of an offer is that of the grade of its application's score, and no limit is above it.

    Its term is no longer than the product's, and its origination fee not below the council's floor.
    """
    if not observed.accepted:
        return True
    before, terms = observed.before, observed.call.terms
    application = before.applications.get(observed.call.application)
    product = before.products.get(application.product)
    grade = grade_of(product, application.score)
    fits = (
        all_of(
            grade == one,
            terms.rate == product.rates[one],
            terms.origination_limit <= product.origination_limits[one],
        )
        for one in Grade
    )
    return all_of(
        any_of(*fits),
        terms.maturity_day - terms.window_start_day <= product.maximum_days,
        terms.origination_fee_rate >= before.origination_fee_floor,
    )


@declare("OFFER-ONCE", Kind.STEP, ("application", "agreement"), (106,), calls=(Offer,))
def application_is_offered_once(observed: Observed) -> bool:
    """An application that was offered a loan, or has expired, is never offered one."""
    application, after = (
        state.applications.field(observed.call.application, "status")
        for state in (observed.before, observed.after)
    )
    is_over = application == ApplicationStatus.OFFERED
    return all_of(
        implies(is_over, negate(observed.accepted)),
        implies(observed.accepted, after == ApplicationStatus.OFFERED),
    )


@declare("SIGNED-BY-BOTH", Kind.STEP, ("agreement",), (106,), calls=(Accept, Countersign))
def agreement_is_signed(observed: Observed) -> bool:
    """Accepting needs the borrower's signature, countersigning the servicer's, each before its deadline."""
    if not observed.accepted:
        return True
    loan, _ = loans_of(observed)
    servicer = observed.before.facilities.get(loan.facility).servicer
    signer = loan.borrower if isinstance(observed.call, Accept) else servicer
    return all_of(
        observed.context.signer == signer,
        observed.context.timestamp < observed.call.deadline,
        loan.borrower != servicer,
    )


@declare("NONCE-USED-ONCE", Kind.STEP, ("agreement",), (106,), every=("account", "loan"))
def nonce_rises_on_use(observed: Observed, account: int, loan: int) -> bool:
    """A nonce rises by one exactly when its signature is used, and no other nonce changes."""
    key = (account, loan)
    change = observed.after.nonces.get(key) - observed.before.nonces.get(key)
    if isinstance(observed.call, (Accept, Countersign)) and observed.accepted:
        is_used = all_of(account == observed.context.signer, loan == observed.call.loan)
        return change == choose(is_used, 1, 0)
    return change == 0


@declare("ESCROW-EXACT", Kind.STEP, ("agreement",), (3, 79), calls=(Accept,))
def escrow_takes_the_collateral(observed: Observed) -> bool:
    """Acceptance locks exactly the collateral of the terms, out of the borrower's balance."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    taken = balance_change(observed, loan.terms.collateral_asset, loan.borrower)
    return all_of(after.collateral == loan.terms.collateral_amount, taken == 0 - after.collateral)


@declare("RELEASE-WHOLE", Kind.STEP, ("agreement", "settlement"), (119,), calls=ON_A_LOAN)
def collateral_leaves_wholly(observed: Observed) -> bool:
    """Collateral leaves escrow only wholly, at zero debt or by cancellation, and goes to the borrower.

    The exceptions are seizure and sale, of which LIQUIDATE-SEIZES-EXACTLY and TAKE-PAYS-EXACTLY speak.
    """
    if not observed.accepted or isinstance(observed.call, (Liquidate, Take)):
        return True
    loan, after = loans_of(observed)
    falls = after.collateral < loan.collateral
    has_ended = is_one_of(after.status, TERMINAL)
    owes_nothing = all_of(after.principal == 0, after.interest == 0, after.late_fees == 0)
    return implies(falls, all_of(after.collateral == 0, has_ended, owes_nothing))


@declare("RELEASE-TO-BORROWER", Kind.STEP, ("agreement", "settlement"), (119,), calls=(Cancel,))
def collateral_returns_to_the_borrower(observed: Observed) -> bool:
    """Cancellation returns to the borrower exactly the collateral that was in escrow."""
    if not observed.accepted:
        return True
    loan, _ = loans_of(observed)
    return received(observed, loan.terms.collateral_asset, loan.borrower) == loan.collateral

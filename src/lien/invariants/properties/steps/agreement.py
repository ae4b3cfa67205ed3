"""What becomes of an agreement, its signatures and its collateral."""

from lien.invariants.properties.arrows import ON_A_LOAN
from lien.invariants.properties.base import Kind, Observed, declare, is_one_of
from lien.invariants.properties.observing import balance_change, loans_of, received
from lien.protocol.algebra import all_of, choose, implies
from lien.spec.agreement import Accept, Cancel, Countersign
from lien.spec.repayment import Restructure
from lien.spec.types import TERMINAL


@declare("TERMS-FIXED", Kind.STEP, ("agreement",), (107,), calls=ON_A_LOAN)
def terms_never_change(observed: Observed) -> bool:
    """The facility and the borrower of a loan never change, and its terms only by a restructuring."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    are_kept = after.terms is loan.terms or isinstance(observed.call, Restructure)
    return all_of(are_kept, after.facility == loan.facility, after.borrower == loan.borrower)


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


@declare("RELEASE-WHOLE", Kind.STEP, ("agreement", "settlement"), (119, 69), calls=ON_A_LOAN)
def collateral_leaves_wholly(observed: Observed) -> bool:
    """Collateral leaves escrow only wholly, at zero debt or by cancellation, and goes to the borrower."""
    if not observed.accepted:
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

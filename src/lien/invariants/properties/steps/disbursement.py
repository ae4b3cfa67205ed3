"""What a disbursement does."""

from lien.invariants.properties.base import Kind, Observed, declare
from lien.invariants.properties.observing import loans_of, received, today_of
from lien.protocol.algebra import all_of, choose
from lien.protocol.arithmetic import multiply_divide_up
from lien.protocol.valuation import net_assets
from lien.protocol.waterfall import compute_payoff
from lien.spec.disbursement import Disburse
from lien.spec.types import LoanStatus
from lien.spec.units import WAD


@declare("PRICE-DISBURSE", Kind.STEP, ("facility", "disbursement"), (44, 81), calls=(Disburse,))
def disbursement_keeps_net_assets(observed: Observed) -> bool:
    """A disbursement turns cash into principal and leaves net assets as they were."""
    if not observed.accepted:
        return True
    facility, day = observed.before.loans.get(observed.call.loan).facility, today_of(observed)
    old, new = observed.before.facilities.get(facility), observed.after.facilities.get(facility)
    return net_assets(new, day) == net_assets(old, day)


@declare("DISBURSE-EXACT", Kind.STEP, ("disbursement",), (26, 99), calls=(Disburse,))
def disbursement_pays_the_principal(observed: Observed) -> bool:
    """Borrower and treasury receive the principal between them, the fee rounded up, out of idle cash."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    old, new = observed.before.facilities.get(loan.facility), observed.after.facilities.get(loan.facility)
    treasury, principal = observed.before.settings.treasury, loan.terms.principal
    fee = multiply_divide_up(principal, loan.terms.origination_fee_rate, WAD)
    is_one = loan.borrower == treasury
    return all_of(
        received(observed, old.asset, loan.borrower) == choose(is_one, principal, principal - fee),
        received(observed, old.asset, treasury) == choose(is_one, principal, fee),
        old.cash - new.cash == principal,
        after.principal == principal,
        after.disbursed_day == today_of(observed),
    )


@declare("DISBURSE-IN-WINDOW", Kind.STEP, ("disbursement",), (), calls=(Disburse,))
def disbursement_is_in_the_window(observed: Observed) -> bool:
    """A loan is disbursed on a day of its window, when it is agreed: at most once."""
    if not observed.accepted:
        return True
    loan, _ = loans_of(observed)
    today = today_of(observed)
    return all_of(
        loan.status == LoanStatus.AGREED,
        loan.terms.window_start_day <= today,
        today <= loan.terms.window_end_day,
    )


@declare("BORROW-AND-BACK", Kind.STEP, ("disbursement", "repayment"), (28,), calls=(Disburse,))
def borrowing_gains_nothing(observed: Observed) -> bool:
    """Who borrows and repays on one day pays at least what left the facility, and the origination fee.

    With TIME-LOWERS-NO-DEBT a later payoff takes no less.
    """
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    old, new = observed.before.facilities.get(loan.facility), observed.after.facilities.get(loan.facility)
    return compute_payoff(after).taken >= old.cash - new.cash

"""What a payment does."""

from lien.invariants.properties.base import Kind, Observed, declare, is_one_of
from lien.invariants.properties.observing import debt, facilities_of, loans_of, received, today_of
from lien.protocol.accrual import catch_up
from lien.protocol.aggregate import accrued_interest
from lien.protocol.algebra import all_of, choose, equivalent, implies, maximum, minimum, negate
from lien.protocol.arithmetic import multiply_divide_down
from lien.protocol.state import Facility, Loan
from lien.protocol.valuation import net_assets
from lien.protocol.waterfall import compute_payoff
from lien.spec.liquidation import Liquidate, Take
from lien.spec.repayment import Repay
from lien.spec.types import ACCRUING, IN_DEFAULT, LoanStatus
from lien.spec.units import UNIT, WAD

PAYMENTS = (Repay, Liquidate)
OF_ANY_ORDER = (*PAYMENTS, Take)  # proceeds pay principal first


@declare("EARNED-EXACT", Kind.STEP, ("facility", "repayment"), (43, 82), calls=PAYMENTS)
def payment_moves_interest_exactly(observed: Observed) -> bool:
    """A payment turns accrued contract interest into paid, to the numerator.

    What it rounds up stays with the lenders.
    """
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    day = today_of(observed)
    caught_up = catch_up(loan, day)
    old, new = observed.before.facilities.get(loan.facility), observed.after.facilities.get(loan.facility)
    if loan.status in IN_DEFAULT or caught_up.status in IN_DEFAULT:
        return True
    counted = 0 if after.status == LoanStatus.SETTLED else after.interest
    moved = (after.interest_paid - loan.interest_paid) * UNIT
    return earned(new, day) - earned(old, day) == moved + counted - caught_up.interest


def earned(facility: Facility, day: int) -> int:
    """Return all contract interest of a facility, paid or accrued, as a numerator."""
    return facility.interest_paid * UNIT + accrued_interest(facility, day)


@declare("PRICE-REPAY", Kind.STEP, ("facility", "repayment"), (44,), calls=OF_ANY_ORDER)
def payment_lowers_no_net_assets(observed: Observed) -> bool:
    """A payment lowers no facility's net assets, unless it finds the loan in default for the first time.

    After that, the payoff gives back at most the unit of interest paid ahead that a default can leave.
    """
    if not observed.accepted:
        return True
    loan, day = observed.before.loans.get(observed.call.loan), today_of(observed)
    if loan.status in ACCRUING and catch_up(loan, day).status == LoanStatus.DEFAULTED:
        return True
    old, new = observed.before.facilities.get(loan.facility), observed.after.facilities.get(loan.facility)
    credit = choose(is_one_of(loan.status, IN_DEFAULT), 1, 0)
    return net_assets(new, day) + credit >= net_assets(old, day)


@declare("TREASURY-SHARE", Kind.STEP, ("facility", "repayment"), (37, 53), calls=OF_ANY_ORDER)
def treasury_takes_its_share(observed: Observed) -> bool:
    """The treasury takes up to the floor of its share of all interest paid, and at most the payment."""
    if not observed.accepted:
        return True
    facility = observed.before.loans.get(observed.call.loan).facility
    old, new = observed.before.facilities.get(facility), observed.after.facilities.get(facility)
    share = multiply_divide_down(new.interest_paid, new.interest_fee, WAD)
    within_payment = minimum(share, old.treasury_taken + taken_of(observed))
    return new.treasury_taken == maximum(old.treasury_taken, within_payment)


def taken_of(observed: Observed) -> int:
    """Return what a payment took, as the facility's cash and the treasury's share."""
    facility = observed.before.loans.get(observed.call.loan).facility
    old, new = observed.before.facilities.get(facility), observed.after.facilities.get(facility)
    return new.cash - old.cash + new.treasury_taken - old.treasury_taken


def as_treasury(observed: Observed, account: int) -> int:
    """Return what an account receives of the collateral's asset as the treasury."""
    loan, _ = loans_of(observed)
    old, new = facilities_of(observed)
    is_its = all_of(account == observed.before.settings.treasury, loan.terms.collateral_asset == old.asset)
    return choose(is_its, new.treasury_taken - old.treasury_taken, 0)


def payoff_of(observed: Observed, caught_up: Loan) -> int:
    """Return all that is owed, with the prepayment fee where the call bears one."""
    return compute_payoff(caught_up, 0 if isinstance(observed.call, Liquidate) else 1).taken


@declare("REPAY-AT-MOST", Kind.STEP, ("repayment",), (119, 92), calls=PAYMENTS, early=True)
def payment_takes_what_is_owed(observed: Observed) -> bool:
    """A payment takes nothing negative, at most what was offered, and at most what is owed."""
    if not observed.accepted:
        return True
    caught_up = catch_up(observed.before.loans.get(observed.call.loan), today_of(observed))
    taken = taken_of(observed)
    return all_of(taken >= 0, taken <= observed.call.amount, taken <= payoff_of(observed, caught_up))


@declare("REPAY-EXACT", Kind.STEP, ("repayment",), (19, 92, 97), calls=PAYMENTS)
def debt_falls_by_what_was_taken(observed: Observed) -> bool:
    """What is owed falls by exactly what was taken, less the prepayment fee."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    caught_up = catch_up(loan, today_of(observed))
    fee = after.prepayment_fees - caught_up.prepayment_fees
    return all_of(debt(caught_up) - debt(after) == taken_of(observed) - fee, fee >= 0)


@declare("REPAY-SETTLES", Kind.STEP, ("repayment", "settlement"), (97, 119, 93), calls=(Repay,))
def settled_exactly_at_zero_debt(observed: Observed) -> bool:
    """A loan is settled exactly when nothing is owed, by the payment that covers everything."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    caught_up = catch_up(loan, today_of(observed))
    covers = observed.call.amount >= compute_payoff(caught_up).taken
    is_settled = after.status == LoanStatus.SETTLED
    return all_of(
        equivalent(is_settled, covers),
        equivalent(is_settled, after.principal == 0),
        implies(is_settled, debt(after) == 0),
    )


@declare("REPAY-REFERENCE", Kind.STEP, ("repayment",), (65, 106), calls=(Repay,), every=("account",))
def reference_is_used_once(observed: Observed, account: int) -> bool:
    """A payment reference is used once by each payer for each loan, and nobody uses up another's."""
    key = (account, observed.call.loan, observed.call.reference)
    used = observed.after.references.get(key) - observed.before.references.get(key)
    return used == choose(all_of(observed.accepted, account == observed.context.sender), 1, 0)


@declare("REPAY-KEEPS-PRINCIPAL", Kind.STEP, ("repayment",), (66,), calls=PAYMENTS)
def payment_leaves_principal(observed: Observed) -> bool:
    """A payment that does not settle leaves principal; paying ahead of time leaves at least the minimum."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    is_open = negate(after.status == LoanStatus.SETTLED)
    paid_ahead = after.prepaid > loan.prepaid
    return all_of(
        implies(is_open, after.principal >= 1),
        implies(all_of(is_open, paid_ahead), after.principal >= loan.terms.minimum_principal),
    )


@declare("REPAY-RELEASES", Kind.STEP, ("settlement", "repayment"), (3, 119), calls=(Repay,))
def payoff_returns_the_collateral(observed: Observed) -> bool:
    """The payment that settles returns all collateral to the borrower, whoever pays; no other returns any.

    Where both are of one asset, what the borrower pays, or gets as the treasury, is told apart from it.
    """
    if not observed.accepted:
        return True
    (loan, after), (old, new) = loans_of(observed), facilities_of(observed)
    asset, borrower = loan.terms.collateral_asset, loan.borrower
    is_one = asset == old.asset
    is_payer = borrower == observed.context.sender
    is_treasury = borrower == observed.before.settings.treasury
    paid = choose(all_of(is_one, is_payer), taken_of(observed), 0)
    share = choose(all_of(is_one, is_treasury), new.treasury_taken - old.treasury_taken, 0)
    returned = choose(after.status == LoanStatus.SETTLED, loan.collateral, 0)
    return received(observed, asset, borrower) == returned + share - paid

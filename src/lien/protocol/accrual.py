"""Bring a loan up to a day: interest, missed due dates, the moment of default.

Catching up is straight-line code, the same in every call and view that touches a loan. At most two due dates
can lie behind: one that was met, and then one that was not; an unmet one is followed by its grace, which ends
before the next due date. The moment of default is the loan's stop day: the end of that grace, or the deadline
of a margin call that nobody cured. It is kept, so that a facility can count its loans by it.
"""

from dataclasses import replace

from lien.protocol.aggregate import does_accrue
from lien.protocol.algebra import all_of, any_of, choose, maximum, minimum, opaque
from lien.protocol.arithmetic import multiply_divide_up, quotient_down, quotient_up, scale
from lien.protocol.calendar import clock, due_day
from lien.protocol.state import Loan
from lien.spec.types import ACCRUING, LoanStatus, RepaymentKind
from lien.spec.units import UNIT, WAD


def compute_elapsed(loan: Loan, day: int) -> int:
    """Return the clock units from the day to which the loan is accrued."""
    return clock(loan.terms.day_count, day) - clock(loan.terms.day_count, loan.since)


def compute_interest_to_due_date(loan: Loan, principal: int) -> int:
    """Return the interest numerator that a principal bears to the due date: at most that principal.

    Sound terms bring no more in any period, so that the limit never binds; it is what a proof can rely on.
    """
    left = compute_elapsed(loan, due_day(loan.terms, loan.period))
    return scale(principal, minimum(scale(left, loan.terms.rate), UNIT))


@opaque
def accrue(loan: Loan, day: int) -> Loan:
    """Add the interest since the loan was last accrued, undivided, and the room that the cap leaves."""
    terms = loan.terms
    elapsed = compute_elapsed(loan, day)
    contract = loan.principal * terms.rate * elapsed
    default = loan.overdue_principal * terms.default_rate * elapsed
    return replace(
        loan,
        since=day,
        interest=loan.interest + contract,
        default_interest=loan.default_interest + default,
        usury_room=loan.usury_room + loan.principal * terms.usury_cap * elapsed - contract - default,
    )


def compute_instalment(loan: Loan) -> int:
    """Return the principal of the period that begins on the day `since`; the last period takes the rest."""
    terms, free = loan.terms, loan.principal - loan.overdue_principal
    regular = minimum(free, compute_regular_instalment(loan))
    in_time = choose(loan.period == terms.periods - 1, free, regular)
    return choose(loan.period >= terms.periods, 0, in_time)


def compute_regular_instalment(loan: Loan) -> int:
    """Return the principal of a period before the last: the payment, or what interest leaves of a level one.

    Terms of a kind without payments have a payment of zero.
    """
    terms = loan.terms
    coming = compute_interest_to_due_date(loan, loan.principal)
    interest = quotient_up(minimum(loan.interest, 0) + coming, UNIT)
    is_level = any_of(terms.kind == RepaymentKind.ANNUITY, terms.kind == RepaymentKind.BALLOON)
    return choose(is_level, maximum(terms.payment - interest, 0), terms.payment)


def start_period(loan: Loan) -> Loan:
    """Fix the principal of the period that begins."""
    return replace(loan, instalment=compute_instalment(loan))


def pass_due_date(loan: Loan) -> Loan:
    """Go past the next due date; what is then unpaid of its instalment is overdue and bears the late fee."""
    loan = accrue(loan, due_day(loan.terms, loan.period))
    if any_of(loan.instalment > 0, loan.interest > 0):
        late_fee = minimum(loan.terms.late_fee, quotient_down(loan.usury_room, UNIT))
        loan = replace(
            loan,
            status=LoanStatus.OVERDUE,
            is_late=1,
            overdue_principal=loan.instalment,
            overdue_interest=maximum(loan.interest, 0),
            late_fees=loan.late_fees + late_fee,
            usury_room=loan.usury_room - late_fee * UNIT,
        )
    return start_period(replace(loan, period=loan.period + 1))


def is_met(loan: Loan) -> bool:
    """Return whether nothing will be unpaid of the open instalment at its due date, interest included."""
    coming = compute_interest_to_due_date(loan, loan.principal)
    return all_of(loan.instalment <= 0, loan.interest + coming <= 0)


def compute_stop_day(loan: Loan) -> int:
    """Return the first day of default of an accruing loan, if nothing more is paid.

    It is the day after the grace of the first instalment that is not met, or the deadline of an open margin
    call, if that is earlier.
    """
    terms, period = loan.terms, loan.period
    open_due = choose(is_met(loan), due_day(terms, period + 1), due_day(terms, period))
    unmet = choose(loan.status == LoanStatus.OVERDUE, due_day(terms, period - 1), open_due)
    by_dates = unmet + terms.grace_days + 1
    return choose(loan.margin_day > 0, minimum(loan.margin_day, by_dates), by_dates)


def with_stop_day(loan: Loan) -> Loan:
    """Return the loan with its stop day; one that does not accrue has none."""
    return replace(loan, stop_day=choose(does_accrue(loan), compute_stop_day(loan), 0))


def apply_credit(loan: Loan) -> Loan:
    """Turn interest that was paid ahead into principal, but for the last unit of principal."""
    ahead = quotient_down(maximum(0 - loan.interest, 0), UNIT)
    credit = minimum(ahead, loan.principal - 1)
    return replace(
        loan,
        principal=loan.principal - credit,
        interest=loan.interest + credit * UNIT,
        interest_paid=loan.interest_paid - credit,
    )


def accelerate(loan: Loan) -> Loan:
    """Make all principal due on the first day of default, and impair it as the product says."""
    loan = apply_credit(accrue(loan, loan.stop_day))
    expected_loss = multiply_divide_up(loan.principal, loan.impairment_ratio, WAD)
    return replace(
        loan,
        status=LoanStatus.DEFAULTED,
        overdue_principal=loan.principal,
        instalment=0,
        overdue_interest=maximum(loan.interest, 0),
        stop_day=0,
        default_day=loan.stop_day,
        is_late=1,
        has_defaulted=1,
        margin_day=0,
        margin_payment=0,
        margin_top_up=0,
        impairment=minimum(maximum(loan.impairment, expected_loss), loan.principal),
    )


@opaque
def catch_up(loan: Loan, day: int) -> Loan:
    """Return the live loan as it stands on a day that is not before the one to which it is accrued."""
    until = minimum(day, loan.stop_day)
    if loan.status == LoanStatus.ACTIVE and until > due_day(loan.terms, loan.period):
        loan = pass_due_date(loan)
        if loan.status == LoanStatus.ACTIVE and until > due_day(loan.terms, loan.period):
            loan = pass_due_date(loan)
    if loan.status in ACCRUING and day >= loan.stop_day:
        loan = accelerate(loan)
    return accrue(loan, day)

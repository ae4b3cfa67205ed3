"""Bring a loan up to a day: interest, missed due dates, the end of the grace.

Catching up is straight-line code, the same in every call and view that touches a loan. At most two due dates
can lie behind: one that was met, and then one that was not; an unmet one is followed by its grace, which ends
before the next due date.
"""

from dataclasses import replace

from lien.protocol.algebra import any_of, maximum, minimum, opaque
from lien.protocol.arithmetic import quotient_down, quotient_up
from lien.protocol.calendar import clock, due_day
from lien.protocol.state import Loan
from lien.spec.types import LoanStatus, RepaymentKind
from lien.spec.units import UNIT


def compute_elapsed(loan: Loan, day: int) -> int:
    """Return the clock units from the day to which the loan is accrued."""
    return clock(loan.terms.day_count, day) - clock(loan.terms.day_count, loan.since)


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
    if loan.period >= terms.periods:
        return 0
    if loan.period == terms.periods - 1:
        return free
    if terms.kind == RepaymentKind.ANNUITY:
        elapsed = compute_elapsed(loan, due_day(terms, loan.period))
        interest = quotient_up(minimum(loan.interest, 0) + loan.principal * terms.rate * elapsed, UNIT)
        return minimum(free, maximum(terms.payment - interest, 0))
    if terms.kind == RepaymentKind.EQUAL_PRINCIPAL:
        return minimum(free, terms.payment)
    return 0


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
            overdue_principal=loan.instalment,
            overdue_interest=maximum(loan.interest, 0),
            late_fees=loan.late_fees + late_fee,
            usury_room=loan.usury_room - late_fee * UNIT,
        )
    return start_period(replace(loan, period=loan.period + 1))


def first_day_of_default(loan: Loan) -> int:
    """Return the day on which an overdue loan is in default: the day after its grace."""
    return due_day(loan.terms, loan.period - 1) + loan.terms.grace_days + 1


def accelerate(loan: Loan) -> Loan:
    """Make all principal due on the first day of default."""
    loan = accrue(loan, first_day_of_default(loan))
    return replace(
        loan,
        status=LoanStatus.DEFAULTED,
        overdue_principal=loan.principal,
        instalment=0,
        overdue_interest=maximum(loan.interest, 0),
    )


@opaque
def catch_up(loan: Loan, day: int) -> Loan:
    """Return the live loan as it stands on a day that is not before the one to which it is accrued."""
    if loan.status == LoanStatus.ACTIVE and day > due_day(loan.terms, loan.period):
        loan = pass_due_date(loan)
        if loan.status == LoanStatus.ACTIVE and day > due_day(loan.terms, loan.period):
            loan = pass_due_date(loan)
    if loan.status == LoanStatus.OVERDUE and day >= first_day_of_default(loan):
        loan = accelerate(loan)
    return accrue(loan, day)

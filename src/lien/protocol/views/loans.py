"""Answer what is owed on a loan, when, and what it costs a year."""

from dataclasses import dataclass

from lien.protocol.accrual import catch_up
from lien.protocol.annual_cost import compute_annual_cost
from lien.protocol.arithmetic import multiply_divide_up
from lien.protocol.calendar import due_day
from lien.protocol.schedule import PlannedPayment, planned_payments
from lien.protocol.state import Loan, State
from lien.protocol.waterfall import compute_due, compute_payoff
from lien.spec.types import LIVE, Amount, Day, LoanId, LoanStatus
from lien.spec.units import WAD


def loan_on(state: State, number: LoanId, day: Day) -> Loan:
    """Return a loan as every call meets it on a day that is not before the last call on it."""
    loan = state.loans.get(number)
    return catch_up(loan, day) if loan.status in LIVE else loan


def status_on(state: State, number: LoanId, day: Day) -> LoanStatus:
    """Return where a loan stands on a day, whether or not anyone has booked it."""
    return LoanStatus(loan_on(state, number, day).status)


def payoff_on(state: State, number: LoanId, day: Day) -> Amount:
    """Return the least amount that settles a loan on a day; zero where there is no debt."""
    return compute_payoff(loan_on(state, number, day)).taken


def instalment_on(state: State, number: LoanId, day: Day) -> Amount:
    """Return the least amount that meets all that is due on a day, and the current instalment.

    Fees stand behind the instalment and are not part of it. Where the rest of the principal is due, it is the
    payoff, since the last unit of principal is taken with all fees or not at all. Zero where nothing is due.
    """
    return compute_due(loan_on(state, number, day))


@dataclass(frozen=True, slots=True)
class NextInstalment:
    """Say what falls due next: by the end of which day, and how much if it is paid on that day."""

    day: Day
    amount: Amount


def next_instalment(state: State, number: LoanId, day: Day) -> NextInstalment | None:
    """Return what falls due next on a loan, seen from a day; None where there is no debt.

    What is overdue is due on the day itself. An instalment that is met already is passed over, and the one
    after it is as it stands if nothing is paid before.
    """
    loan = loan_on(state, number, day)
    if loan.status not in LIVE:
        return None
    if loan.status != LoanStatus.ACTIVE:
        return NextInstalment(day, compute_due(loan))
    due = due_day(loan.terms, loan.period)
    amount = instalment_on(state, number, due)
    if amount == 0:
        due = due_day(loan.terms, loan.period + 1)
        amount = instalment_on(state, number, due)
    return NextInstalment(due, amount)


def planned_schedule(state: State, number: LoanId, day: Day) -> tuple[PlannedPayment, ...]:
    """Return the payments of a loan that is paid on each due date, from its disbursement on.

    A loan that is not disbursed is planned as if it were on the day given.
    """
    loan = state.loans.get(number)
    return planned_payments(loan.terms, loan.disbursed_day or day)


def annual_cost(state: State, number: LoanId, day: Day) -> int:
    """Return the annual percentage rate of charge of a loan that is paid as planned, scaled by WAD.

    It equates what the borrower is paid out, less the origination fee, with the planned payments
    (`lien.protocol.annual_cost`), and is rounded up. A loan that is not disbursed is planned from the day.

    Raises: ValueError where the fee leaves nothing to be paid out.
    """
    loan = state.loans.get(number)
    begin, terms = loan.disbursed_day or day, loan.terms
    fee = multiply_divide_up(terms.principal, terms.origination_fee_rate, WAD)
    payments = [(item.day, item.interest + item.principal) for item in planned_schedule(state, number, day)]
    return compute_annual_cost(terms.principal - fee, begin, payments)

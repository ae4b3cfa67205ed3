"""Properties of accrual: what time charges, and on what base."""

from lien.invariants.properties.base import Kind, declare, is_one_of
from lien.protocol.accrual import accrue, pass_due_date
from lien.protocol.algebra import all_of, any_of, choose, equivalent, implies, maximum, minimum
from lien.protocol.arithmetic import quotient_down, quotient_up
from lien.protocol.calendar import clock, due_day
from lien.protocol.state import Loan
from lien.spec.types import Day, LoanStatus, RepaymentKind
from lien.spec.units import UNIT


@declare("ACCRUE-EXACT", Kind.RELATIONAL, ("repayment",), (25, 53))
def accrual_is_on_its_base(loan: Loan, day: Day) -> bool:
    """Contract interest accrues on all principal, and default interest on what is overdue, by the clock.

    The room under the usury cap grows by what the cap allows on the principal, less both.
    """
    terms, after = loan.terms, accrue(loan, day)
    elapsed = clock(terms.day_count, day) - clock(terms.day_count, loan.since)
    contract = loan.principal * terms.rate * elapsed
    default = loan.overdue_principal * terms.default_rate * elapsed
    allowed = loan.principal * terms.usury_cap * elapsed
    is_exact = all_of(
        after.interest == loan.interest + contract,
        after.default_interest == loan.default_interest + default,
        after.usury_room == loan.usury_room + allowed - contract - default,
    )
    return implies(loan.since <= day, is_exact)


@declare("DUE-DATE-CHARGES", Kind.RELATIONAL, ("repayment", "liquidation"), (25, 53))
def missed_due_date_bears_one_late_fee(loan: Loan) -> bool:
    """A missed due date makes its instalment overdue, and bears the late fee for which the cap leaves room.

    It is missed where principal or interest is unpaid; one that is met bears nothing.
    """
    if loan.status != LoanStatus.ACTIVE:
        return True
    due, after = accrue(loan, due_day(loan.terms, loan.period)), pass_due_date(loan)
    is_missed = any_of(due.instalment > 0, due.interest > 0)
    fee = minimum(loan.terms.late_fee, quotient_down(due.usury_room, UNIT))
    charged = choose(is_missed, fee, 0)
    return all_of(
        equivalent(after.status == LoanStatus.OVERDUE, is_missed),
        after.overdue_principal == choose(is_missed, due.instalment, 0),
        after.overdue_interest == choose(is_missed, maximum(due.interest, 0), 0),
        after.late_fees == loan.late_fees + charged,
        after.usury_room == due.usury_room - charged * UNIT,
        after.period == loan.period + 1,
    )


@declare("PERIOD-PRINCIPAL", Kind.RELATIONAL, ("repayment",), (92,))
def period_begins_with_its_principal(loan: Loan) -> bool:
    """Past a due date the next period has the principal that the schedule says, at most what is left.

    In the last period that is all that is not overdue, after it nothing. Before it, an annuity and a balloon
    loan pay what their payment leaves of the period's interest, a loan of equal principal its part, and
    others nothing.
    """
    if loan.status != LoanStatus.ACTIVE:
        return True
    terms, after = loan.terms, pass_due_date(loan)
    period, left = after.period, after.principal - after.overdue_principal
    days = clock(terms.day_count, due_day(terms, period)) - clock(terms.day_count, after.since)
    interest = quotient_up(minimum(after.interest, 0) + after.principal * terms.rate * days, UNIT)
    is_level = is_one_of(terms.kind, (RepaymentKind.ANNUITY, RepaymentKind.BALLOON))
    part = choose(terms.kind == RepaymentKind.EQUAL_PRINCIPAL, terms.payment, 0)
    planned = minimum(choose(is_level, maximum(terms.payment - interest, 0), part), left)
    return all_of(
        after.instalment >= 0,
        after.instalment <= left,
        implies(period < terms.periods - 1, after.instalment == planned),
        implies(period == terms.periods - 1, after.instalment == left),
        implies(period >= terms.periods, after.instalment == 0),
    )

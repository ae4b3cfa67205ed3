"""Properties of the day on which a loan is in default, of any loan that accrues."""

from lien.invariants.properties.base import Kind, declare
from lien.invariants.properties.loan import last_due_day
from lien.protocol.accrual import accelerate, accrue, compute_stop_day
from lien.protocol.algebra import all_of, any_of, choose, implies, maximum, minimum
from lien.protocol.calendar import clock, due_day
from lien.protocol.state import Loan
from lien.spec.types import ACCRUING, Day, LoanStatus
from lien.spec.units import UNIT


@declare("DEFAULT-AFTER-GRACE", Kind.RELATIONAL, ("repayment", "liquidation"), (68, 91))
def default_follows_the_grace(loan: Loan) -> bool:
    """A loan is in default on the first day after the grace of a due date, or on a margin call's deadline.

    The due date is the last one where that was not met, and else the next one that is not; of the two days
    the earlier counts.
    """
    if loan.status not in ACCRUING:
        return True
    stop_day, grace = compute_stop_day(loan), loan.terms.grace_days

    def stops_after(due: int) -> bool:
        """Return whether the default follows on a due date, or on the deadline before it."""
        after_grace = due + grace + 1
        earlier = choose(loan.margin_day > 0, minimum(loan.margin_day, after_grace), after_grace)
        return stop_day == earlier

    following, one_later = due_day(loan.terms, loan.period), due_day(loan.terms, loan.period + 1)
    if loan.status == LoanStatus.OVERDUE:
        return stops_after(last_due_day(loan))
    return all_of(
        any_of(stops_after(following), stops_after(one_later)),
        implies(loan.instalment > 0, stops_after(following)),
    )


@declare("DEFAULT-CHARGES", Kind.RELATIONAL, ("repayment", "liquidation"), (25,))
def default_makes_everything_overdue(loan: Loan, day: Day) -> bool:
    """A default makes all principal and unpaid interest overdue, and changes nothing of what is owed.

    From its first day on default interest is on all principal.
    """
    if loan.status not in ACCRUING or day < loan.stop_day:
        return True
    terms, at = loan.terms, accelerate(loan)
    after = accrue(at, day)
    reading = clock(terms.day_count, loan.stop_day)
    before, since = reading - clock(terms.day_count, loan.since), clock(terms.day_count, day) - reading
    owed = loan.principal * UNIT + loan.interest + loan.principal * terms.rate * before
    return all_of(
        at.status == LoanStatus.DEFAULTED,
        at.default_day == loan.stop_day,
        at.principal * UNIT + at.interest == owed,
        at.default_interest == loan.default_interest + loan.overdue_principal * terms.default_rate * before,
        at.late_fees == loan.late_fees,
        at.overdue_principal == at.principal,
        at.overdue_interest == maximum(at.interest, 0),
        at.instalment == 0,
        after.principal == at.principal,
        after.interest == at.interest + at.principal * terms.rate * since,
        after.default_interest == at.default_interest + at.principal * terms.default_rate * since,
        after.late_fees == at.late_fees,
    )

"""A facility counts its loans by exact sums: what one loan adds, and what its change changes."""

from dataclasses import replace

import pytest

from lien.protocol.accrual import catch_up
from lien.protocol.aggregate import Contribution, accrued_interest, contribution, recount
from lien.protocol.builders import percent
from lien.protocol.calendar import clock
from lien.protocol.state import Facility
from lien.spec.types import DayCount, LoanStatus
from tests.lives import FIRST_DUE, PRINCIPAL, START, active_life, make_terms

LIFE = active_life()
LOAN, FACILITY = LIFE.loan(), LIFE.facility()
SLOPE = PRINCIPAL * percent(12)
NOTHING = Contribution(
    principal=0,
    loans=0,
    accruing=0,
    impairment=0,
    defaulted_loans=0,
    interest_paid=0,
    day_count=DayCount.THIRTY_E_360,
    slope=0,
    offset=0,
    carry=0,
)


def empty_facility() -> Facility:
    """Return a facility without loans."""
    return recount(FACILITY, LOAN, replace(LOAN, status=LoanStatus.AGREED, principal=0))


def test_what_a_loan_adds_depends_on_its_status() -> None:
    """Given a loan / When it is counted
    / Then it accrues while active or overdue, and counts from disbursement.
    """
    offset = SLOPE * clock(DayCount.THIRTY_E_360, START)
    whole = replace(NOTHING, principal=PRINCIPAL, loans=1, slope=SLOPE, offset=offset, carry=7)
    loan = replace(LOAN, interest=7)
    whole = replace(whole, accruing=1)
    assert contribution(loan) == whole
    assert contribution(replace(loan, status=LoanStatus.OVERDUE)) == whole
    defaulted = replace(loan, status=LoanStatus.DEFAULTED)
    assert contribution(defaulted) == replace(NOTHING, principal=PRINCIPAL, loans=1, defaulted_loans=1)
    settled = replace(loan, status=LoanStatus.SETTLED, principal=0, interest_paid=3)
    assert contribution(settled) == replace(NOTHING, loans=1, interest_paid=3)
    for status in (LoanStatus.OFFERED, LoanStatus.ACCEPTED, LoanStatus.AGREED, LoanStatus.CANCELLED):
        assert contribution(replace(LOAN, status=status, principal=0)) == NOTHING


@pytest.mark.parametrize("day_count", list(DayCount))
def test_a_facility_accrues_exactly_what_its_loans_do(day_count: DayCount) -> None:
    """Given two loans of any clock / When days pass
    / Then the facility's interest is the sum, to the numerator.
    """
    terms = make_terms(day_count=day_count)
    agreed = replace(LOAN, terms=terms, status=LoanStatus.AGREED, principal=0)
    first, second = replace(LOAN, terms=terms), replace(LOAN, terms=terms, principal=7, since=START + 3)
    facility = recount(recount(empty_facility(), agreed, first), agreed, second)
    for day in (START + 3, START + 4, FIRST_DUE, FIRST_DUE + 30):
        loans = [catch_up(loan, min(day, FIRST_DUE + 5)) for loan in (first, second)]
        by_hand = sum(
            loan.interest
            + loan.principal * loan.terms.rate * (clock(day_count, day) - clock(day_count, loan.since))
            for loan in loans
        )
        assert accrued_interest(facility, day) == by_hand


def test_recounting_back_is_no_change() -> None:
    """Given a counted loan / When it is counted otherwise and back / Then the facility is as it was."""
    later = catch_up(LOAN, FIRST_DUE + 40)
    assert later.status == LoanStatus.DEFAULTED
    stopped = recount(FACILITY, LOAN, later)
    assert (stopped.slopes, stopped.offsets, stopped.carry) == ((0, 0, 0, 0), (0, 0, 0, 0), 0)
    assert recount(stopped, later, LOAN) == FACILITY

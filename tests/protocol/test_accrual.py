"""Catching up: what time brings, whenever and however often it is booked."""

from dataclasses import replace
from functools import reduce
from random import Random

import pytest

from lien.protocol.accrual import (
    accelerate,
    accrue,
    apply_credit,
    catch_up,
    compute_interest_to_due_date,
    compute_stop_day,
    start_period,
    with_stop_day,
)
from lien.protocol.builders import percent
from lien.protocol.state import Loan
from lien.spec.types import LoanStatus, RepaymentKind
from lien.spec.units import CLOCK_UNITS_PER_YEAR, UNIT, WAD
from tests.lives import FIRST_DUE, LATE_FEE, PART, PRINCIPAL, SECOND_DUE, START, active_life, make_terms

MONTH = CLOCK_UNITS_PER_YEAR // 12
MONTH_OF_INTEREST = PRINCIPAL * percent(12) * MONTH


def fresh(**changes: object) -> Loan:
    """Return the loan that most tests look at, just disbursed, with changes."""
    return replace(active_life().loan(), **changes)  # type: ignore[arg-type]


def test_interest_runs_without_being_divided() -> None:
    """Given a month / When it is accrued
    / Then its numerators are exact, and the room is what the cap leaves.
    """
    loan = fresh(overdue_principal=PART, instalment=0)
    accrued = accrue(loan, FIRST_DUE)
    default = PART * percent(6) * MONTH
    assert accrued == replace(
        loan,
        since=FIRST_DUE,
        interest=MONTH_OF_INTEREST,
        default_interest=default,
        usury_room=PRINCIPAL * percent(8) * MONTH - default,
    )


def test_the_due_day_itself_is_on_time() -> None:
    """Given an unpaid instalment / When its due day comes, and the day after
    / Then it is overdue only then.
    """
    loan = fresh()
    assert catch_up(loan, FIRST_DUE).status == LoanStatus.ACTIVE
    overdue = catch_up(loan, FIRST_DUE + 1)
    day_of_default = PART * percent(6) * MONTH // 30
    assert overdue == replace(
        loan,
        status=LoanStatus.OVERDUE,
        is_late=1,
        period=1,
        since=FIRST_DUE + 1,
        overdue_principal=PART,
        instalment=PART,
        interest=MONTH_OF_INTEREST * 31 // 30,
        overdue_interest=MONTH_OF_INTEREST,
        default_interest=day_of_default,
        usury_room=PRINCIPAL * percent(8) * MONTH * 31 // 30 - day_of_default - LATE_FEE * UNIT,
        late_fees=LATE_FEE,
    )


def test_a_met_due_date_is_passed_and_the_next_one_counts() -> None:
    """Given a first instalment that is met / When the second is missed / Then both are passed at once."""
    met = with_stop_day(fresh(instalment=0, principal=PRINCIPAL - PART, interest=-MONTH_OF_INTEREST * 3 // 4))
    overdue = catch_up(met, SECOND_DUE + 1)
    assert (overdue.status, overdue.period) == (LoanStatus.OVERDUE, 2)
    assert overdue.overdue_principal == overdue.instalment == PART
    assert overdue.overdue_interest == MONTH_OF_INTEREST * 3 // 4


def test_default_begins_when_the_grace_has_passed() -> None:
    """Given a missed instalment and ten days of grace / When they have passed
    / Then all is due, and not before.
    """
    loan = fresh()
    overdue = catch_up(loan, FIRST_DUE + 10)
    assert (overdue.status, overdue.stop_day) == (LoanStatus.OVERDUE, FIRST_DUE + 11)
    defaulted = catch_up(loan, FIRST_DUE + 12)
    assert (defaulted.status, defaulted.instalment) == (LoanStatus.DEFAULTED, 0)
    assert defaulted.overdue_principal == PRINCIPAL
    first_eleven, twelfth = PART * percent(6) * 11, PRINCIPAL * percent(6)
    assert defaulted.default_interest == (first_eleven + twelfth) * MONTH // 30


def test_a_late_fee_saturates_at_the_room_that_the_cap_leaves() -> None:
    """Given a cap at the rate / When an instalment is missed / Then there is no room for a late fee."""
    terms = make_terms(usury_cap=percent(18))
    tight = catch_up(fresh(terms=terms), FIRST_DUE + 1)
    assert tight.late_fees == LATE_FEE
    none = catch_up(fresh(terms=replace(terms, default_rate=0, usury_cap=percent(12))), FIRST_DUE + 1)
    assert (none.late_fees, none.usury_room) == (0, 0)
    some = catch_up(fresh(terms=replace(terms, default_rate=0, usury_cap=percent(13))), FIRST_DUE + 1)
    assert some.late_fees == 1_000
    assert some.usury_room == PRINCIPAL * percent(1) * MONTH // 30


def test_a_late_fee_is_in_whole_units() -> None:
    """Given room for a part of a unit more / When an instalment is missed / Then the fee is rounded down."""
    terms = make_terms(default_rate=0, usury_cap=percent(13))
    late = catch_up(fresh(terms=terms, principal=PRINCIPAL + 1), FIRST_DUE + 1)
    assert late.late_fees == 1_000


@pytest.mark.parametrize(
    ("instalment", "interest", "overdue_interest", "status"),
    [
        (0, 0, 0, LoanStatus.ACTIVE),
        (0, -1, 0, LoanStatus.ACTIVE),
        (0, 1, 1, LoanStatus.OVERDUE),
        (1, 0, 0, LoanStatus.OVERDUE),
        (PART, -UNIT, 0, LoanStatus.OVERDUE),
    ],
)
def test_what_is_unpaid_on_a_due_date_is_overdue(
    instalment: int, interest: int, overdue_interest: int, status: LoanStatus
) -> None:
    """Given an instalment, and interest up to its due date / When that has passed
    / Then what is above zero of either is overdue; of a credit nothing is.
    """
    loan = with_stop_day(fresh(instalment=instalment, interest=interest - MONTH_OF_INTEREST))
    late = catch_up(loan, FIRST_DUE + 1)
    assert (late.status, late.overdue_principal, late.overdue_interest) == (
        status,
        instalment,
        overdue_interest,
    )


@pytest.mark.parametrize(
    ("instalment", "interest", "first_unmet"),
    [(0, 0, SECOND_DUE), (0, -1, SECOND_DUE), (0, 1, FIRST_DUE), (1, 0, FIRST_DUE), (1, -1, FIRST_DUE)],
)
def test_the_stop_day_is_that_of_the_first_instalment_that_is_not_met(
    instalment: int, interest: int, first_unmet: int
) -> None:
    """Given what is open, and its interest up to the due date / When the stop day is reckoned
    / Then the due date is met if both are nothing or less, and else counts with its grace.
    """
    loan = fresh(instalment=instalment, interest=interest - MONTH_OF_INTEREST)
    assert compute_stop_day(loan) == first_unmet + 11


def test_the_stop_day_of_an_overdue_loan_is_that_of_the_last_due_date() -> None:
    """Given a loan overdue since its second due date / When the stop day is reckoned / Then it is from there;
    and the deadline of a margin call comes first, however early it is.
    """
    loan = fresh(status=LoanStatus.OVERDUE, period=2)
    assert compute_stop_day(loan) == SECOND_DUE + 11
    assert compute_stop_day(replace(loan, margin_day=1)) == 1


def test_a_period_brings_no_more_interest_than_its_principal() -> None:
    """Given a rate that no sound terms have / When interest to the due date is reckoned
    / Then it is the principal.
    """
    loan = fresh(terms=make_terms(rate=10**6 * WAD))
    assert compute_interest_to_due_date(loan, 7) == 7 * UNIT


def test_the_last_period_takes_what_is_not_overdue() -> None:
    """Given an overdue part / When the last period begins / Then the rest is its instalment."""
    assert start_period(fresh(overdue_principal=PART, period=3)).instalment == PRINCIPAL - PART


@pytest.mark.parametrize(
    ("kind", "payment", "period", "instalment"),
    [
        (RepaymentKind.BULLET, 0, 0, 0),
        (RepaymentKind.BULLET, 0, 3, PRINCIPAL),
        (RepaymentKind.INTEREST_ONLY, 0, 2, 0),
        (RepaymentKind.INTEREST_ONLY, 0, 3, PRINCIPAL),
        (RepaymentKind.EQUAL_PRINCIPAL, PART, 0, PART),
        (RepaymentKind.EQUAL_PRINCIPAL, PART, 3, PRINCIPAL),
        (RepaymentKind.EQUAL_PRINCIPAL, 2 * PRINCIPAL, 0, PRINCIPAL),
        (RepaymentKind.ANNUITY, 307_538, 0, 295_538),
        (RepaymentKind.ANNUITY, 11_999, 0, 0),
        (RepaymentKind.ANNUITY, 2 * PRINCIPAL, 0, PRINCIPAL),
        (RepaymentKind.ANNUITY, 307_538, 3, PRINCIPAL),
        (RepaymentKind.ANNUITY, 307_538, 4, 0),
    ],
)
def test_a_period_begins_with_its_principal(
    kind: RepaymentKind, payment: int, period: int, instalment: int
) -> None:
    """Given a kind / When a period begins
    / Then its principal follows the kind, and the last takes the rest.
    """
    terms = make_terms(kind=kind, payment=payment)
    assert start_period(fresh(terms=terms, period=period)).instalment == instalment


def test_a_credit_lowers_the_interest_of_an_annuity_not_a_debt() -> None:
    """Given a credit of half a unit, or overdue interest / When a period begins
    / Then only the credit counts.
    """
    terms = make_terms(kind=RepaymentKind.ANNUITY, payment=307_538)
    loan = fresh(terms=terms)
    assert start_period(replace(loan, interest=-UNIT)).instalment == 295_539
    assert start_period(replace(loan, interest=UNIT)).instalment == 295_538


@pytest.mark.parametrize("seed", range(40))
def test_catching_up_often_is_catching_up_once(seed: int) -> None:
    """Given any loan and any days / When it is caught up on each of them, or on the last alone
    / Then it is the same.
    """
    dice = Random(seed)
    kind = dice.choice(list(RepaymentKind))
    payments = {
        RepaymentKind.EQUAL_PRINCIPAL: PART,
        RepaymentKind.ANNUITY: 307_538,
        RepaymentKind.BALLOON: 100_000,
    }
    payment = payments.get(kind, 0)
    loan = fresh(terms=make_terms(kind=kind, payment=payment, grace_days=dice.choice((0, 5, 10))))
    if dice.random() < 0.5:
        loan = replace(loan, instalment=0, interest=-MONTH_OF_INTEREST)
    days = sorted(dice.randrange(START, START + 200) for _ in range(5))
    assert reduce(catch_up, days, loan) == catch_up(loan, days[-1])


@pytest.mark.parametrize(
    ("principal", "interest", "credit"),
    [
        (PRINCIPAL, 7, 0),
        (PRINCIPAL, 0, 0),
        (PRINCIPAL, -5 * UNIT + 1, 4),
        (PRINCIPAL, -5 * UNIT - 1, 5),
        (6, -5 * UNIT, 5),
        (5, -5 * UNIT, 4),
    ],
)
def test_interest_paid_ahead_turns_into_principal(principal: int, interest: int, credit: int) -> None:
    """Given interest that was paid ahead / When it is turned into principal
    / Then whole units of it are, and the last unit of principal is left.
    """
    loan = fresh(principal=principal, interest=interest, interest_paid=9)
    assert apply_credit(loan) == replace(
        loan, principal=principal - credit, interest=interest + credit * UNIT, interest_paid=9 - credit
    )


@pytest.mark.parametrize(
    ("interest", "overdue_interest", "impaired", "impairment"),
    [
        (7, 7, 0, PRINCIPAL // 2),
        (0, 0, PRINCIPAL // 2 + 1, PRINCIPAL // 2 + 1),
        (-5 * UNIT - 1, 0, PRINCIPAL, PRINCIPAL - 5),
    ],
)
def test_a_default_is_impaired_by_more_than_before_and_no_more_than_is_left(
    interest: int, overdue_interest: int, impaired: int, impairment: int
) -> None:
    """Given a loan on its stop day / When it is accelerated / Then what interest it owed is overdue,
    and it is impaired by what it was, or by the product's part of its principal if that is more.
    """
    loan = fresh(interest=interest, impairment=impaired, impairment_ratio=percent(50))
    defaulted = accelerate(replace(loan, since=loan.stop_day))
    assert (defaulted.overdue_interest, defaulted.impairment) == (overdue_interest, impairment)
    assert defaulted.overdue_principal == defaulted.principal

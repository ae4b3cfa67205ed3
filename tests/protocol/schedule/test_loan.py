"""The plan of a protocol loan: what it pays, within which bounds, and that this is what is then taken."""

from dataclasses import replace
from fractions import Fraction
from itertools import accumulate
from math import ceil
from operator import mul
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lien.protocol.accrual import catch_up, start_period, with_stop_day
from lien.protocol.algebra import Fractions, interpreted_by
from lien.protocol.builders import build_terms, clock_steps
from lien.protocol.schedule import Cycle, PlannedPayment, level_payment, planned_payments
from lien.protocol.schedule.loan import plan_of_loan
from lien.protocol.schedule.plan import Event, FlowKind, Plan, Position
from lien.protocol.state import Loan
from lien.protocol.waterfall import apply_payment, compute_payoff, split_payment
from lien.spec.terms import Terms
from lien.spec.types import CycleUnit, DayCount, LoanStatus, RepaymentKind
from lien.spec.units import UNIT, WAD
from tests.lives import day as on
from tests.protocol.schedule.given import amounts, kinds, rates


def loan(kind: RepaymentKind = RepaymentKind.ANNUITY, **changes: Any) -> Terms:
    """Return a loan over a year from 15 January 2026: 12,000.00 at 12 %, due each month."""
    usual: dict[str, Any] = {
        "principal": 12_000_00,
        "periods": 12,
        "payment": 1_066_19 if kind == RepaymentKind.ANNUITY else 0,
        "first_due_day": on(2026, 2, 15),
        "maturity_day": on(2027, 1, 15),
    }
    return build_terms(kind=kind, collateral_asset=1, window_start_day=on(2026, 1, 10), **(usual | changes))


DISBURSED = on(2026, 1, 15)


def test_an_annuity_pays_the_level_payment_to_the_unit() -> None:
    # Given an annuity with its level payment, when it is paid on every due date, then each payment but the
    # last is exactly that, and the last takes the rest, which is less by what the payment was rounded up.
    level = level_payment(12_000_00, 12 * WAD // 100, clock_steps(loan(), DISBURSED))
    payments = planned_payments(loan(payment=level), DISBURSED)
    assert level == 1_065_91
    assert [payment.interest + payment.principal for payment in payments] == [1_065_91] * 11 + [1_065_88]
    assert payments[0] == PlannedPayment(on(2026, 2, 15), 122_31, 943_60, 11_056_40)
    assert (payments[-1].day, payments[-1].remaining) == (on(2027, 1, 15), 0)


def test_an_annuity_pays_what_was_agreed() -> None:
    # Given an annuity with a payment a little above the level one, then all but the last are exactly that.
    payments = planned_payments(loan(payment=1_066_19), DISBURSED)
    assert [payment.interest + payment.principal for payment in payments] == [1_066_19] * 11 + [1_062_61]


@pytest.mark.parametrize("kind", [RepaymentKind.BULLET, RepaymentKind.INTEREST_ONLY])
def test_a_bullet_repays_its_principal_at_the_end(kind: RepaymentKind) -> None:
    # Given a bullet of three periods, then interest falls due in each, with the rounding carried: 36.99,
    # 33.41 and 36.99 units make 37, then 71, then 108 in all; and the principal falls due at maturity.
    terms = loan(kind, principal=3_629, periods=3, maturity_day=on(2026, 4, 15))
    assert planned_payments(terms, DISBURSED) == (
        PlannedPayment(on(2026, 2, 15), 37, 0, 3_629),
        PlannedPayment(on(2026, 3, 15), 34, 0, 3_629),
        PlannedPayment(on(2026, 4, 15), 37, 3_629, 0),
    )


def test_equal_principal_ends_with_the_rest() -> None:
    # Given equal principal of a third rounded up, and no interest, then the last payment is the smaller rest.
    terms = loan(RepaymentKind.EQUAL_PRINCIPAL, rate=0, principal=100, payment=34, periods=3)
    assert [payment.principal for payment in planned_payments(terms, DISBURSED)] == [34, 34, 32]


def test_a_payment_that_is_too_small_leaves_a_balloon() -> None:
    # Given an annuity whose payment does not cover its interest, then no principal falls due before the last.
    payments = planned_payments(loan(payment=1_00), DISBURSED)
    assert [payment.principal for payment in payments] == [0] * 11 + [12_000_00]


def test_a_payment_that_is_too_great_ends_the_loan_early() -> None:
    # Given an annuity with a payment for half the time, then the plan ends with what is left then.
    payments = planned_payments(loan(payment=2_100_00), DISBURSED)
    assert (len(payments), payments[-1].remaining) == (6, 0)
    assert 0 < payments[-1].principal < payments[0].principal


@st.composite
def loans(draw: st.DrawFn, kinds: st.SearchStrategy[RepaymentKind] = kinds) -> Terms:
    """Draw a loan of up to forty periods with stubs of any length."""
    kind = draw(kinds)
    periods = draw(st.integers(1, 40))
    unit = draw(st.sampled_from(CycleUnit))
    length = draw(st.integers(1, 6) if unit == CycleUnit.MONTH else st.integers(7, 120))
    first = DISBURSED + draw(st.integers(2, 400))
    last_regular = Cycle(unit, length, long_stub=False, end_of_month=False).day(first, max(periods - 2, 0))
    maturity = first if periods == 1 else last_regular + draw(st.integers(2, 400))
    principal, rate = draw(amounts), draw(rates)
    terms = loan(
        kind,
        principal=principal,
        rate=rate,
        day_count=draw(st.sampled_from(DayCount)),
        periods=periods,
        first_due_day=first,
        maturity_day=maturity,
        cycle_unit=unit,
        cycle_length=length,
        payment=0,
    )
    if kind in (RepaymentKind.EQUAL_PRINCIPAL, RepaymentKind.ANNUITY):
        level = level_payment(principal, rate, clock_steps(terms, DISBURSED))
        terms = replace(terms, payment=draw(st.just(level) | st.integers(1, 2 * level)))
    return terms


@settings(max_examples=200)
@given(terms=loans())
def test_a_plan_repays_the_principal_to_the_unit(terms: Terms) -> None:
    # Given any loan, then what each payment repays adds up, nothing is negative, and nothing remains.
    payments = planned_payments(terms, DISBURSED)
    repaid = accumulate(payment.principal for payment in payments)
    assert [terms.principal - payment.remaining for payment in payments] == list(repaid)
    assert min(min(payment.interest, payment.principal) for payment in payments) >= 0
    assert [payment.remaining > 0 for payment in payments] == [True] * (len(payments) - 1) + [False]


@settings(max_examples=200)
@given(terms=loans(kinds=st.sampled_from([k for k in RepaymentKind if k != RepaymentKind.ANNUITY])))
def test_paid_interest_is_the_ceiling_of_what_accrued(terms: Terms) -> None:
    # Given any loan but an annuity, then principal is exact, and interest up to each date is the ceiling of
    # the exact sum.
    whole = planned_payments(terms, DISBURSED)
    with interpreted_by(Fractions()):
        exact = planned_payments(terms, DISBURSED)
    assert [replace(payment, interest=0) for payment in whole] == [
        replace(other, interest=0) for other in exact
    ]
    sums = accumulate(payment.interest for payment in exact)
    assert list(accumulate(payment.interest for payment in whole)) == [ceil(total) for total in sums]


@settings(max_examples=200)
@given(terms=loans(kinds=st.just(RepaymentKind.ANNUITY)))
def test_an_annuity_stays_within_the_growth_of_one_unit(terms: Terms) -> None:
    # Given any annuity, when it is compared with itself in fractions, then it stays within the stated bound.
    whole = planned_payments(terms, DISBURSED)
    with interpreted_by(Fractions()):
        exact = planned_payments(terms, DISBURSED)
    steps = clock_steps(terms, DISBURSED)
    growths = accumulate((1 + Fraction(terms.rate * step, UNIT) for step in steps), mul)
    covers = all(payment.principal > 0 for payment in (*whole, *exact))
    assert abs(len(whole) - len(exact)) <= 1 or not covers
    paid = paid_exactly = 0
    for number, (payment, other, growth) in enumerate(zip(whole, exact, growths, strict=False), 1):
        bound = growth if covers else 2 * number * growth
        excess = payment.remaining - other.remaining
        assert -bound < excess < bound
        assert excess >= 0 or not covers
        assert abs(payment.interest - other.interest) < bound
        paid += payment.interest + payment.principal
        paid_exactly += other.interest + other.principal
        assert abs(paid - paid_exactly) < bound


@given(terms=loans())
def test_repaying_on_each_due_date_takes_what_was_planned(terms: Terms) -> None:
    # Given any loan, when each planned payment is paid on its due date, then exactly that is taken and
    # nothing else is owed, until the last one is the payoff.
    terms = replace(terms, late_fee=0, window_end_day=DISBURSED)
    since = {"disbursed_day": DISBURSED, "since": DISBURSED}
    live = Loan(0, 1, terms, LoanStatus.ACTIVE, 0, principal=terms.principal, **since)
    *instalments, last = planned_payments(terms, DISBURSED)
    live = with_stop_day(start_period(live))
    for planned in instalments:
        live = catch_up(live, planned.day)
        taken = split_payment(live, planned.interest + planned.principal, 0)
        live = apply_payment(live, taken)
        assert PlannedPayment(live.since, taken.interest, taken.principal, live.principal) == planned
        assert (taken.taken, live.status) == (planned.interest + planned.principal, LoanStatus.ACTIVE)
    payoff = compute_payoff(catch_up(live, last.day))
    assert PlannedPayment(last.day, payoff.interest, payoff.principal, 0) == last


def test_the_plan_of_a_loan_holds_its_terms_and_an_event_for_each_payment() -> None:
    # Given an annuity of three periods, then principal falls due before interest, and the end pays the rest.
    terms = loan(periods=3, maturity_day=on(2026, 4, 15))
    first, second, last = on(2026, 2, 15), on(2026, 3, 15), on(2026, 4, 15)
    assert plan_of_loan(terms, DISBURSED) == Plan(
        kind=RepaymentKind.ANNUITY,
        day_count=terms.day_count,
        principal=12_000_00,
        premium=0,
        accrued=0,
        rate=terms.rate,
        amortization_days=(),
        negative_amortization=False,
        sign=1,
        start=Position(principal=12_000_00, accrued=0, reckoned_day=DISBURSED, payment=1_066_19),
        events=(
            Event(first, first, FlowKind.PRINCIPAL),
            Event(first, first, FlowKind.INTEREST),
            Event(second, second, FlowKind.PRINCIPAL),
            Event(second, second, FlowKind.INTEREST),
            Event(last, last, FlowKind.INTEREST),
            Event(last, last, FlowKind.MATURITY),
        ),
    )

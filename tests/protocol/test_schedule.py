"""Show how loans are planned: the rules of the standard beyond its cases, and the bounds of rounding."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import accumulate, pairwise
from math import ceil
from operator import mul
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lien.protocol.accrual import catch_up, start_period, with_stop_day
from lien.protocol.algebra import Fractions, interpreted_by
from lien.protocol.builders import build_terms, clock_steps
from lien.protocol.calendar import BusinessDayConvention, clock, date_of, day_from
from lien.protocol.schedule import (
    CashFlow,
    Contract,
    Cycle,
    FlowKind,
    PlannedPayment,
    Role,
    Shift,
    cash_flows,
    level_payment,
    plan_of,
    planned_payments,
)
from lien.protocol.schedule.dates import days_before
from lien.protocol.state import Loan
from lien.protocol.waterfall import apply_payment, compute_payoff, split_payment
from lien.spec.terms import Terms
from lien.spec.types import CycleUnit, DayCount, LoanStatus, RepaymentKind
from lien.spec.units import (
    CLOCK_UNITS_PER_YEAR,
    MAXIMUM_AMOUNT,
    MAXIMUM_CLOCK,
    MAXIMUM_DAY,
    MAXIMUM_PERIODS,
    MAXIMUM_RATE,
    UNIT,
    WAD,
)
from tests.protocol.bounds import flows_out_of_bounds

MONTHLY = Cycle(CycleUnit.MONTH, 1, long_stub=False, end_of_month=False)
QUARTERLY = replace(MONTHLY, length=3)
FORTNIGHTLY = Cycle(CycleUnit.DAY, 14, long_stub=False, end_of_month=False)
MONTH = CLOCK_UNITS_PER_YEAR // 12


def on(year: int, month: int, day: int) -> int:
    return day_from(date(year, month, day))


# --- level payment -----------------------------------------------------------------------------------------

rates = st.sampled_from([0, 1, WAD // 100, WAD // 8, WAD]) | st.integers(0, MAXIMUM_RATE)
steps = st.lists(st.integers(0, 2 * CLOCK_UNITS_PER_YEAR), min_size=1, max_size=60)
amounts = st.integers(1, 10**6) | st.integers(1, MAXIMUM_AMOUNT)


def exact_level_payment(principal: int, rate: int, clock_steps: list[int]) -> Fraction:
    """Return the level payment by its definition: the principal grown to the end over units grown to it."""
    growths = [1 + Fraction(rate * step, UNIT) for step in clock_steps]
    to_the_end = list(accumulate(reversed(growths[1:]), mul, initial=Fraction(1)))
    return principal * growths[0] * to_the_end[-1] / sum(to_the_end)


@settings(max_examples=200)
@given(principal=amounts, rate=rates, steps=steps)
def test_the_level_payment_is_the_exact_one_rounded_up(principal: int, rate: int, steps: list[int]) -> None:
    # Given any annuity, then its payment is never too small, and too great by less than the bound; in
    # fractions it is exact.
    exact = exact_level_payment(principal, rate, steps)
    payment = level_payment(principal, rate, steps)
    assert exact <= payment < exact * (1 + Fraction(len(steps) ** 2, UNIT)) + 1
    with interpreted_by(Fractions()):
        assert level_payment(principal, rate, steps) == exact


def test_level_payments_known_in_advance() -> None:
    # Given loans whose payment is known, then it is that: without interest, over one period, and a mortgage
    # of 100,000 at 6 % over 30 years, which textbooks give as 599.55, and which is 599.56 rounded up.
    assert level_payment(1_000, 0, [MONTH] * 7) == 143
    assert level_payment(1_000, WAD // 10, [CLOCK_UNITS_PER_YEAR]) == 1_100
    assert level_payment(100_000_00, 6 * WAD // 100, [MONTH] * 360) == 599_56


class Widths(Fractions):
    """Interpret as the integers do, and refuse what a contract cannot hold in 256 bits."""

    def quotient(self, numerator: int, divisor: int) -> int:
        return self.narrow(numerator) // self.narrow(divisor)

    def scale(self, amount: int, ratio: int) -> int:
        return self.narrow(amount * ratio)

    def narrow(self, number: int) -> int:
        assert abs(number) < 2**220
        return number


@pytest.mark.parametrize("step", [0, 1, MAXIMUM_CLOCK // MAXIMUM_PERIODS, MAXIMUM_CLOCK])
def test_no_intermediate_of_the_level_payment_is_wide(step: int) -> None:
    # Given the greatest principal, rate and number of periods, then every intermediate stays narrow.
    payment = level_payment(MAXIMUM_AMOUNT, MAXIMUM_RATE, [step] * MAXIMUM_PERIODS)
    with interpreted_by(Widths()):
        assert level_payment(MAXIMUM_AMOUNT, MAXIMUM_RATE, [step] * MAXIMUM_PERIODS) == payment


# --- protocol loans ----------------------------------------------------------------------------------------


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


kinds = st.sampled_from(RepaymentKind)


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


# --- dates of the standard ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cycle", "end", "expected"),
    [
        # an end on the cycle; off it with a short and a long stub; before a second date; before the anchor
        (MONTHLY, (2027, 4, 10), [(1, 10), (2, 10), (3, 10)]),
        (MONTHLY, (2027, 4, 1), [(1, 10), (2, 10), (3, 10)]),
        (replace(MONTHLY, long_stub=True), (2027, 4, 10), [(1, 10), (2, 10), (3, 10)]),
        (replace(MONTHLY, long_stub=True), (2027, 4, 1), [(1, 10), (2, 10)]),
        (replace(MONTHLY, long_stub=True), (2027, 2, 1), [(1, 10)]),
        (MONTHLY, (2027, 1, 10), []),
        (FORTNIGHTLY, (2027, 2, 20), [(1, 10), (1, 24), (2, 7)]),
        (QUARTERLY, (2027, 12, 1), [(1, 10), (4, 10), (7, 10), (10, 10)]),
        (None, (2027, 12, 1), [(1, 10)]),
    ],
)
def test_regular_dates_and_the_last_stub(
    cycle: Cycle | None, end: tuple[int, int, int], expected: list[tuple[int, int]]
) -> None:
    # Given an anchor on 10 January, then the dates before the end are those, the end itself left out.
    days = [date_of(day) for day in days_before(on(2027, 1, 10), cycle, on(*end))]
    assert [(when.month, when.day) for when in days] == expected


def test_dates_that_cannot_be_laid_out_are_refused() -> None:
    # Given a cycle that stands still, or an end after the calendar, then that is said and nothing loops.
    with pytest.raises(ValueError, match="at least one unit"):
        replace(MONTHLY, length=0)
    with pytest.raises(ValueError, match="after the calendar"):
        days_before(0, MONTHLY, MAXIMUM_DAY + 1)
    assert days_before(None, None, MAXIMUM_DAY) == ()


# --- contracts of the standard -----------------------------------------------------------------------------


def contract(kind: RepaymentKind = RepaymentKind.INTEREST_ONLY, **changes: Any) -> Contract:
    """Return a loan of 36,500 from 1 January to 1 July 2027 at 10 %: 10 a day on actual/365."""
    usual: dict[str, Any] = {
        "day_count": DayCount.ACTUAL_365,
        "status_day": on(2026, 12, 1),
        "exchange_day": on(2027, 1, 1),
        "maturity_day": on(2027, 7, 1),
        "principal": 36_500,
        "rate": WAD // 10,
    }
    return Contract(kind=kind, **(usual | changes))


def flows_of(terms: Contract) -> list[tuple[str, int, int, int, int]]:
    """Return name, month, day, amount and principal of each flow."""
    flows = cash_flows(plan_of(terms))
    dates = [date_of(flow.day) for flow in flows]
    return [
        (flow.kind.name, when.month, when.day, flow.amount, flow.principal)
        for flow, when in zip(flows, dates, strict=True)
    ]


def test_without_interest_dates_all_interest_is_paid_at_maturity() -> None:
    # Given a bullet that names no interest dates, then its interest is paid once; without a rate, never.
    assert flows_of(contract()) == [
        ("EXCHANGE", 1, 1, -36_500, 36_500),
        ("INTEREST", 7, 1, 1_810, 36_500),
        ("MATURITY", 7, 1, 36_500, 0),
    ]
    assert [name for name, *_ in flows_of(contract(rate=None))] == ["EXCHANGE", "MATURITY"]


def test_a_cycle_without_an_anchor_begins_one_cycle_after_the_exchange() -> None:
    # Given quarterly interest without an anchor, then the first date is a quarter after the exchange.
    assert flows_of(contract(interest_cycle=QUARTERLY))[1:] == [
        ("INTEREST", 4, 1, 900, 36_500),
        ("INTEREST", 7, 1, 910, 36_500),
        ("MATURITY", 7, 1, 36_500, 0),
    ]


def test_interest_from_before_the_exchange_comes_with_it() -> None:
    # Given an interest anchor ten days before the exchange, or interest that is named, then it is owed.
    earlier = cash_flows(plan_of(contract(interest_anchor=on(2026, 12, 22), interest_cycle=QUARTERLY)))
    named = cash_flows(plan_of(contract(accrued=70)))
    assert (earlier[0].accrued, earlier[1].amount) == (100, 100 + 800)
    assert (named[0].accrued, named[1].amount) == (70, 70 + 1_810)


def test_interest_capitalizes_up_to_the_named_day() -> None:
    # Given monthly interest and capitalization to 15 March, then all dates up to it add to the principal.
    terms = contract(
        interest_cycle=MONTHLY, capitalization_end_day=on(2027, 3, 15), maturity_day=on(2027, 5, 1)
    )
    assert flows_of(terms) == [
        ("EXCHANGE", 1, 1, -36_500, 36_500),
        ("CAPITALIZATION", 2, 1, 0, 36_810),
        ("CAPITALIZATION", 3, 1, 0, 37_093),
        ("CAPITALIZATION", 3, 15, 0, 37_235),
        ("INTEREST", 4, 1, 174, 37_235),
        ("INTEREST", 5, 1, 306, 37_235),
        ("MATURITY", 5, 1, 37_235, 0),
    ]


def test_capitalization_up_to_maturity_pays_all_at_once() -> None:
    # Given capitalization that lasts to maturity or longer, then maturity pays what all interest made of it.
    terms = contract(capitalization_end_day=on(2027, 9, 1))
    assert flows_of(terms)[1:] == [("CAPITALIZATION", 7, 1, 0, 38_310), ("MATURITY", 7, 1, 38_310, 0)]


def test_a_loan_that_is_under_way_owes_what_accrued_since_its_last_interest_date() -> None:
    # Given a loan on 11 April with quarterly interest, then what comes is planned: ten days have accrued.
    under_way = contract(interest_cycle=QUARTERLY, status_day=on(2027, 4, 11))
    plan = plan_of(under_way)
    assert (plan.start.accrued, plan.start.principal) == (100 * UNIT, 36_500)
    assert flows_of(under_way) == flows_of(contract(interest_cycle=QUARTERLY))[2:]
    assert flows_of(replace(under_way, accrued=0))[0][3] == 810


def test_a_day_that_has_passed_is_not_planned_again() -> None:
    # Given the status day on an interest date, then its interest is paid, and the next is a whole quarter's.
    assert flows_of(contract(interest_cycle=QUARTERLY, status_day=on(2027, 4, 1))) == [
        ("INTEREST", 7, 1, 910, 36_500),
        ("MATURITY", 7, 1, 36_500, 0),
    ]


@pytest.mark.parametrize(
    ("convention", "calculate_first", "expected"),
    [
        # 1 May 2027 is a Saturday that begins its month
        (BusinessDayConvention.FOLLOWING, False, (5, 3, 320)),
        (BusinessDayConvention.FOLLOWING, True, (5, 3, 300)),
        (BusinessDayConvention.MODIFIED_FOLLOWING, False, (5, 3, 320)),
        (BusinessDayConvention.PRECEDING, False, (4, 30, 290)),
        (BusinessDayConvention.PRECEDING, True, (4, 30, 300)),
        (BusinessDayConvention.MODIFIED_PRECEDING, False, (5, 3, 320)),
        (BusinessDayConvention.MODIFIED_PRECEDING, True, (5, 3, 300)),
    ],
)
def test_dates_are_shifted_before_or_after_the_calculation(
    convention: BusinessDayConvention, calculate_first: bool, expected: tuple[int, int, int]
) -> None:
    # Given interest on 1 April and 1 May, then the second is paid on the convention's business day, and
    # counted to it or to the date itself; what is counted early or late is made up for at maturity.
    shift = Shift(convention, calculate_first)
    terms = contract(interest_anchor=on(2027, 4, 1), interest_cycle=MONTHLY, shift=shift)
    flows = flows_of(replace(terms, maturity_day=on(2027, 6, 1)))
    assert flows[2] == ("INTEREST", *expected, 36_500)
    assert sum(amount for name, _, _, amount, _ in flows if name == "INTEREST") == 1_510


def test_maturity_is_not_shifted_and_nothing_is_shifted_past_it() -> None:
    # Given an interest date on a Saturday and maturity on the Sunday after it, then both stay before Monday.
    shift = Shift(BusinessDayConvention.FOLLOWING, calculate_first=False)
    terms = contract(interest_anchor=on(2027, 5, 1), interest_cycle=MONTHLY, shift=shift)
    assert [flow[:3] for flow in flows_of(replace(terms, maturity_day=on(2027, 5, 2)))][1:] == [
        ("INTEREST", 5, 2),
        ("INTEREST", 5, 2),
        ("MATURITY", 5, 2),
    ]


def test_equal_principal_with_cycles_of_its_own() -> None:
    # Given quarterly principal and one interest date, then principal is repaid in equal parts, maturity's
    # among them, and interest is counted on what is left from time to time: 10 a day, then 5.
    assert flows_of(contract(RepaymentKind.EQUAL_PRINCIPAL, principal_cycle=QUARTERLY)) == [
        ("EXCHANGE", 1, 1, -36_500, 36_500),
        ("PRINCIPAL", 4, 1, 18_250, 18_250),
        ("INTEREST", 7, 1, 1_355, 18_250),
        ("MATURITY", 7, 1, 18_250, 0),
    ]


def test_equal_principal_derives_its_maturity() -> None:
    # Given a payment and no maturity, then the last payment that is needed is maturity, also under way.
    terms = contract(
        RepaymentKind.EQUAL_PRINCIPAL, maturity_day=None, principal_cycle=MONTHLY, payment=10_000, rate=None
    )
    assert flows_of(terms)[1:] == [
        ("PRINCIPAL", 2, 1, 10_000, 26_500),
        ("PRINCIPAL", 3, 1, 10_000, 16_500),
        ("PRINCIPAL", 4, 1, 10_000, 6_500),
        ("MATURITY", 5, 1, 6_500, 0),
    ]
    under_way = replace(terms, status_day=on(2027, 3, 1), principal=16_500)
    assert flows_of(under_way) == flows_of(terms)[3:]


def test_an_annuity_fixes_its_payment_the_day_before_the_first() -> None:
    # Given an annuity without a payment, then it is fixed once, and all payments are level but the last,
    # which is less by what the payment was rounded up; its interest dates are its principal dates.
    terms = contract(RepaymentKind.ANNUITY, principal_cycle=MONTHLY)
    flows = cash_flows(plan_of(terms))
    assert [flow[:3] for flow in flows_of(terms)[:4]] == [
        ("EXCHANGE", 1, 1),
        ("FIXING", 1, 31),
        ("PRINCIPAL", 2, 1),
        ("INTEREST", 2, 1),
    ]
    days = sorted({flow.day for flow in flows if flow.kind == FlowKind.INTEREST})
    totals = [sum(flow.amount for flow in flows if flow.day == day) for day in days]
    readings = [clock(DayCount.ACTUAL_365, day) for day in (on(2027, 1, 1), *days)]
    steps = [after - before for before, after in pairwise(readings)]
    payment = level_payment(terms.principal, WAD // 10, steps)
    assert totals[:-1] == [payment] * 5
    assert payment - 6 < totals[-1] <= payment


def test_a_payment_is_fixed_before_it_is_made_however_dates_are_shifted() -> None:
    # Given a first principal date on Sunday 7 February, when the day before it would be shifted to Monday as
    # well, then the payment is fixed on Sunday; where the date moves to Friday, it is fixed on Thursday.
    terms = contract(RepaymentKind.ANNUITY, principal_anchor=on(2027, 2, 7), principal_cycle=MONTHLY)
    following = replace(terms, shift=Shift(BusinessDayConvention.FOLLOWING, calculate_first=False))
    preceding = replace(terms, shift=Shift(BusinessDayConvention.PRECEDING, calculate_first=True))
    assert [flow[:3] for flow in flows_of(following)[1:3]] == [("FIXING", 2, 7), ("PRINCIPAL", 2, 8)]
    assert [flow[:3] for flow in flows_of(preceding)[1:3]] == [("FIXING", 2, 4), ("PRINCIPAL", 2, 5)]


def test_an_annuity_derives_its_maturity_from_the_last_interest() -> None:
    # Given an annuity on 15 March whose payment repays it at once, but for the interest of 310 in March, then
    # it takes two.
    terms = contract(
        RepaymentKind.ANNUITY, maturity_day=None, principal_cycle=MONTHLY, status_day=on(2027, 3, 15)
    )
    ends = [cash_flows(plan_of(replace(terms, payment=payment)))[-1].day for payment in (36_809, 36_810)]
    assert [date_of(day) for day in ends] == [date(2027, 5, 1), date(2027, 4, 1)]


def test_an_annuity_under_way_has_its_payment_derived_from_what_is_owed() -> None:
    # Given an annuity on 15 April, then what it owes then is repaid in three level payments.
    terms = contract(RepaymentKind.ANNUITY, principal_cycle=MONTHLY, status_day=on(2027, 4, 15), accrued=140)
    with interpreted_by(Fractions()):
        flows = cash_flows(plan_of(terms))
    days = sorted({flow.day for flow in flows})
    assert [date_of(day) for day in days] == [date(2027, 5, 1), date(2027, 6, 1), date(2027, 7, 1)]
    assert len({sum(flow.amount for flow in flows if flow.day == day) for day in days}) == 1


def test_an_annuity_with_a_later_amortization_day_leaves_a_balloon() -> None:
    # Given an annuity reckoned over a year that matures after half of it, then maturity pays what is left.
    terms = contract(RepaymentKind.ANNUITY, principal_cycle=MONTHLY, amortization_day=on(2028, 1, 1))
    with interpreted_by(Fractions()):
        balloon = cash_flows(plan_of(terms))
        whole = cash_flows(plan_of(replace(terms, maturity_day=on(2028, 1, 1))))
    assert balloon[:-2] == whole[: len(balloon) - 2]
    assert balloon[-1].amount == balloon[-2].principal == balloon[-3].principal > 18_000


def test_an_annuity_without_maturity_ends_on_its_amortization_day() -> None:
    # Given an annuity that names no maturity, then the day over which it is reckoned is the last.
    terms = contract(RepaymentKind.ANNUITY, principal_cycle=MONTHLY)
    amortized = replace(terms, maturity_day=None, amortization_day=terms.maturity_day)
    assert cash_flows(plan_of(amortized)) == cash_flows(plan_of(terms))


def test_an_annuity_may_amortize_negatively() -> None:
    # Given a payment of 100 and interest of 310, then 210 are added to the principal: the standard's rule.
    terms = contract(RepaymentKind.ANNUITY, principal_cycle=MONTHLY, payment=100, maturity_day=on(2027, 3, 1))
    assert flows_of(terms)[1:3] == [("PRINCIPAL", 2, 1, -210, 36_710), ("INTEREST", 2, 1, 310, 36_710)]


def test_a_loan_that_never_ends_is_refused() -> None:
    # Given no maturity, when there is no payment, or one that does not cover the interest of 280, or hardly,
    # then that is said.
    endless = contract(RepaymentKind.ANNUITY, maturity_day=None, principal_cycle=MONTHLY)
    with pytest.raises(ValueError, match="needs a payment"):
        plan_of(endless)
    with pytest.raises(ValueError, match="does not cover"):
        plan_of(replace(endless, payment=100))
    with pytest.raises(ValueError, match="after the calendar"):
        plan_of(replace(endless, payment=281))


cycles = st.builds(
    Cycle,
    unit=st.just(CycleUnit.MONTH),
    length=st.integers(1, 6),
    long_stub=st.booleans(),
    end_of_month=st.booleans(),
)


@st.composite
def contracts(draw: st.DrawFn, kinds: st.SearchStrategy[RepaymentKind] = kinds) -> Contract:
    """Draw a contract with cycles of its own, shifted or not; an annuity pays interest with its principal."""
    kind = draw(kinds)
    principal_cycle = draw(cycles)
    interest_cycle = principal_cycle if kind == RepaymentKind.ANNUITY else draw(st.none() | cycles)
    anchor = on(2027, 1, 1) + draw(st.integers(1, 100))
    other_anchor = anchor if kind == RepaymentKind.ANNUITY else on(2027, 1, 1) + draw(st.integers(0, 200))
    return contract(
        kind,
        day_count=draw(st.sampled_from(DayCount)),
        role=draw(st.sampled_from(Role)),
        maturity_day=on(2027, 8, 1) + draw(st.integers(0, 1_500)),
        principal=draw(amounts),
        rate=draw(st.integers(0, 2 * WAD)),
        interest_anchor=other_anchor,
        interest_cycle=interest_cycle,
        principal_anchor=anchor,
        principal_cycle=principal_cycle,
        shift=Shift(draw(st.sampled_from(BusinessDayConvention)), draw(st.booleans())),
    )


@settings(max_examples=200)
@given(terms=contracts())
def test_whole_flows_are_within_their_bound_of_exact_ones(terms: Contract) -> None:
    # Given any contract, then its flows on integers have the dates of those in fractions, and differ from
    # them by less than the bound that the module states.
    plan = plan_of(terms)
    whole = cash_flows(plan)
    with interpreted_by(Fractions()):
        exact = cash_flows(plan_of(terms))
    assert [(flow.day, flow.kind, flow.rate) for flow in whole] == [(f.day, f.kind, f.rate) for f in exact]
    assert flows_out_of_bounds(plan, whole, exact) == []


@given(terms=contracts(kinds=st.just(RepaymentKind.ANNUITY)))
def test_a_derived_payment_is_level_whatever_the_dates(terms: Contract) -> None:
    # Given any annuity without a payment, when its flows are computed in fractions, then the payment is fixed
    # before the first is made, or at the exchange, and all are the same, the one at maturity too.
    with interpreted_by(Fractions()):
        flows = cash_flows(plan_of(terms))
    kinds = [flow.kind for flow in flows]
    if FlowKind.FIXING in kinds:
        assert kinds.index(FlowKind.FIXING) < kinds.index(FlowKind.PRINCIPAL)
    paid = [flow for flow in flows if flow.kind not in (FlowKind.EXCHANGE, FlowKind.FIXING)]
    days = {flow.day for flow in paid}
    assert len({sum(flow.amount for flow in paid if flow.day == day) for day in days}) == 1


@given(terms=contracts())
def test_the_two_sides_mirror_each_other(terms: Contract) -> None:
    # Given any contract, then what one side receives the other pays, and all principal comes back, to a unit.
    lender = cash_flows(plan_of(replace(terms, role=Role.LENDER)))
    borrower = cash_flows(plan_of(replace(terms, role=Role.BORROWER)))
    assert [mirrored(flow) for flow in borrower] == list(lender)
    assert sum(flow.amount for flow in lender if flow.kind != FlowKind.INTEREST) == 0
    assert (lender[-1].kind, lender[-1].principal) == (FlowKind.MATURITY, 0)


def mirrored(flow: CashFlow) -> CashFlow:
    return replace(flow, amount=-flow.amount, principal=-flow.principal, accrued=-flow.accrued)

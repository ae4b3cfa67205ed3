"""The events of a contract and its maturity: the rules of the standard beyond its cases."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from lien.protocol.calendar import BusinessDayConvention, clock, date_of
from lien.protocol.schedule import Shift, cash_flows, level_payment, plan_of
from lien.protocol.schedule.plan import Event, FlowKind
from lien.protocol.schedule.timetable import fixing_events_of
from lien.spec.types import DayCount, RepaymentKind
from lien.spec.units import MAXIMUM_DAY, WAD
from tests.lives import day as on
from tests.protocol.schedule.given import FORTNIGHTLY, MONTHLY, QUARTERLY, contract, flows_of


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


def test_an_annuity_without_maturity_ends_on_its_amortization_day() -> None:
    # Given an annuity that names no maturity, then the day over which it is reckoned is the last.
    terms = contract(RepaymentKind.ANNUITY, principal_cycle=MONTHLY)
    amortized = replace(terms, maturity_day=None, amortization_day=terms.maturity_day)
    assert cash_flows(plan_of(amortized)) == cash_flows(plan_of(terms))


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


@pytest.mark.parametrize(
    ("convention", "day", "fixed"),
    [
        # the day before Sunday 7 February would move to Monday, that before Monday 8 February to Friday
        (BusinessDayConvention.FOLLOWING, on(2027, 2, 7), on(2027, 2, 7)),
        (BusinessDayConvention.PRECEDING, on(2027, 2, 8), on(2027, 2, 5)),
    ],
)
def test_the_day_on_which_a_payment_is_fixed_is_counted_as_it_is_shifted(
    convention: BusinessDayConvention, day: int, fixed: int
) -> None:
    # Given an annuity of which interest is counted to business days, then the payment is fixed on one, but
    # for a day that the first payment's own shift would leave behind.
    shift = Shift(convention, calculate_first=False)
    terms = contract(RepaymentKind.ANNUITY, principal_anchor=day, principal_cycle=MONTHLY, shift=shift)
    assert fixing_events_of(terms, on(2027, 7, 1)) == [Event(fixed, fixed, FlowKind.FIXING)]


def test_a_payment_without_a_cycle_reaches_no_end() -> None:
    # Given one principal date and no cycle, then no maturity can be derived, and that is said.
    terms = contract(RepaymentKind.EQUAL_PRINCIPAL, maturity_day=None, payment=1)
    with pytest.raises(ValueError, match="needs a payment and a cycle"):
        plan_of(replace(terms, principal_anchor=on(2027, 2, 1)))


def test_a_payment_of_exactly_the_interest_repays_nothing() -> None:
    # Given a payment of the interest of February, 280, then the loan has no maturity, and that is said.
    terms = contract(RepaymentKind.ANNUITY, maturity_day=None, principal_cycle=MONTHLY, payment=280)
    with pytest.raises(ValueError, match="does not cover"):
        plan_of(terms)


@pytest.mark.parametrize("status_day", [MAXIMUM_DAY - 1, MAXIMUM_DAY])
def test_what_is_past_at_the_end_of_the_calendar_leaves_no_day_for_more(status_day: int) -> None:
    # Given a principal date on the last day but one, and a status day no earlier, then the next is too late.
    daily = replace(FORTNIGHTLY, length=10)
    terms = contract(RepaymentKind.EQUAL_PRINCIPAL, maturity_day=None, principal_cycle=daily, payment=36_500)
    late = replace(terms, exchange_day=MAXIMUM_DAY - 11, status_day=MAXIMUM_DAY - 12, rate=None)
    assert cash_flows(plan_of(late))[-1].day == MAXIMUM_DAY - 1
    with pytest.raises(ValueError, match="ends after the calendar"):
        plan_of(replace(late, status_day=status_day))

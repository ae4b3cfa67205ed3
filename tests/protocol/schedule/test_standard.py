"""Where a contract of the standard stands, whether it is still to come or under way."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from lien.protocol.algebra import Fractions, interpreted_by
from lien.protocol.calendar import date_of
from lien.protocol.schedule import Contract, FlowKind, cash_flows, plan_of
from lien.protocol.schedule.plan import Position
from lien.spec.types import RepaymentKind
from lien.spec.units import UNIT
from tests.lives import day as on
from tests.protocol.schedule.given import MONTHLY, QUARTERLY, contract, contracts, flows_of


def test_interest_from_before_the_exchange_comes_with_it() -> None:
    # Given an interest anchor ten days before the exchange, or interest that is named, then it is owed.
    earlier = cash_flows(plan_of(contract(interest_anchor=on(2026, 12, 22), interest_cycle=QUARTERLY)))
    named = cash_flows(plan_of(contract(accrued=70)))
    assert (earlier[0].accrued, earlier[1].amount) == (100, 100 + 800)
    assert (named[0].accrued, named[1].amount) == (70, 70 + 1_810)


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


def test_equal_principal_with_cycles_of_its_own() -> None:
    # Given quarterly principal and one interest date, then principal is repaid in equal parts, maturity's
    # among them, and interest is counted on what is left from time to time: 10 a day, then 5.
    assert flows_of(contract(RepaymentKind.EQUAL_PRINCIPAL, principal_cycle=QUARTERLY)) == [
        ("EXCHANGE", 1, 1, -36_500, 36_500),
        ("PRINCIPAL", 4, 1, 18_250, 18_250),
        ("INTEREST", 7, 1, 1_355, 18_250),
        ("MATURITY", 7, 1, 18_250, 0),
    ]


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


def test_before_the_exchange_nothing_is_owed() -> None:
    # Given a bullet that is still to come, then it begins with nothing, on the day of the exchange.
    exchange = on(2027, 1, 1)
    assert plan_of(contract()).start == Position(principal=0, accrued=0, reckoned_day=exchange, payment=0)


def test_on_the_day_of_the_exchange_the_principal_is_paid_out() -> None:
    # Given the status day on the exchange, then that is past: the principal is owed, and interest to come.
    assert flows_of(contract(status_day=on(2027, 1, 1))) == [
        ("INTEREST", 7, 1, 1_810, 36_500),
        ("MATURITY", 7, 1, 36_500, 0),
    ]

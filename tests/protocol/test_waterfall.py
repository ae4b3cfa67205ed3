"""How a payment is split: the order, what is left open, and what a split into parts changes."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lien.protocol.accrual import catch_up, with_stop_day
from lien.protocol.calendar import due_day
from lien.protocol.state import Loan
from lien.protocol.waterfall import (
    Payment,
    apply_payment,
    compute_coming_interest,
    compute_due,
    compute_fee_base,
    compute_open_instalment,
    compute_payoff,
    compute_prepayment_fee,
    settle,
    split_payment,
    split_proceeds,
)
from lien.spec.types import LoanStatus, RepaymentKind
from lien.spec.units import UNIT
from tests.lives import FIRST_DUE, LATE_FEE, MATURITY, PART, PRINCIPAL, START, active_life, make_terms

NOTHING = Payment(**dict.fromkeys(Payment.__dataclass_fields__, 0))
FRESH = active_life().loan()
OVERDUE = catch_up(
    FRESH, FIRST_DUE + 3
)  # the order's figures: 12,000; 300,000; 1,200; 300,000; 5,400; 150; 2,400
ORDER = (12_000, PART, 1_200, PART, 5_400, 150, LATE_FEE)
NAMES = tuple(Payment.__dataclass_fields__)


def test_the_payoff_lists_everything_and_is_at_most_a_unit_a_bucket_above() -> None:
    """Given a loan three days late / When its payoff is computed
    / Then without interest that has not accrued.
    """
    assert compute_payoff(OVERDUE) == Payment(
        overdue_interest=12_000,
        overdue_principal=PART,
        accrued_interest=1_200,
        instalment=PART,
        coming_interest=0,
        default_interest=150,
        late_fees=LATE_FEE,
        principal_ahead=PRINCIPAL - 2 * PART,
        fee_base=PRINCIPAL - 2 * PART,
        prepayment_fee=6_000,
    )
    assert compute_payoff(OVERDUE).taken == PRINCIPAL + 13_200 + 150 + LATE_FEE + 6_000


@given(st.integers(1, compute_payoff(OVERDUE).taken - 1))
def test_a_payment_fills_the_order_from_the_front(amount: int) -> None:
    """Given any amount below the payoff / When it is split
    / Then each figure is full before the next has any.
    """
    payment = split_payment(OVERDUE, amount, 0)
    left, expected = amount, list[int]()
    for figure in ORDER:
        expected.append(min(left, figure))
        left -= expected[-1]
    assert [getattr(payment, name) for name in NAMES[: len(ORDER)]] == expected
    assert (payment.principal_ahead, payment.prepayment_fee) == (0, 0)
    assert payment.taken == amount - left


@pytest.mark.parametrize("full", range(1, len(ORDER) + 1))
@pytest.mark.parametrize("more", [-1, 0, 1])
def test_a_figure_is_full_before_the_next_has_any(full: int, more: int) -> None:
    """Given what the first figures amount to, or a unit more or less / When it is split
    / Then they are full, or a unit is missing of the last, or in the next.
    """
    left, expected = sum(ORDER[:full]) + more, dict[str, int]()
    for name, figure in zip(NAMES[: len(ORDER)], ORDER, strict=True):
        expected[name] = min(left, figure)
        left -= expected[name]
    assert split_payment(OVERDUE, sum(ORDER[:full]) + more, 0) == replace(NOTHING, **expected)


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_two_payments_take_what_one_does(first: int, second: int) -> None:
    """Given two payments at one moment / When they are made as one / Then the loan is the same afterwards."""
    one = split_payment(OVERDUE, first, 0)
    between = apply_payment(OVERDUE, one)
    if first + second >= compute_payoff(OVERDUE).taken or second >= compute_payoff(between).taken:
        return
    two = split_payment(between, second, 0)
    whole = split_payment(OVERDUE, first + second, 0)
    assert apply_payment(between, two) == apply_payment(OVERDUE, whole)
    assert one.taken + two.taken == whole.taken


def test_an_overdue_loan_is_cured_by_what_is_overdue_alone() -> None:
    """Given overdue interest and principal / When they are paid to the unit, or less
    / Then it is cured, or not.
    """
    cured = apply_payment(OVERDUE, split_payment(OVERDUE, 12_000 + PART, 0))
    assert (cured.status, cured.overdue_principal, cured.overdue_interest) == (LoanStatus.ACTIVE, 0, 0)
    still = apply_payment(OVERDUE, split_payment(OVERDUE, 12_000 + PART - 1, 0))
    assert (still.status, still.overdue_principal) == (LoanStatus.OVERDUE, 1)


def test_the_last_unit_of_principal_waits_for_a_payoff() -> None:
    """Given a loan in default / When all but a unit of the payoff is paid
    / Then charges are paid, not that unit.
    """
    defaulted = catch_up(FRESH, FIRST_DUE + 20)
    payoff = compute_payoff(defaulted)
    payment = split_payment(defaulted, payoff.taken - 1, 0)
    assert payment == replace(payoff, overdue_principal=PRINCIPAL - 1)
    after = apply_payment(defaulted, payment)
    assert (after.principal, after.overdue_principal, after.status) == (1, 1, LoanStatus.DEFAULTED)
    assert compute_payoff(after).taken == 1


@pytest.mark.parametrize(
    ("amount", "ahead", "taken"),
    [
        (PART + 9_000 + 2_999 + 303, 300, {"principal_ahead": 300, "prepayment_fee": 3}),
        (PART + 9_000 - 3 + 303, 300, {"principal_ahead": 300, "prepayment_fee": 3}),
        (PART + 9_000 - 3 + 303 - 1, 300, {"principal_ahead": 0, "prepayment_fee": 0}),
        (PART + 9_000 + 303, 0, {"principal_ahead": 0, "prepayment_fee": 0}),
    ],
)
def test_principal_ahead_needs_the_whole_of_it(amount: int, ahead: int, taken: dict[str, int]) -> None:
    """Given a fresh loan / When principal ahead is named / Then it is taken with its fee, or not at all.

    Interest to the due date is reckoned on what then remains: 8,997 instead of 9,000.
    """
    payment = split_payment(FRESH, amount, ahead)
    assert {name: getattr(payment, name) for name in taken} == taken
    interest = 8_997 if payment.principal_ahead else 9_000
    assert payment.coming_interest == interest


def test_paying_ahead_leaves_the_minimum_principal() -> None:
    """Given a minimum of 12,000 / When all is named as ahead / Then it is what is open, less the minimum."""
    rest = PRINCIPAL - PART - 12_000
    enough = PART + 120 + rest + rest // 100
    payment = split_payment(FRESH, enough, 10**12)
    assert (payment.principal_ahead, payment.coming_interest) == (rest, 120)
    assert apply_payment(FRESH, payment).principal == 12_000
    assert split_payment(FRESH, enough - 1, 10**12).principal_ahead == 0


BULLET = with_stop_day(
    replace(
        FRESH,
        terms=make_terms(kind=RepaymentKind.BULLET, payment=0, periods=1, first_due_day=MATURITY),
        instalment=PRINCIPAL,
    )
)


def test_a_bullet_opens_before_its_maturity() -> None:
    """Given fourteen open days / When they begin
    / Then its principal is the instalment, and before it is ahead.
    """
    closed, opened = catch_up(BULLET, MATURITY - 15), catch_up(BULLET, MATURITY - 14)
    assert (compute_open_instalment(closed), compute_open_instalment(opened)) == (0, PRINCIPAL)
    assert compute_payoff(closed).prepayment_fee == 12_000
    assert compute_payoff(opened).prepayment_fee == 0
    assert split_payment(closed, 10_000, 0).instalment == 0


@pytest.mark.parametrize(
    ("kind", "period", "is_open"),
    [
        (RepaymentKind.BALLOON, 3, False),
        (RepaymentKind.BALLOON, 2, True),
        (RepaymentKind.EQUAL_PRINCIPAL, 3, True),
    ],
)
def test_a_balloon_opens_before_its_maturity(kind: RepaymentKind, period: int, *, is_open: bool) -> None:
    """Given the day on which a period begins / When it is the last one of a balloon
    / Then its principal is ahead of time; that of other periods, and of other kinds, is not.
    """
    begins = due_day(FRESH.terms, period - 1)
    loan = replace(FRESH, terms=make_terms(kind=kind), period=period, since=begins)
    assert compute_open_instalment(loan) == (PART if is_open else 0)


def test_what_is_due_is_the_open_instalment_with_its_interest_to_the_due_date() -> None:
    """Given an instalment that is open, or not yet / When what is due is reckoned
    / Then its interest to the due date is part of it, or nothing is due.
    """
    assert compute_due(FRESH) == PART + 9_000  # of what is left
    assert compute_due(BULLET) == 0


def test_a_credit_pays_nothing_of_the_principal_that_is_due() -> None:
    """Given interest paid ahead of more than a month / When what is due is reckoned
    / Then it is the whole instalment.
    """
    assert compute_due(replace(FRESH, interest=-20_000 * UNIT)) == PART


def test_interest_to_the_due_date_is_at_most_the_principal() -> None:
    """Given a rate of 1,000 % / When a year's interest is reckoned
    / Then at most as much as the principal.
    """
    dear = replace(BULLET, terms=replace(BULLET.terms, rate=10**19))
    assert compute_coming_interest(dear, 100) == 100 * UNIT
    assert compute_coming_interest(replace(BULLET, status=LoanStatus.DEFAULTED), 100) == 0


def test_a_credit_is_given_back_with_the_principal_that_bore_it() -> None:
    """Given an instalment met with interest to the due date / When a third is paid ahead
    / Then a third comes back.
    """
    met = apply_payment(FRESH, split_payment(FRESH, PART + 9_000, 0))
    assert (met.instalment, met.interest) == (0, -9_000 * UNIT)
    payment = split_payment(met, PART + 3_000 - 3_000, PART)
    assert (payment.principal_ahead, payment.prepayment_fee, payment.coming_interest) == (PART, 3_000, -3_000)
    assert payment.taken == PART
    payoff = compute_payoff(met)
    assert (payoff.coming_interest, payoff.taken) == (-9_000, 900_000 + 9_000 - 9_000)


@given(st.lists(st.integers(0, 40_000), max_size=6))
def test_prepayment_fees_are_cumulative(parts: list[int]) -> None:
    """Given principal paid ahead in any parts / When the fees are added up
    / Then they are the ceiling of the whole.
    """
    loan: Loan = BULLET
    for part in parts:
        fee = compute_prepayment_fee(loan, part)
        assert fee >= 0
        loan = replace(loan, prepaid=loan.prepaid + part, prepayment_fees=loan.prepayment_fees + fee)
    assert loan.prepayment_fees == -(-sum(parts) // 100)
    assert compute_fee_base(replace(loan, status=LoanStatus.DEFAULTED), 10**6, 1) == 0


def test_principal_ahead_waits_for_all_that_is_late() -> None:
    """Given an overdue loan / When what all of it and a part ahead take is paid, or a unit less
    / Then the part ahead is taken, or none of it.
    """
    whole = split_payment(OVERDUE, compute_payoff(OVERDUE).taken - 1, 300)
    assert [getattr(whole, name) for name in ("overdue_interest", "overdue_principal", "instalment")] == [
        12_000,
        PART,
        PART,
    ]
    assert (whole.default_interest, whole.late_fees, whole.principal_ahead) == (150, LATE_FEE, 300)
    assert split_payment(OVERDUE, whole.taken, 300) == whole
    assert split_payment(OVERDUE, whole.taken - 1, 300).principal_ahead == 0


def test_nothing_is_ahead_of_the_minimum_principal() -> None:
    """Given a minimum principal of all that is ahead / When more than what is due is paid / Then none is."""
    rest = PRINCIPAL - 2 * PART
    loan = replace(OVERDUE, terms=replace(OVERDUE.terms, minimum_principal=rest))
    assert split_payment(loan, compute_payoff(loan).taken - 1, rest).principal_ahead == 0


def test_the_last_unit_of_an_instalment_waits_for_a_payoff() -> None:
    """Given a loan of which nothing is ahead / When all but a unit of the payoff is paid
    / Then one unit of the instalment is left.
    """
    loan = replace(OVERDUE, principal=2 * PART)
    payoff = compute_payoff(loan)
    assert split_payment(loan, payoff.taken - 1, 0) == replace(payoff, instalment=PART - 1)


@pytest.mark.parametrize(
    ("instalment", "missing", "credit"),
    [(PART, 0, 5), (PART, 1, 0), (0, 0, 5), (0, 1, 0)],
)
def test_a_credit_is_given_once_all_that_is_due_is_met(instalment: int, missing: int, credit: int) -> None:
    """Given interest paid ahead on an overdue loan / When what is due is paid, or a unit less
    / Then the credit is given and pays for no fee, or it is not given.
    """
    coming = (PRINCIPAL - PART - instalment) // 100 * 27 // 30  # from three days after the due date
    loan = replace(OVERDUE, interest=-(coming + 5) * UNIT, overdue_interest=0, instalment=instalment)
    paid = {"overdue_principal": PART, "instalment": instalment}
    paid["instalment" if instalment else "overdue_principal"] -= missing
    payment = split_payment(loan, sum(paid.values()), 0)
    assert payment == replace(NOTHING, **paid, coming_interest=-credit)


DEFAULTED = catch_up(FRESH, FIRST_DUE + 20)
OWED_IN_DEFAULT = compute_payoff(DEFAULTED, 0)
ORDER_OF_PROCEEDS = {
    "overdue_principal": PRINCIPAL - 1,
    "overdue_interest": OWED_IN_DEFAULT.overdue_interest,
    "accrued_interest": OWED_IN_DEFAULT.accrued_interest,
    "default_interest": OWED_IN_DEFAULT.default_interest,
    "late_fees": OWED_IN_DEFAULT.late_fees,
}


@pytest.mark.parametrize("full", range(1, len(ORDER_OF_PROCEEDS) + 1))
@pytest.mark.parametrize("more", [-1, 0, 1])
def test_proceeds_pay_principal_before_what_it_bore(full: int, more: int) -> None:
    """Given what some figures owed in default amount to, or a unit more or less / When proceeds are split
    / Then each figure is full before the next has any, and the last unit of principal waits for a payoff.
    """
    left = sum(list(ORDER_OF_PROCEEDS.values())[:full]) + more
    proceeds, expected = left, dict[str, int]()
    for name, figure in ORDER_OF_PROCEEDS.items():
        assert figure > 1
        expected[name] = min(left, figure)
        left -= expected[name]
    assert split_proceeds(DEFAULTED, proceeds) == replace(NOTHING, **expected)


def test_after_the_last_period_no_interest_is_to_come() -> None:
    """Given a loan past its maturity / When the interest to its due date is reckoned / Then there is none."""
    late = replace(BULLET, status=LoanStatus.OVERDUE, period=1, since=MATURITY + 3)
    assert compute_coming_interest(late, 100) == 0


@pytest.mark.parametrize(
    ("owed", "paid", "left", "status"),
    [
        (5 * UNIT - 1, 5, 0, LoanStatus.ACTIVE),
        (5 * UNIT, 5, 0, LoanStatus.ACTIVE),
        (5 * UNIT + 1, 5, 1, LoanStatus.OVERDUE),
        (5 * UNIT, 0, 5 * UNIT, LoanStatus.OVERDUE),
    ],
)
def test_overdue_interest_alone_keeps_a_loan_overdue(
    owed: int, paid: int, left: int, status: LoanStatus
) -> None:
    """Given a loan of which interest alone is overdue / When it is paid, or all but a part of a unit
    / Then nothing of it is left and the loan is cured, or it is not.
    """
    loan = replace(OVERDUE, overdue_principal=0, overdue_interest=owed)
    after = apply_payment(loan, replace(NOTHING, overdue_interest=paid))
    assert (after.overdue_interest, after.status) == (left, status)


def test_an_instalment_is_at_most_what_is_not_overdue() -> None:
    """Given an instalment of more than the principal that is not overdue / When a payment is applied
    / Then it is that principal.
    """
    loan = replace(OVERDUE, principal=PART + 100, instalment=200)
    assert apply_payment(loan, NOTHING).instalment == 100


def test_a_payment_counts_for_a_margin_call_without_its_fee() -> None:
    """Given an open margin call / When a part ahead is paid with its fee / Then the part alone counts."""
    loan = replace(FRESH, margin_day=MATURITY, margin_payment=100, margin_top_up=70)
    after = apply_payment(loan, replace(NOTHING, principal_ahead=50, prepayment_fee=5))
    assert (after.margin_day, after.margin_payment, after.margin_top_up) == (MATURITY, 50, 70)


def test_what_is_settled_has_nothing_open() -> None:
    """Given a loan with a margin call and an auction / When it is settled / Then neither is left."""
    loan = replace(
        DEFAULTED,
        margin_day=1,
        margin_payment=2,
        margin_top_up=3,
        impairment=4,
        auction_round=5,
        auction_started_at=6,
        auction_price=7,
    )
    assert settle(loan, OWED_IN_DEFAULT) == settle(DEFAULTED, OWED_IN_DEFAULT)
    settled = settle(loan, OWED_IN_DEFAULT)
    assert (settled.margin_day, settled.margin_payment, settled.margin_top_up) == (0, 0, 0)
    assert (settled.auction_round, settled.auction_started_at, settled.auction_price) == (0, 0, 0)


def test_nothing_is_nothing() -> None:
    """Given an empty payment / When it is applied / Then the loan is as it was."""
    assert NOTHING.taken == NOTHING.interest == NOTHING.principal == 0
    unchanged: Any = apply_payment(FRESH, NOTHING)
    assert unchanged == FRESH
    assert FRESH.since == START

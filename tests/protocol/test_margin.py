"""What a debt asks of its collateral, on plain numbers."""

from dataclasses import replace

import pytest

from lien.protocol.accrual import catch_up
from lien.protocol.builders import percent
from lien.protocol.health import collateral_value, is_within
from lien.protocol.margin import (
    compute_ahead,
    compute_debt,
    compute_margin_day,
    compute_margin_payment,
    compute_margin_top_up,
    compute_most_repaid,
    compute_seizure,
    is_liquidatable,
)
from lien.protocol.waterfall import compute_payoff, take_payment
from lien.spec.types import LoanStatus, RepaymentKind
from lien.spec.units import MAXIMUM_AMOUNT, MAXIMUM_DAY, MAXIMUM_TOTAL, PRICE_SCALE, WAD
from tests.lives import FIRST_DUE, PART, PRINCIPAL, active_life

LIMIT = percent(65)


@pytest.mark.parametrize(
    ("debt", "price", "collateral", "top_up"),
    [
        (65, PRICE_SCALE, 99, 1),
        (66, PRICE_SCALE, 99, 3),  # 66 / 65 % is 101.5
        (1, 3 * PRICE_SCALE, 0, 1),
        (65, PRICE_SCALE // 3, 0, 301),  # a third is rounded down: 300 are worth less than 100
        (MAXIMUM_AMOUNT, PRICE_SCALE, 0, MAXIMUM_TOTAL),
        (1, 1, 5, 2 * PRICE_SCALE - 5),
        (1000, 1, 5, MAXIMUM_TOTAL),
    ],
)
def test_a_top_up_is_the_least_that_cures(debt: int, price: int, collateral: int, top_up: int) -> None:
    """Given a debt above its limit / When the top-up is reckoned
    / Then it cures, and one unit less does not.
    """
    assert compute_margin_top_up(LIMIT, debt, price, collateral) == top_up
    if top_up != MAXIMUM_TOTAL:
        assert is_within(LIMIT, debt, collateral_value(price, collateral + top_up))
        assert not is_within(LIMIT, debt, collateral_value(price, collateral + top_up - 1))
    else:
        assert not is_within(LIMIT, debt, collateral_value(price, MAXIMUM_AMOUNT))


def test_the_greatest_amount_of_collateral_may_be_needed() -> None:
    """Given a debt of what all that there can be is worth / When it is reckoned / Then all is needed."""
    assert compute_margin_top_up(WAD, MAXIMUM_AMOUNT, PRICE_SCALE, 5) == MAXIMUM_AMOUNT - 5


def test_a_payment_is_the_least_that_cures() -> None:
    """Given a debt above its limit / When the payment is reckoned
    / Then the rest is what the value allows.
    """
    assert compute_margin_payment(LIMIT, 66, 100) == 1
    assert compute_margin_payment(LIMIT, 66, 101) == 1  # 65.65 is allowed
    assert compute_margin_payment(LIMIT, 66, 0) == 66


def test_a_deadline_stays_on_the_calendar() -> None:
    """Given a day at the end of the calendar / When a deadline is set / Then it is its last day at most."""
    assert compute_margin_day(10, 3) == 14
    assert compute_margin_day(MAXIMUM_DAY - 1, 3) == MAXIMUM_DAY


@pytest.mark.parametrize(
    ("collateral", "debt", "repaid", "bonus", "seized"),
    [
        (1000, 100, 10, percent(5), 10),  # 10.5
        (1000, 100, 100, percent(5), 105),
        (50, 100, 10, percent(5), 5),  # the share of the collateral
        (50, 100, 100, percent(5), 50),
        (0, 100, 100, percent(5), 0),
        (3, 100, 50, 0, 1),  # 1.5
    ],
)
def test_a_seizure_is_the_lesser_of_worth_and_share(
    collateral: int, debt: int, repaid: int, bonus: int, seized: int
) -> None:
    """Given what was repaid / When the seizure is reckoned
    / Then it is its worth with bonus, or its share.
    """
    assert compute_seizure(collateral, debt, repaid, PRICE_SCALE, bonus) == seized


def test_the_close_factor_is_rounded_up_and_dust_is_repaid_wholly() -> None:
    """Given a debt / When the most is reckoned / Then half, rounded up, unless too little would remain."""
    loan = active_life().loan()
    assert compute_most_repaid(loan, PRINCIPAL + 1) == PRINCIPAL // 2 + 1
    least = loan.terms.minimum_principal
    small = replace(loan, principal=2 * least, overdue_principal=0, instalment=0)
    assert compute_most_repaid(small, 2 * least) == least
    assert compute_most_repaid(small, 2 * least + 1) == 2 * least + 1


def test_what_is_left_is_paid_ahead_and_taken_wholly() -> None:
    """Given loans of each kind / When half of the debt is paid / Then what is left for it is paid ahead."""
    for kind, payment in ((RepaymentKind.BULLET, 0), (RepaymentKind.EQUAL_PRINCIPAL, PRINCIPAL // 4)):
        loan = active_life(kind=kind, payment=payment).loan()
        amount = PRINCIPAL // 2
        ahead = compute_ahead(loan, amount)
        paid, after = take_payment(loan, amount, ahead, 0)
        assert paid.principal_ahead == ahead > 0
        assert amount - paid.taken <= PRINCIPAL // 100
        assert after.status is LoanStatus.ACTIVE


def test_what_is_overdue_comes_before_what_is_ahead() -> None:
    """Given an instalment that was missed / When all that stands before is paid, or more, or less
    / Then only what is more is ahead.
    """
    late = catch_up(active_life().loan(), FIRST_DUE + 1)
    rest, to_due_date = PRINCIPAL - 2 * PART, 5_800  # of it, in 29 days
    before = compute_debt(late) - rest + to_due_date
    assert [compute_ahead(late, before + more) for more in (-1, 0, 7)] == [0, 0, 7]


def test_interest_of_what_is_not_open_yet_does_not_come_before() -> None:
    """Given a bullet that has not opened / When some is paid / Then all of it is ahead."""
    loan = active_life(kind=RepaymentKind.BULLET, payment=0).loan()
    assert compute_ahead(replace(loan, period=3, instalment=PRINCIPAL), 1_000) == 1_000


def test_the_debt_is_a_payoff_without_fee() -> None:
    """Given a loan / When its debt is reckoned / Then it is its payoff without the prepayment fee."""
    loan = active_life().loan()
    credit = replace(loan, interest=-5, default_interest=7, late_fees=3)
    for owed in (loan, credit):
        assert compute_debt(owed) == compute_payoff(owed, 0).taken


def test_no_debt_is_not_liquidated() -> None:
    """Given a loan in default of which nothing is owed / When it is asked / Then it is not liquidatable."""
    loan = replace(active_life().loan(), status=LoanStatus.DEFAULTED, overdue_principal=PRINCIPAL)
    assert is_liquidatable(loan, PRICE_SCALE)
    assert is_liquidatable(replace(loan, principal=1), PRICE_SCALE)
    assert not is_liquidatable(replace(loan, principal=0), PRICE_SCALE)
    assert not is_liquidatable(replace(loan, status=LoanStatus.ACTIVE, principal=0, overdue_principal=0), 0)

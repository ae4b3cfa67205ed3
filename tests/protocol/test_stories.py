"""Whole lives of loans, with every amount: what the protocol's chapters say together."""

from dataclasses import replace
from random import Random

import pytest

from lien.invariants.explore.moves.terms import Budget, highest_rate, sound_terms
from lien.protocol.arithmetic import quotient_up
from lien.protocol.builders import clock_steps, percent
from lien.protocol.calendar import day_of, due_day
from lien.protocol.genesis import DOLLAR, ETHER
from lien.protocol.schedule import level_payment, planned_payments
from lien.protocol.valuation import exit_assets
from lien.protocol.views import instalment_on, status_on
from lien.spec.assets import Claim
from lien.spec.disbursement import Disburse
from lien.spec.facility import Deposit, DepositCover, Redeem
from lien.spec.liquidation import DeclareDefault, Recover, WriteOff
from lien.spec.reasons import Reason
from lien.spec.repayment import Impair, Repaid
from lien.spec.terms import Terms
from lien.spec.types import LoanStatus, RepaymentKind
from lien.spec.units import (
    MAXIMUM_AMOUNT,
    MAXIMUM_DAY,
    MAXIMUM_RATE,
    REDEMPTION_LOCK_DAYS,
    UNIT,
    VIRTUAL_SHARES,
    WRITE_OFF_DAYS,
)
from tests.lives import (
    CASH,
    COLLATERAL,
    FIRST_DUE,
    LATE_FEE,
    MATURITY,
    MONTH_OF_INTEREST,
    PART,
    PRINCIPAL,
    SECOND_DUE,
    START,
    THIRD_DUE,
    Life,
    account,
    active_life,
    day,
    funded_life,
    make_terms,
)

DUE_DAYS = (FIRST_DUE, SECOND_DUE, THIRD_DUE, MATURITY)
INSTALMENT = PART + MONTH_OF_INTEREST


def interest_of(repaid: Repaid) -> int:
    """Return the contract interest that a payment was taken for."""
    return repaid.overdue_interest + repaid.accrued_interest + repaid.coming_interest


def principal_of(repaid: Repaid) -> int:
    """Return the principal that a payment was taken for."""
    return repaid.overdue_principal + repaid.instalment + repaid.principal_ahead


def charges_of(repaid: Repaid) -> int:
    """Return what else a payment was taken for."""
    return repaid.default_interest + repaid.late_fees + repaid.prepayment_fee


def pay_on_time(life: Life, amounts: list[int]) -> list[tuple[int, int]]:
    """Pay an amount on each due date, in the last second; return the interest and principal of each."""
    paid: list[tuple[int, int]] = []
    for due, amount in zip(DUE_DAYS, amounts, strict=True):
        repaid = life.on(due, 86_399).repay(amount)
        assert charges_of(repaid) == 0
        paid.append((interest_of(repaid), principal_of(repaid)))
    assert life.loan().status == LoanStatus.SETTLED
    assert life.balance("borrower", ETHER) == 10**19
    return paid


# on time


def test_equal_principal_on_time() -> None:
    """Given four equal parts at 1 % a month / When each is paid when due
    / Then interest falls by a quarter each time.
    """
    paid = pay_on_time(active_life(), [312_000, 309_000, 306_000, 303_000])
    assert paid == [(12_000, PART), (9_000, PART), (6_000, PART), (3_000, PART)]


def test_interest_only_on_time() -> None:
    """Given an interest-only loan / When each month's interest is paid
    / Then all principal falls due at the end.
    """
    life = active_life(kind=RepaymentKind.INTEREST_ONLY, payment=0)
    paid = pay_on_time(life, [12_000, 12_000, 12_000, 1_212_000])
    assert paid == [(12_000, 0), (12_000, 0), (12_000, 0), (12_000, PRINCIPAL)]


def test_an_annuity_on_time_to_the_unit() -> None:
    """Given a level payment / When it is paid four times, the last time less its rounding
    / Then nothing is left.

    The exact payment is 307,537.31; what rounding interest up takes too much is credited the month after.
    """
    payment = level_payment(PRINCIPAL, percent(12), clock_steps(make_terms(), START))
    assert payment == 307_538
    life = active_life(kind=RepaymentKind.ANNUITY, payment=payment)
    paid = pay_on_time(life, [payment, payment, payment, payment - 2])
    assert paid == [(12_000, 295_538), (9_045, 298_493), (6_060, 301_478), (3_045, 304_491)]
    assert sum(principal for _, principal in paid) == PRINCIPAL


def test_a_bullet_of_one_period_on_time() -> None:
    """Given a bullet of four months / When it is paid at maturity / Then with four months' interest."""
    life = active_life(kind=RepaymentKind.BULLET, payment=0, periods=1, first_due_day=MATURITY)
    repaid = life.on(MATURITY).repay(PRINCIPAL + 4 * MONTH_OF_INTEREST)
    assert (interest_of(repaid), principal_of(repaid)) == (48_000, PRINCIPAL)
    assert life.loan().status == LoanStatus.SETTLED


def random_terms(seed: int) -> Terms:
    """Return sound terms of any kind, clock and cycle that fit the calendar."""
    dice = Random(seed)
    today = dice.choice((START, 0, dice.randint(0, MAXIMUM_DAY - 10_000)))
    budget = Budget(today, dice.choice((CASH, 10**5, 7)), ETHER, COLLATERAL)
    while True:
        terms = sound_terms(dice, budget)
        # In the very second in which feeders are seated, the first of all, no price counts.
        is_secured = terms.collateral_amount and terms.window_start_day
        terms = replace(terms, collateral_amount=COLLATERAL if is_secured else 0)
        if terms.maturity_day + terms.grace_days < MAXIMUM_DAY and terms.principal <= CASH:
            return terms


@pytest.mark.parametrize("seed", range(60))
def test_a_loan_paid_on_time_follows_its_plan_to_the_unit(seed: int) -> None:
    """Given any sound terms / When what is planned is paid on each due date / Then it is taken as planned."""
    terms = random_terms(seed)
    life = funded_life(on=terms.window_start_day)
    number = life.agree(terms)
    life.on(Random(seed).choice((terms.window_start_day, terms.window_end_day)))
    life.send(Disburse(loan=number), "servicer")
    for planned in planned_payments(terms, day_of(life.now)):
        amount = planned.interest + planned.principal
        if amount == 0:
            continue
        repaid = life.on(planned.day).repay(amount)
        assert (interest_of(repaid), principal_of(repaid)) == (planned.interest, planned.principal)
        assert charges_of(repaid) == 0
        assert life.loan().principal == planned.remaining
    assert life.loan().status == LoanStatus.SETTLED


# early


@pytest.mark.parametrize("seed", range(60))
def test_an_instalment_that_is_paid_early_is_met(seed: int) -> None:
    """Given the greatest rate that the longest period allows / When each instalment is paid on any day before
    / Then none is overdue after its due date.
    """
    terms, dice = random_terms(seed), Random(seed)
    rate = min(highest_rate(terms), MAXIMUM_RATE)
    terms = replace(terms, rate=rate, default_rate=0, usury_cap=MAXIMUM_RATE, open_days=MAXIMUM_DAY)
    life = funded_life(on=terms.window_start_day)
    number = life.agree(terms)
    life.send(Disburse(loan=number), "servicer")
    begins = life.today
    for due in (due_day(terms, period) for period in range(terms.periods)):
        amount = instalment_on(life.state, number, life.on(dice.randint(begins, due)).today)
        if amount:
            life.repay(amount)
        if life.loan().status == LoanStatus.SETTLED:
            break
        begins = due + 1
        assert status_on(life.state, number, begins) == LoanStatus.ACTIVE
    assert life.loan().status == LoanStatus.SETTLED


# late


def test_late_once_and_cured() -> None:
    """Given an instalment three days late / When it and what came of it is paid / Then the loan goes on.

    Three days cost 1,200 of interest and 150 of default interest (6 % of 300,000); the late fee stands last.
    """
    life = active_life().on(FIRST_DUE + 3)
    cure = life.repay(INSTALMENT)
    assert (cure.overdue_interest, cure.overdue_principal) == (MONTH_OF_INTEREST, PART)
    assert (cure.accrued_interest, cure.default_interest, cure.late_fees) == (0, 0, 0)
    assert cure.status == LoanStatus.ACTIVE
    second = life.on(SECOND_DUE).repay(1_200 + 8_100 + PART + 150 + LATE_FEE)
    assert (second.accrued_interest, second.instalment) == (9_300, PART)
    assert (second.default_interest, second.late_fees) == (150, LATE_FEE)
    life.on(THIRD_DUE).repay(PART + 6_000)
    last = life.on(MATURITY).repay(MAXIMUM_AMOUNT)
    assert (interest_of(last), principal_of(last), charges_of(last)) == (3_000, PART, 0)


def test_late_fees_alone_never_make_a_loan_overdue() -> None:
    """Given a cured loan that owes a late fee / When the next instalment is paid without it
    / Then it is met.
    """
    life = active_life().on(FIRST_DUE + 1)
    life.repay(INSTALMENT)
    life.on(SECOND_DUE).repay(PART + 8_700 + 400)
    assert life.loan().late_fees == LATE_FEE
    life.on(SECOND_DUE + 1)
    assert life.reject(DeclareDefault(loan=1)).reason is Reason.NOT_IN_DEFAULT
    assert life.repay(1).status == LoanStatus.ACTIVE


def test_defaulted_and_then_paid_off() -> None:
    """Given a default that is booked late / When all is paid two months after
    / Then it settles, with every charge.

    Interest runs for 4 months; default interest of 6 % for 11 days on 300,000, then for 79 days on all.
    """
    in_default, paid_on = day(2024, 2, 26), day(2024, 5, 15)
    life = active_life().on(in_default + 5)
    life.send(DeclareDefault(loan=1))
    lenders = life.facility().cash + life.facility().principal
    default_interest = quotient_up(PART * 6 * 11 + PRINCIPAL * 6 * 79, 36_000)
    repaid = life.on(paid_on).repay(MAXIMUM_AMOUNT)
    assert (repaid.overdue_interest, repaid.overdue_principal) == (16_400, PRINCIPAL)
    assert (repaid.accrued_interest, repaid.instalment) == (48_000 - 16_400, 0)
    assert (repaid.default_interest, repaid.late_fees) == (default_interest, LATE_FEE)
    assert (repaid.principal_ahead, repaid.prepayment_fee) == (0, 0)
    assert repaid.status == LoanStatus.SETTLED
    gained = 48_000 - 4_800 + default_interest + LATE_FEE
    assert life.facility().cash == lenders + gained
    assert life.balance("borrower", ETHER) == 10**19


def test_a_default_is_cured_only_by_a_payoff() -> None:
    """Given a loan in default / When all but one unit is paid
    / Then that unit is principal, and still in default.
    """
    life = active_life().on(day(2024, 2, 26))
    payoff = PRINCIPAL + 16_400 + 550 + LATE_FEE
    repaid = life.repay(payoff - 1)
    assert repaid.status == LoanStatus.DEFAULTED
    assert life.loan().principal == 1
    assert charges_of(repaid) == 550 + LATE_FEE
    assert life.repay(MAXIMUM_AMOUNT, "stranger").status == LoanStatus.SETTLED


# ahead of time


def test_paid_ahead_with_the_credit_given_back() -> None:
    """Given an instalment paid half a month early / When 300,000 more is paid ahead
    / Then their interest comes back.

    The instalment bears 6,000 so far, and 4,500 on the remaining 900,000 to the due date; of these, 1,500 is
    for the 300,000 that are then paid ahead, for a fee of 3,000.
    """
    life = active_life().on(START + 15)
    first = life.repay(6_000 + PART + 4_500)
    assert (first.accrued_interest, first.instalment, first.coming_interest) == (6_000, PART, 4_500)
    ahead = life.repay(PART + 3_000 - 1_500, ahead=PART)
    assert (ahead.principal_ahead, ahead.prepayment_fee, ahead.coming_interest) == (PART, 3_000, -1_500)
    assert life.loan().interest == -3_000 * UNIT
    second = life.on(SECOND_DUE).repay(PART + 6_000)
    assert (interest_of(second), principal_of(second)) == (6_000, PART)
    third = life.on(THIRD_DUE).repay(PART + 3_000)
    assert third.status == LoanStatus.SETTLED
    paid = sum(interest_of(repaid) for repaid in (first, ahead, second, third))
    assert paid == life.facility().interest_paid == 6_000 + 3_000 + 6_000 + 3_000


def test_what_is_named_as_ahead_is_taken_wholly_or_not_at_all() -> None:
    """Given an amount one unit short of instalment, principal ahead and fee / When it is paid
    / Then none is ahead.
    """
    enough = 6_000 + PART + 3_000 + 100_000 + 1_000 + 1_000
    exact, short = active_life().on(START + 15), active_life().on(START + 15)
    taken = exact.repay(enough, ahead=100_000)
    assert (taken.principal_ahead, taken.prepayment_fee, taken.coming_interest) == (100_000, 1_000, 4_000)
    left = short.repay(enough - 1, ahead=100_000)
    assert (left.principal_ahead, left.prepayment_fee, left.coming_interest) == (0, 0, 4_500)


def test_a_bullet_prepaid_with_its_fee() -> None:
    """Given a bullet of four months / When it is paid off after one
    / Then with a month's interest and the fee.
    """
    bullet = {"kind": RepaymentKind.BULLET, "payment": 0, "periods": 1, "first_due_day": MATURITY}
    life = active_life(**bullet).on(FIRST_DUE)
    repaid = life.repay(MAXIMUM_AMOUNT)
    assert (interest_of(repaid), repaid.principal_ahead, repaid.prepayment_fee) == (12_000, PRINCIPAL, 12_000)
    in_open_days = active_life(**bullet).on(MATURITY - 14)
    free = in_open_days.repay(MAXIMUM_AMOUNT)
    assert (free.instalment, free.principal_ahead, free.prepayment_fee) == (PRINCIPAL, 0, 0)


def test_splitting_a_prepayment_gains_nothing() -> None:
    """Given a bullet / When 199 is paid ahead in two parts / Then the fee is two units, as for the whole."""
    bullet = {"kind": RepaymentKind.BULLET, "payment": 0, "periods": 1, "first_due_day": MATURITY}
    life = active_life(**bullet)
    fees = [life.repay(ahead + 2, ahead=ahead).prepayment_fee for ahead in (99, 100)]
    assert fees == [1, 1]
    assert life.loan().prepayment_fees == 2


# lenders and payees


def test_two_lenders_share_what_is_earned_by_their_shares() -> None:
    """Given lenders with three quarters and one / When a loan has been paid off
    / Then they share 90 % of its interest.
    """
    life = funded_life()
    life.send(Deposit(facility=1, amount=CASH // 3, minimum_shares=0), "second_lender")
    life.agree(make_terms())
    life.send(Disburse(loan=1), "borrower")
    pay_on_time(life, [312_000, 309_000, 306_000, 303_000])
    for lender in ("lender", "second_lender"):
        shares = life.state.shares.get((1, account(lender)))
        life.send(Redeem(facility=1, shares=shares, minimum_amount=0), lender)
    gains = [life.balance(lender) - 10**9 for lender in ("lender", "second_lender")]
    assert 27_000 - sum(gains) == life.facility().cash <= 2
    assert abs(gains[0] - 3 * gains[1]) <= 4
    assert life.facility().shares == 0


def test_a_lender_leaves_with_what_is_idle_and_the_rest_waits() -> None:
    """Given a loan outstanding / When the only lender redeems
    / Then up to the idle cash, and the rest when it is paid.
    """
    life = active_life().on(START + REDEMPTION_LOCK_DAYS)
    everything = Redeem(facility=1, shares=CASH * VIRTUAL_SHARES, minimum_amount=0)
    assert life.reject(everything, "lender").reason is Reason.INSUFFICIENT_CASH
    life.send(Redeem(facility=1, shares=8_790_000 * VIRTUAL_SHARES, minimum_amount=0), "lender")
    life.repay(MAXIMUM_AMOUNT)
    left = life.state.shares.get((1, account("lender")))
    life.send(Redeem(facility=1, shares=left, minimum_amount=0), "lender")
    assert life.balance("lender") > 10**9


def test_a_refused_treasury_makes_nobody_fail_and_claims_later() -> None:
    """Given that the dollar refuses the treasury / When a loan is paid off
    / Then all its income is a claim, paid once.
    """
    life = funded_life(refuses={"dUSD": ("treasury",), "dETH": ("borrower",)})
    life.agree(make_terms())
    life.send(Disburse(loan=1), "borrower")
    for due, amount in zip(DUE_DAYS, (312_000, 309_000, 306_000, 303_000), strict=True):
        life.on(due).repay(amount)
    claims = life.state.ledger.claims
    assert claims.get((DOLLAR, account("treasury"))) == 12_000 + 3_000
    assert claims.get((ETHER, account("borrower"))) == COLLATERAL
    life.send(Claim(asset=DOLLAR, recipient=account("stranger")), "treasury")
    assert life.balance("stranger") == 10**9 + 15_000
    life.send(Claim(asset=ETHER, recipient=account("second_borrower")), "borrower")
    assert life.balance("second_borrower", ETHER) == 10**19 + COLLATERAL
    assert list(life.state.ledger.claims.items()) == []


def test_dates_at_the_end_of_months_do_not_drift() -> None:
    """Given a first due date of 31 January / When the loan runs
    / Then it is due on 29 February and 31 March.
    """
    terms = make_terms(
        window_start_day=day(2024, 1, 1), first_due_day=day(2024, 1, 31), maturity_day=day(2024, 4, 30)
    )
    due = [due_day(terms, period) for period in range(4)]
    assert due == [day(2024, 1, 31), day(2024, 2, 29), day(2024, 3, 31), day(2024, 4, 30)]
    life = funded_life(on=day(2024, 1, 1))
    life.agree(terms)
    life.send(Disburse(loan=1), "borrower")
    for payment in planned_payments(terms, day(2024, 1, 1)):
        life.on(payment.day, 86_399).repay(payment.interest + payment.principal)
    assert life.loan().status == LoanStatus.SETTLED


# losses


def test_a_loss_is_shared_and_partly_made_good() -> None:
    """Given two lenders, three to one, and cover of 200,000 / When an unsecured loan is lost
    / Then the cover bears 200,000 and they a million, three to one; so they share what comes back.

    Of the 400,000 that come back half has vested after fifteen days, and the lender who leaves then gets
    three quarters of that half; who stays has the rest once all has vested.
    """
    life = funded_life()
    life.send(Deposit(facility=1, amount=30_000_000, minimum_shares=0), "second_lender")
    life.send(DepositCover(facility=1, amount=200_000), "servicer")
    life.agree(make_terms(collateral_amount=0))
    life.send(Disburse(loan=1), "borrower")
    life.on(MATURITY)
    life.send(Impair(loan=1, amount=PRINCIPAL), "servicer")
    impaired = exit_assets(life.facility(), life.today)
    written_off = day(2024, 2, 26) + WRITE_OFF_DAYS
    life.on(written_off).send(WriteOff(loan=1), "servicer")
    assert exit_assets(life.facility(), life.today) == impaired + 200_000 == 4 * CASH - 1_000_000
    assert (life.facility().cash, life.facility().cover) == (4 * CASH - 1_000_000, 0)

    life.on(written_off + 100).send(Recover(loan=1, amount=400_000), "borrower")
    life.on(written_off + 115)
    leave(life, "second_lender")
    assert life.balance("second_lender") - 10**9 == -750_000 + 150_000
    life.on(written_off + 130)
    leave(life, "lender")
    assert life.balance("lender") - 10**9 == -250_000 + 250_000
    assert life.facility().cash == 0
    life.send(Recover(loan=1, amount=MAXIMUM_AMOUNT), "servicer")
    assert life.balance("treasury") == 12_000 + 600_000
    assert life.facility().cover == 200_000


def leave(life: Life, lender: str) -> None:
    """Redeem all shares of a lender."""
    shares = life.state.shares.get((1, account(lender)))
    life.send(Redeem(facility=1, shares=shares, minimum_amount=0), lender)

"""Each view says what the call then does."""

from dataclasses import replace

import pytest

from lien.protocol import views
from lien.protocol.annual_cost import compute_annual_cost
from lien.protocol.builders import percent
from lien.protocol.genesis import ATTESTOR, DOLLAR, ETHER
from lien.protocol.prices import seated_since, usable_price
from lien.protocol.views.prices import next_stale_of
from lien.protocol.waterfall import compute_payoff
from lien.spec.assets import Claim
from lien.spec.facility import Deposit, Redeem, RequestRedemption
from lien.spec.liquidation import DeclareDefault
from lien.spec.reasons import Reason
from lien.spec.repayment import Repay
from lien.spec.types import ApplicationStatus, LoanStatus, RepaymentKind
from lien.spec.units import (
    APPLICATION_DAYS,
    MAXIMUM_PRICE_AGE,
    MAXIMUM_TIMESTAMP,
    PRICE_SCALE,
    REDEMPTION_LOCK_DAYS,
    SECONDS_PER_DAY,
    VOLUME_PER_POINT,
    WAD,
)
from tests.lives import (
    CASH,
    FEE,
    FIRST_DUE,
    MATURITY,
    PRINCIPAL,
    SECOND_DUE,
    START,
    THIRD_DUE,
    Life,
    account,
    active_life,
    application,
    attest,
    edited,
    funded_life,
    make_terms,
    offered_life,
)

DAYS = (START, START + 7, FIRST_DUE, FIRST_DUE + 1, FIRST_DUE + 10, FIRST_DUE + 11, SECOND_DUE + 40)
GRACE = make_terms().grace_days
FIGURES = dict[RepaymentKind, dict[str, int]]
KINDS: FIGURES = {
    RepaymentKind.BULLET: {"payment": 0, "periods": 1, "maturity_day": FIRST_DUE},
    RepaymentKind.INTEREST_ONLY: {"payment": 0},
    RepaymentKind.EQUAL_PRINCIPAL: {},
    RepaymentKind.ANNUITY: {"payment": 307_540},
    RepaymentKind.BALLOON: {"payment": 100_000},
}


def paid(life: Life, amount: int) -> int:
    """Pay an amount, and return by how much the payer's balance fell."""
    before = life.balance("borrower")
    life.repay(amount)
    return before - life.balance("borrower")


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("kind", list(RepaymentKind))
def test_the_payoff_is_the_least_amount_that_settles(kind: RepaymentKind, day: int) -> None:
    """Given a loan on some day / When its payoff is paid, or one less / Then it settles, or does not."""
    life = active_life(kind=kind, **KINDS[kind]).on(day)
    payoff = views.payoff_on(life.state, 1, day)

    short = Life(life.state, life.now)
    short.repay(payoff - 1)
    assert short.loan().status != LoanStatus.SETTLED

    assert paid(life, payoff) == payoff
    assert life.loan().status == LoanStatus.SETTLED
    assert views.payoff_on(life.state, 1, day) == views.instalment_on(life.state, 1, day) == 0


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("kind", list(RepaymentKind))
def test_the_instalment_is_taken_wholly_and_leaves_nothing_due(kind: RepaymentKind, day: int) -> None:
    """Given a loan on some day / When its instalment is paid / Then all of it is taken, and none is due."""
    life = active_life(kind=kind, **KINDS[kind]).on(day)
    amount = views.instalment_on(life.state, 1, day)
    if amount == 0:
        assert (kind, day) == (RepaymentKind.BULLET, START)
        return
    assert paid(life, amount) == amount
    assert life.loan().status in (LoanStatus.ACTIVE, LoanStatus.SETTLED)
    assert views.instalment_on(life.state, 1, day) == 0


@pytest.mark.parametrize("day", [START + 7, FIRST_DUE, FIRST_DUE + 5])
@pytest.mark.parametrize("kind", [RepaymentKind.EQUAL_PRINCIPAL, RepaymentKind.ANNUITY])
def test_one_unit_less_than_the_instalment_does_not_meet_it(kind: RepaymentKind, day: int) -> None:
    """Given a loan / When one less than the instalment is paid / Then one is still due."""
    life = active_life(kind=kind, **KINDS[kind]).on(day)
    life.repay(views.instalment_on(life.state, 1, day) - 1)
    assert views.instalment_on(life.state, 1, day) == 1


def test_a_loan_that_is_not_disbursed_owes_nothing() -> None:
    """Given an offer / When its figures are asked for / Then they are zero, and its status is its own."""
    life = offered_life()
    assert views.payoff_on(life.state, 1, FIRST_DUE) == views.instalment_on(life.state, 1, FIRST_DUE) == 0
    assert views.status_on(life.state, 1, MATURITY) is LoanStatus.OFFERED
    assert views.loan_on(life.state, 1, MATURITY) is life.loan()


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (FIRST_DUE, LoanStatus.ACTIVE),
        (FIRST_DUE + 1, LoanStatus.OVERDUE),
        (FIRST_DUE + GRACE, LoanStatus.OVERDUE),
        (FIRST_DUE + GRACE + 1, LoanStatus.DEFAULTED),
        (MATURITY + 1000, LoanStatus.DEFAULTED),
    ],
)
def test_the_status_is_that_of_the_dates(day: int, status: LoanStatus) -> None:
    """Given a loan on which nothing was paid / When its status is asked for / Then the dates say it."""
    life = active_life().on(day)
    assert views.status_on(life.state, 1, day) is status
    if status is LoanStatus.DEFAULTED:
        life.send(DeclareDefault(loan=1))
        assert life.loan() == replace(views.loan_on(life.state, 1, day))


def test_the_schedule_is_what_is_then_paid() -> None:
    """Given a loan / When it is paid on each due date / Then each payment is the planned one."""
    life = active_life()
    schedule = views.planned_schedule(life.state, 1, START)
    assert [payment.day for payment in schedule] == [FIRST_DUE, SECOND_DUE, THIRD_DUE, MATURITY]
    for payment in schedule:
        life.on(payment.day)
        assert views.instalment_on(life.state, 1, payment.day) == payment.interest + payment.principal
        life.repay(payment.interest + payment.principal)
        assert life.loan().principal == payment.remaining
    assert life.loan().status == LoanStatus.SETTLED


@pytest.mark.parametrize("kind", list(RepaymentKind))
def test_the_next_instalment_is_the_one_to_be_paid_next(kind: RepaymentKind) -> None:
    """Given a loan that is paid as the view says / When each payment is made / Then the loan is settled."""
    life = active_life(kind=kind, **KINDS[kind])
    planned = views.planned_schedule(life.state, 1, START)
    for payment in planned:
        due = views.next_instalment(life.state, 1, life.today)
        assert due == views.NextInstalment(payment.day, payment.interest + payment.principal)
        life.on(payment.day)
        assert paid(life, payment.interest + payment.principal) == payment.interest + payment.principal
    assert life.loan().status == LoanStatus.SETTLED
    assert views.next_instalment(life.state, 1, life.today) is None


def test_what_is_overdue_is_due_today() -> None:
    """Given a missed instalment / When the next is asked for / Then it is today's, with all that is due."""
    state, day = active_life().state, FIRST_DUE + 5
    assert views.next_instalment(state, 1, day) == views.NextInstalment(
        day, views.instalment_on(state, 1, day)
    )


def test_the_annual_cost_is_that_of_the_plan_less_the_fee() -> None:
    """Given an offer / When its annual cost is asked for / Then it is that of its plan on what is paid out.

    The fee makes it dearer than the rate alone; once disbursed, the day asked for changes nothing.
    """
    offered, active = offered_life().state, active_life().state
    planned = [
        (item.day, item.interest + item.principal) for item in views.planned_schedule(offered, 1, START)
    ]
    cost = views.annual_cost(offered, 1, START)
    assert cost == compute_annual_cost(PRINCIPAL - FEE, START, planned)
    assert cost > compute_annual_cost(PRINCIPAL, START, planned) > percent(12)
    assert views.annual_cost(offered, 1, START + 5) > cost
    assert views.annual_cost(active, 1, START + 5) == cost


def test_health_says_how_far_the_limits_are_and_what_restores_them() -> None:
    """Given a secured loan / When its price falls between the limits / Then one is restored, one has room."""
    life = active_life()
    price = 85 * 10**4 * PRICE_SCALE // 10**18  # two tokens are worth 1,700,000 against a debt of 1,200,000
    life.post_prices(price)
    assert views.health_at(life.state, 1, life.now) == views.Health(
        price=price,
        debt=PRINCIPAL,
        value=1_700_000,
        loan_to_value=705_882_352_941_176_471,
        margin_call=views.Restoration(room=0, payment=95_000, top_up=171_945_882_352_941_177),
        liquidation=views.Restoration(room=75_000, payment=0, top_up=0),
    )
    assert views.loan_to_value_at(life.state, 1, life.now) == 705_882_352_941_176_471


def test_there_is_no_health_without_a_price_or_a_debt() -> None:
    """Given a loan without price or before its disbursement / When its health is asked for / Then none is."""
    life = active_life()
    stale = life.now + MAXIMUM_PRICE_AGE
    assert views.health_at(life.state, 1, stale) is None
    assert views.loan_to_value_at(life.state, 1, stale) is None
    offered = offered_life()
    offered.post_prices(PRICE_SCALE)
    assert views.health_at(offered.state, 1, offered.now) is None


def test_collateral_that_is_worth_nothing_has_no_ratio() -> None:
    """Given a price of next to nothing / When the ratio is asked for / Then there is none, but a health."""
    life = active_life()
    life.post_prices(1)
    health = views.health_at(life.state, 1, life.now)
    assert health is not None
    assert (health.value, health.loan_to_value, health.margin_call.payment) == (0, None, PRINCIPAL)
    assert views.loan_to_value_at(life.state, 1, life.now) is None


def test_collateral_that_is_worth_one_unit_has_a_ratio() -> None:
    """Given collateral worth a single unit / When the ratio is asked for / Then it is the debt in units."""
    life = active_life()
    life.post_prices(PRICE_SCALE // life.loan().collateral)
    health = views.health_at(life.state, 1, life.now)
    assert health is not None
    assert (health.value, health.loan_to_value) == (1, PRINCIPAL * WAD)


def test_shares_are_never_worth_less_than_nothing() -> None:
    """Given more impaired than there is / When shares are valued / Then they are worth nothing, not less."""
    life = edited(active_life(), impairment=CASH + 1)
    assert views.share_price_on(life.state, 1, START) == 0
    assert views.redeemable_shares(life.state, 1, account("lender"), START + REDEMPTION_LOCK_DAYS) == 0


def test_a_facility_without_net_assets_sells_no_shares() -> None:
    """Given net assets below zero / When a deposit is valued / Then it buys nothing: it would be rejected."""
    life = edited(funded_life(), cash=0, treasury_taken=-1)
    assert views.net_assets_on(life.state, 1, START + 1) < 0
    assert views.shares_for_amount(life.state, 1, 1_000_000, START) == 0


def test_a_loan_on_offer_is_planned_from_the_day_named() -> None:
    """Given an offer / When it is planned from a later day / Then the first interest is less."""
    state = offered_life().state
    early, late = views.planned_schedule(state, 1, START), views.planned_schedule(state, 1, START + 5)
    assert late[0].interest < early[0].interest
    assert late[1:] == early[1:]


@pytest.mark.parametrize("day", [START + 3, FIRST_DUE, MATURITY])
def test_shares_and_amounts_are_those_of_the_calls(day: int) -> None:
    """Given a facility that has lent / When some deposit and redeem / Then views said how much."""
    life = active_life().on(day)
    if views.status_on(life.state, 1, day) == LoanStatus.DEFAULTED:
        life.send(DeclareDefault(loan=1))
    expected = views.shares_for_amount(life.state, 1, 1_000_003, day)
    life.send(Deposit(facility=1, amount=1_000_003, minimum_shares=expected), "second_lender")
    assert life.state.shares.get((1, account("second_lender"))) == expected

    shares = life.state.shares.get((1, account("lender"))) // 3
    expected, before = views.amount_for_shares(life.state, 1, shares, day), life.balance("lender")
    life.send(Redeem(facility=1, shares=shares, minimum_amount=expected), "lender")
    assert life.balance("lender") - before == expected


def test_the_share_price_rises_with_interest() -> None:
    """Given a facility that has lent / When time passes / Then shares are worth more."""
    state = active_life().state
    assert views.net_assets_on(state, 1, START) == CASH
    assert views.share_price_on(state, 1, START) == views.amount_for_shares(state, 1, WAD, START)
    assert views.share_price_on(state, 1, FIRST_DUE) > views.share_price_on(state, 1, START)


@pytest.mark.parametrize("principal", [PRINCIPAL, CASH])
def test_redeemable_shares_are_redeemed_and_not_one_more(principal: int) -> None:
    """Given idle cash / When a lender redeems what is said to be redeemable / Then no more was possible."""
    life = active_life(principal=principal, payment=principal // 4)
    lender = account("lender")
    assert views.redeemable_shares(life.state, 1, lender, START + REDEMPTION_LOCK_DAYS - 1) == 0
    day = START + REDEMPTION_LOCK_DAYS
    shares = views.redeemable_shares(life.on(day).state, 1, lender, day)
    if principal == CASH:
        assert shares == 0
    else:
        life.reject(Redeem(facility=1, shares=shares + 1, minimum_amount=0), "lender")
        life.send(Redeem(facility=1, shares=shares, minimum_amount=1), "lender")


def test_all_shares_are_redeemable_where_the_cash_is_idle() -> None:
    """Given a facility that has lent nothing / When the lock has passed
    / Then all shares are redeemable, and none on the day before.
    """
    state, day = funded_life().state, START + REDEMPTION_LOCK_DAYS
    assert views.redeemable_shares(state, 1, account("lender"), day - 1) == 0
    assert views.redeemable_shares(state, 1, account("lender"), day) == state.shares.get(
        (1, account("lender"))
    )
    assert views.redeemable_shares(state, 1, account("stranger"), day) == 0


def test_nothing_is_redeemable_past_the_queue_or_from_a_book_that_is_not_current() -> None:
    """Given a lender who queues, or a default that nobody booked
    / When another is to redeem / Then nothing is, as the call says.
    """
    queued = funded_life().on(START + REDEMPTION_LOCK_DAYS)
    queued.send(RequestRedemption(facility=1, shares=1), "lender")
    unbooked = active_life().on(FIRST_DUE + 11)
    for life, reason in ((queued, Reason.QUEUE_NOT_EMPTY), (unbooked, Reason.BOOK_NOT_CURRENT)):
        assert views.redeemable_shares(life.state, 1, account("lender"), life.today) == 0
        redeem = Redeem(facility=1, shares=10**9, minimum_amount=0)
        assert life.reject(redeem, "lender").reason is reason


def test_what_is_claimable_is_what_a_claim_pays() -> None:
    """Given a lender whom the token refuses / When they redeem and claim / Then the view said how much."""
    life = funded_life(refuses={"dUSD": ("lender",)}).on(START + REDEMPTION_LOCK_DAYS)
    life.send(Redeem(facility=1, shares=10**9, minimum_amount=1), "lender")
    amount = views.claimable(life.state, DOLLAR, account("lender"))
    assert amount == 1000
    before = life.balance("stranger")
    life.send(Claim(asset=DOLLAR, recipient=account("stranger")), "lender")
    assert life.balance("stranger") - before == amount
    assert views.claimable(life.state, DOLLAR, account("lender")) == 0


def test_a_view_changes_nothing_and_agrees_with_the_call_that_catches_up() -> None:
    """Given an overdue loan / When a payment catches it up / Then the view had the same loan before it."""
    life = active_life().on(FIRST_DUE + 4)
    seen = views.loan_on(life.state, 1, life.today)
    payoff = compute_payoff(seen).taken
    call = Repay(loan=1, amount=payoff, principal_ahead=0, reference=1)
    life.send(call, "borrower")
    assert life.loan().interest_paid == compute_payoff(seen).interest


def test_the_price_and_when_the_next_is_stale() -> None:
    """Given prices of two times / When 25 hours have passed since the first / Then the views foretold it."""
    life = funded_life()
    assert views.next_stale_at(life.state, ETHER, DOLLAR, life.now) == 0
    life.post_prices(100)
    life.now += 60
    life.post_prices(101, feeders=3)
    stale_at = views.next_stale_at(life.state, ETHER, DOLLAR, life.now)
    assert stale_at == life.now - 60 + MAXIMUM_PRICE_AGE
    assert views.price_at(life.state, ETHER, DOLLAR, stale_at - 1) == 101
    assert views.next_stale_at(life.state, ETHER, DOLLAR, stale_at) == stale_at + 60
    assert views.price_at(life.state, ETHER, DOLLAR, stale_at + 60) == 0
    for now in (life.now, stale_at, stale_at + 59):
        assert views.price_at(life.state, ETHER, DOLLAR, now) == usable_price(life.state, ETHER, DOLLAR, now)


def test_a_price_of_the_last_second_becomes_stale_too() -> None:
    """Given a price of the last second that there is, or the one before / When it is asked
    / Then it becomes stale a day and an hour after.
    """
    life = funded_life()
    life.post_prices(100)
    feed = life.state.feeds.get(1)
    for posted_at in (MAXIMUM_TIMESTAMP - 1, MAXIMUM_TIMESTAMP):
        late = replace(feed, posted_at=(posted_at,) * len(feed.posted_at))
        stale_at = next_stale_of(late, seated_since(life.state, late), MAXIMUM_TIMESTAMP)
        assert stale_at == posted_at + MAXIMUM_PRICE_AGE


def test_what_would_change_a_score() -> None:
    """Given a newcomer / When their score is asked for / Then with what each thing would make of it."""
    life = funded_life()
    life.send(attest("borrower", 7, life.now + 1), ATTESTOR)
    assert views.score_of(life.state, account("borrower"), 50) == 450
    outlook = views.score_outlook(life.state, account("borrower"), 50, 2 * VOLUME_PER_POINT)
    assert outlook == views.ScoreOutlook(
        now=450,
        after_settling_on_time=477,
        after_settling_late=410,
        after_a_default=250,
        with_the_best_rating=700,
    )


def test_an_application_expires_in_a_view_too() -> None:
    """Given an application / When its days are over / Then the view says so before anyone books it."""
    life = funded_life()
    life.send(attest("borrower", 7, life.now + 1), ATTESTOR)
    life.send(application(), "borrower")
    last = life.now + APPLICATION_DAYS * SECONDS_PER_DAY
    assert [views.application_status_on(life.state, 1, when) for when in (last - 1, last)] == [
        ApplicationStatus.APPLIED,
        ApplicationStatus.EXPIRED,
    ]

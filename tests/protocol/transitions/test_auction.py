"""Chapter 9: start_auction and take."""

from dataclasses import replace

import pytest

from lien.protocol.genesis import DOLLAR, ETHER
from lien.protocol.machine import Outcome, step
from lien.protocol.pauses import with_pause
from lien.protocol.state import NO_LOANS, State
from lien.protocol.waterfall import compute_payoff
from lien.spec.assets import ClaimRecorded
from lien.spec.liquidation import (
    AuctionStarted,
    CollateralTaken,
    DeclareDefault,
    DefaultBooked,
    StartAuction,
    Take,
)
from lien.spec.reasons import Reason
from lien.spec.settlement import LoanSettled
from lien.spec.types import LoanStatus, Scope
from lien.spec.units import (
    AUCTION_SECONDS,
    AUCTION_SHARE_SECONDS,
    AUCTION_WAIT_DAYS,
    LAST_AUCTION_ROUND,
    PRICE_SCALE,
    SECONDS_PER_DAY,
    UNIT,
)
from tests.lives import (
    COLLATERAL,
    FIRST_DUE,
    LATE_FEE,
    PRINCIPAL,
    Cases,
    Life,
    account,
    active_life,
    agreed_life,
    check_rejection,
    ledger_after,
    transferred,
)

IN_DEFAULT = FIRST_DUE + 11
INTEREST, DEFAULT_INTEREST = 16_400, 550  # of 41 days, and on the missed instalment of 11 days
DEBT = PRINCIPAL + INTEREST + DEFAULT_INTEREST + LATE_FEE
WORTH = 2_400_000  # of the collateral
PRICE = WORTH * PRICE_SCALE // COLLATERAL
ASK = WORTH * 11 // 10
NEXT_DAY = 400 + 200  # interest and default interest of one more day
START = StartAuction(loan=1)


def buy(amount: int = DEBT, minimum: int = 0) -> Take:
    """Return a purchase from the first loan's auction."""
    return Take(loan=1, amount=amount, minimum_collateral=minimum)


def defaulted_life(**changes: int) -> Life:
    """Book the default on its first day, with the price known."""
    life = active_life(**changes).on(IN_DEFAULT)
    life.post_prices(PRICE)
    life.send(DeclareDefault(loan=1))
    return life


def auctioned_life(**changes: int) -> Life:
    """Go on until the auction has started, in the same second."""
    life = defaulted_life(**changes)
    life.send(START)
    return life


def waited_life() -> Life:
    """Go on without a price to the first day on which an auction needs none."""
    life = active_life().on(IN_DEFAULT + AUCTION_WAIT_DAYS)
    life.send(DeclareDefault(loan=1))
    return life


def later(life: Life, seconds: int) -> Life:
    """Let seconds pass."""
    life.now += seconds
    return life


def in_last_round() -> Life:
    """Restart an auction until its last round has begun."""
    life = auctioned_life()
    for _ in range(LAST_AUCTION_ROUND):
        later(life, AUCTION_SECONDS).send(START)
    return life


# starting


def test_an_auction_starts_above_the_price() -> None:
    """Given a loan in default and a price / When a stranger starts / Then nothing moves but the clock."""
    life = defaulted_life()
    before = life.state
    outcome = life.send(START)
    price = PRICE * 11 // 10
    loan = replace(
        before.loans.get(1), status=LoanStatus.AUCTION, auction_started_at=life.now, auction_price=price
    )
    assert outcome.state == replace(before, loans=before.loans.set(1, loan))
    assert outcome.events == (AuctionStarted(1, 0, price, COLLATERAL),)
    assert outcome.transfers == ()


def test_a_start_books_the_default() -> None:
    """Given a loan past its grace / When its auction starts / Then that is as after a declaration."""
    life = active_life().on(IN_DEFAULT)
    life.post_prices(PRICE)
    outcome = life.send(START)
    assert outcome.events[0] == DefaultBooked(1, PRINCIPAL, INTEREST * UNIT, 0, IN_DEFAULT, 1, 0)
    assert outcome.state == auctioned_life().state


def test_after_the_wait_an_auction_needs_no_price() -> None:
    """Given no price / When the wait is over / Then an auction starts without, and not a second earlier."""
    life = active_life().on(IN_DEFAULT + AUCTION_WAIT_DAYS - 1, SECONDS_PER_DAY - 1)
    assert life.reject(START).reason is Reason.PRICE_UNUSABLE
    outcome = later(life, 1).send(START)
    assert outcome.events[1] == AuctionStarted(1, 0, 0, COLLATERAL)


def test_one_unit_of_collateral_is_auctioned() -> None:
    """Given a loan in default with one unit of collateral / When its auction starts / Then it does."""
    life = defaulted_life()
    loans = life.state.loans
    life.state = replace(life.state, loans=loans.set(1, replace(life.loan(), collateral=1)))
    outcome = step(life.state, START, life.context("stranger"))
    assert isinstance(outcome, Outcome)
    assert outcome.events == (AuctionStarted(1, 0, PRICE * 11 // 10, 1),)


def test_the_least_price_starts_an_auction() -> None:
    """Given the least price that there is / When an auction starts / Then it does, without the wait."""
    life = active_life().on(IN_DEFAULT)
    life.post_prices(1)
    assert life.send(START).events[-1] == AuctionStarted(1, 0, 1, COLLATERAL)


def test_what_is_not_sold_starts_again() -> None:
    """Given a round that is over / When it starts again
    / Then the next begins, at today's price if there is one, else at the last.
    """
    life = auctioned_life()
    assert later(life, AUCTION_SECONDS - 1).reject(START).reason is Reason.AUCTION_RUNNING
    later(life, 1).post_prices(PRICE // 2)
    assert life.send(START).events == (AuctionStarted(1, 1, PRICE * 11 // 20, COLLATERAL),)
    later(life, AUCTION_SECONDS + 2 * 3_600)
    assert life.send(START).events == (AuctionStarted(1, 2, PRICE * 11 // 20, COLLATERAL),)
    assert life.loan().auction_started_at == life.now


STARTS: Cases = {
    Reason.UNKNOWN_LOAN: lambda: (active_life(), StartAuction(loan=2), "stranger"),
    Reason.NOT_LIVE: lambda: (agreed_life(), START, "stranger"),
    Reason.PAUSED: lambda: (paused(defaulted_life()), START, "stranger"),
    Reason.NOT_IN_DEFAULT: lambda: (active_life().on(IN_DEFAULT - 1), START, "stranger"),
    Reason.NO_COLLATERAL: lambda: (defaulted_life(collateral_amount=0), START, "stranger"),
    Reason.AUCTION_RUNNING: lambda: (later(in_last_round(), 10**8), START, "stranger"),
    Reason.PRICE_UNUSABLE: lambda: (active_life().on(IN_DEFAULT), START, "stranger"),
}


def paused(life: Life) -> Life:
    """Pause liquidation."""
    life.state = with_pause(life.state, Scope.LIQUIDATION, life.now)
    return life


@pytest.mark.parametrize("reason", STARTS)
def test_a_start_is_rejected(reason: Reason) -> None:
    """Given a fault in a start / When it is sent / Then it is rejected for that reason."""
    check_rejection(StartAuction, STARTS, reason)


# taking


def test_a_sale_that_covers_the_debt_settles() -> None:
    """Given an ask above the debt / When a taker pays the debt
    / Then they get their part of the lot, and the borrower the rest.
    """
    life = auctioned_life()
    before, debtor = life.state, life.loan()
    outcome = life.send(buy(10**9), "lender")
    sold = COLLATERAL * DEBT // ASK
    share = INTEREST // 10
    loan = replace(
        debtor,
        status=LoanStatus.SETTLED,
        collateral=0,
        principal=0,
        overdue_principal=0,
        interest=0,
        overdue_interest=0,
        default_interest=0,
        late_fees=0,
        interest_paid=INTEREST,
        auction_started_at=0,
        auction_price=0,
    )
    facility = replace(
        before.facilities.get(1),
        cash=before.facilities.get(1).cash + DEBT - share,
        principal=0,
        interest_paid=INTEREST,
        treasury_taken=share,
        defaulted_loans=0,
    )
    balances = {
        (DOLLAR, "lender"): life_balance(before, "lender", DOLLAR) - DEBT,
        (DOLLAR, "treasury"): life_balance(before, "treasury", DOLLAR) + share,
        (DOLLAR, "protocol"): before.ledger.holdings.get(DOLLAR) + DEBT - share,
        (ETHER, "lender"): life_balance(before, "lender", ETHER) + sold,
        (ETHER, "borrower"): life_balance(before, "borrower", ETHER) + COLLATERAL - sold,
        (ETHER, "protocol"): 0,
    }
    holdings = {DOLLAR: before.ledger.holdings.get(DOLLAR) + DEBT - share, ETHER: 0}
    assert outcome.state == replace(
        before,
        ledger=ledger_after(before.ledger, balances, holdings),
        facilities=before.facilities.set(1, facility),
        identities=before.identities.set(1, replace(before.identities.get(1), live_loans=NO_LOANS)),
        loans=before.loans.set(1, loan),
    )
    assert outcome.events == (
        CollateralTaken(
            loan=1,
            taker=account("lender"),
            collateral=sold,
            overdue_interest=INTEREST,
            overdue_principal=PRINCIPAL,
            accrued_interest=0,
            coming_interest=0,
            default_interest=DEFAULT_INTEREST,
            late_fees=LATE_FEE,
            treasury_share=share,
            status=LoanStatus.SETTLED,
        ),
        LoanSettled(1, COLLATERAL - sold, identity=1, is_counted=0, is_late=1),
    )
    assert outcome.transfers == (
        transferred(DOLLAR, "lender", "protocol", DEBT),
        transferred(DOLLAR, "protocol", "treasury", share),
        transferred(ETHER, "protocol", "lender", sold),
        transferred(ETHER, "protocol", "borrower", COLLATERAL - sold),
    )


def life_balance(state: State, name: str, asset: int) -> int:
    """Return what a named actor holds in a state."""
    return Life(state).balance(name, asset)


def test_a_part_pays_principal_first() -> None:
    """Given an ask above the debt / When a part is bought / Then principal falls, and the auction goes on."""
    life = auctioned_life()
    debtor = life.loan()
    outcome = life.send(buy(500_000), "lender")
    sold = COLLATERAL * 500_000 // ASK
    assert life.loan() == replace(
        debtor, collateral=COLLATERAL - sold, principal=700_000, overdue_principal=700_000
    )
    (taken,) = outcome.events
    assert isinstance(taken, CollateralTaken)
    assert (taken.overdue_principal, taken.overdue_interest, taken.collateral) == (500_000, 0, sold)
    assert taken.status == LoanStatus.AUCTION


def test_below_the_debt_the_whole_lot_is_sold() -> None:
    """Given an ask below the debt / When a taker pays it
    / Then they get everything, and the loan is in default with what is still owed.

    At noon of the second round the ask is 41.25 % of what the collateral was worth.
    """
    life = later(auctioned_life(), AUCTION_SECONDS)
    life.send(START)
    later(life, AUCTION_SECONDS // 2)
    ask = ASK * 3 // 8
    assert life.reject(buy(ask - 1)).reason is Reason.AMOUNT_BELOW_ASK
    debtor = life.loan()
    life.send(buy(10**9, COLLATERAL), "lender")
    assert life.loan() == replace(
        debtor,
        status=LoanStatus.DEFAULTED,
        collateral=0,
        principal=PRINCIPAL - ask,
        overdue_principal=PRINCIPAL - ask,
        auction_round=0,
        auction_started_at=0,
        auction_price=0,
    )
    assert compute_payoff(life.loan(), 0).taken == DEBT + NEXT_DAY - ask
    assert life.reject(START).reason is Reason.NO_COLLATERAL


def test_in_the_end_one_unit_buys_everything() -> None:
    """Given the last round / When it has run down / Then one unit buys all, however late."""
    life = later(in_last_round(), AUCTION_SECONDS)
    life.send(buy(1, COLLATERAL), "lender")
    assert (life.loan().status, life.loan().collateral) == (LoanStatus.DEFAULTED, 0)
    assert life.loan().principal == PRINCIPAL - 1


def test_without_a_price_a_share_is_for_the_debt() -> None:
    """Given an auction without a price / When half of the share's time has passed
    / Then half of the collateral covers the debt.
    """
    life = waited_life()
    life.send(START)
    later(life, AUCTION_SHARE_SECONDS // 2)
    outcome = life.send(buy(10**9, COLLATERAL // 2), "lender")
    assert isinstance(outcome.events[0], CollateralTaken)
    assert outcome.events[0].collateral == COLLATERAL // 2
    assert outcome.events[1] == LoanSettled(1, COLLATERAL // 2, identity=1, is_counted=0, is_late=1)


def test_a_payoff_ends_the_auction() -> None:
    """Given an auction / When the borrower pays in part, then off / Then it goes on, then it is over."""
    life = auctioned_life()
    life.repay(1_001)
    assert life.loan().status == LoanStatus.AUCTION
    life.repay(10**9)
    settled = life.loan()
    assert settled.status == LoanStatus.SETTLED
    assert (settled.auction_round, settled.auction_started_at, settled.auction_price) == (0, 0, 0)
    assert life.balance("borrower", ETHER) == 10**19
    assert life.reject(buy()).reason is Reason.NOT_IN_AUCTION


def test_collateral_of_a_frozen_taker_waits() -> None:
    """Given a taker who is frozen / When they take / Then what they bought waits as a claim."""
    life = auctioned_life()
    ledger = life.state.ledger
    life.state = replace(life.state, ledger=replace(ledger, frozen=ledger.frozen.set(account("lender"), 1)))
    outcome: Outcome = life.send(buy(500_000), "lender")
    sold = COLLATERAL * 500_000 // ASK
    assert outcome.events[0] == ClaimRecorded(ETHER, account("lender"), sold)


def test_the_last_part_has_to_settle() -> None:
    """Given a minimum principal / When a part would leave less / Then only all of the debt can be bought."""
    life = auctioned_life(minimum_principal=400_000)
    assert life.reject(buy(800_001), "lender").reason is Reason.REMAINDER_BELOW_MINIMUM
    life.send(buy(800_000), "lender")
    assert life.reject(buy(1), "lender").reason is Reason.REMAINDER_BELOW_MINIMUM
    life.send(buy(10**9), "lender")
    assert life.loan().status == LoanStatus.SETTLED


def test_below_the_debt_the_rest_may_be_small() -> None:
    """Given a minimum principal, and an ask below the debt / When a taker pays it
    / Then less than the minimum is left, since no collateral is.
    """
    life = later(auctioned_life(minimum_principal=PRINCIPAL), AUCTION_SECONDS)
    life.send(START)
    later(life, AUCTION_SECONDS // 2)
    life.send(buy(10**9), "lender")
    assert (life.loan().status, life.loan().principal) == (LoanStatus.DEFAULTED, PRINCIPAL - ASK * 3 // 8)


PURCHASES: Cases = {
    Reason.UNKNOWN_LOAN: lambda: (active_life(), Take(loan=2, amount=1, minimum_collateral=0), "lender"),
    Reason.ZERO_AMOUNT: lambda: (auctioned_life(), buy(0), "lender"),
    Reason.NOT_IN_AUCTION: lambda: (defaulted_life(), buy(), "lender"),
    Reason.OWN_LOAN: lambda: (auctioned_life(), buy(), "borrower"),
    Reason.PAUSED: lambda: (paused(auctioned_life()), buy(), "lender"),
    Reason.AUCTION_OVER: lambda: (later(auctioned_life(), AUCTION_SECONDS), buy(), "lender"),
    Reason.AMOUNT_BELOW_ASK: lambda: (in_last_round(), buy(1), "lender"),
    Reason.REMAINDER_BELOW_MINIMUM: lambda: (auctioned_life(), buy(DEBT - 1), "lender"),
    Reason.COLLATERAL_BELOW_MINIMUM: lambda: (
        auctioned_life(),
        buy(DEBT, COLLATERAL * DEBT // ASK + 1),
        "lender",
    ),
    Reason.INSUFFICIENT_BALANCE: lambda: (auctioned_life(), buy(), "treasury"),
}


@pytest.mark.parametrize("reason", PURCHASES)
def test_a_purchase_is_rejected(reason: Reason) -> None:
    """Given a fault in a purchase / When it is sent / Then it is rejected for that reason."""
    check_rejection(Take, PURCHASES, reason)

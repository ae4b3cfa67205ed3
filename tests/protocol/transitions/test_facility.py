"""Chapter 4: open_facility, deposit and redeem."""

from dataclasses import replace

import pytest

from lien.protocol.builders import percent
from lien.protocol.genesis import DOLLAR, ETHER
from lien.protocol.state import Facility
from lien.spec.assets import ClaimRecorded
from lien.spec.facility import Deposit, Deposited, FacilityOpened, OpenFacility, Redeem, Redeemed
from lien.spec.reasons import Reason
from lien.spec.types import Scope
from lien.spec.units import (
    INTEREST_FEE_CAP,
    MAXIMUM_AMOUNT,
    MAXIMUM_NUMBER,
    MAXIMUM_SHARES_PER_ASSET,
    REDEMPTION_LOCK_DAYS,
    VIRTUAL_SHARES,
    WAD,
)
from tests.lives import (
    CASH,
    FIRST_DUE,
    MONTH_OF_INTEREST,
    PART,
    START,
    Cases,
    Life,
    account,
    active_life,
    check_rejection,
    edited,
    funded_life,
    ledger_after,
    new_life,
    paused,
    transferred,
)

SHARES = CASH * VIRTUAL_SHARES  # of the first deposit
UNLOCKED = START + REDEMPTION_LOCK_DAYS


# opening


def test_a_facility_is_opened_empty_and_its_servicer_is_the_sender() -> None:
    """Given nothing / When someone opens a facility / Then it has the next number, and nothing in it."""
    life = new_life()
    before = life.state
    outcome = life.send(OpenFacility(asset=ETHER, interest_fee=INTEREST_FEE_CAP, lender=0), "servicer")
    facility = Facility(
        asset=ETHER,
        servicer=account("servicer"),
        interest_fee=INTEREST_FEE_CAP,
        cash=0,
        shares=0,
        principal=0,
        loans=0,
        interest_paid=0,
        treasury_taken=0,
        slopes=(0, 0, 0, 0),
        offsets=(0, 0, 0, 0),
        carry=0,
        lender=0,
        is_approved=0,
        deposit_cap=MAXIMUM_AMOUNT,
        cover_ratio=0,
        concentration_limit=WAD,
        is_winding_down=0,
        queue_head=0,
        queue_tail=0,
        cover=0,
        cover_notice_amount=0,
        cover_notice_day=0,
        defaulted_loans=0,
        recovered_amount=0,
        recovered_day=0,
    )
    assert outcome.state == replace(
        before, timestamp=life.now, facility_count=1, facilities=before.facilities.set(1, facility)
    )
    assert outcome.events == (FacilityOpened(1, ETHER, account("servicer"), INTEREST_FEE_CAP, 0),)
    assert outcome.transfers == ()


def crowded_life() -> Life:
    """Use up all facility numbers."""
    life = new_life()
    life.state = replace(life.state, facility_count=MAXIMUM_NUMBER)
    return life


OPENINGS: Cases = {
    Reason.UNKNOWN_ASSET: lambda: (new_life(), OpenFacility(asset=1, interest_fee=0, lender=0), "servicer"),
    Reason.INTEREST_FEE_ABOVE_CAP: lambda: (
        new_life(),
        OpenFacility(asset=DOLLAR, interest_fee=INTEREST_FEE_CAP + 1, lender=0),
        "servicer",
    ),
    Reason.INTEREST_FEE_BELOW_FLOOR: lambda: (
        Life(replace(new_life().state, interest_fee_floor=percent(5))),
        OpenFacility(asset=DOLLAR, interest_fee=percent(5) - 1, lender=0),
        "servicer",
    ),
    Reason.TOO_MANY_FACILITIES: lambda: (
        crowded_life(),
        OpenFacility(asset=DOLLAR, interest_fee=0, lender=0),
        "servicer",
    ),
}


@pytest.mark.parametrize("reason", OPENINGS)
def test_an_opening_is_rejected(reason: Reason) -> None:
    """Given a fault in an opening / When it is sent / Then it is rejected for that reason."""
    check_rejection(OpenFacility, OPENINGS, reason)


# depositing


def test_the_first_deposit_buys_a_million_shares_a_unit() -> None:
    """Given an empty facility / When a lender deposits
    / Then shares, cash and balance change by exactly that.
    """
    life = new_life()
    life.send(OpenFacility(asset=DOLLAR, interest_fee=percent(10), lender=0), "servicer")
    before = life.state
    outcome = life.send(Deposit(facility=1, amount=CASH, minimum_shares=SHARES), "lender")
    facility = replace(before.facilities.get(1), cash=CASH, shares=SHARES)
    position = (1, account("lender"))
    assert outcome.state == replace(
        before,
        ledger=ledger_after(
            before.ledger,
            balances={(DOLLAR, "lender"): 10**9 - CASH, (DOLLAR, "protocol"): CASH},
            holdings={DOLLAR: CASH},
        ),
        facilities=before.facilities.set(1, facility),
        shares=before.shares.set(position, SHARES),
        deposit_days=before.deposit_days.set(position, START),
    )
    assert outcome.events == (Deposited(1, account("lender"), CASH, SHARES),)
    assert outcome.transfers == (transferred(DOLLAR, "lender", "protocol", CASH),)


def test_a_deposit_pays_for_interest_up_to_tomorrow() -> None:
    """Given a loan of 1.2 million at 1 % a month / When a second lender deposits on day 9
    / Then as of day 10.

    Net assets are then 10,000,000 and 90 % of 12,000 x 10/30.
    """
    life = active_life().on(START + 9)
    assets = CASH + 4_000 * 9 // 10
    bought = CASH * (SHARES + VIRTUAL_SHARES) // (assets + 1)
    outcome = life.send(Deposit(facility=1, amount=CASH, minimum_shares=0), "second_lender")
    assert outcome.events == (Deposited(1, account("second_lender"), CASH, bought),)
    assert bought < SHARES


def test_a_deposit_renews_the_lock_of_all_shares() -> None:
    """Given a lender past the lock / When they deposit one unit more / Then all their shares wait again."""
    life = funded_life().on(UNLOCKED)
    life.send(Deposit(facility=1, amount=1, minimum_shares=0), "lender")
    redeem = Redeem(facility=1, shares=1_000_000, minimum_amount=0)
    assert life.reject(redeem, "lender").reason is Reason.DEPOSIT_TOO_RECENT
    life.on(UNLOCKED + REDEMPTION_LOCK_DAYS).send(redeem, "lender")


def bilateral_life() -> Life:
    """Open a facility of one lender."""
    life = new_life()
    life.send(OpenFacility(asset=DOLLAR, interest_fee=0, lender=account("lender")), "servicer")
    return life


def test_a_facility_of_one_lender_takes_that_lenders_deposit() -> None:
    """Given a facility of one lender / When that lender deposits / Then it is taken."""
    life = bilateral_life()
    life.send(Deposit(facility=1, amount=CASH, minimum_shares=0), "lender")
    assert life.facility().lender == account("lender")


def test_the_servicer_can_be_the_one_lender() -> None:
    """Given a servicer who lends their own money / When they open and deposit / Then both are accepted."""
    life = new_life()
    life.send(OpenFacility(asset=DOLLAR, interest_fee=0, lender=account("servicer")), "servicer")
    life.send(Deposit(facility=1, amount=CASH, minimum_shares=0), "servicer")


def test_a_deposit_reaches_the_cap() -> None:
    """Given a cap / When a deposit brings cash and principal to it / Then it is taken."""
    life = edited(active_life(), deposit_cap=CASH + 1)
    life.send(Deposit(facility=1, amount=1, minimum_shares=0), "lender")


DEPOSITS: Cases = {
    Reason.UNKNOWN_FACILITY: lambda: (
        funded_life(),
        Deposit(facility=2, amount=1, minimum_shares=0),
        "lender",
    ),
    Reason.PAUSED: lambda: (
        paused(funded_life(), Scope.DEPOSITS),
        Deposit(facility=1, amount=1, minimum_shares=0),
        "lender",
    ),
    Reason.NOT_THE_LENDER: lambda: (
        bilateral_life(),
        Deposit(facility=1, amount=1, minimum_shares=0),
        "second_lender",
    ),
    Reason.ZERO_AMOUNT: lambda: (funded_life(), Deposit(facility=1, amount=0, minimum_shares=0), "lender"),
    Reason.FACILITY_WINDS_DOWN: lambda: (
        edited(funded_life(), is_winding_down=1),
        Deposit(facility=1, amount=1, minimum_shares=0),
        "lender",
    ),
    Reason.DEPOSIT_CAP_EXCEEDED: lambda: (
        edited(active_life(), deposit_cap=CASH + 1),
        Deposit(facility=1, amount=2, minimum_shares=0),
        "lender",
    ),
    Reason.BOOK_NOT_CURRENT: lambda: (
        active_life().on(FIRST_DUE + 60),
        Deposit(facility=1, amount=2, minimum_shares=0),
        "lender",
    ),
    Reason.FACILITY_DILUTED: lambda: (
        edited(funded_life(), shares=MAXIMUM_SHARES_PER_ASSET * (CASH + 1) + 1),
        Deposit(facility=1, amount=1, minimum_shares=0),
        "lender",
    ),
    Reason.ZERO_SHARES: lambda: (
        edited(funded_life(), shares=0),
        Deposit(facility=1, amount=CASH // VIRTUAL_SHARES, minimum_shares=0),
        "lender",
    ),
    Reason.SHARES_BELOW_MINIMUM: lambda: (
        funded_life(),
        Deposit(facility=1, amount=1, minimum_shares=VIRTUAL_SHARES + 1),
        "lender",
    ),
    Reason.INSUFFICIENT_BALANCE: lambda: (
        funded_life(),
        Deposit(facility=1, amount=10**9 - CASH + 1, minimum_shares=0),
        "lender",
    ),
}


@pytest.mark.parametrize("reason", DEPOSITS)
def test_a_deposit_is_rejected(reason: Reason) -> None:
    """Given a fault in a deposit / When it is sent / Then it is rejected for that reason."""
    check_rejection(Deposit, DEPOSITS, reason)


# redeeming


def test_a_redemption_pays_what_the_shares_are_worth() -> None:
    """Given a lender past the lock / When they redeem half / Then they receive half of the cash."""
    life = funded_life().on(UNLOCKED)
    before, half = life.state, SHARES // 2
    outcome = life.send(Redeem(facility=1, shares=half, minimum_amount=CASH // 2), "lender")
    facility = replace(before.facilities.get(1), cash=CASH // 2, shares=half)
    assert outcome.state == replace(
        before,
        timestamp=life.now,
        ledger=ledger_after(
            before.ledger,
            balances={(DOLLAR, "lender"): 10**9 - CASH // 2, (DOLLAR, "protocol"): CASH // 2},
            holdings={DOLLAR: CASH // 2},
        ),
        facilities=before.facilities.set(1, facility),
        shares=before.shares.set((1, account("lender")), half),
    )
    assert outcome.events == (Redeemed(1, account("lender"), half, CASH // 2),)
    assert outcome.transfers == (transferred(DOLLAR, "protocol", "lender", CASH // 2),)


def test_a_redemption_to_a_refused_lender_becomes_a_claim() -> None:
    """Given a lender whom the dollar refuses / When they redeem
    / Then nothing moves, and all of it is theirs.
    """
    life = funded_life(refuses={"dUSD": ("lender",)}).on(UNLOCKED)
    before = life.state
    outcome = life.send(Redeem(facility=1, shares=SHARES, minimum_amount=0), "lender")
    assert outcome.transfers == ()
    lender = account("lender")
    assert outcome.events == (ClaimRecorded(DOLLAR, lender, CASH), Redeemed(1, lender, SHARES, CASH))
    assert outcome.state.ledger == replace(
        before.ledger, claims=before.ledger.claims.set((DOLLAR, lender), CASH)
    )
    assert outcome.state.facilities.get(1).cash == 0


def test_a_redemption_is_priced_at_today() -> None:
    """Given a paid month of interest / When everything idle is redeemed
    / Then at cash and principal outstanding.
    """
    life = active_life().on(FIRST_DUE)
    life.repay(PART + MONTH_OF_INTEREST)
    lenders = CASH + MONTH_OF_INTEREST * 9 // 10
    worth = SHARES // 2 * (lenders + 1) // (SHARES + VIRTUAL_SHARES)
    outcome = life.send(Redeem(facility=1, shares=SHARES // 2, minimum_amount=worth), "lender")
    assert outcome.events == (Redeemed(1, account("lender"), SHARES // 2, worth),)


REDEMPTIONS: Cases = {
    Reason.UNKNOWN_FACILITY: lambda: (
        funded_life(),
        Redeem(facility=0, shares=1, minimum_amount=0),
        "lender",
    ),
    Reason.ZERO_SHARES: lambda: (funded_life(), Redeem(facility=1, shares=0, minimum_amount=0), "lender"),
    Reason.INSUFFICIENT_SHARES: lambda: (
        funded_life().on(UNLOCKED),
        Redeem(facility=1, shares=SHARES + 1, minimum_amount=0),
        "lender",
    ),
    Reason.DEPOSIT_TOO_RECENT: lambda: (
        funded_life().on(UNLOCKED - 1, 86_399),
        Redeem(facility=1, shares=SHARES, minimum_amount=0),
        "lender",
    ),
    Reason.QUEUE_NOT_EMPTY: lambda: (
        edited(funded_life().on(UNLOCKED), queue_tail=1),
        Redeem(facility=1, shares=1, minimum_amount=0),
        "lender",
    ),
    Reason.BOOK_NOT_CURRENT: lambda: (
        active_life().on(FIRST_DUE + 60),
        Redeem(facility=1, shares=1, minimum_amount=0),
        "lender",
    ),
    Reason.ZERO_AMOUNT: lambda: (
        funded_life().on(UNLOCKED),
        Redeem(facility=1, shares=VIRTUAL_SHARES - 1, minimum_amount=0),
        "lender",
    ),
    Reason.AMOUNT_BELOW_MINIMUM: lambda: (
        funded_life().on(UNLOCKED),
        Redeem(facility=1, shares=SHARES, minimum_amount=CASH + 1),
        "lender",
    ),
    Reason.INSUFFICIENT_CASH: lambda: (
        active_life().on(UNLOCKED),
        Redeem(facility=1, shares=SHARES, minimum_amount=0),
        "lender",
    ),
}


@pytest.mark.parametrize("reason", REDEMPTIONS)
def test_a_redemption_is_rejected(reason: Reason) -> None:
    """Given a fault in a redemption / When it is sent / Then it is rejected for that reason."""
    check_rejection(Redeem, REDEMPTIONS, reason)


def test_inflating_the_first_deposit_gains_nothing() -> None:
    """Given an attacker with one unit in / When they donate before a deposit
    / Then the share price stands still.
    """
    life = new_life()
    life.send(OpenFacility(asset=DOLLAR, interest_fee=0, lender=0), "servicer")
    life.send(Deposit(facility=1, amount=1, minimum_shares=0), "stranger")
    outcome = life.send(Deposit(facility=1, amount=CASH, minimum_shares=0), "lender")
    assert outcome.events == (Deposited(1, account("lender"), CASH, SHARES),)


def test_depositing_and_redeeming_returns_no_more() -> None:
    """Given a loan in default, which accrues nothing / When someone deposits and redeems
    / Then with no gain.
    """
    life = active_life(grace_days=0).on(FIRST_DUE + 1)
    life.repay(1)
    assert life.loan().status.name == "DEFAULTED"
    outcome = life.send(Deposit(facility=1, amount=999_999, minimum_shares=0), "second_lender")
    shares = outcome.state.shares.get((1, account("second_lender")))
    life.on(FIRST_DUE + 1 + REDEMPTION_LOCK_DAYS)
    life.send(Redeem(facility=1, shares=shares, minimum_amount=0), "second_lender")
    assert life.balance("second_lender") <= 10**9

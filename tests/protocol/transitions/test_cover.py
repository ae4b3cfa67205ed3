"""Chapter 4: wind_down, deposit_cover, announce_cover_withdrawal and withdraw_cover."""

from dataclasses import replace

import pytest

from lien.protocol.builders import percent
from lien.protocol.genesis import DOLLAR
from lien.spec.agreement import Offer
from lien.spec.assets import ClaimRecorded
from lien.spec.disbursement import Disburse
from lien.spec.facility import (
    AnnounceCoverWithdrawal,
    CoverDeposited,
    CoverWithdrawalAnnounced,
    CoverWithdrawn,
    Deposit,
    DepositCover,
    Redeem,
    WindDown,
    WindDownBegun,
    WithdrawCover,
)
from lien.spec.liquidation import DeclareDefault
from lien.spec.reasons import Reason
from lien.spec.units import (
    COVER_NOTICE_DAYS,
    COVER_WINDOW_DAYS,
    MAXIMUM_GRACE_DAYS,
    REDEMPTION_LOCK_DAYS,
    VIRTUAL_SHARES,
)
from tests.lives import (
    CASH,
    FIRST_DUE,
    PRINCIPAL,
    START,
    Cases,
    Life,
    account,
    active_life,
    agreed_life,
    check_rejection,
    edited,
    funded_life,
    ledger_after,
    make_terms,
    transferred,
)

COVER = 500_000
OPENS = START + COVER_NOTICE_DAYS
CLOSES = OPENS + COVER_WINDOW_DAYS
WIND_DOWN = WindDown(facility=1)


def put(amount: int = COVER) -> DepositCover:
    """Return a deposit of cover into the first facility."""
    return DepositCover(facility=1, amount=amount)


def announce(amount: int = COVER) -> AnnounceCoverWithdrawal:
    """Return a notice."""
    return AnnounceCoverWithdrawal(facility=1, amount=amount)


def withdraw(amount: int = COVER) -> WithdrawCover:
    """Return a withdrawal of cover from the first facility."""
    return WithdrawCover(facility=1, amount=amount)


def covered_life(life: Life | None = None) -> Life:
    """Go on until the servicer has put cover in and given notice to take it out."""
    life = life or funded_life()
    life.send(put(), "servicer")
    life.send(announce(), "servicer")
    return life


# winding down


def test_a_facility_that_winds_down_only_pays_out() -> None:
    """Given an agreed loan / When its facility winds down
    / Then it takes no deposit, offers and disburses nothing, and redeems.
    """
    life = agreed_life()
    approved = life.approve(make_terms())
    before = life.state
    outcome = life.send(WIND_DOWN, "servicer")
    facility = replace(before.facilities.get(1), is_winding_down=1)
    assert outcome.state == replace(before, facilities=before.facilities.set(1, facility))
    assert outcome.events == (WindDownBegun(1),)
    for call, sender in (
        (Deposit(facility=1, amount=1, minimum_shares=0), "lender"),
        (Offer(application=approved, terms=make_terms()), "servicer"),
        (Disburse(loan=1), "borrower"),
        (WIND_DOWN, "servicer"),
    ):
        assert life.reject(call, sender).reason is Reason.FACILITY_WINDS_DOWN
    redeem = Redeem(facility=1, shares=CASH * VIRTUAL_SHARES, minimum_amount=CASH)
    life.on(START + REDEMPTION_LOCK_DAYS).send(redeem, "lender")


def test_a_facility_that_winds_down_takes_payments() -> None:
    """Given a loan that is out / When its facility winds down / Then the loan is paid off as ever."""
    life = active_life()
    life.send(WIND_DOWN, "servicer")
    life.repay(10**9)
    assert life.loan().status.name == "SETTLED"


WIND_DOWNS: Cases = {
    Reason.UNKNOWN_FACILITY: lambda: (funded_life(), WindDown(facility=2), "servicer"),
    Reason.NOT_SERVICER: lambda: (funded_life(), WIND_DOWN, "lender"),
    Reason.FACILITY_WINDS_DOWN: lambda: (
        edited(funded_life(), is_winding_down=1),
        WIND_DOWN,
        "servicer",
    ),
}


@pytest.mark.parametrize("reason", WIND_DOWNS)
def test_winding_down_is_rejected(reason: Reason) -> None:
    """Given a fault in winding down / When it is sent / Then it is rejected for that reason."""
    check_rejection(WindDown, WIND_DOWNS, reason)


# putting cover in


def test_cover_is_recorded_apart_from_cash() -> None:
    """Given a funded facility / When its servicer puts cover in / Then cash and share price stay."""
    life = funded_life()
    before = life.state
    outcome = life.send(put(), "servicer")
    facility = replace(before.facilities.get(1), cover=COVER)
    assert outcome.state == replace(
        before,
        ledger=ledger_after(
            before.ledger,
            balances={(DOLLAR, "servicer"): 10**9 - COVER, (DOLLAR, "protocol"): CASH + COVER},
            holdings={DOLLAR: CASH + COVER},
        ),
        facilities=before.facilities.set(1, facility),
    )
    assert outcome.events == (CoverDeposited(1, COVER),)
    assert outcome.transfers == (transferred(DOLLAR, "servicer", "protocol", COVER),)


COVER_DEPOSITS: Cases = {
    Reason.UNKNOWN_FACILITY: lambda: (funded_life(), DepositCover(facility=2, amount=1), "servicer"),
    Reason.NOT_SERVICER: lambda: (funded_life(), put(), "lender"),
    Reason.ZERO_AMOUNT: lambda: (funded_life(), put(0), "servicer"),
    Reason.INSUFFICIENT_BALANCE: lambda: (funded_life(), put(10**9 + 1), "servicer"),
}


@pytest.mark.parametrize("reason", COVER_DEPOSITS)
def test_a_deposit_of_cover_is_rejected(reason: Reason) -> None:
    """Given a fault in a deposit of cover / When it is sent / Then it is rejected for that reason."""
    check_rejection(DepositCover, COVER_DEPOSITS, reason)


# taking cover out


def test_a_notice_takes_the_place_of_the_one_before() -> None:
    """Given a notice / When another is given ten days later / Then the days count from that one."""
    life = covered_life().on(START + 10)
    before = life.state
    outcome = life.send(announce(7), "servicer")
    facility = replace(before.facilities.get(1), cover_notice_amount=7, cover_notice_day=START + 10)
    assert outcome.state == replace(before, timestamp=life.now, facilities=before.facilities.set(1, facility))
    assert outcome.events == (CoverWithdrawalAnnounced(1, 7),)


ANNOUNCEMENTS: Cases = {
    Reason.UNKNOWN_FACILITY: lambda: (
        funded_life(),
        AnnounceCoverWithdrawal(facility=2, amount=1),
        "servicer",
    ),
    Reason.NOT_SERVICER: lambda: (funded_life(), announce(), "lender"),
}


@pytest.mark.parametrize("reason", ANNOUNCEMENTS)
def test_a_notice_is_rejected(reason: Reason) -> None:
    """Given a fault in a notice / When it is sent / Then it is rejected for that reason."""
    check_rejection(AnnounceCoverWithdrawal, ANNOUNCEMENTS, reason)


def test_cover_leaves_after_its_notice() -> None:
    """Given a notice that has ended / When the servicer takes a part out / Then the rest stays announced."""
    life = covered_life().on(OPENS)
    before = life.state
    outcome = life.send(withdraw(COVER - 1), "servicer")
    facility = replace(before.facilities.get(1), cover=1, cover_notice_amount=1)
    assert outcome.state == replace(
        before,
        timestamp=life.now,
        ledger=ledger_after(
            before.ledger,
            balances={(DOLLAR, "servicer"): 10**9 - 1, (DOLLAR, "protocol"): CASH + 1},
            holdings={DOLLAR: CASH + 1},
        ),
        facilities=before.facilities.set(1, facility),
    )
    assert outcome.events == (CoverWithdrawn(1, COVER - 1),)
    assert life.reject(withdraw(2), "servicer").reason is Reason.COVER_NOT_ANNOUNCED
    life.on(CLOSES - 1, 86_399).send(withdraw(1), "servicer")


def test_a_refused_servicer_has_a_claim() -> None:
    """Given a servicer whom the dollar refuses / When they take cover out / Then it is a claim."""
    life = covered_life(funded_life(refuses={"dUSD": ("servicer",)})).on(OPENS)
    outcome = life.send(withdraw(), "servicer")
    claim = ClaimRecorded(DOLLAR, account("servicer"), COVER)
    assert outcome.events == (claim, CoverWithdrawn(1, COVER))


def test_what_the_principal_requires_stays() -> None:
    """Given a loan of 1.2 million and a cover ratio of 10 % / When cover is taken out
    / Then 120,000 stay, until the loan is paid.
    """
    life = edited(covered_life(active_life(grace_days=0)), cover_ratio=percent(10))
    life.on(FIRST_DUE).repay(PRINCIPAL // 2)
    required = life.facility().principal // 10
    for due in (2, 3, 4):
        life.on(FIRST_DUE + 28 * (due - 1)).repay(1)
    life.on(OPENS)
    life.state = replace(life.state, timestamp=life.now)
    ready = edited(life, defaulted_loans=0)
    assert ready.reject(withdraw(COVER - required + 1), "servicer").reason is Reason.COVER_INSUFFICIENT


def test_a_notice_outlasts_every_grace() -> None:
    """Given the longest grace / When a notice begins on a missed due date
    / Then the loan is in default, or paid, before it ends.
    """
    assert COVER_NOTICE_DAYS > MAXIMUM_GRACE_DAYS + 1


def defaulted_life() -> Life:
    """Book a default before the notice ends."""
    life = covered_life(active_life()).on(FIRST_DUE + 11)
    life.send(DeclareDefault(loan=1))
    return life.on(OPENS)


def test_a_default_is_counted_until_it_is_paid() -> None:
    """Given a default / When it is paid off / Then no loan is in default, and cover can be taken out."""
    life = defaulted_life()
    assert life.facility().defaulted_loans == 1
    life.repay(10**9)
    assert life.facility().defaulted_loans == 0
    life.send(withdraw(), "servicer")


WITHDRAWALS: Cases = {
    Reason.UNKNOWN_FACILITY: lambda: (covered_life(), WithdrawCover(facility=2, amount=1), "servicer"),
    Reason.NOT_SERVICER: lambda: (covered_life().on(OPENS), withdraw(), "lender"),
    Reason.ZERO_AMOUNT: lambda: (covered_life().on(OPENS), withdraw(0), "servicer"),
    Reason.COVER_NOT_ANNOUNCED: lambda: (covered_life().on(OPENS), withdraw(COVER + 1), "servicer"),
    Reason.COVER_NOTICE_RUNNING: lambda: (covered_life().on(OPENS - 1, 86_399), withdraw(), "servicer"),
    Reason.COVER_WINDOW_CLOSED: lambda: (covered_life().on(CLOSES), withdraw(), "servicer"),
    Reason.BOOK_NOT_CURRENT: lambda: (covered_life(active_life()).on(OPENS), withdraw(), "servicer"),
    Reason.BOOK_NOT_CLEAN: lambda: (defaulted_life(), withdraw(), "servicer"),
    Reason.COVER_INSUFFICIENT: lambda: (
        edited(covered_life().on(OPENS), cover_notice_amount=COVER + 1),
        withdraw(COVER + 1),
        "servicer",
    ),
}


@pytest.mark.parametrize("reason", WITHDRAWALS)
def test_a_withdrawal_is_rejected(reason: Reason) -> None:
    """Given a fault in a withdrawal / When it is sent / Then it is rejected for that reason."""
    check_rejection(WithdrawCover, WITHDRAWALS, reason)

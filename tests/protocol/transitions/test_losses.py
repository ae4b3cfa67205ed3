"""Chapters 8 and 9: impair, lift_impairment, write_off and recover."""

from dataclasses import replace
from typing import Any

import pytest

from lien.protocol.accrual import catch_up
from lien.protocol.aggregate import recount
from lien.protocol.calendar import day_of
from lien.protocol.genesis import DOLLAR
from lien.protocol.maps import Figures
from lien.protocol.state import NO_LOANS
from lien.protocol.valuation import exit_assets, net_assets
from lien.spec.assets import ClaimRecorded
from lien.spec.facility import DepositCover, Redeem, WithdrawCover
from lien.spec.liquidation import DeclareDefault, DefaultBooked, Recover, Recovered, WriteOff, WrittenOff
from lien.spec.reasons import Reason
from lien.spec.repayment import Impair, Impaired, ImpairmentLifted, LiftImpairment
from lien.spec.types import LoanStatus
from lien.spec.units import RECOVERY_DAYS, REDEMPTION_LOCK_DAYS, WRITE_OFF_DAYS
from tests.lives import (
    CASH,
    FIRST_DUE,
    MONTH_OF_INTEREST,
    PART,
    PRINCIPAL,
    START,
    Cases,
    Life,
    account,
    active_life,
    agreed_life,
    check_rejection,
    edited,
    ledger_after,
    transferred,
)

COVER = 500_000
DEFAULT_DAY = FIRST_DUE + 11
OPENS = DEFAULT_DAY + WRITE_OFF_DAYS
LENDERS_LOSS = PRINCIPAL - COVER
OTHERS_DOLLARS = 10**9  # of every actor, before any call
WRITE_OFF = WriteOff(loan=1)
LIFT = LiftImpairment(loan=1)


def impair(amount: int) -> Impair:
    """Return an impairment of the first loan."""
    return Impair(loan=1, amount=amount)


def recovery(amount: int) -> Recover:
    """Return a recovery on the first loan."""
    return Recover(loan=1, amount=amount)


def with_loan(life: Life, **changes: Any) -> Life:
    """Change the first loan to what no calls of a test would reach."""
    life.state = replace(life.state, loans=life.state.loans.set(1, replace(life.loan(), **changes)))
    return life


def covered_life(cover: int = COVER) -> Life:
    """Go on until a loan without collateral is disbursed, beside cover."""
    life = active_life(collateral_amount=0)
    life.send(DepositCover(facility=1, amount=cover), "servicer")
    return life


def defaulted_life(cover: int = COVER) -> Life:
    """Book the default on its first day."""
    life = covered_life(cover).on(DEFAULT_DAY)
    life.send(DeclareDefault(loan=1))
    return life


def lost_life(cover: int = COVER) -> Life:
    """Write the loan off on the first day on which that can be done."""
    life = defaulted_life(cover).on(OPENS)
    life.send(WRITE_OFF, "servicer")
    return life


# impairment


def test_an_impairment_is_for_who_leaves() -> None:
    """Given a loan ten days old / When its servicer impairs it by a quarter
    / Then lenders leave for that much less, and nothing else changes but the time to which it is accrued.
    """
    life = active_life().on(START + 10)
    before, prices = life.state, net_assets(life.facility(), life.today)
    outcome = life.send(impair(PART), "servicer")
    caught_up = catch_up(before.loans.get(1), START + 10)
    loan = replace(caught_up, impairment=PART)
    facility = recount(before.facilities.get(1), before.loans.get(1), loan)
    assert outcome.state == replace(
        before,
        timestamp=life.now,
        facilities=before.facilities.set(1, facility),
        loans=before.loans.set(1, loan),
    )
    assert outcome.events == (Impaired(1, PART, LoanStatus.ACTIVE),)
    assert outcome.transfers == ()
    assert net_assets(life.facility(), life.today) == prices
    assert exit_assets(life.facility(), life.today) == prices - PART
    assert caught_up.interest > before.loans.get(1).interest == 0


def test_an_impairment_finds_a_default() -> None:
    """Given a loan past its grace / When it is impaired / Then the default is booked by the same call."""
    life = active_life().on(DEFAULT_DAY)
    outcome = life.send(impair(PRINCIPAL), "servicer")
    defaulted = DefaultBooked(1, PRINCIPAL, life.loan().interest, 0, DEFAULT_DAY, 1, 0)
    assert outcome.events == (defaulted, Impaired(1, PRINCIPAL, LoanStatus.DEFAULTED))
    assert (life.facility().defaulted_loans, life.facility().accruing) == (1, 0)
    assert life.loan().default_day == DEFAULT_DAY


def test_a_second_impairment_names_the_whole() -> None:
    """Given an impaired loan / When it is impaired again / Then the amount is the whole, not an addition."""
    life = active_life()
    life.send(impair(PART), "servicer")
    life.send(impair(PART + 1), "servicer")
    assert (life.loan().impairment, life.facility().impairment) == (PART + 1, PART + 1)


def test_payments_cap_the_impairment_and_a_payoff_lifts_it() -> None:
    """Given a loan impaired as a whole / When it is paid in part, then wholly
    / Then it is impaired by the principal that is left, then not at all.
    """
    life = active_life()
    life.send(impair(PRINCIPAL), "servicer")
    life.on(FIRST_DUE).repay(PART + MONTH_OF_INTEREST)
    assert life.facility().impairment == life.loan().impairment == PRINCIPAL - PART
    life.repay(10**9 - 1)
    assert life.facility().impairment == life.loan().impairment == 0


def test_lenders_leave_for_less() -> None:
    """Given a loan impaired as a whole / When the lender redeems half of the shares
    / Then for half of the cash that is left, rounded down.
    """
    life = active_life().on(START + REDEMPTION_LOCK_DAYS)
    life.send(impair(PRINCIPAL), "servicer")
    assets = exit_assets(life.facility(), life.today)
    before = life.balance("lender")
    life.send(Redeem(facility=1, shares=life.facility().shares // 2, minimum_amount=0), "lender")
    assert life.balance("lender") - before == assets // 2
    assert CASH - PRINCIPAL <= assets < CASH - PRINCIPAL + MONTH_OF_INTEREST


def test_an_impairment_is_lifted_as_a_whole() -> None:
    """Given an impaired loan that is overdue / When its servicer lifts the impairment
    / Then none is left, and the loan is overdue still.
    """
    life = active_life()
    life.send(impair(PART), "servicer")
    life.on(FIRST_DUE + 1)
    before = life.state
    outcome = life.send(LIFT, "servicer")
    loan = replace(catch_up(before.loans.get(1), FIRST_DUE + 1), impairment=0)
    facility = recount(before.facilities.get(1), before.loans.get(1), loan)
    assert outcome.state == replace(
        before,
        timestamp=life.now,
        facilities=before.facilities.set(1, facility),
        loans=before.loans.set(1, loan),
    )
    assert outcome.events == (ImpairmentLifted(1, PART, LoanStatus.OVERDUE),)
    assert facility.impairment == 0


IMPAIRMENTS: Cases = {
    Reason.UNKNOWN_LOAN: lambda: (active_life(), Impair(loan=2, amount=1), "servicer"),
    Reason.NOT_SERVICER: lambda: (active_life(), impair(1), "lender"),
    Reason.NOT_LIVE: lambda: (agreed_life(), impair(1), "servicer"),
    Reason.IMPAIRMENT_ABOVE_PRINCIPAL: lambda: (active_life(), impair(PRINCIPAL + 1), "servicer"),
    Reason.IMPAIRMENT_NOT_RAISED: lambda: (active_life(), impair(0), "servicer"),
}


@pytest.mark.parametrize("reason", IMPAIRMENTS)
def test_an_impairment_is_rejected(reason: Reason) -> None:
    """Given a fault in an impairment / When it is sent / Then it is rejected for that reason."""
    check_rejection(Impair, IMPAIRMENTS, reason)


def impaired_life() -> Life:
    """Impair the loan on its first day."""
    life = active_life()
    life.send(impair(PART), "servicer")
    return life


LIFTINGS: Cases = {
    Reason.UNKNOWN_LOAN: lambda: (impaired_life(), LiftImpairment(loan=2), "servicer"),
    Reason.NOT_SERVICER: lambda: (impaired_life(), LIFT, "borrower"),
    Reason.NOT_LIVE: lambda: (agreed_life(), LIFT, "servicer"),
    Reason.LOAN_IN_DEFAULT: lambda: (impaired_life().on(DEFAULT_DAY), LIFT, "servicer"),
    Reason.NOT_IMPAIRED: lambda: (active_life(), LIFT, "servicer"),
}


@pytest.mark.parametrize("reason", LIFTINGS)
def test_a_lifting_is_rejected(reason: Reason) -> None:
    """Given a fault in lifting an impairment / When it is sent / Then it is rejected for that reason."""
    check_rejection(LiftImpairment, LIFTINGS, reason)


# write-off


def test_cover_bears_a_loss_before_the_lenders() -> None:
    """Given a default with cover for less than half of it / When it is written off after ninety days
    / Then the cover is gone, the lenders bear the rest, and no token moves.
    """
    life = defaulted_life().on(DEFAULT_DAY + 1)
    life.send(impair(PART), "servicer")
    life.on(OPENS)
    before, prices = life.state, net_assets(life.facility(), life.today)
    outcome = life.send(WRITE_OFF, "servicer")
    owed = ("principal", "overdue_principal", "instalment", "interest", "overdue_interest")
    nothing: dict[str, Any] = dict.fromkeys((*owed, "default_interest", "late_fees", "impairment"), 0)
    loan = replace(
        catch_up(before.loans.get(1), OPENS),
        **nothing,
        status=LoanStatus.WRITTEN_OFF,
        lender_loss=LENDERS_LOSS,
        cover_loss=COVER,
    )
    facility = replace(
        before.facilities.get(1),
        cash=CASH - PRINCIPAL + COVER,
        cover=0,
        principal=0,
        impairment=0,
        defaulted_loans=0,
    )
    assert outcome.state == replace(
        before,
        timestamp=life.now,
        facilities=before.facilities.set(1, facility),
        identities=before.identities.set(1, replace(before.identities.get(1), live_loans=NO_LOANS)),
        loans=before.loans.set(1, loan),
    )
    assert outcome.events == (WrittenOff(1, PRINCIPAL, COVER, LENDERS_LOSS),)
    assert outcome.transfers == ()
    assert net_assets(facility, OPENS) == exit_assets(facility, OPENS) == prices - LENDERS_LOSS


def test_a_write_off_finds_a_default() -> None:
    """Given a default that nobody booked / When it is written off / Then it is booked by the same call."""
    life = covered_life().on(OPENS)
    outcome = life.send(WRITE_OFF, "servicer")
    kinds = [type(event) for event in outcome.events]
    assert kinds == [DefaultBooked, WrittenOff]
    assert outcome.state.stops == Figures()
    facility = life.facility()
    assert (facility.accruing, facility.defaulted_loans, sum(facility.slopes), facility.carry) == (0, 0, 0, 0)
    assert life.loan().default_day == DEFAULT_DAY


@pytest.mark.parametrize("cover", [PRINCIPAL, PRINCIPAL + 1])
def test_enough_cover_spares_the_lenders(cover: int) -> None:
    """Given cover for all that is lost / When the loan is written off / Then lenders lose nothing."""
    life = defaulted_life(cover).on(OPENS)
    prices = net_assets(life.facility(), life.today)
    life.send(WRITE_OFF, "servicer")
    assert (life.loan().cover_loss, life.loan().lender_loss) == (PRINCIPAL, 0)
    assert (life.facility().cover, net_assets(life.facility(), life.today)) == (cover - PRINCIPAL, prices)


def test_without_cover_the_lenders_bear_all() -> None:
    """Given no cover / When the loan is written off / Then the lenders lose its principal."""
    life = active_life(collateral_amount=0).on(OPENS)
    life.send(WRITE_OFF, "servicer")
    assert (life.loan().cover_loss, life.loan().lender_loss) == (0, PRINCIPAL)
    assert life.facility().cash == CASH - PRINCIPAL


def test_a_loan_that_is_written_off_is_over() -> None:
    """Given a loan that is written off / When any call but a recovery names it / Then it is rejected."""
    life = lost_life()
    for call, reason in (
        (WRITE_OFF, Reason.NOT_LIVE),
        (impair(1), Reason.NOT_LIVE),
        (LIFT, Reason.NOT_LIVE),
        (DeclareDefault(loan=1), Reason.NOT_LIVE),
    ):
        assert life.reject(call, "servicer").reason is reason


def test_what_is_left_of_the_cover_is_free_again() -> None:
    """Given cover beyond a loss / When the loan is written off / Then the rest can be announced and leave."""
    life = defaulted_life(PRINCIPAL + 7)
    life = edited(life, cover_notice_amount=7, cover_notice_day=OPENS - 100).on(OPENS)
    call = WithdrawCover(facility=1, amount=7)
    assert life.reject(call, "servicer").reason is Reason.BOOK_NOT_CLEAN
    life.send(WRITE_OFF, "servicer")
    life.send(call, "servicer")
    assert life.facility().cover == 0


WRITE_OFFS: Cases = {
    Reason.UNKNOWN_LOAN: lambda: (defaulted_life(), WriteOff(loan=2), "servicer"),
    Reason.NOT_SERVICER: lambda: (defaulted_life().on(OPENS), WRITE_OFF, "lender"),
    Reason.NOT_LIVE: lambda: (agreed_life(), WRITE_OFF, "servicer"),
    Reason.IN_AUCTION: lambda: (
        with_loan(defaulted_life().on(OPENS), status=LoanStatus.AUCTION),
        WRITE_OFF,
        "servicer",
    ),
    Reason.NOT_IN_DEFAULT: lambda: (covered_life().on(DEFAULT_DAY - 1), WRITE_OFF, "servicer"),
    Reason.WRITE_OFF_TOO_EARLY: lambda: (
        defaulted_life().on(OPENS - 1, 86_399),
        WRITE_OFF,
        "servicer",
    ),
    Reason.COLLATERAL_LEFT: lambda: (active_life().on(OPENS), WRITE_OFF, "servicer"),
}


@pytest.mark.parametrize("reason", WRITE_OFFS)
def test_a_write_off_is_rejected(reason: Reason) -> None:
    """Given a fault in a write-off / When it is sent / Then it is rejected for that reason."""
    check_rejection(WriteOff, WRITE_OFFS, reason)


# recovery


def test_a_recovery_is_the_lenders_until_they_lack_nothing() -> None:
    """Given a loss that cover and lenders bear / When more than the lenders lost is paid
    / Then they have it all, the cover the rest; and it enters net assets over the days after.
    """
    life = lost_life().on(OPENS + 1)
    before, prices = life.state, net_assets(life.facility(), life.today)
    paid = LENDERS_LOSS + 100
    outcome = life.send(recovery(paid), "stranger")
    facility = replace(
        before.facilities.get(1),
        cash=CASH,
        cover=100,
        recovered_amount=LENDERS_LOSS,
        recovered_day=OPENS + 1,
    )
    held = CASH - PRINCIPAL + COVER
    assert outcome.state == replace(
        before,
        timestamp=life.now,
        ledger=ledger_after(
            before.ledger,
            balances={(DOLLAR, "stranger"): OTHERS_DOLLARS - paid, (DOLLAR, "protocol"): held + paid},
            holdings={DOLLAR: held + paid},
        ),
        facilities=before.facilities.set(1, facility),
        loans=before.loans.set(1, replace(before.loans.get(1), recovered=paid)),
    )
    assert outcome.events == (Recovered(1, account("stranger"), LENDERS_LOSS, 100, 0),)
    assert outcome.transfers == (transferred(DOLLAR, "stranger", "protocol", paid),)
    assert net_assets(facility, OPENS + 1) == prices
    assert net_assets(facility, OPENS + 1 + RECOVERY_DAYS) == prices + LENDERS_LOSS


def test_a_recovery_takes_no_more_than_was_lost() -> None:
    """Given a loss / When far more is offered, in two payments
    / Then exactly the loss is taken, and then nothing.
    """
    life = lost_life()
    life.send(recovery(PRINCIPAL - 1), "borrower")
    outcome = life.send(recovery(10**8), "borrower")
    assert outcome.events == (Recovered(1, account("borrower"), 0, 1, 0),)
    assert (life.loan().recovered, life.facility().cover) == (PRINCIPAL, COVER)
    assert life.reject(recovery(1), "borrower").reason is Reason.NOTHING_TO_RECOVER


def test_a_recovery_for_cover_alone_delays_no_other() -> None:
    """Given a recovery that vests / When the cover's part is paid ten days later
    / Then what the lenders wait for vests as before.
    """
    life = lost_life()
    life.send(recovery(LENDERS_LOSS), "borrower")
    vesting = life.facility()
    life.on(OPENS + 10).send(recovery(COVER), "borrower")
    assert life.facility() == replace(vesting, cover=COVER, current_day=life.facility().current_day)


def test_without_lenders_the_treasury_recovers() -> None:
    """Given a facility whose lender has left / When the loan is recovered
    / Then the treasury has the lenders' part, and the cover its own.
    """
    life = lost_life(cover=100).on(OPENS + 1)
    shares = life.facility().shares
    life.send(Redeem(facility=1, shares=shares, minimum_amount=0), "lender")
    before = life.state
    outcome = life.send(recovery(PRINCIPAL), "borrower")
    facility = replace(before.facilities.get(1), cover=100)
    assert outcome.state.facilities.get(1) == facility
    assert outcome.events == (Recovered(1, account("borrower"), 0, 100, PRINCIPAL - 100),)
    assert outcome.transfers == (
        transferred(DOLLAR, "borrower", "protocol", PRINCIPAL),
        transferred(DOLLAR, "protocol", "treasury", PRINCIPAL - 100),
    )


def test_a_frozen_treasury_has_a_claim() -> None:
    """Given no lender, and a treasury whose payments wait / When a loss is recovered / Then by a claim."""
    life = lost_life().on(OPENS + 1)
    life.send(Redeem(facility=1, shares=life.facility().shares, minimum_amount=0), "lender")
    frozen = life.state.ledger.frozen.set(account("treasury"), 1)
    life.state = replace(life.state, ledger=replace(life.state.ledger, frozen=frozen))
    outcome = life.send(recovery(5), "borrower")
    claim = ClaimRecorded(DOLLAR, account("treasury"), 5)
    assert outcome.events == (claim, Recovered(1, account("borrower"), 0, 0, 5))
    assert day_of(life.now) == OPENS + 1


def recovered_life() -> Life:
    """Recover all that was lost."""
    life = lost_life()
    life.send(recovery(PRINCIPAL), "borrower")
    return life


RECOVERIES: Cases = {
    Reason.UNKNOWN_LOAN: lambda: (lost_life(), Recover(loan=2, amount=1), "borrower"),
    Reason.ZERO_AMOUNT: lambda: (lost_life(), recovery(0), "borrower"),
    Reason.NOT_WRITTEN_OFF: lambda: (defaulted_life(), recovery(1), "borrower"),
    Reason.NOTHING_TO_RECOVER: lambda: (recovered_life(), recovery(1), "borrower"),
    Reason.INSUFFICIENT_BALANCE: lambda: (lost_life(), recovery(PRINCIPAL), "treasury"),
}


@pytest.mark.parametrize("reason", RECOVERIES)
def test_a_recovery_is_rejected(reason: Reason) -> None:
    """Given a fault in a recovery / When it is sent / Then it is rejected for that reason."""
    check_rejection(Recover, RECOVERIES, reason)

"""Chapters 8 and 9: top_up_collateral, margin_call and liquidate."""

from dataclasses import replace
from typing import Any

import pytest

from lien.protocol.builders import percent
from lien.protocol.calendar import clock
from lien.protocol.genesis import DOLLAR, ETHER
from lien.protocol.machine import Outcome, Rejected, step
from lien.protocol.maps import Figures
from lien.spec.assets import ClaimRecorded
from lien.spec.call import Call
from lien.spec.liquidation import (
    DeclareDefault,
    DefaultBooked,
    Liquidate,
    Liquidated,
    MarginCall,
    MarginCalled,
)
from lien.spec.reasons import Reason
from lien.spec.repayment import CollateralToppedUp, TopUpCollateral
from lien.spec.settlement import LoanSettled
from lien.spec.types import DayCount, LoanStatus, Scope
from lien.spec.units import (
    LIQUIDATION_GRACE,
    MARGIN_CALL_DAYS,
    MAXIMUM_AMOUNT,
    MAXIMUM_PAUSE,
    MAXIMUM_TOTAL,
    PRICE_SCALE,
    UNIT,
)
from tests.lives import (
    CASH,
    COLLATERAL,
    FIRST_DUE,
    LATE_FEE,
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
    ledger_after,
    transferred,
)

HELD = 10**19 - COLLATERAL  # of ether, by the borrower after acceptance
IN_DEFAULT = FIRST_DUE + 11
DEADLINE = START + MARGIN_CALL_DAYS + 1


def price_at_value(value: int) -> int:
    """Return the price at which the collateral of the usual loan is worth a value."""
    return value * PRICE_SCALE // COLLATERAL


def priced_life(value: int, **changes: Any) -> Life:
    """Go on until the loan is disbursed and its collateral is worth a value."""
    life = active_life(**changes)
    life.post_prices(price_at_value(value))
    return life


def called_life(value: int = 1_600_000, **changes: Any) -> Life:
    """Go on until a margin call is open: debt 1,200,000, of which 65 % of the value is allowed."""
    life = priced_life(value, **changes)
    life.send(MarginCall(loan=1))
    return life


def paused(life: Life) -> Life:
    """Pause liquidation now."""
    until = life.now + MAXIMUM_PAUSE
    life.state = replace(
        life.state,
        paused_until=life.state.paused_until.set(Scope.LIQUIDATION, until),
        liquidation_closed_from=life.now,
        liquidation_closed_until=until + LIQUIDATION_GRACE,
    )
    return life


def in_auction(life: Life) -> Life:
    """Put the loan, which is in default, into an auction."""
    life.send(DeclareDefault(loan=1))
    auctioned = replace(life.loan(), status=LoanStatus.AUCTION)
    life.state = replace(life.state, loans=life.state.loans.set(1, auctioned))
    return life


# top-ups


def test_a_top_up_goes_into_escrow() -> None:
    """Given a live loan / When a stranger tops its collateral up
    / Then escrow holds more, nothing else moves.
    """
    life = active_life()
    before = life.state
    outcome = life.send(TopUpCollateral(loan=1, amount=5), "stranger")
    assert outcome.state == replace(
        before,
        ledger=ledger_after(
            before.ledger,
            {(ETHER, "stranger"): 10**19 - 5, (ETHER, "protocol"): COLLATERAL + 5},
            {ETHER: COLLATERAL + 5},
        ),
        loans=before.loans.set(1, replace(before.loans.get(1), collateral=COLLATERAL + 5)),
    )
    assert outcome.events == (CollateralToppedUp(1, account("stranger"), 5, LoanStatus.ACTIVE),)
    assert outcome.transfers == (transferred(ETHER, "stranger", "protocol", 5),)


def test_a_top_up_in_default_is_kept_and_comes_back() -> None:
    """Given a loan in default / When its collateral is topped up and it is paid off
    / Then all of it returns.
    """
    life = active_life().on(IN_DEFAULT)
    topped = life.send(TopUpCollateral(loan=1, amount=5), "stranger")
    assert topped.events[1:] == (CollateralToppedUp(1, account("stranger"), 5, LoanStatus.DEFAULTED),)
    assert isinstance(topped.events[0], DefaultBooked)
    life.repay(10**8)
    assert life.balance("borrower", ETHER) == 10**19 + 5


TOP_UPS: Cases = {
    Reason.UNKNOWN_LOAN: lambda: (active_life(), TopUpCollateral(loan=2, amount=1), "borrower"),
    Reason.ZERO_AMOUNT: lambda: (active_life(), TopUpCollateral(loan=1, amount=0), "borrower"),
    Reason.NOT_LIVE: lambda: (agreed_life(), TopUpCollateral(loan=1, amount=1), "borrower"),
    Reason.IN_AUCTION: lambda: (
        in_auction(active_life().on(IN_DEFAULT)),
        TopUpCollateral(loan=1, amount=1),
        "borrower",
    ),
    Reason.UNSECURED: lambda: (
        active_life(collateral_amount=0),
        TopUpCollateral(loan=1, amount=1),
        "borrower",
    ),
    Reason.COLLATERAL_FULL: lambda: (
        active_life(),
        TopUpCollateral(loan=1, amount=MAXIMUM_AMOUNT - COLLATERAL + 1),
        "borrower",
    ),
    Reason.INSUFFICIENT_BALANCE: lambda: (
        active_life(),
        TopUpCollateral(loan=1, amount=HELD + 1),
        "borrower",
    ),
}


@pytest.mark.parametrize("reason", TOP_UPS)
def test_a_top_up_is_rejected(reason: Reason) -> None:
    """Given a fault in a top-up / When it is sent / Then it is rejected for that reason."""
    check_rejection(TopUpCollateral, TOP_UPS, reason)


# margin calls


def test_a_margin_call_fixes_what_cures_it() -> None:
    """Given a debt of 75 % of the value, where 65 % is allowed / When a stranger calls
    / Then the loan asks for 160,000, or for 15 % more collateral, within three whole days.
    """
    life = priced_life(1_600_000)
    before = life.state
    outcome = life.send(MarginCall(loan=1), "stranger")
    payment = PRINCIPAL - 1_600_000 * 65 // 100
    top_up = 1_846_154 * COLLATERAL // 1_600_000 - COLLATERAL  # 1,200,000 / 65 %, rounded up
    loan = before.loans.get(1)
    called = replace(
        loan, stop_day=DEADLINE, margin_day=DEADLINE, margin_payment=payment, margin_top_up=top_up
    )
    assert outcome.state == replace(
        before,
        loans=before.loans.set(1, called),
        stops=Figures().set((1, DEADLINE), 1),
    )
    assert outcome.events == (MarginCalled(1, price_at_value(1_600_000), payment, top_up, DEADLINE),)
    assert (payment, outcome.transfers) == (160_000, ())


def test_either_what_is_paid_or_what_is_topped_up_cures() -> None:
    """Given an open margin call / When it is paid, or topped up, to the unit
    / Then it is cured; no unit less.
    """
    for call, sender in (("repay", "borrower"), ("top_up", "stranger")):
        for less in (1, 0):
            life = called_life()
            dates, loan = life.loan().terms, life.loan()
            if call == "repay":
                life.repay(loan.margin_payment - less, sender)
            else:
                life.send(TopUpCollateral(loan=1, amount=loan.margin_top_up - less), sender)
            after = life.loan()
            assert (after.margin_day == 0, after.margin_payment == 0, after.margin_top_up == 0) == (
                (less == 0,) * 3
            )
            assert after.stop_day == (DEADLINE if less else FIRST_DUE + dates.grace_days + 1)
            cured = life.reject(MarginCall(loan=1)).reason
            assert cured is (Reason.MARGIN_CALL_OPEN if less else Reason.WITHIN_MARGIN_CALL_LIMIT)


def test_an_uncured_margin_call_is_a_default_at_its_deadline() -> None:
    """Given an open margin call / When its days are over
    / Then the loan is in default, not a second earlier.
    """
    life = called_life().on(DEADLINE - 1, 86_399)
    assert life.reject(DeclareDefault(loan=1)).reason is Reason.NOT_IN_DEFAULT
    life.on(DEADLINE).send(DeclareDefault(loan=1))
    assert (life.loan().default_day, life.loan().margin_day) == (DEADLINE, 0)


def test_a_margin_call_does_not_delay_the_default_by_the_dates() -> None:
    """Given an overdue loan on the last day of its grace / When a margin call is made
    / Then the default comes on the next day all the same.
    """
    life = active_life().on(IN_DEFAULT - 1)
    life.post_prices(price_at_value(1_600_000))
    life.send(MarginCall(loan=1))
    assert life.loan().stop_day == IN_DEFAULT


def test_a_top_up_that_no_amount_reaches_leaves_the_payment() -> None:
    """Given collateral that is nearly worthless / When a margin call is made / Then only paying cures it."""
    life = active_life()
    life.post_prices(1)
    life.send(MarginCall(loan=1))
    assert (life.loan().margin_payment, life.loan().margin_top_up) == (PRINCIPAL, MAXIMUM_TOTAL)


MARGIN_CALLS: Cases = {
    Reason.UNKNOWN_LOAN: lambda: (priced_life(1_600_000), MarginCall(loan=2), "stranger"),
    Reason.NOT_LIVE: lambda: (agreed_life(), MarginCall(loan=1), "stranger"),
    Reason.UNSECURED: lambda: (active_life(collateral_amount=0), MarginCall(loan=1), "stranger"),
    Reason.PAUSED: lambda: (paused(priced_life(1_600_000)), MarginCall(loan=1), "stranger"),
    Reason.LOAN_IN_DEFAULT: lambda: (priced_life(1_600_000).on(IN_DEFAULT), MarginCall(loan=1), "stranger"),
    Reason.MARGIN_CALL_OPEN: lambda: (called_life(), MarginCall(loan=1), "stranger"),
    Reason.PRICE_UNUSABLE: lambda: (active_life().on(START + 2), MarginCall(loan=1), "stranger"),
    Reason.WITHIN_MARGIN_CALL_LIMIT: lambda: (
        priced_life(1_846_154),
        MarginCall(loan=1),
        "stranger",
    ),
}


@pytest.mark.parametrize("reason", MARGIN_CALLS)
def test_a_margin_call_is_rejected(reason: Reason) -> None:
    """Given a fault in a margin call / When it is sent / Then it is rejected for that reason."""
    check_rejection(MarginCall, MARGIN_CALLS, reason)


def test_one_unit_of_value_less_is_called() -> None:
    """Given the least value within the limit / When it falls by a unit / Then a margin call can be made."""
    life = priced_life(1_846_153)
    life.send(MarginCall(loan=1))
    assert life.loan().margin_payment == 1


# liquidation


def liquidate(amount: int, least: int = 0) -> Liquidate:
    """Return a liquidation of the first loan."""
    return Liquidate(loan=1, amount=amount, minimum_collateral=least)


def with_collateral(life: Life, collateral: int) -> Life:
    """Write an amount of collateral into the first loan, which the escrow then does not hold."""
    loan = replace(life.loan(), collateral=collateral)
    life.state = replace(life.state, loans=life.state.loans.set(1, loan))
    return life


def liquidated(outcome_events: tuple[Any, ...]) -> Liquidated:
    """Return the event of a liquidation."""
    (found,) = (event for event in outcome_events if isinstance(event, Liquidated))
    return found


def test_half_of_the_debt_is_repaid_for_collateral_with_a_bonus() -> None:
    """Given a debt of 86 % of the value / When a liquidator offers a million
    / Then half of the debt at most is taken, and its worth and 5 % are seized.

    Of 600,000 the instalment takes 300,000; 9,000 would be its interest to the due date, if nothing were paid
    ahead; 291,000 is paid ahead, so that the interest is 6,090 and the rest is not taken.
    """
    life = priced_life(1_400_000)
    before, price = life.state, price_at_value(1_400_000)
    outcome = life.send(liquidate(10**6), "stranger")
    ahead, interest, taken = 291_000, 6_090, 597_090
    seized = taken * 105 // 100 * PRICE_SCALE // price
    left, share = PRINCIPAL - PART - ahead, interest // 10
    loan, facility = before.loans.get(1), before.facilities.get(1)
    slope = left * percent(12)
    assert outcome.state == replace(
        before,
        ledger=ledger_after(
            before.ledger,
            {
                (DOLLAR, "stranger"): 10**9 - taken,
                (DOLLAR, "protocol"): CASH - PRINCIPAL + taken - share,
                (DOLLAR, "treasury"): life.balance("treasury"),
                (ETHER, "stranger"): 10**19 + seized,
                (ETHER, "protocol"): COLLATERAL - seized,
            },
            {DOLLAR: CASH - PRINCIPAL + taken - share, ETHER: COLLATERAL - seized},
        ),
        facilities=before.facilities.set(
            1,
            replace(
                facility,
                cash=facility.cash + taken - share,
                principal=left,
                interest_paid=interest,
                treasury_taken=share,
                slopes=(0, 0, slope, 0),
                offsets=(0, 0, slope * clock(DayCount.THIRTY_E_360, START), 0),
                carry=-interest * UNIT,
            ),
        ),
        loans=before.loans.set(
            1,
            replace(
                loan,
                collateral=COLLATERAL - seized,
                principal=left,
                instalment=0,
                interest=-interest * UNIT,
                interest_paid=interest,
                stop_day=loan.stop_day + 29,  # February of 2024
            ),
        ),
        stops=Figures().set((1, loan.stop_day + 29), 1),
    )
    assert outcome.events[-1] == Liquidated(
        loan=1,
        liquidator=account("stranger"),
        price=price,
        overdue_interest=0,
        overdue_principal=0,
        accrued_interest=0,
        instalment=PART,
        coming_interest=interest,
        default_interest=0,
        late_fees=0,
        principal_ahead=ahead,
        collateral=seized,
        treasury_share=share,
        status=LoanStatus.ACTIVE,
    )


def test_a_debt_in_default_is_liquidated_at_any_value() -> None:
    """Given a loan in default with ample collateral / When all that is allowed is repaid, again and again
    / Then dust is repaid wholly, the loan settles, and the rest of the collateral is the borrower's.
    """
    life = active_life().on(IN_DEFAULT)
    life.post_prices(price_at_value(4_000_000))
    seized, events = 0, tuple[Any, ...]()
    for _ in range(20):
        events = life.send(liquidate(10**8), "stranger").events
        seized += liquidated(events).collateral
        if liquidated(events).status == LoanStatus.SETTLED:
            break
    assert events[-1] == LoanSettled(1, COLLATERAL - seized, identity=1, is_counted=0, is_late=1)
    assert life.balance("borrower", ETHER) == 10**19 - seized
    assert life.balance("stranger", ETHER) == 10**19 + seized
    assert (life.loan().collateral, life.loan().principal) == (0, 0)


def test_under_water_the_share_of_the_collateral_is_seized() -> None:
    """Given collateral worth less than the debt / When half of the debt is repaid
    / Then half of the collateral is seized, and the ratio stays.
    """
    life = active_life().on(IN_DEFAULT)
    life.post_prices(price_at_value(600_000))
    event = liquidated(life.send(liquidate(10**8), "stranger").events)
    interest, default_interest = MONTH_OF_INTEREST * 41 // 30, PART * 6 * 11 // 36_000
    debt = PRINCIPAL + interest + default_interest + LATE_FEE
    assert (event.overdue_interest, event.overdue_principal) == (interest, debt // 2 - interest)
    assert (event.collateral, event.status) == (COLLATERAL // 2, LoanStatus.DEFAULTED)


def test_what_cannot_be_delivered_is_claimable() -> None:
    """Given a liquidator whom the token refuses / When they liquidate
    / Then the collateral waits as a claim.
    """
    life = priced_life(1_400_000)
    refusals = life.state.ledger.refusals.set((ETHER, account("stranger")), 1)
    life.state = replace(life.state, ledger=replace(life.state.ledger, refusals=refusals))
    events = life.send(liquidate(100), "stranger").events
    claim = ClaimRecorded(ETHER, account("stranger"), liquidated(events).collateral)
    assert claim in events
    assert life.state.ledger.claims.get((ETHER, account("stranger"))) == claim.amount


def test_liquidation_counts_for_an_open_margin_call() -> None:
    """Given an open margin call / When a liquidator repays more than it asks for / Then it is cured."""
    life = called_life(1_500_000)
    life.send(liquidate(10**6), "stranger")
    assert (life.loan().margin_day, life.loan().status) == (0, LoanStatus.ACTIVE)


def test_a_seizure_may_be_the_least_that_is_wanted() -> None:
    """Given the least collateral that a liquidator wants / When just that is seized / Then it is accepted."""
    life = priced_life(1_400_000)
    least = 597_090 * 105 // 100 * PRICE_SCALE // price_at_value(1_400_000)
    outcome = life.send(liquidate(10**6, least), "stranger")
    assert liquidated(outcome.events).collateral == least


@pytest.mark.parametrize(("collateral", "seized"), [(2, False), (3, True)])
def test_something_has_to_be_seized(collateral: int, seized: bool) -> None:
    """Given collateral of a few units / When what is repaid is worth none of it, or one
    / Then that is rejected, or accepted.
    """
    life = with_collateral(active_life().on(IN_DEFAULT), collateral)
    life.post_prices(price_at_value(2_400_000))
    outcome = step(life.state, liquidate(500_000), life.context("stranger"))
    if seized:
        assert isinstance(outcome, Outcome)
        assert liquidated(outcome.events).collateral == 1
    else:
        assert isinstance(outcome, Rejected)
        assert outcome.reason is Reason.SEIZURE_TOO_SMALL


@pytest.mark.parametrize("call", [MarginCall(loan=1), TopUpCollateral(loan=1, amount=1), liquidate(1)])
def test_one_unit_of_collateral_secures_a_loan(call: Call) -> None:
    """Given a loan that was agreed on with one unit of collateral / When a call needs a secured loan
    / Then it is one.
    """
    life = priced_life(1_400_000)
    loan, loans = life.loan(), life.state.loans
    loan = replace(loan, terms=replace(loan.terms, collateral_amount=1))
    life.state = replace(life.state, loans=loans.set(1, loan))
    sender = "borrower" if isinstance(call, TopUpCollateral) else "stranger"
    assert life.send(call, sender).events


def test_a_top_up_may_fill_the_collateral() -> None:
    """Given collateral a unit below the most / When a unit is added / Then that is accepted."""
    life = with_collateral(active_life(), MAXIMUM_AMOUNT - 1)
    outcome = step(life.state, TopUpCollateral(loan=1, amount=1), life.context("borrower"))
    assert isinstance(outcome, Outcome)
    assert outcome.state.loans.get(1).collateral == MAXIMUM_AMOUNT


LIQUIDATIONS: Cases = {
    Reason.UNKNOWN_LOAN: lambda: (
        priced_life(1_400_000),
        Liquidate(loan=2, amount=1, minimum_collateral=0),
        "stranger",
    ),
    Reason.ZERO_AMOUNT: lambda: (priced_life(1_400_000), liquidate(0), "stranger"),
    Reason.NOT_LIVE: lambda: (agreed_life(), liquidate(1), "stranger"),
    Reason.IN_AUCTION: lambda: (in_auction(active_life().on(IN_DEFAULT)), liquidate(1), "stranger"),
    Reason.UNSECURED: lambda: (active_life(collateral_amount=0), liquidate(1), "stranger"),
    Reason.OWN_LOAN: lambda: (priced_life(1_400_000), liquidate(1), "borrower"),
    Reason.PAUSED: lambda: (paused(priced_life(1_400_000)), liquidate(1), "stranger"),
    Reason.PRICE_UNUSABLE: lambda: (active_life().on(START + 2), liquidate(1), "stranger"),
    Reason.NOT_LIQUIDATABLE: lambda: (priced_life(1_600_000), liquidate(1), "stranger"),
    Reason.SEIZURE_TOO_SMALL: lambda: (
        priced_life(1_400_000),
        liquidate(10**6, 895_634_285_714_285_715),
        "stranger",
    ),
    Reason.INSUFFICIENT_BALANCE: lambda: (
        priced_life(1_400_000, close_factor=percent(100)),
        liquidate(10**6),
        "keeper",
    ),
}


@pytest.mark.parametrize("reason", LIQUIDATIONS)
def test_a_liquidation_is_rejected(reason: Reason) -> None:
    """Given a fault in a liquidation / When it is sent / Then it is rejected for that reason."""
    check_rejection(Liquidate, LIQUIDATIONS, reason)


def test_the_limit_itself_is_not_above_the_limit() -> None:
    """Given a debt of exactly 75 % of the value / When the value falls by a unit
    / Then it can be liquidated.
    """
    assert priced_life(1_600_000).reject(liquidate(1), "stranger").reason is Reason.NOT_LIQUIDATABLE
    priced_life(1_599_999).send(liquidate(100), "stranger")


def test_liquidation_opens_a_grace_after_its_pause() -> None:
    """Given a pause of liquidation / When it and its grace have ended
    / Then a margin call can be made again.
    """
    life = paused(priced_life(1_600_000))
    until = life.now + MAXIMUM_PAUSE + LIQUIDATION_GRACE
    life.now = until - 1
    life.post_prices(price_at_value(1_600_000))
    assert life.reject(MarginCall(loan=1)).reason is Reason.PAUSED
    life.now = until
    life.send(MarginCall(loan=1))

"""Chapter 4: request_redemption, cancel_redemption and process_redemption."""

from dataclasses import replace
from typing import Any

import pytest

from lien.protocol.genesis import DOLLAR
from lien.protocol.valuation import amount_for, net_assets
from lien.spec.assets import ClaimRecorded
from lien.spec.facility import (
    CancelRedemption,
    Deposit,
    ProcessRedemption,
    Redeem,
    RedemptionCancelled,
    RedemptionProcessed,
    RedemptionRequested,
    RequestRedemption,
)
from lien.spec.reasons import Reason
from lien.spec.units import MAXIMUM_NUMBER, REDEMPTION_LOCK_DAYS, VIRTUAL_SHARES
from tests.lives import (
    CASH,
    FIRST_DUE,
    PRINCIPAL,
    START,
    Cases,
    Life,
    account,
    active_life,
    check_rejection,
    edited,
    funded_life,
    ledger_after,
    make_terms,
    transferred,
)

SHARES = CASH * VIRTUAL_SHARES  # of the first deposit
HALF = SHARES // 2
UNLOCKED = START + REDEMPTION_LOCK_DAYS
IDLE = CASH - PRINCIPAL
LENDER, SECOND = account("lender"), account("second_lender")
FIRST = (1, 1)  # the first place of the first facility
PROCESS = ProcessRedemption(facility=1)


def request(shares: int = HALF) -> RequestRedemption:
    """Return a request in the first facility."""
    return RequestRedemption(facility=1, shares=shares)


def cancel(position: int = 1) -> CancelRedemption:
    """Return the cancellation of a request in the first facility."""
    return CancelRedemption(facility=1, position=position)


def queued_life(shares: int = HALF, refuses: dict[str, tuple[str, ...]] | None = None) -> Life:
    """Go on until the lender has queued, on the first day after the lock."""
    life = funded_life(refuses=refuses).on(UNLOCKED)
    life.send(request(shares), "lender")
    return life


def lent_life(**changes: Any) -> Life:
    """Go on until a loan without interest is out, on the first day after the lock."""
    free = {"rate": 0, "default_rate": 0}
    return active_life(**free, **changes).on(UNLOCKED)


# requesting


def test_a_request_moves_shares_to_the_end_of_the_queue() -> None:
    """Given a lender past the lock / When they ask for half / Then it waits, and nothing is paid."""
    life = funded_life().on(UNLOCKED)
    before = life.state
    outcome = life.send(request(), "lender")
    facility = replace(before.facilities.get(1), queue_tail=1)
    assert outcome.state == replace(
        before,
        timestamp=life.now,
        facilities=before.facilities.set(1, facility),
        shares=before.shares.set((1, LENDER), SHARES - HALF),
        queued_shares=before.queued_shares.set(FIRST, HALF),
        queued_by=before.queued_by.set(FIRST, LENDER),
    )
    assert outcome.events == (RedemptionRequested(1, 1, LENDER, HALF),)
    assert outcome.transfers == ()


REQUESTS: Cases = {
    Reason.UNKNOWN_FACILITY: lambda: (
        funded_life(),
        RequestRedemption(facility=2, shares=1),
        "lender",
    ),
    Reason.ZERO_SHARES: lambda: (funded_life(), request(0), "lender"),
    Reason.INSUFFICIENT_SHARES: lambda: (queued_life(), request(SHARES - HALF + 1), "lender"),
    Reason.DEPOSIT_TOO_RECENT: lambda: (funded_life().on(UNLOCKED - 1, 86_399), request(), "lender"),
    Reason.QUEUE_FULL: lambda: (
        edited(funded_life().on(UNLOCKED), queue_tail=MAXIMUM_NUMBER),
        request(),
        "lender",
    ),
}


@pytest.mark.parametrize("reason", REQUESTS)
def test_a_request_is_rejected(reason: Reason) -> None:
    """Given a fault in a request / When it is sent / Then it is rejected for that reason."""
    check_rejection(RequestRedemption, REQUESTS, reason)


# taking back


def test_a_cancellation_gives_the_shares_back() -> None:
    """Given a request / When its lender takes it back / Then all is as before, but that the place is used."""
    life = queued_life()
    before = life.state
    outcome = life.send(cancel(), "lender")
    assert outcome.state == replace(
        before,
        shares=before.shares.set((1, LENDER), SHARES),
        queued_shares=before.queued_shares.set(FIRST, 0),
        queued_by=before.queued_by.set(FIRST, 0),
    )
    assert outcome.events == (RedemptionCancelled(1, 1, LENDER, HALF),)
    assert life.facility().queue_tail == 1
    assert life.reject(cancel(), "lender").reason is Reason.NOT_QUEUED


CANCELLATIONS: Cases = {
    Reason.UNKNOWN_FACILITY: lambda: (
        queued_life(),
        CancelRedemption(facility=2, position=1),
        "lender",
    ),
    Reason.NOT_QUEUED: lambda: (queued_life(), cancel(2), "lender"),
    Reason.NOT_REQUESTER: lambda: (queued_life(), cancel(), "second_lender"),
}


@pytest.mark.parametrize("reason", CANCELLATIONS)
def test_a_cancellation_is_rejected(reason: Reason) -> None:
    """Given a fault in a cancellation / When it is sent / Then it is rejected for that reason."""
    check_rejection(CancelRedemption, CANCELLATIONS, reason)


# paying


def test_anyone_has_the_first_place_paid() -> None:
    """Given a request and enough cash / When a stranger processes it / Then the lender is paid wholly."""
    life = queued_life()
    before = life.state
    outcome = life.send(PROCESS, "stranger")
    facility = replace(before.facilities.get(1), cash=CASH // 2, shares=HALF, queue_head=1)
    assert outcome.state == replace(
        before,
        ledger=ledger_after(
            before.ledger,
            balances={(DOLLAR, "lender"): 10**9 - CASH // 2, (DOLLAR, "protocol"): CASH // 2},
            holdings={DOLLAR: CASH // 2},
        ),
        facilities=before.facilities.set(1, facility),
        queued_shares=before.queued_shares.set(FIRST, 0),
        queued_by=before.queued_by.set(FIRST, 0),
    )
    assert outcome.events == (RedemptionProcessed(1, 1, LENDER, HALF, CASH // 2, 0),)
    assert outcome.transfers == (transferred(DOLLAR, "protocol", "lender", CASH // 2),)


def test_short_cash_pays_in_part_and_the_place_stays_first() -> None:
    """Given all shares in the queue and a loan out / When it is processed, and again after the payoff
    / Then first the idle cash is paid, and then the rest.
    """
    life = lent_life()
    life.send(request(SHARES), "lender")
    outcome = life.send(PROCESS)
    burned = IDLE * VIRTUAL_SHARES
    assert outcome.events == (RedemptionProcessed(1, 1, LENDER, burned, IDLE, 0),)
    assert (life.facility().queue_head, life.facility().cash) == (0, 0)
    assert life.state.queued_shares.get(FIRST) == SHARES - burned
    assert life.reject(PROCESS).reason is Reason.INSUFFICIENT_CASH
    life.repay(10**9)
    fee = life.facility().cash - PRINCIPAL  # for paying ahead of time; the lender's like all else
    outcome = life.send(PROCESS)
    assert outcome.events == (RedemptionProcessed(1, 1, LENDER, SHARES - burned, PRINCIPAL + fee - 1, 0),)
    assert life.facility().queue_head == 1


def test_nobody_redeems_past_the_queue() -> None:
    """Given a lender who waits / When another redeems at once
    / Then only after the queue has been processed.
    """
    life = funded_life()
    life.send(Deposit(facility=1, amount=CASH, minimum_shares=0), "second_lender")
    life.on(UNLOCKED).send(request(1_000_000), "lender")
    redeem = Redeem(facility=1, shares=HALF, minimum_amount=0)
    assert life.reject(redeem, "second_lender").reason is Reason.QUEUE_NOT_EMPTY
    life.send(PROCESS)
    life.send(redeem, "second_lender")


def test_places_are_paid_in_their_order() -> None:
    """Given three requests of which the second was taken back / When the queue is processed
    / Then the first is paid, the second passed, and then the third is paid.
    """
    life = funded_life()
    life.send(Deposit(facility=1, amount=CASH, minimum_shares=0), "second_lender")
    life.on(UNLOCKED)
    for sender in ("lender", "lender", "second_lender"):
        life.send(request(VIRTUAL_SHARES), sender)
    life.send(cancel(2), "lender")
    events = [life.send(PROCESS).events for _ in range(3)]
    assert events == [
        (RedemptionProcessed(1, 1, LENDER, VIRTUAL_SHARES, 1, 0),),
        (RedemptionProcessed(1, 2, 0, 0, 0, 0),),
        (RedemptionProcessed(1, 3, SECOND, VIRTUAL_SHARES, 1, 0),),
    ]
    assert life.reject(PROCESS).reason is Reason.QUEUE_EMPTY


def test_dust_is_given_back_and_holds_up_nobody() -> None:
    """Given shares worth less than one unit / When their place is processed / Then they are given back."""
    life = queued_life(VIRTUAL_SHARES - 1)
    outcome = life.send(PROCESS)
    assert outcome.events == (RedemptionProcessed(1, 1, LENDER, 0, 0, VIRTUAL_SHARES - 1),)
    assert outcome.transfers == ()
    assert life.state.shares.get((1, LENDER)) == SHARES
    assert life.facility().queue_head == 1


def test_a_refused_payee_gets_a_claim_and_holds_up_nobody() -> None:
    """Given a lender whom the dollar refuses / When their place is processed / Then they have a claim."""
    life = queued_life(refuses={"dUSD": ("lender",)})
    outcome = life.send(PROCESS)
    claim = ClaimRecorded(DOLLAR, LENDER, CASH // 2)
    assert outcome.events == (claim, RedemptionProcessed(1, 1, LENDER, HALF, CASH // 2, 0))
    assert life.facility().queue_head == 1


def test_a_place_is_priced_when_it_is_processed() -> None:
    """Given a request before interest accrues / When it is processed ten days later
    / Then the lender has a part of that interest.
    """
    life = active_life().on(UNLOCKED)
    life.send(request(VIRTUAL_SHARES * 10**6), "lender")
    life.on(START + 10)
    assets = CASH + PRINCIPAL // 100 // 3 * 9 // 10
    worth = VIRTUAL_SHARES * 10**6 * (assets + 1) // (SHARES + VIRTUAL_SHARES)
    assert life.send(PROCESS).events == (RedemptionProcessed(1, 1, LENDER, VIRTUAL_SHARES * 10**6, worth, 0),)
    assert worth > 10**6


def test_pennies_are_not_taken_from_who_waits() -> None:
    """Given three units of idle cash, worth a fraction of a share less / When the place is processed
    / Then two are paid, and no more shares are burned than two are worth.
    """
    life = active_life().on(START + 10)
    life.send(request(SHARES), "lender")
    life.send(PROCESS)
    life.repay(2)
    facility = life.facility()
    assert facility.cash == 3
    event = life.send(PROCESS).events[-1]
    assert isinstance(event, RedemptionProcessed)
    assert event.amount == 2
    one_less = amount_for(facility, net_assets(facility, life.today), event.shares - 1)
    assert one_less == 1


def late_life() -> Life:
    """Queue, and let a default come that nobody books."""
    life = active_life().on(START + 10)
    life.send(request(1), "lender")
    return life.on(FIRST_DUE + 60)


PROCESSINGS: Cases = {
    Reason.UNKNOWN_FACILITY: lambda: (queued_life(), ProcessRedemption(facility=2), "stranger"),
    Reason.QUEUE_EMPTY: lambda: (funded_life(), PROCESS, "stranger"),
    Reason.BOOK_NOT_CURRENT: lambda: (late_life(), PROCESS, "stranger"),
    Reason.FACILITY_WORTHLESS: lambda: (edited(queued_life(), cash=0), PROCESS, "stranger"),
    Reason.INSUFFICIENT_CASH: lambda: (
        edited(queued_life(), cash=0, principal=CASH),
        PROCESS,
        "stranger",
    ),
}


@pytest.mark.parametrize("reason", PROCESSINGS)
def test_a_processing_is_rejected(reason: Reason) -> None:
    """Given a fault in a processing / When it is sent / Then it is rejected for that reason."""
    check_rejection(ProcessRedemption, PROCESSINGS, reason)


def test_a_loan_is_not_lent_what_waits_to_be_paid_twice() -> None:
    """Given a queue that took all cash / When the agreed loan is disbursed / Then there is no cash for it."""
    life = queued_life(SHARES)
    life.agree(make_terms())
    life.send(PROCESS)
    assert life.facility().cash == 0

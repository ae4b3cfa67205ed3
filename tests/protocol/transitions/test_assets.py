"""Chapter 0: transfer, claim and skim."""

from dataclasses import replace

import pytest

from lien.protocol.genesis import ATTESTOR, DOLLAR, PROTOCOL
from lien.spec.assets import Claim, Claimed, ClaimRecorded, Skim, Skimmed, Transfer
from lien.spec.disbursement import Disburse
from lien.spec.identity import Freeze
from lien.spec.reasons import Reason
from lien.spec.units import MAXIMUM_AMOUNT
from tests.lives import (
    CASH,
    FEE,
    Cases,
    Life,
    account,
    check_rejection,
    funded_life,
    ledger_after,
    make_terms,
    new_life,
    transferred,
)

UNLISTED = 0xBAD


def test_a_transfer_moves_exactly_its_amount() -> None:
    """Given a lender with dollars / When they send some
    / Then payer and payee change by it, and nothing else.
    """
    life = new_life()
    before = life.state
    outcome = life.send(Transfer(asset=DOLLAR, recipient=account("borrower"), amount=250), "lender")
    balances = {(DOLLAR, "lender"): 10**9 - 250, (DOLLAR, "borrower"): 10**9 + 250}
    assert outcome.state == replace(before, timestamp=life.now, ledger=ledger_after(before.ledger, balances))
    assert outcome.events == ()
    assert outcome.transfers == (transferred(DOLLAR, "lender", "borrower", 250),)


def test_a_donation_changes_no_recorded_figure() -> None:
    """Given a funded facility / When someone sends the protocol tokens / Then only its balance changes."""
    life = funded_life()
    before = life.state
    outcome = life.send(Transfer(asset=DOLLAR, recipient=PROTOCOL, amount=7), "stranger")
    balances = {(DOLLAR, "stranger"): 10**9 - 7, (DOLLAR, "protocol"): CASH + 7}
    assert outcome.state == replace(before, ledger=ledger_after(before.ledger, balances))


@pytest.mark.parametrize("amount", [0, 10**9])
def test_a_transfer_to_oneself_changes_nothing(amount: int) -> None:
    """Given a holder / When they send nothing or everything to themselves / Then no balance changes."""
    life = new_life()
    before = life.state
    outcome = life.send(Transfer(asset=DOLLAR, recipient=account("lender"), amount=amount), "lender")
    assert outcome.state == replace(before, timestamp=life.now)
    assert len(outcome.transfers) == (1 if amount else 0)


TRANSFERS: Cases = {
    Reason.UNKNOWN_ASSET: lambda: (
        new_life(),
        Transfer(asset=UNLISTED, recipient=account("borrower"), amount=0),
        "lender",
    ),
    Reason.PAYEE_REFUSED: lambda: (
        new_life({"dUSD": ("borrower",)}),
        Transfer(asset=DOLLAR, recipient=account("borrower"), amount=1),
        "lender",
    ),
    Reason.INSUFFICIENT_BALANCE: lambda: (
        new_life(),
        Transfer(asset=DOLLAR, recipient=account("borrower"), amount=10**9 + 1),
        "lender",
    ),
}


@pytest.mark.parametrize("reason", TRANSFERS)
def test_a_transfer_is_rejected(reason: Reason) -> None:
    """Given a fault in a transfer / When it is sent / Then it is rejected for that reason."""
    check_rejection(Transfer, TRANSFERS, reason)


def life_with_claim() -> Life:
    """Disburse to a borrower whom the dollar refuses: what they were to receive is a claim."""
    life = funded_life(refuses={"dUSD": ("borrower",)})
    number = life.agree(make_terms())
    life.send(Disburse(loan=number), "servicer")
    return life


def test_a_claim_is_paid_out_once() -> None:
    """Given a claim of 1,188,000 / When it is paid to another account
    / Then it is zero, and cannot be paid again.
    """
    life = life_with_claim()
    before, claimed = life.state, 1_200_000 - FEE
    call = Claim(asset=DOLLAR, recipient=account("second_borrower"))
    outcome = life.send(call, "borrower")
    ledger = ledger_after(
        before.ledger,
        balances={
            (DOLLAR, "second_borrower"): 10**9 + claimed,
            (DOLLAR, "protocol"): CASH - 1_200_000,
        },
        holdings={DOLLAR: CASH - 1_200_000},
        claims={(DOLLAR, "borrower"): 0},
    )
    assert outcome.state == replace(before, ledger=ledger)
    assert outcome.events == (Claimed(DOLLAR, account("borrower"), account("second_borrower"), claimed),)
    assert outcome.transfers == (transferred(DOLLAR, "protocol", "second_borrower", claimed),)
    assert life.reject(call, "borrower").reason is Reason.NOTHING_TO_CLAIM


def test_a_claim_is_recorded_once_for_each_refusal() -> None:
    """Given a claim / When more is refused / Then the event tells of what is added alone."""
    life = life_with_claim()
    number = life.agree(make_terms(principal=100, minimum_principal=1, payment=25, late_fee=0))
    outcome = life.send(Disburse(loan=number), "servicer")
    assert outcome.events[:-1] == (ClaimRecorded(DOLLAR, account("borrower"), 99),)
    assert life.state.ledger.claims.get((DOLLAR, account("borrower"))) == 1_200_000 - FEE + 99


def life_with_frozen_claimant() -> Life:
    """Freeze the borrower who has a claim."""
    life = life_with_claim()
    life.send(Freeze(account=account("borrower")), ATTESTOR)
    return life


CLAIMS: Cases = {
    Reason.NOTHING_TO_CLAIM: lambda: (
        life_with_claim(),
        Claim(asset=DOLLAR, recipient=account("lender")),
        "lender",
    ),
    Reason.RECIPIENT_IS_PROTOCOL: lambda: (
        life_with_claim(),
        Claim(asset=DOLLAR, recipient=PROTOCOL),
        "borrower",
    ),
    Reason.ACCOUNT_FROZEN: lambda: (
        life_with_frozen_claimant(),
        Claim(asset=DOLLAR, recipient=account("lender")),
        "borrower",
    ),
    Reason.PAYEE_REFUSED: lambda: (
        life_with_claim(),
        Claim(asset=DOLLAR, recipient=account("borrower")),
        "borrower",
    ),
}


@pytest.mark.parametrize("reason", CLAIMS)
def test_a_claim_is_rejected(reason: Reason) -> None:
    """Given a fault in a claim / When it is sent / Then it is rejected for that reason."""
    check_rejection(Claim, CLAIMS, reason)


def donated_life(refuses: dict[str, tuple[str, ...]] | None = None) -> Life:
    """Send the protocol seven units for nothing."""
    life = funded_life(refuses=refuses)
    life.send(Transfer(asset=DOLLAR, recipient=PROTOCOL, amount=7), "stranger")
    return life


def test_what_is_held_above_the_records_goes_to_the_treasury() -> None:
    """Given a donation / When anyone skims / Then the treasury has it, and the records are as they were."""
    life = donated_life()
    before = life.state
    outcome = life.send(Skim(asset=DOLLAR), "stranger")
    balances = {(DOLLAR, "treasury"): 7, (DOLLAR, "protocol"): CASH}
    assert outcome.state == replace(before, ledger=ledger_after(before.ledger, balances))
    assert outcome.events == (Skimmed(DOLLAR, 7),)
    assert outcome.transfers == (transferred(DOLLAR, "protocol", "treasury", 7),)


def test_a_refused_treasury_has_a_claim_to_what_was_skimmed() -> None:
    """Given a treasury whom the dollar refuses / When anyone skims / Then once, and it is a claim."""
    life = donated_life(refuses={"dUSD": ("treasury",)})
    outcome = life.send(Skim(asset=DOLLAR), "stranger")
    assert outcome.events == (ClaimRecorded(DOLLAR, account("treasury"), 7), Skimmed(DOLLAR, 7))
    assert life.state.ledger.holdings.get(DOLLAR) == CASH + 7
    assert life.reject(Skim(asset=DOLLAR)).reason is Reason.NOTHING_TO_SKIM


SKIMS: Cases = {
    Reason.UNKNOWN_ASSET: lambda: (donated_life(), Skim(asset=UNLISTED), "stranger"),
    Reason.NOTHING_TO_SKIM: lambda: (funded_life(), Skim(asset=DOLLAR), "stranger"),
}


@pytest.mark.parametrize("reason", SKIMS)
def test_a_skim_is_rejected(reason: Reason) -> None:
    """Given a fault in a skim / When it is sent / Then it is rejected for that reason."""
    check_rejection(Skim, SKIMS, reason)


def test_the_greatest_amount_is_compared_and_not_wrapped() -> None:
    """Given a small balance / When the greatest amount is sent / Then both are reported."""
    call = Transfer(asset=DOLLAR, recipient=account("lender"), amount=MAXIMUM_AMOUNT)
    assert dict(new_life().reject(call, "lender").compared) == {"balance": 10**9, "amount": MAXIMUM_AMOUNT}

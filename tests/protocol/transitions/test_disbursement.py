"""Chapter 7: disburse."""

from dataclasses import replace

import pytest

from lien.protocol.builders import percent
from lien.protocol.calendar import clock
from lien.protocol.genesis import ATTESTOR, DOLLAR
from lien.protocol.state import NO_LOANS, Identity, State
from lien.spec.assets import ClaimRecorded
from lien.spec.call import Call
from lien.spec.disbursement import Disburse, LoanDisbursed
from lien.spec.facility import DepositCover, Redeem
from lien.spec.identity import Freeze, RevokeIdentity
from lien.spec.reasons import Reason
from lien.spec.types import DayCount, LoanSlot, LoanStatus, Scope
from lien.spec.units import MAXIMUM_AMOUNT, MAXIMUM_NUMBER, PRICE_SCALE, SECONDS_PER_DAY, VIRTUAL_SHARES
from tests.lives import (
    CASH,
    COLLATERAL,
    DEADLINE,
    FEE,
    FIRST_DUE,
    MATURITY,
    PART,
    PRINCIPAL,
    START,
    Cases,
    Life,
    account,
    active_life,
    agreed_life,
    attest,
    check_rejection,
    edited,
    funded_life,
    ledger_after,
    make_terms,
    paused,
    transferred,
)

WINDOW_END = START + 5
SLOPE = PRINCIPAL * percent(12)


@pytest.mark.parametrize("sender", ["borrower", "servicer"])
def test_a_disbursement_pays_borrower_and_treasury(sender: str) -> None:
    """Given an agreed loan / When a party disburses it
    / Then the principal is paid out, less the fee, and counted.
    """
    life = agreed_life()
    before = life.state
    outcome = life.send(Disburse(loan=1), sender)
    loan = replace(
        before.loans.get(1),
        status=LoanStatus.ACTIVE,
        disbursed_day=START,
        since=START,
        principal=PRINCIPAL,
        instalment=PART,
        stop_day=FIRST_DUE + 11,
    )
    facility = replace(
        before.facilities.get(1),
        cash=CASH - PRINCIPAL,
        principal=PRINCIPAL,
        loans=1,
        accruing=1,
        current_day=START + 1,
        slopes=(0, 0, SLOPE, 0),
        offsets=(0, 0, SLOPE * clock(DayCount.THIRTY_E_360, START), 0),
    )
    ledger = ledger_after(
        before.ledger,
        balances={
            (DOLLAR, "borrower"): 10**9 + PRINCIPAL - FEE,
            (DOLLAR, "treasury"): FEE,
            (DOLLAR, "protocol"): CASH - PRINCIPAL,
        },
        holdings={DOLLAR: CASH - PRINCIPAL},
    )
    assert outcome.state == replace(
        before,
        ledger=ledger,
        facilities=before.facilities.set(1, facility),
        loans=before.loans.set(1, loan),
        identities=before.identities.set(1, with_places(before, 1, *NO_LOANS[1:])),
        stops=before.stops.set((1, FIRST_DUE + 11), 1),
    )
    assert outcome.events == (LoanDisbursed(1, START, PRINCIPAL, FEE, PART),)
    assert outcome.transfers == (
        transferred(DOLLAR, "protocol", "borrower", PRINCIPAL - FEE),
        transferred(DOLLAR, "protocol", "treasury", FEE),
    )


def test_the_origination_fee_is_rounded_up() -> None:
    """Given a principal of 101 and a fee of 1 % / When it is disbursed / Then the fee is two units."""
    life = agreed_life(principal=101, minimum_principal=1, late_fee=0, payment=26)
    outcome = life.send(Disburse(loan=1), "borrower")
    assert outcome.events == (LoanDisbursed(1, START, 101, 2, 26),)


def test_a_refused_borrower_and_a_refused_treasury_have_claims() -> None:
    """Given that the dollar refuses both / When the loan is disbursed
    / Then no token moves, and both have claims.
    """
    life = funded_life(refuses={"dUSD": ("borrower", "treasury")})
    life.agree(make_terms())
    before = life.state
    outcome = life.send(Disburse(loan=1), "servicer")
    claims = {(DOLLAR, "borrower"): PRINCIPAL - FEE, (DOLLAR, "treasury"): FEE}
    assert outcome.state.ledger == ledger_after(before.ledger, balances={}, claims=claims)
    assert outcome.transfers == ()
    assert outcome.events == (
        ClaimRecorded(DOLLAR, account("borrower"), PRINCIPAL - FEE),
        ClaimRecorded(DOLLAR, account("treasury"), FEE),
        LoanDisbursed(1, START, PRINCIPAL, FEE, PART),
    )


def test_the_treasury_can_be_the_borrower() -> None:
    """Given a loan to the treasury / When it is disbursed / Then the treasury receives the fee too."""
    life = funded_life()
    life.agree(make_terms(collateral_amount=0), borrower="treasury")
    life.send(Disburse(loan=1), "treasury")
    assert life.balance("treasury") == PRINCIPAL


def test_the_window_includes_its_first_and_its_last_day() -> None:
    """Given a window that begins tomorrow / When the loan is disbursed in its first or last second
    / Then it counts.
    """
    for moment in (START + 1, 0), (WINDOW_END, 86_399):
        life = agreed_life(window_start_day=START + 1, window_end_day=WINDOW_END)
        assert life.reject(Disburse(loan=1), "borrower").reason is Reason.WINDOW_NOT_OPEN
        life.on(*moment).send(Disburse(loan=1), "borrower")
        assert life.loan().disbursed_day == moment[0]


def with_places(state: State, *loans: int) -> Identity:
    """Return the borrower's identity with the named loans in its places."""
    return replace(state.identities.get(1), live_loans=loans)


def person_changed(call: Call, sender: str = ATTESTOR) -> tuple[Life, Call, str]:
    """Send a call about the borrower first."""
    life = agreed_life()
    life.send(call, sender)
    return life, Disburse(loan=1), "borrower"


def known_as_another() -> tuple[Life, Call, str]:
    """Give the borrower another identity."""
    life = agreed_life()
    life.send(RevokeIdentity(account=account("borrower")), ATTESTOR)
    life.send(attest("borrower", 8, DEADLINE), ATTESTOR)
    return life, Disburse(loan=1), "borrower"


def outlived() -> tuple[Life, Call, str]:
    """Let the identity expire while the window is open."""
    life = agreed_life()
    life.send(attest("borrower", 7, life.now + 1), ATTESTOR)
    return life.on(START + 1), Disburse(loan=1), "borrower"


def defaulting() -> tuple[Life, Call, str]:
    """Draw a second loan on the day on which the first comes into default, which nobody has booked."""
    life = active_life()
    first_day = FIRST_DUE + 11
    later = {"window_start_day": first_day - 1, "window_end_day": first_day, "first_due_day": MATURITY}
    number = life.agree(make_terms(**later, periods=1, payment=PRINCIPAL))
    return life.on(first_day), Disburse(loan=number), "borrower"


def crowded() -> tuple[Life, Call, str]:
    """Fill the places of the borrower's identity."""
    life = agreed_life()
    identities = life.state.identities.set(1, with_places(life.state, *(1,) * len(LoanSlot)))
    life.state = replace(life.state, identities=identities)
    return life, Disburse(loan=1), "borrower"


def without_prices() -> tuple[Life, Call, str]:
    """Let the prices become stale."""
    life = agreed_life()
    life.now += 2 * SECONDS_PER_DAY
    return life, Disburse(loan=1), "borrower"


# At which half of the value of the collateral is the principal.
LEAST_PRICE = 2 * PRINCIPAL * PRICE_SCALE // COLLATERAL


def priced_life(price: int) -> Life:
    """Post a price of the collateral."""
    life = agreed_life()
    life.post_prices(price)
    return life


def test_a_loan_begins_at_exactly_its_origination_limit() -> None:
    """Given collateral worth twice the principal, and a limit of half / When the loan is drawn / Then so."""
    priced_life(LEAST_PRICE).send(Disburse(loan=1), "borrower")


def test_an_unsecured_loan_needs_no_price() -> None:
    """Given a loan without collateral, and no price / When it is drawn / Then it is."""
    life = agreed_life(collateral_amount=0)
    life.now += 2 * SECONDS_PER_DAY
    life.send(Disburse(loan=1), "borrower")


def test_collateral_of_the_loans_own_asset_needs_no_feed() -> None:
    """Given collateral in dollars, of which there is no feed / When the loan is drawn
    / Then it counts as much as it is.
    """
    for amount, is_enough in ((2 * PRINCIPAL, True), (2 * PRINCIPAL - 1, False)):
        life = agreed_life(collateral_asset=DOLLAR, collateral_amount=amount)
        if is_enough:
            life.send(Disburse(loan=1), "borrower")
        else:
            assert life.reject(Disburse(loan=1), "borrower").reason is Reason.LOAN_TO_VALUE_EXCEEDED


def test_exactly_the_concentration_limit_is_lent() -> None:
    """Given net assets of which the loan is 12 %, and a limit of that / When it is drawn / Then it is."""
    edited(agreed_life(), concentration_limit=percent(12)).send(Disburse(loan=1), "borrower")


def drained_life() -> Life:
    """Redeem one unit more than the loan leaves idle."""
    life = agreed_life(window_end_day=WINDOW_END).on(START + 3)
    shares = (CASH - PRINCIPAL + 1) * VIRTUAL_SHARES
    life.send(Redeem(facility=1, shares=shares, minimum_amount=0), "lender")
    return life


def barely_covered_life(missing: int) -> Life:
    """Require cover of 10 %, and put in what the loan needs, less some units."""
    life = edited(agreed_life(), cover_ratio=percent(10))
    life.send(DepositCover(facility=1, amount=PRINCIPAL // 10 - missing), "servicer")
    return life


def test_exactly_the_required_cover_is_enough() -> None:
    """Given a cover of exactly 10 % of the loan / When it is disbursed / Then it is accepted."""
    barely_covered_life(0).send(Disburse(loan=1), "borrower")


DISBURSEMENTS: Cases = {
    Reason.UNKNOWN_LOAN: lambda: (agreed_life(), Disburse(loan=2), "borrower"),
    Reason.NOT_PARTY: lambda: (agreed_life(), Disburse(loan=1), "lender"),
    Reason.PAUSED: lambda: (paused(agreed_life(), Scope.ORIGINATION), Disburse(loan=1), "borrower"),
    Reason.NOT_AGREED: lambda: (active_life(), Disburse(loan=1), "borrower"),
    Reason.WINDOW_NOT_OPEN: lambda: (
        agreed_life(window_start_day=START + 1),
        Disburse(loan=1),
        "borrower",
    ),
    Reason.WINDOW_CLOSED: lambda: (agreed_life().on(WINDOW_END + 1), Disburse(loan=1), "borrower"),
    Reason.FACILITY_WINDS_DOWN: lambda: (
        edited(agreed_life(), is_winding_down=1),
        Disburse(loan=1),
        "borrower",
    ),
    Reason.FACILITY_FULL: lambda: (
        edited(agreed_life(), principal=MAXIMUM_AMOUNT - PRINCIPAL + 1),
        Disburse(loan=1),
        "borrower",
    ),
    Reason.TOO_MANY_LOANS: lambda: (
        edited(agreed_life(), loans=MAXIMUM_NUMBER),
        Disburse(loan=1),
        "borrower",
    ),
    Reason.INSUFFICIENT_CASH: lambda: (drained_life(), Disburse(loan=1), "borrower"),
    Reason.COVER_INSUFFICIENT: lambda: (barely_covered_life(1), Disburse(loan=1), "borrower"),
    Reason.IDENTITY_MISSING: lambda: person_changed(RevokeIdentity(account=account("borrower"))),
    Reason.IDENTITY_EXPIRED: outlived,
    Reason.JURISDICTION_NOT_ALLOWED: lambda: person_changed(
        attest("borrower", 7, DEADLINE, jurisdiction=250)
    ),
    Reason.ACCOUNT_FROZEN: lambda: person_changed(Freeze(account=account("borrower"))),
    Reason.IDENTITY_DIFFERS: known_as_another,
    Reason.OPEN_DEFAULT: defaulting,
    Reason.TOO_MANY_LIVE_LOANS: crowded,
    Reason.CONCENTRATION_EXCEEDED: lambda: (
        edited(agreed_life(), concentration_limit=percent(12) - 1),
        Disburse(loan=1),
        "borrower",
    ),
    Reason.PRICE_UNUSABLE: without_prices,
    Reason.LOAN_TO_VALUE_EXCEEDED: lambda: (priced_life(LEAST_PRICE - 1), Disburse(loan=1), "borrower"),
}


@pytest.mark.parametrize("reason", DISBURSEMENTS)
def test_a_disbursement_is_rejected(reason: Reason) -> None:
    """Given a fault in a disbursement / When it is sent / Then it is rejected for that reason."""
    check_rejection(Disburse, DISBURSEMENTS, reason)


def test_exactly_the_principal_is_enough_cash() -> None:
    """Given idle cash of exactly the principal / When the loan is disbursed / Then none is left."""
    life = agreed_life(window_end_day=WINDOW_END).on(START + 3)
    shares = (CASH - PRINCIPAL) * VIRTUAL_SHARES
    life.send(Redeem(facility=1, shares=shares, minimum_amount=0), "lender")
    life.send(Disburse(loan=1), "borrower")
    assert life.facility().cash == 0
    assert life.loan().collateral == COLLATERAL
    assert life.loan().borrower == account("borrower")

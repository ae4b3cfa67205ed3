"""Chapter 6: offer, accept, countersign and cancel."""

from dataclasses import replace
from typing import Any

import pytest

from lien.protocol.builders import percent
from lien.protocol.genesis import ATTESTOR, DOLLAR, ETHER
from lien.protocol.state import Loan
from lien.spec.agreement import (
    Accept,
    Cancel,
    Countersign,
    LoanAccepted,
    LoanAgreed,
    LoanCancelled,
    LoanOffered,
    Offer,
)
from lien.spec.assets import ClaimRecorded
from lien.spec.call import Call
from lien.spec.facility import WindDown
from lien.spec.identity import Freeze, RevokeIdentity
from lien.spec.reasons import Reason
from lien.spec.types import ApplicationStatus, CycleUnit, LoanStatus, RepaymentKind, Scope
from lien.spec.units import (
    APPLICATION_DAYS,
    MAXIMUM_CYCLE_LENGTH,
    MAXIMUM_DAY,
    MAXIMUM_GRACE_DAYS,
    MAXIMUM_NUMBER,
    WAD,
)
from tests.lives import (
    COLLATERAL,
    DEADLINE,
    FIRST_DUE,
    MATURITY,
    PRINCIPAL,
    START,
    Cases,
    Life,
    accepted_life,
    account,
    active_life,
    agreed_life,
    attest,
    check_rejection,
    funded_life,
    ledger_after,
    make_terms,
    offered_life,
    paused,
    transferred,
)

WINDOW_END = START + 5
AFTER_WINDOW = WINDOW_END + 1


# At 100 % the interest of 360 days is the principal; a period counts two more than it has, for a February.
DOUBLING: dict[str, Any] = {"rate": WAD, "usury_cap": 10 * WAD}
LONGEST = 358
IN_THREE = {"periods": 3, "maturity_day": FIRST_DUE + LONGEST + 30}


def make_offer(life: Life, **changes: Any) -> Offer:
    """Return an offer of the usual terms, with changes, for which an application is approved."""
    terms = make_terms(**changes)
    return Offer(application=life.approve(terms), terms=terms)


# offering


def test_an_offer_fixes_the_terms_and_moves_nothing() -> None:
    """Given an approved application / When the servicer offers a loan
    / Then there is a loan with these terms, the application is over, and nothing else.
    """
    life = funded_life()
    call = make_offer(life)
    product = replace(life.state.products.get(1), impairment_ratio=WAD // 4)
    life.state = replace(life.state, products=life.state.products.set(1, product))
    before = life.state
    outcome = life.send(call, "servicer")
    loan = Loan(
        facility=1,
        borrower=account("borrower"),
        terms=call.terms,
        status=LoanStatus.OFFERED,
        collateral=0,
        impairment_ratio=WAD // 4,
        identity=1,
    )
    application = replace(before.applications.get(1), status=ApplicationStatus.OFFERED)
    assert outcome.state == replace(
        before,
        loan_count=1,
        loans=before.loans.set(1, loan),
        applications=before.applications.set(1, application),
    )
    assert outcome.events == (LoanOffered(1, 1, 1, account("borrower"), 1, WAD // 4, call.terms),)
    assert outcome.transfers == ()


def crowded_life() -> Life:
    """Use up all loan numbers."""
    life = approved_life()
    life.state = replace(life.state, loan_count=MAXIMUM_NUMBER)
    return life


def approved_life(**changes: Any) -> Life:
    """Go on until an application for the usual terms is approved; change the product afterwards."""
    life = funded_life()
    life.approve(make_terms())
    product = replace(life.state.products.get(1), **changes)
    life.state = replace(life.state, products=life.state.products.set(1, product))
    return life


def other_terms(**changes: Any) -> Any:
    """Return a case in which the terms are not those for which the application was approved."""
    return lambda: (approved_life(), Offer(application=1, terms=make_terms(**changes)), "servicer")


def refused(**changes: Any) -> Any:
    """Return a case in which terms are offered that were applied for, and are not sound."""
    return lambda: (life := funded_life(), make_offer(life, **changes), "servicer")


def winding_down() -> tuple[Life, Offer, str]:
    """Offer in a facility that winds down."""
    life = approved_life()
    life.send(WindDown(facility=1), "servicer")
    return life, USUAL_OFFER, "servicer"


def below_the_floor() -> tuple[Life, Offer, str]:
    """Raise the council's floor of origination fees above that of the terms."""
    life = approved_life()
    life.state = replace(life.state, origination_fee_floor=percent(1) + 1)
    return life, USUAL_OFFER, "servicer"


USUAL_OFFER = Offer(application=1, terms=make_terms())
OFFERS: Cases = {
    Reason.UNKNOWN_APPLICATION: lambda: (
        approved_life(),
        Offer(application=2, terms=make_terms()),
        "servicer",
    ),
    Reason.NOT_SERVICER: lambda: (approved_life(), USUAL_OFFER, "lender"),
    Reason.PAUSED: lambda: (paused(approved_life(), Scope.ORIGINATION), USUAL_OFFER, "servicer"),
    Reason.FACILITY_WINDS_DOWN: winding_down,
    Reason.APPLICATION_EXPIRED: lambda: (
        approved_life().on(START + APPLICATION_DAYS),
        USUAL_OFFER,
        "servicer",
    ),
    Reason.APPLICATION_NOT_APPROVED: lambda: (offered_life(), USUAL_OFFER, "servicer"),
    Reason.APPLICATION_DIFFERS: other_terms(principal=PRINCIPAL + 1),
    Reason.RATE_NOT_OF_GRADE: other_terms(rate=percent(12) - 1),
    Reason.LIMIT_ABOVE_GRADE: other_terms(origination_limit=percent(50) + 1),
    Reason.TERM_TOO_LONG: lambda: (
        approved_life(maximum_days=MATURITY - START - 1),
        USUAL_OFFER,
        "servicer",
    ),
    Reason.ORIGINATION_FEE_BELOW_FLOOR: below_the_floor,
    Reason.PRINCIPAL_BELOW_MINIMUM: refused(minimum_principal=PRINCIPAL + 1),
    Reason.RATES_ABOVE_USURY_CAP: refused(usury_cap=percent(18) - 1),
    Reason.WINDOW_INVALID: refused(window_end_day=START - 1),
    Reason.CYCLE_OUT_OF_RANGE: refused(cycle_length=MAXIMUM_CYCLE_LENGTH + 1),
    Reason.MATURITY_OUT_OF_RANGE: refused(maturity_day=MAXIMUM_DAY - 10),
    Reason.GRACE_TOO_LONG: refused(grace_days=25),
    Reason.PAYMENT_INVALID: refused(payment=0),
    Reason.INTEREST_BELOW_UNIT: refused(
        kind=RepaymentKind.INTEREST_ONLY, payment=0, minimum_principal=100, rate=percent(10)
    ),
    Reason.INTEREST_ABOVE_PRINCIPAL: refused(rate=4 * WAD, usury_cap=10 * WAD, maturity_day=MATURITY + 99),
    Reason.FEE_ABOVE_CAP: refused(late_fee=PRINCIPAL // 20 + 1),
    Reason.LIMITS_NOT_ORDERED: refused(margin_call_limit=percent(75)),
    Reason.TOO_MANY_LOANS: lambda: (crowded_life(), USUAL_OFFER, "servicer"),
}


@pytest.mark.parametrize("reason", OFFERS)
def test_an_offer_is_rejected(reason: Reason) -> None:
    """Given a fault in an offer / When it is sent / Then it is rejected for that reason."""
    check_rejection(Offer, OFFERS, reason)


@pytest.mark.parametrize(
    "changes", [{"periods": 3}, {"collateral_asset": DOLLAR}, {"collateral_amount": COLLATERAL - 1}]
)
def test_an_offer_is_of_what_was_applied_for(changes: dict[str, Any]) -> None:
    """Given an approved application / When an offer differs from it in any part / Then it is rejected."""
    life, call, sender = other_terms(**changes)()
    assert life.reject(call, sender).reason is Reason.APPLICATION_DIFFERS


GRADED: dict[str, Any] = {
    "least_scores": (750, 600, 500, 300),
    "rates": (percent(8), percent(10), percent(12), percent(15)),
    "origination_limits": (percent(70), percent(60), percent(50), percent(40)),
    "maximum_days": MATURITY - START,
}


def test_an_offer_is_priced_by_the_grade_that_the_score_reaches() -> None:
    """Given a score of 500, which is the least of the third grade / When its rate, limit and term are offered
    / Then accepted; and rejected where the score reaches no grade any more.
    """
    life = approved_life(**(GRADED | {"least_scores": (800, 700, 600, 501)}))
    assert life.reject(USUAL_OFFER, "servicer").reason is Reason.RATE_NOT_OF_GRADE
    approved_life(**GRADED).send(USUAL_OFFER, "servicer")


@pytest.mark.parametrize("status", ApplicationStatus)
def test_only_an_approved_application_is_offered_a_loan(status: ApplicationStatus) -> None:
    """Given an application in any status / When a loan is offered / Then only where it is approved."""
    life = approved_life()
    edited = replace(life.state.applications.get(1), status=status)
    life.state = replace(life.state, applications=life.state.applications.set(1, edited))
    if status == ApplicationStatus.APPROVED:
        life.send(USUAL_OFFER, "servicer")
        return
    is_expired = status == ApplicationStatus.EXPIRED
    reason = Reason.APPLICATION_EXPIRED if is_expired else Reason.APPLICATION_NOT_APPROVED
    assert life.reject(USUAL_OFFER, "servicer").reason is reason


A_LONG_PERIOD: dict[str, Any] = {"periods": 1, "first_due_day": MATURITY, "maturity_day": MATURITY}
AT_THE_BOUND: dict[str, tuple[dict[str, Any], dict[str, Any], Reason]] = {
    "minimum principal": ({"minimum_principal": 1}, {"minimum_principal": 0}, Reason.PRINCIPAL_BELOW_MINIMUM),
    "usury cap": ({"usury_cap": percent(18)}, {"default_rate": percent(8) + 1}, Reason.RATES_ABOVE_USURY_CAP),
    "window order": (
        {"window_start_day": WINDOW_END, "window_end_day": WINDOW_END},
        {"window_start_day": WINDOW_END + 1, "window_end_day": WINDOW_END},
        Reason.WINDOW_INVALID,
    ),
    "window past": (
        {"window_start_day": START - 9, "window_end_day": START},
        {"window_start_day": START - 9, "window_end_day": START - 1},
        Reason.WINDOW_INVALID,
    ),
    "no cycle": ({}, {"cycle_length": 0}, Reason.CYCLE_OUT_OF_RANGE),
    "calendar": (
        {"maturity_day": MAXIMUM_DAY - 11, "rate": 0},
        {"maturity_day": MAXIMUM_DAY - 10, "rate": 0},
        Reason.MATURITY_OUT_OF_RANGE,
    ),
    "single period": (
        {"periods": 1, "first_due_day": MATURITY},
        {"periods": 1, "first_due_day": MATURITY - 1},
        Reason.MATURITY_OUT_OF_RANGE,
    ),
    "grace, first period of 26 days": ({"grace_days": 24}, {"grace_days": 25}, Reason.GRACE_TOO_LONG),
    "longest grace": (
        {"grace_days": MAXIMUM_GRACE_DAYS, **A_LONG_PERIOD},
        {"grace_days": MAXIMUM_GRACE_DAYS + 1, **A_LONG_PERIOD},
        Reason.GRACE_TOO_LONG,
    ),
    "grace, last period": (
        {"maturity_day": MATURITY - 18},
        {"maturity_day": MATURITY - 19},
        Reason.GRACE_TOO_LONG,
    ),
    "payment of a bullet": (
        {"kind": RepaymentKind.BULLET, "payment": 0, "minimum_principal": 10**6},
        {"kind": RepaymentKind.BULLET, "payment": 1, "minimum_principal": 10**6},
        Reason.PAYMENT_INVALID,
    ),
    "interest of the first period, from the window's start": (
        {**DOUBLING, "periods": 2, "first_due_day": START + LONGEST, "maturity_day": START + 400},
        {**DOUBLING, "periods": 2, "first_due_day": START + LONGEST + 1, "maturity_day": START + 400},
        Reason.INTEREST_ABOVE_PRINCIPAL,
    ),
    "interest of a cycle": (
        {**DOUBLING, "cycle_unit": CycleUnit.DAY, "cycle_length": LONGEST, **IN_THREE},
        {**DOUBLING, "cycle_unit": CycleUnit.DAY, "cycle_length": LONGEST + 1, **IN_THREE},
        Reason.INTEREST_ABOVE_PRINCIPAL,
    ),
    "interest of the last period": (
        {**DOUBLING, "periods": 2, "maturity_day": FIRST_DUE + LONGEST},
        {**DOUBLING, "periods": 2, "maturity_day": FIRST_DUE + LONGEST + 1},
        Reason.INTEREST_ABOVE_PRINCIPAL,
    ),
    "interest of a period, by the rate": (
        {**DOUBLING, "periods": 2, "maturity_day": FIRST_DUE + LONGEST},
        {**DOUBLING, "periods": 2, "maturity_day": FIRST_DUE + LONGEST, "rate": WAD + 1},
        Reason.INTEREST_ABOVE_PRINCIPAL,
    ),
    "late fee": ({"late_fee": PRINCIPAL // 20}, {"late_fee": PRINCIPAL // 20 + 1}, Reason.FEE_ABOVE_CAP),
    "prepayment fee": (
        {"prepayment_fee_rate": WAD // 10},
        {"prepayment_fee_rate": WAD // 10 + 1},
        Reason.FEE_ABOVE_CAP,
    ),
    "origination fee": (
        {"origination_fee_rate": WAD // 10},
        {"origination_fee_rate": WAD // 10 + 1},
        Reason.FEE_ABOVE_CAP,
    ),
    "liquidation bonus": (
        {"liquidation_bonus": WAD // 4},
        {"liquidation_bonus": WAD // 4 + 1},
        Reason.FEE_ABOVE_CAP,
    ),
    "limit of the bonus": (
        {"liquidation_limit": percent(80), "liquidation_bonus": percent(25)},
        {"liquidation_limit": percent(80) + 1, "liquidation_bonus": percent(25)},
        Reason.LIMITS_NOT_ORDERED,
    ),
    "origination limit": (
        {"origination_limit": percent(65) - 1},
        {"origination_limit": percent(65)},
        Reason.LIMITS_NOT_ORDERED,
    ),
    "close factor": ({"close_factor": 1}, {"close_factor": 0}, Reason.LIMITS_NOT_ORDERED),
}


@pytest.mark.parametrize("name", AT_THE_BOUND)
def test_each_bound_of_the_terms_is_exact(name: str) -> None:
    """Given terms at a bound / When they are offered, and one step beyond / Then accepted, and rejected."""
    sound, unsound, reason = AT_THE_BOUND[name]
    life = funded_life()
    life.send(make_offer(life, **sound), "servicer")
    assert life.reject(make_offer(life, **unsound), "servicer").reason is reason


def test_something_must_fall_due_in_each_period_that_keeps_its_principal() -> None:
    """Given a least period of 26 days at 12 % / When the minimum brings one unit, or less
    / Then only the first.

    A period of 26 days is counted as at least 25: 122 x 12 % x 25/366 is one unit exactly.
    """
    life = funded_life()
    kind = {"kind": RepaymentKind.INTEREST_ONLY, "payment": 0}
    life.send(make_offer(life, **kind, minimum_principal=122), "servicer")
    rejected = life.reject(make_offer(life, **kind, minimum_principal=121), "servicer")
    assert rejected.reason is Reason.INTEREST_BELOW_UNIT


# accepting


def test_an_acceptance_locks_the_collateral() -> None:
    """Given an offer / When a stranger hands in the borrower's signature
    / Then the borrower's collateral is locked.
    """
    life = offered_life()
    before = life.state
    outcome = life.send(life.acceptance(), "stranger")
    loan = replace(before.loans.get(1), status=LoanStatus.ACCEPTED, collateral=COLLATERAL)
    assert outcome.state == replace(
        before,
        ledger=ledger_after(
            before.ledger,
            balances={(ETHER, "borrower"): 10**19 - COLLATERAL, (ETHER, "protocol"): COLLATERAL},
            holdings={ETHER: COLLATERAL},
        ),
        loans=before.loans.set(1, loan),
        nonces=before.nonces.set((account("borrower"), 1), 1),
    )
    assert outcome.events == (LoanAccepted(1, account("borrower"), COLLATERAL, 0),)
    assert outcome.transfers == (transferred(ETHER, "borrower", "protocol", COLLATERAL),)


def test_an_acceptance_is_for_one_loan_alone() -> None:
    """Given two equal offers / When the signature for the one is handed in for the other
    / Then it is rejected.
    """
    life = offered_life()
    life.offer(make_terms())
    signature = life.acceptance(1).signature
    swapped = Accept(loan=2, deadline=DEADLINE, signature=signature)
    assert life.reject(swapped).reason is Reason.WRONG_SIGNER
    life.send(life.acceptance(2))
    life.send(life.acceptance(1))


def tampered(life: Life, **changes: Any) -> Accept:
    """Return the borrower's acceptance with a field changed after signing."""
    fields: dict[str, Any] = {"loan": 1, "deadline": DEADLINE, "signature": life.acceptance().signature}
    return Accept(**(fields | changes))


def case_of_acceptance(life: Life, **changes: Any) -> tuple[Life, Accept, str]:
    """Return a case in which an acceptance is sent that was signed and then changed."""
    return life, tampered(life, **changes), "stranger"


def person_changed(call: Call) -> tuple[Life, Call, str]:
    """Let the attestor send a call about the borrower first."""
    life = offered_life()
    life.send(call, ATTESTOR)
    return life, life.acceptance(), "stranger"


def known_as_another() -> tuple[Life, Call, str]:
    """Give the borrower another identity."""
    life = offered_life()
    life.send(RevokeIdentity(account=account("borrower")), ATTESTOR)
    life.send(attest("borrower", 8, DEADLINE), ATTESTOR)
    return life, life.acceptance(), "stranger"


def outlived() -> tuple[Life, Call, str]:
    """Let the identity expire while the window is open."""
    life = offered_life()
    life.send(attest("borrower", 7, life.now + 1), ATTESTOR)
    life.on(START + 1)
    return life, life.acceptance(), "stranger"


def defaulting() -> tuple[Life, Call, str]:
    """Accept a second loan on the day on which the first comes into default, which nobody has booked."""
    life = active_life()
    first_day = FIRST_DUE + 11
    later = {"window_start_day": first_day, "window_end_day": first_day, "first_due_day": MATURITY}
    number = life.offer(make_terms(**later, periods=1, payment=PRINCIPAL))
    life.on(first_day)
    return life, life.acceptance(number), "stranger"


ACCEPTANCES: Cases = {
    Reason.UNKNOWN_LOAN: lambda: case_of_acceptance(offered_life(), loan=2),
    Reason.PAUSED: lambda: case_of_acceptance(paused(offered_life(), Scope.ORIGINATION)),
    Reason.NOT_OFFERED: lambda: (life := accepted_life(), life.acceptance(), "stranger"),
    Reason.SIGNATURE_EXPIRED: lambda: (
        life := offered_life(),
        life.acceptance(deadline=life.now),
        "stranger",
    ),
    Reason.WINDOW_CLOSED: lambda: (
        life := offered_life().on(AFTER_WINDOW),
        life.acceptance(),
        "stranger",
    ),
    Reason.WRONG_SIGNER: lambda: case_of_acceptance(offered_life(), deadline=DEADLINE + 1),
    Reason.IDENTITY_MISSING: lambda: person_changed(RevokeIdentity(account=account("borrower"))),
    Reason.IDENTITY_EXPIRED: outlived,
    Reason.JURISDICTION_NOT_ALLOWED: lambda: person_changed(
        attest("borrower", 7, DEADLINE, jurisdiction=250)
    ),
    Reason.ACCOUNT_FROZEN: lambda: person_changed(Freeze(account=account("borrower"))),
    Reason.IDENTITY_DIFFERS: known_as_another,
    Reason.OPEN_DEFAULT: defaulting,
    Reason.INSUFFICIENT_BALANCE: lambda: (
        life := offered_life(collateral_amount=10**19 + 1),
        life.acceptance(),
        "stranger",
    ),
}


@pytest.mark.parametrize("reason", ACCEPTANCES)
def test_an_acceptance_is_rejected(reason: Reason) -> None:
    """Given a fault in an acceptance / When it is sent / Then it is rejected for that reason."""
    check_rejection(Accept, ACCEPTANCES, reason)


def test_an_acceptance_counts_up_to_the_last_second() -> None:
    """Given the last second of the window, and of the deadline / When the signature is handed in
    / Then it counts.
    """
    life = offered_life().on(WINDOW_END, 86_399)
    life.send(life.acceptance(deadline=life.now + 1))


@pytest.mark.parametrize("signature", [b"", b"\x00" * 65, b"\xff" * 65, b"\x01" * 64, b"\x01" * 66])
def test_bytes_that_are_no_signature_sign_nothing(signature: bytes) -> None:
    """Given an offer / When bytes that are no signature are handed in / Then nobody has signed."""
    life = offered_life()
    assert life.reject(tampered(life, signature=signature)).reason is Reason.WRONG_SIGNER


# countersigning


def test_a_countersignature_makes_the_agreement() -> None:
    """Given an accepted loan / When the servicer's signature is handed in
    / Then it is agreed, and nothing moves.
    """
    life = accepted_life()
    before = life.state
    outcome = life.send(life.countersignature(), "stranger")
    loan = replace(before.loans.get(1), status=LoanStatus.AGREED)
    assert outcome.state == replace(
        before, loans=before.loans.set(1, loan), nonces=before.nonces.set((account("servicer"), 1), 1)
    )
    assert outcome.events == (LoanAgreed(1, account("servicer"), 0),)
    assert outcome.transfers == ()


COUNTERSIGNATURES: Cases = {
    Reason.UNKNOWN_LOAN: lambda: (
        accepted_life(),
        Countersign(loan=0, deadline=DEADLINE, signature=b""),
        "stranger",
    ),
    Reason.PAUSED: lambda: (
        life := paused(accepted_life(), Scope.ORIGINATION),
        life.countersignature(),
        "stranger",
    ),
    Reason.NOT_ACCEPTED: lambda: (life := agreed_life(), life.countersignature(), "stranger"),
    Reason.SIGNATURE_EXPIRED: lambda: (
        life := accepted_life(),
        life.countersignature(deadline=life.now),
        "stranger",
    ),
    Reason.WINDOW_CLOSED: lambda: (
        life := accepted_life().on(AFTER_WINDOW),
        life.countersignature(),
        "stranger",
    ),
    Reason.WRONG_SIGNER: lambda: (
        life := accepted_life(),
        life.countersignature(servicer="lender"),
        "servicer",
    ),
}


@pytest.mark.parametrize("reason", COUNTERSIGNATURES)
def test_a_countersignature_is_rejected(reason: Reason) -> None:
    """Given a fault in a countersignature / When it is sent / Then it is rejected for that reason."""
    check_rejection(Countersign, COUNTERSIGNATURES, reason)


def test_an_offer_is_not_countersigned_before_it_is_accepted() -> None:
    """Given an offer / When the servicer signs first
    / Then it is rejected, and the signature counts later.
    """
    life = offered_life()
    call = life.countersignature()
    assert life.reject(call).reason is Reason.NOT_ACCEPTED
    life.send(life.acceptance())
    life.send(call)


# cancelling


@pytest.mark.parametrize("sender", ["borrower", "servicer"])
def test_a_party_cancels_before_the_agreement_and_the_collateral_returns(sender: str) -> None:
    """Given an accepted loan / When a party cancels it
    / Then it has ended, and the collateral is the borrower's.
    """
    life = accepted_life()
    before = life.state
    outcome = life.send(Cancel(loan=1), sender)
    loan = replace(before.loans.get(1), status=LoanStatus.CANCELLED, collateral=0)
    assert outcome.state == replace(
        before,
        ledger=ledger_after(
            before.ledger,
            balances={(ETHER, "borrower"): 10**19, (ETHER, "protocol"): 0},
            holdings={ETHER: 0},
        ),
        loans=before.loans.set(1, loan),
    )
    assert outcome.events == (LoanCancelled(1, COLLATERAL),)
    assert outcome.transfers == (transferred(ETHER, "protocol", "borrower", COLLATERAL),)


def test_an_offer_is_withdrawn_without_a_transfer() -> None:
    """Given an offer / When the servicer withdraws it / Then nothing moves."""
    life = offered_life()
    outcome = life.send(Cancel(loan=1), "servicer")
    assert outcome.events == (LoanCancelled(1, 0),)
    assert outcome.transfers == ()


def test_anyone_cancels_an_agreement_after_its_window() -> None:
    """Given an agreement / When its window has ended, not a second before / Then anyone can cancel it."""
    life = agreed_life().on(WINDOW_END, 86_399)
    assert life.reject(Cancel(loan=1), "borrower").reason is Reason.AGREEMENT_BINDING
    outcome = life.on(AFTER_WINDOW).send(Cancel(loan=1), "stranger")
    assert outcome.events == (LoanCancelled(1, COLLATERAL),)
    assert life.balance("borrower", ETHER) == 10**19


def test_collateral_that_is_refused_becomes_a_claim() -> None:
    """Given a borrower whom ether refuses / When the loan is cancelled
    / Then the collateral is theirs to claim.
    """
    life = funded_life(refuses={"dETH": ("borrower",)})
    life.offer(make_terms())
    life.send(life.acceptance())
    outcome = life.send(Cancel(loan=1), "borrower")
    assert outcome.transfers == ()
    borrower = account("borrower")
    assert outcome.events == (ClaimRecorded(ETHER, borrower, COLLATERAL), LoanCancelled(1, COLLATERAL))
    assert outcome.state.ledger.claims.get((ETHER, borrower)) == COLLATERAL


CANCELLATIONS: Cases = {
    Reason.UNKNOWN_LOAN: lambda: (funded_life(), Cancel(loan=1), "servicer"),
    Reason.NOT_CANCELLABLE: lambda: (active_life(), Cancel(loan=1), "servicer"),
    Reason.AGREEMENT_BINDING: lambda: (agreed_life(), Cancel(loan=1), "servicer"),
    Reason.NOT_PARTY: lambda: (accepted_life(), Cancel(loan=1), "lender"),
}


@pytest.mark.parametrize("reason", CANCELLATIONS)
def test_a_cancellation_is_rejected(reason: Reason) -> None:
    """Given a fault in a cancellation / When it is sent / Then it is rejected for that reason."""
    check_rejection(Cancel, CANCELLATIONS, reason)


def test_a_loan_is_cancelled_once() -> None:
    """Given a cancelled loan / When it is cancelled again / Then it is rejected, and no collateral moves."""
    life = accepted_life()
    life.send(Cancel(loan=1), "borrower")
    assert life.reject(Cancel(loan=1), "borrower").reason is Reason.NOT_CANCELLABLE
    assert life.state.ledger.holdings.get(DOLLAR) > 0

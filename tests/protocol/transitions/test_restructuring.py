"""Chapter 8: restructure."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from eth_account import Account as KeyPair
from eth_account.messages import encode_typed_data

from lien.protocol.builders import percent, restructure_by
from lien.protocol.calendar import clock
from lien.protocol.genesis import DOLLAR
from lien.protocol.maps import Figures
from lien.protocol.rejection import Rejection
from lien.protocol.signatures import NO_SIGNER, TERMS_TYPE, recover_signers
from lien.protocol.state import Loan
from lien.protocol.transitions.restructuring import require_cover
from lien.spec.genesis import private_key
from lien.spec.liquidation import DeclareDefault
from lien.spec.reasons import Reason
from lien.spec.repayment import Restructure, Restructured
from lien.spec.terms import Terms
from lien.spec.types import DayCount, LoanStatus, RepaymentKind
from lien.spec.units import CLOCK_UNITS_PER_YEAR, MAXIMUM_AMOUNT, MAXIMUM_NUMBER, MAXIMUM_PERIODS, UNIT, WAD
from tests.lives import (
    DEADLINE,
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
    day,
    edited,
    make_terms,
)

OVERDUE_DAYS = 5
LATE = FIRST_DUE + OVERDUE_DAYS  # 20 February: the thirty-fifth day of months of thirty
INTEREST = MONTH_OF_INTEREST * 35 // 30
DEFAULT_INTEREST = PART * 6 * OVERDUE_DAYS // 100 // 360
CAPITALISED = INTEREST + DEFAULT_INTEREST + LATE_FEE
OWED = PRINCIPAL + CAPITALISED
DAY = CLOCK_UNITS_PER_YEAR // 360
NEW_MATURITY = day(2024, 8, 20)
EVEN = OWED * 10**36 // 10**18  # the price at which half of what the collateral is worth is just what is owed


def new_terms(**changes: Any) -> Terms:
    """Return terms of a bullet from the late day on, for all that is owed then and a little more."""
    usual: dict[str, Any] = {
        "principal": OWED + 1,
        "kind": RepaymentKind.BULLET,
        "periods": 1,
        "payment": 0,
        "window_start_day": LATE,
        "first_due_day": NEW_MATURITY,
        "maturity_day": NEW_MATURITY,
    }
    return make_terms(**(usual | changes))


def restructuring(
    life: Life, most: int = CAPITALISED, deadline: int = DEADLINE, **changes: Any
) -> Restructure:
    """Return a restructuring of the first loan that both parties signed, as the loan stands."""
    unsigned = Restructure(
        loan=1,
        terms=new_terms(**changes),
        maximum_capitalised=most,
        deadline=deadline,
        borrower_signature=b"",
        servicer_signature=b"",
    )
    return restructure_by(life.state, unsigned, "borrower", "servicer")


def cure(life: Life) -> Restructure:
    """Return a restructuring, on this day, of a loan without collateral that is in default."""
    dates = {"window_start_day": life.today, "collateral_amount": 0}
    return restructuring(life, most=PRINCIPAL, principal=2 * PRINCIPAL, **dates)


def late_life(**changes: Any) -> Life:
    """Go on until the loan is overdue, and its collateral is worth twice what is owed."""
    life = active_life(**changes).on(LATE)
    life.post_prices(EVEN)
    return life


def unsecured_life() -> Life:
    """Go on until a loan without collateral is overdue."""
    return active_life(collateral_amount=0).on(LATE)


def sums_of(loan: Loan) -> dict[str, Any]:
    """Return what a facility with this loan alone records of it."""
    slope = loan.principal * percent(12)
    offset = slope * clock(DayCount.THIRTY_E_360, loan.since)
    return {
        "principal": loan.principal,
        "interest_paid": loan.interest_paid,
        "carry": loan.interest,
        "slopes": (0, 0, slope, 0),
        "offsets": (0, 0, offset, 0),
        "impairment": loan.impairment,
    }


def test_an_overdue_loan_gets_new_terms() -> None:
    """Given an overdue loan worth half of its collateral / When both parties' new terms are handed in
    / Then all that is owed is its principal, and no token has moved.
    """
    life = late_life()
    before = life.state
    outcome = life.send(restructuring(life), "stranger")
    terms = new_terms(principal=OWED)
    terms = replace(terms, late_fee=new_terms().late_fee, minimum_principal=new_terms().minimum_principal)
    room = PRINCIPAL * percent(20 - 12) * 35 * DAY - PART * percent(6) * OVERDUE_DAYS * DAY - LATE_FEE * UNIT
    loan = replace(
        before.loans.get(1),
        terms=terms,
        disbursed_day=LATE,
        since=LATE,
        principal=OWED,
        instalment=OWED,
        usury_room=room,
        interest_paid=INTEREST,
        stop_day=NEW_MATURITY + 11,
        is_late=1,
        restructurings=1,
    )
    facility = replace(before.facilities.get(1), **sums_of(loan))
    assert outcome.state == replace(
        before,
        timestamp=life.now,
        facilities=before.facilities.set(1, facility),
        loans=before.loans.set(1, loan),
        stops=Figures().set((1, NEW_MATURITY + 11), 1),
    )
    assert outcome.events == (
        Restructured(1, 0, LATE, terms, INTEREST, DEFAULT_INTEREST, LATE_FEE, instalment=OWED),
    )
    assert outcome.transfers == ()


def test_what_rounding_up_brought_stays_a_credit() -> None:
    """Given interest that is no whole unit / When a loan is restructured
    / Then the rest of the unit is paid ahead.
    """
    life = active_life(principal=PRINCIPAL + 1, collateral_amount=0).on(LATE)
    interest = (PRINCIPAL + 1) * percent(12) * 35 * DAY
    life.send(restructuring(life, most=MAXIMUM_AMOUNT, principal=2 * OWED, collateral_amount=0))
    loan = life.loan()
    assert interest % UNIT > 0
    assert (loan.interest, loan.interest_paid) == (interest % UNIT - UNIT, interest // UNIT + 1)


def test_interest_paid_ahead_lowers_the_principal() -> None:
    """Given a first instalment paid on the first day / When the loan is restructured on that day
    / Then nothing is capitalised, and the credit is taken off the principal.
    """
    life = active_life(collateral_amount=0)
    paid = life.repay(PART + MONTH_OF_INTEREST)
    principal = PRINCIPAL - PART - paid.coming_interest
    assert paid.coming_interest > 0
    call = restructuring(life, most=0, principal=principal, collateral_amount=0, window_start_day=START)
    outcome = life.send(call)
    loan = life.loan()
    assert (loan.principal, loan.interest) == (principal, 0)
    credit = 0 - paid.coming_interest
    assert outcome.events == (Restructured(1, 0, START, loan.terms, credit, 0, 0, loan.instalment),)


def test_a_loan_in_default_comes_back_and_settles_as_late() -> None:
    """Given a default that is booked / When the loan is restructured and paid off
    / Then it accrues again, and is still late.
    """
    life = active_life(collateral_amount=0).on(FIRST_DUE + 11)
    life.send(DeclareDefault(loan=1))
    life.send(cure(life))
    loan, facility = life.loan(), life.facility()
    assert (loan.status, loan.default_day, loan.has_defaulted) == (LoanStatus.ACTIVE, 0, 1)
    assert (facility.accruing, facility.defaulted_loans) == (1, 0)
    life.repay(10**9)
    assert (life.loan().status, life.loan().is_late) == (LoanStatus.SETTLED, 1)


def test_a_default_that_nobody_booked_is_cured() -> None:
    """Given a loan past its grace / When it is restructured before anyone declares its default
    / Then it has defaulted, and accrues from that day on.
    """
    life = active_life(collateral_amount=0).on(FIRST_DUE + 11)
    life.send(cure(life))
    loan = life.loan()
    assert (loan.status, loan.has_defaulted, loan.is_late) == (LoanStatus.ACTIVE, 1, 1)
    assert life.state.stops == Figures().set((1, NEW_MATURITY + 11), 1)


def test_the_treasury_waits_for_cash() -> None:
    """Given interest that became principal / When little is paid afterwards
    / Then the treasury takes no more than that, and the rest of its share with the next payment.
    """
    life = unsecured_life()
    life.send(restructuring(life, collateral_amount=0))
    assert life.facility().treasury_taken == 0
    life.on(LATE + 30)
    due = (INTEREST + 1_000) // 10
    assert life.repay(1_000).treasury_share == 1_000
    assert life.repay(1_001).treasury_share == (INTEREST + 2_001) // 10 - 1_000 < due


def test_a_restructuring_can_follow_another() -> None:
    """Given a restructured loan / When both sign again / Then the next sequence number is used."""
    life = unsecured_life()
    life.send(restructuring(life, collateral_amount=0))
    outcome = life.send(restructuring(life, collateral_amount=0))
    assert [event.sequence for event in outcome.events if isinstance(event, Restructured)] == [1]


def test_signatures_are_used_once() -> None:
    """Given a restructuring that was accepted / When it is handed in again / Then nobody has signed it."""
    life = unsecured_life()
    call = restructuring(life, collateral_amount=0)
    life.send(call)
    assert life.reject(call).reason is Reason.WRONG_SIGNER


@pytest.mark.parametrize("name", ["borrower_signature", "servicer_signature"])
def test_both_have_to_sign(name: str) -> None:
    """Given a restructuring / When one of the signatures is the other party's / Then it is rejected."""
    life = unsecured_life()
    call = restructuring(life, collateral_amount=0)
    swapped = call.servicer_signature if name == "borrower_signature" else call.borrower_signature
    other = Restructure.model_validate({**call.arguments(), name: swapped})
    assert life.reject(other).reason is Reason.WRONG_SIGNER


def test_each_part_of_the_document_binds() -> None:
    """Given a signed restructuring / When anything of its document differs / Then it is signed by neither."""
    life = unsecured_life()
    state, call = life.state, restructuring(life, collateral_amount=0)
    both = (account("borrower"), account("servicer"))
    loan, settings = state.loans.get(1), state.settings
    assert recover_signers(state, call) == both
    states = [
        replace(state, settings=replace(settings, chain_id=2)),
        replace(state, settings=replace(settings, protocol=7)),
        replace(state, loans=state.loans.set(1, replace(loan, facility=2))),
        replace(state, loans=state.loans.set(1, replace(loan, borrower=7))),
        replace(state, loans=state.loans.set(1, replace(loan, restructurings=1))),
    ]
    changes: list[dict[str, Any]] = [
        {"terms": new_terms(collateral_amount=0, late_fee=1)},
        {"maximum_capitalised": CAPITALISED + 1},
        {"deadline": DEADLINE - 1},
    ]
    found = [recover_signers(other, call) for other in states]
    found += [
        recover_signers(state, Restructure.model_validate({**call.arguments(), **change}))
        for change in changes
    ]
    state = replace(state, loans=state.loans.set(2, loan))
    found.append(recover_signers(state, Restructure.model_validate({**call.arguments(), "loan": 2})))
    assert all(not {*signers} & {*both, NO_SIGNER} for signers in found)


def test_the_document_is_as_wallets_show_it() -> None:
    """Given a restructuring / When its document is written by hand and signed / Then as the borrower did."""
    life = unsecured_life()
    call = restructuring(life, collateral_amount=0)
    terms = {item["name"]: int(getattr(call.terms, item["name"])) for item in TERMS_TYPE}
    asset = f"0x{call.terms.collateral_asset:040x}"
    message: dict[str, Any] = {
        "types": {
            "EIP712Domain": [
                {"name": "name", "type": "string"},
                {"name": "version", "type": "string"},
                {"name": "chainId", "type": "uint256"},
                {"name": "verifyingContract", "type": "address"},
            ],
            "LoanRestructuring": [
                {"name": "loan", "type": "uint32"},
                {"name": "facility", "type": "uint32"},
                {"name": "borrower", "type": "address"},
                {"name": "sequence", "type": "uint32"},
                {"name": "terms", "type": "Terms"},
                {"name": "maximum_capitalised", "type": "uint128"},
                {"name": "deadline", "type": "uint64"},
            ],
            "Terms": TERMS_TYPE,
        },
        "primaryType": "LoanRestructuring",
        "domain": {
            "name": "Lien",
            "version": "1",
            "chainId": life.state.settings.chain_id,
            "verifyingContract": f"0x{life.state.settings.protocol:040x}",
        },
        "message": {
            "loan": 1,
            "facility": 1,
            "borrower": f"0x{account('borrower'):040x}",
            "sequence": 0,
            "terms": terms | {"end_of_month": False, "collateral_asset": asset},
            "maximum_capitalised": CAPITALISED,
            "deadline": DEADLINE,
        },
    }
    signed = KeyPair.sign_message(encode_typed_data(full_message=message), private_key("borrower"))
    assert bytes(signed.signature) == call.borrower_signature


def test_a_loan_of_no_number_has_no_signers() -> None:
    """Given no loan / When a restructuring of it is handed in / Then nobody has signed."""
    life = unsecured_life()
    call = Restructure.model_validate({**restructuring(life).arguments(), "loan": 2})
    assert recover_signers(life.state, call) == (NO_SIGNER, NO_SIGNER)


def faulty(**changes: Any) -> Callable[[], tuple[Life, Restructure, str]]:
    """Return a case whose signed terms differ from those of a loan that is not secured."""

    def case() -> tuple[Life, Restructure, str]:
        life = unsecured_life()
        return life, restructuring(life, **({"collateral_amount": 0} | changes)), "stranger"

    return case


def edited_loan(**changes: Any) -> Life:
    """Change the loan to what no calls of a test would reach."""
    life = unsecured_life()
    life.state = replace(life.state, loans=life.state.loans.set(1, replace(life.loan(), **changes)))
    return life


def case_of(life: Life, **changes: Any) -> tuple[Life, Restructure, str]:
    """Return a case of a life."""
    return life, restructuring(life, **changes), "stranger"


def unknown_loan() -> tuple[Life, Restructure, str]:
    """Return a restructuring of a loan that does not exist."""
    life = unsecured_life()
    return life, Restructure.model_validate({**restructuring(life).arguments(), "loan": 2}), "stranger"


def in_auction() -> tuple[Life, Restructure, str]:
    """Return a restructuring of a loan in default whose collateral is being auctioned."""
    life = active_life().on(FIRST_DUE + 11)
    life.send(DeclareDefault(loan=1))
    loan = replace(life.loan(), status=LoanStatus.AUCTION)
    life.state = replace(life.state, loans=life.state.loans.set(1, loan))
    return case_of(life)


REJECTIONS: Cases = {
    Reason.UNKNOWN_LOAN: unknown_loan,
    Reason.NOT_LIVE: lambda: case_of(agreed_life()),
    Reason.IN_AUCTION: in_auction,
    Reason.TOO_MANY_RESTRUCTURINGS: lambda: case_of(edited_loan(restructurings=MAXIMUM_NUMBER)),
    Reason.SIGNATURE_EXPIRED: lambda: case_of(unsecured_life(), deadline=LATE * 86_400, collateral_amount=0),
    Reason.WRONG_SIGNER: lambda: (
        (life := unsecured_life()),
        Restructure.model_validate({**restructuring(life).arguments(), "deadline": DEADLINE - 1}),
        "stranger",
    ),
    Reason.COLLATERAL_DIFFERS: faulty(collateral_amount=1),
    Reason.DAY_COUNT_DIFFERS: faulty(day_count=DayCount.ACTUAL_360),
    Reason.CAPITALISED_ABOVE_MAXIMUM: faulty(most=CAPITALISED - 1),
    Reason.PRINCIPAL_ABOVE_SIGNED: faulty(principal=OWED - 1),
    Reason.PRINCIPAL_BELOW_MINIMUM: faulty(minimum_principal=OWED + 1),
    Reason.RATES_ABOVE_USURY_CAP: faulty(rate=percent(20), default_rate=1),
    Reason.WINDOW_INVALID: faulty(window_start_day=LATE - 6, window_end_day=LATE - 1),
    Reason.PERIODS_OUT_OF_RANGE: faulty(periods=MAXIMUM_PERIODS + 1),
    Reason.CYCLE_OUT_OF_RANGE: faulty(cycle_length=0),
    Reason.MATURITY_OUT_OF_RANGE: faulty(first_due_day=NEW_MATURITY - 1),
    Reason.GRACE_TOO_LONG: faulty(grace_days=91),
    Reason.PAYMENT_INVALID: faulty(payment=1),
    Reason.INTEREST_BELOW_UNIT: faulty(
        kind=RepaymentKind.INTEREST_ONLY, periods=2, first_due_day=LATE + 31, minimum_principal=1
    ),
    Reason.INTEREST_ABOVE_PRINCIPAL: faulty(
        rate=10 * WAD,
        default_rate=0,
        usury_cap=10 * WAD,
        first_due_day=NEW_MATURITY,
        maturity_day=NEW_MATURITY,
    ),
    Reason.FEE_ABOVE_CAP: faulty(late_fee=OWED // 20 + 1),
    Reason.LIMITS_NOT_ORDERED: faulty(close_factor=0),
    Reason.WINDOW_NOT_OPEN: faulty(window_start_day=LATE + 1),
    Reason.FACILITY_FULL: lambda: case_of(
        edited(unsecured_life(), principal=MAXIMUM_AMOUNT), collateral_amount=0
    ),
    Reason.COVER_INSUFFICIENT: lambda: case_of(
        edited(unsecured_life(), cover_ratio=percent(1)), collateral_amount=0
    ),
    Reason.CONCENTRATION_EXCEEDED: lambda: case_of(
        edited(unsecured_life(), concentration_limit=percent(1)), collateral_amount=0
    ),
    Reason.PRICE_UNUSABLE: lambda: case_of(active_life().on(LATE)),
    Reason.LOAN_TO_VALUE_EXCEEDED: lambda: case_of(poor_life()),
}


def poor_life() -> Life:
    """Return an overdue loan whose collateral is worth a little less than twice what is owed."""
    life = active_life().on(LATE)
    life.post_prices(EVEN - 1)
    return life


@pytest.mark.parametrize("reason", REJECTIONS)
def test_a_restructuring_is_rejected(reason: Reason) -> None:
    """Given a fault in a restructuring / When it is handed in / Then it is rejected for that reason."""
    check_rejection(Restructure, REJECTIONS, reason)


def test_collateral_of_another_asset_differs() -> None:
    """Given a loan / When the signed terms name another asset as its collateral / Then they are rejected."""
    life = unsecured_life()
    call = restructuring(life, collateral_amount=0, collateral_asset=DOLLAR)
    assert life.reject(call).reason is Reason.COLLATERAL_DIFFERS


def test_a_facility_may_be_full_and_one_unit_more_needs_cover() -> None:
    """Given a facility that is just full, or one without the cover that it needs
    / When nothing more is lent, or a unit / Then that is accepted, or rejected.
    """
    facility = unsecured_life().facility()
    require_cover(replace(facility, principal=MAXIMUM_AMOUNT), 0)
    with pytest.raises(Rejection) as rejected:
        require_cover(replace(facility, cover_ratio=percent(1)), 1)
    assert rejected.value.reason is Reason.COVER_INSUFFICIENT


def test_no_cover_is_asked_for_where_the_principal_does_not_grow() -> None:
    """Given a facility without the cover that it needs / When a loan on which nothing accrued is restructured
    / Then it is accepted.
    """
    life = edited(active_life(collateral_amount=0), cover_ratio=percent(1))
    life.send(restructuring(life, most=0, collateral_amount=0, window_start_day=START))
    assert life.loan().restructurings == 1

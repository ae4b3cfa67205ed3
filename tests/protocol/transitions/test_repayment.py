"""Chapter 8: repay."""

from dataclasses import fields, replace
from typing import Any

import pytest

from lien.protocol.builders import percent
from lien.protocol.calendar import clock
from lien.protocol.genesis import DOLLAR, ETHER
from lien.protocol.maps import Figures
from lien.protocol.state import NO_LOANS, Facility, Loan
from lien.spec.assets import ClaimRecorded, Transfer
from lien.spec.disbursement import Disburse
from lien.spec.reasons import Reason
from lien.spec.repayment import Repaid, Repay
from lien.spec.settlement import LoanSettled
from lien.spec.types import DayCount, LoanStatus
from lien.spec.units import CLOCK_UNITS_PER_YEAR, MAXIMUM_AMOUNT
from tests.lives import (
    CASH,
    COLLATERAL,
    FEE,
    FIRST_DUE,
    LATE_FEE,
    MONTH_OF_INTEREST,
    PART,
    PRINCIPAL,
    SECOND_DUE,
    START,
    Cases,
    Life,
    account,
    active_life,
    agreed_life,
    check_rejection,
    funded_life,
    ledger_after,
    make_terms,
    transferred,
)

GIVEN = ("loan", "payer", "reference", "treasury_share", "status")
MONTH = CLOCK_UNITS_PER_YEAR // 12
INSTALMENT = PART + MONTH_OF_INTEREST
TREASURY_SHARE = MONTH_OF_INTEREST // 10
IDLE = CASH - PRINCIPAL
RICH = 10**9 + PRINCIPAL - FEE  # the borrower after disbursement


def pay(amount: int, *, ahead: int = 0, reference: int = 1) -> Repay:
    """Return a payment on the first loan."""
    return Repay(loan=1, amount=amount, principal_ahead=ahead, reference=reference)


def taken_for(share: int, status: LoanStatus, **figures: int) -> Repaid:
    """Return the event of a payment by the borrower with reference one, everything not named being zero."""
    names = [item.name for item in fields(Repaid) if item.name not in GIVEN]
    taken = dict.fromkeys(names, 0) | figures
    return Repaid(1, account("borrower"), 1, **taken, treasury_share=share, status=status)


def counted(facility: Facility, loan: Loan, **figures: Any) -> Facility:
    """Return a facility with other figures and one accruing loan in its sums."""
    slope = loan.principal * percent(12)
    offset = slope * clock(DayCount.THIRTY_E_360, loan.since)
    sums: dict[str, Any] = {"slopes": (0, 0, slope, 0), "offsets": (0, 0, offset, 0)}
    return replace(facility, principal=loan.principal, carry=loan.interest, **sums, **figures)


def uncounted(facility: Facility, **figures: Any) -> Facility:
    """Return a facility with other figures and no accruing loan in its sums."""
    sums: dict[str, Any] = {"slopes": (0, 0, 0, 0), "offsets": (0, 0, 0, 0)}
    return replace(facility, carry=0, **sums, **figures)


def test_an_instalment_on_its_due_date_is_met() -> None:
    """Given a first instalment of 312,000 / When it is paid in the last second
    / Then it is met, without a fee.
    """
    life = active_life().on(FIRST_DUE, 86_399)
    before = life.state
    outcome = life.send(pay(INSTALMENT), "borrower")
    loan = replace(
        before.loans.get(1),
        since=FIRST_DUE,
        principal=PRINCIPAL - PART,
        instalment=0,
        usury_room=PRINCIPAL * percent(20 - 12) * MONTH,
        interest_paid=MONTH_OF_INTEREST,
        stop_day=SECOND_DUE + 11,
    )
    held = IDLE + INSTALMENT - TREASURY_SHARE
    facility = counted(
        before.facilities.get(1),
        loan,
        cash=held,
        interest_paid=MONTH_OF_INTEREST,
        treasury_taken=TREASURY_SHARE,
    )
    ledger = ledger_after(
        before.ledger,
        balances={
            (DOLLAR, "borrower"): RICH - INSTALMENT,
            (DOLLAR, "treasury"): FEE + TREASURY_SHARE,
            (DOLLAR, "protocol"): held,
        },
        holdings={DOLLAR: held},
    )
    assert outcome.state == replace(
        before,
        timestamp=life.now,
        ledger=ledger,
        facilities=before.facilities.set(1, facility),
        loans=before.loans.set(1, loan),
        references=before.references.set((account("borrower"), 1, 1), 1),
        stops=Figures().set((1, SECOND_DUE + 11), 1),
    )
    assert outcome.events == (
        taken_for(TREASURY_SHARE, LoanStatus.ACTIVE, accrued_interest=MONTH_OF_INTEREST, instalment=PART),
    )
    assert outcome.transfers == (
        transferred(DOLLAR, "borrower", "protocol", INSTALMENT),
        transferred(DOLLAR, "protocol", "treasury", TREASURY_SHARE),
    )


def test_a_payoff_settles_and_returns_the_collateral() -> None:
    """Given half a month of interest / When all and more is offered / Then exactly the payoff is taken.

    The payoff is 1,200,000 and 6,000 of interest, and 1 % of the 900,000 that are paid ahead of time.
    """
    life = active_life().on(START + 15)
    before, interest, fee = life.state, MONTH_OF_INTEREST // 2, 9_000
    outcome = life.send(pay(MAXIMUM_AMOUNT), "borrower")
    loan = replace(
        before.loans.get(1),
        status=LoanStatus.SETTLED,
        collateral=0,
        since=START + 15,
        principal=0,
        instalment=0,
        usury_room=PRINCIPAL * percent(20 - 12) * MONTH // 2,
        prepaid=PRINCIPAL - PART,
        prepayment_fees=fee,
        interest_paid=interest,
        stop_day=0,
    )
    paid, share = PRINCIPAL + interest + fee, interest // 10
    held = IDLE + paid - share
    facility = uncounted(
        before.facilities.get(1),
        principal=0,
        accruing=0,
        cash=held,
        interest_paid=interest,
        treasury_taken=share,
    )
    ledger = ledger_after(
        before.ledger,
        balances={
            (DOLLAR, "borrower"): RICH - paid,
            (DOLLAR, "treasury"): FEE + share,
            (DOLLAR, "protocol"): held,
            (ETHER, "borrower"): 10**19,
            (ETHER, "protocol"): 0,
        },
        holdings={DOLLAR: held, ETHER: 0},
    )
    assert outcome.state == replace(
        before,
        timestamp=life.now,
        ledger=ledger,
        facilities=before.facilities.set(1, facility),
        loans=before.loans.set(1, loan),
        identities=before.identities.set(1, replace(before.identities.get(1), live_loans=NO_LOANS)),
        references=before.references.set((account("borrower"), 1, 1), 1),
        stops=Figures(),
    )
    payoff = taken_for(
        share,
        LoanStatus.SETTLED,
        accrued_interest=interest,
        instalment=PART,
        principal_ahead=PRINCIPAL - PART,
        prepayment_fee=fee,
    )
    assert outcome.events == (payoff, LoanSettled(1, COLLATERAL, 1, 0, 0))
    assert outcome.transfers == (
        transferred(DOLLAR, "borrower", "protocol", paid),
        transferred(DOLLAR, "protocol", "treasury", share),
        transferred(ETHER, "protocol", "borrower", COLLATERAL),
    )


def test_one_unit_less_than_the_payoff_settles_nothing() -> None:
    """Given a payoff / When one unit less is offered
    / Then the instalment alone is taken, to its due date.
    """
    life = active_life().on(START + 15)
    repaid = life.repay(PRINCIPAL + MONTH_OF_INTEREST // 2 + 9_000 - 1)
    assert life.loan().status == LoanStatus.ACTIVE
    assert life.loan().principal == PRINCIPAL - PART
    assert (repaid.accrued_interest, repaid.instalment) == (MONTH_OF_INTEREST // 2, PART)
    assert repaid.coming_interest == 900_000 // 100 // 2


def test_anyone_pays_and_the_collateral_goes_to_the_borrower() -> None:
    """Given a live loan / When a stranger pays it off
    / Then the stranger has paid, and the borrower is released.
    """
    life = active_life()
    life.send(pay(MAXIMUM_AMOUNT), "stranger")
    assert life.balance("stranger") == 10**9 - PRINCIPAL - 9_000
    assert life.balance("borrower", ETHER) == 10**19


def test_what_is_refused_at_settlement_is_recorded_before_the_payment() -> None:
    """Given tokens that refuse treasury and borrower / When the loan is paid off
    / Then an event for each claim stands before the call's own.
    """
    life = funded_life(refuses={"dUSD": ("treasury",), "dETH": ("borrower",)})
    life.agree(make_terms())
    life.send(Disburse(loan=1), "borrower")
    outcome = life.on(FIRST_DUE).send(pay(MAXIMUM_AMOUNT), "stranger")
    assert outcome.events[:2] == (
        ClaimRecorded(DOLLAR, account("treasury"), TREASURY_SHARE),
        ClaimRecorded(ETHER, account("borrower"), COLLATERAL),
    )
    assert [event.event_name() for event in outcome.events[2:]] == ["Repaid", "LoanSettled"]


def test_a_reference_is_used_once_by_each_payer() -> None:
    """Given a used reference / When the payer uses it again, and another does
    / Then only the first is rejected.
    """
    life = active_life()
    life.send(pay(1), "borrower")
    assert life.reject(pay(2), "borrower").reason is Reason.DUPLICATE_REFERENCE
    life.send(pay(1), "stranger")
    life.send(pay(1, reference=2), "borrower")


def test_a_payment_after_grace_books_the_default_that_it_finds() -> None:
    """Given a loan past its grace that nobody called / When one unit is paid
    / Then it is in default, and accrues no more.
    """
    life = active_life(grace_days=10).on(FIRST_DUE + 11)
    repaid = life.repay(1)
    loan, facility = life.loan(), life.facility()
    assert repaid.status == loan.status == LoanStatus.DEFAULTED
    assert (repaid.overdue_interest, loan.overdue_principal, loan.late_fees) == (1, PRINCIPAL, LATE_FEE)
    assert facility == uncounted(
        facility, principal=PRINCIPAL, cash=IDLE + 1, interest_paid=1, treasury_taken=0
    )


REPAYMENTS: Cases = {
    Reason.UNKNOWN_LOAN: lambda: (
        active_life(),
        Repay(loan=2, amount=1, principal_ahead=0, reference=1),
        "borrower",
    ),
    Reason.ZERO_AMOUNT: lambda: (active_life(), pay(0), "borrower"),
    Reason.NOT_LIVE: lambda: (agreed_life(), pay(1), "borrower"),
    Reason.DUPLICATE_REFERENCE: lambda: (paid_life(), pay(1), "borrower"),
    Reason.INSUFFICIENT_BALANCE: lambda: (active_life(), pay(MAXIMUM_AMOUNT), "treasury"),
}


def paid_life() -> Life:
    """Pay one unit with reference one."""
    life = active_life()
    life.send(pay(1), "borrower")
    return life


@pytest.mark.parametrize("reason", REPAYMENTS)
def test_a_payment_is_rejected(reason: Reason) -> None:
    """Given a fault in a payment / When it is sent / Then it is rejected for that reason."""
    check_rejection(Repay, REPAYMENTS, reason)


def test_a_settled_loan_takes_no_payment() -> None:
    """Given a settled loan / When someone pays on it / Then it is rejected."""
    life = active_life()
    life.send(pay(MAXIMUM_AMOUNT), "borrower")
    assert life.reject(pay(1, reference=2), "borrower").reason is Reason.NOT_LIVE


def test_only_what_is_taken_must_be_held() -> None:
    """Given a payer who holds exactly the payoff / When they offer the greatest amount / Then it settles."""
    life = active_life()
    payoff = PRINCIPAL + 9_000
    surplus = life.balance("borrower") - payoff
    life.send(Transfer(asset=DOLLAR, recipient=account("stranger"), amount=surplus), "borrower")
    life.send(pay(MAXIMUM_AMOUNT), "borrower")
    assert life.balance("borrower") == 0

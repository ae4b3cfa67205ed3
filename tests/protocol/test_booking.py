"""What settlements and defaults leave in the credit record, and what events tell of it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from lien.protocol.builders import percent
from lien.protocol.genesis import ATTESTOR
from lien.protocol.state import NO_LOANS, Identity
from lien.spec.disbursement import Disburse
from lien.spec.identity import RevokeIdentity
from lien.spec.liquidation import DeclareDefault, DefaultBooked
from lien.spec.repayment import Repaid, Repay
from lien.spec.settlement import LoanSettled
from lien.spec.types import LoanStatus
from lien.spec.units import CREDIT_MINIMUM_DAYS, CREDIT_MINIMUM_PRINCIPAL
from tests.lives import (
    COLLATERAL,
    FIRST_DUE,
    PRINCIPAL,
    SECOND_DUE,
    START,
    Life,
    account,
    active_life,
    agreed_life,
    edited,
)

IN_DEFAULT = FIRST_DUE + 11
PAYOFF = Repay(loan=1, amount=2 * PRINCIPAL, principal_ahead=PRINCIPAL, reference=9)
ALL_AT_ONCE: dict[str, Any] = {"periods": 1, "first_due_day": SECOND_DUE, "maturity_day": SECOND_DUE}


def approved_life(**changes: Any) -> Life:
    """Go on until a loan is out, of a facility whose loans count."""
    return edited(active_life(**changes), is_approved=1)


def record_of(life: Life) -> Identity:
    """Return the borrower's identity."""
    return life.state.identities.get(1)


def test_a_loan_that_is_paid_on_time_counts_with_its_principal() -> None:
    """Given a loan that was held for the least days / When it is paid off
    / Then one is on time, the principal is the volume, and the place is free.
    """
    life = approved_life(**ALL_AT_ONCE, payment=PRINCIPAL).on(START + CREDIT_MINIMUM_DAYS)
    before = record_of(life)
    assert before.live_loans == (1, *NO_LOANS[1:])
    outcome = life.send(PAYOFF, "borrower")
    assert record_of(life) == replace(before, settled_on_time=1, repaid_volume=PRINCIPAL, live_loans=NO_LOANS)
    assert outcome.events[-1] == LoanSettled(1, COLLATERAL, identity=1, is_counted=1, is_late=0)


@pytest.mark.parametrize(
    ("life", "held"),
    [
        (lambda: approved_life(**ALL_AT_ONCE, payment=PRINCIPAL), CREDIT_MINIMUM_DAYS - 1),
        (lambda: active_life(**ALL_AT_ONCE, payment=PRINCIPAL), CREDIT_MINIMUM_DAYS),
        (
            lambda: approved_life(
                **ALL_AT_ONCE,
                principal=CREDIT_MINIMUM_PRINCIPAL - 1,
                payment=CREDIT_MINIMUM_PRINCIPAL - 1,
            ),
            CREDIT_MINIMUM_DAYS,
        ),
    ],
    ids=["too short", "of a facility that is not approved", "too small"],
)
def test_a_loan_that_does_not_count_leaves_no_record(life: Callable[[], Life], held: int) -> None:
    """Given a loan that is too short or too small, or of a facility that is not approved
    / When it is paid off / Then the record is as it was, and the place is free.
    """
    lived = life().on(START + held)
    before = record_of(lived)
    outcome = lived.send(PAYOFF, "borrower")
    assert record_of(lived) == replace(before, live_loans=NO_LOANS)
    assert outcome.events[-1] == LoanSettled(1, COLLATERAL, identity=1, is_counted=0, is_late=0)


def test_a_loan_that_was_overdue_settles_late() -> None:
    """Given a missed instalment / When the loan is paid off / Then it is late and adds no volume."""
    life = approved_life().on(FIRST_DUE + 1)
    before = record_of(life)
    outcome = life.send(PAYOFF, "borrower")
    assert record_of(life) == replace(before, settled_late=1, live_loans=NO_LOANS)
    assert outcome.events[-1] == LoanSettled(1, COLLATERAL, identity=1, is_counted=1, is_late=1)


def test_a_default_is_recorded_and_impaired_as_the_product_says() -> None:
    """Given a product that impairs by a quarter / When a default is booked
    / Then the record has one, the loan is impaired, and it stays in its place.
    """
    life = agreed_life()
    offered = replace(life.loan(), impairment_ratio=percent(25))
    life.state = replace(life.state, loans=life.state.loans.set(1, offered))
    life.send(Disburse(loan=1), "borrower")
    edited(life, is_approved=1).on(IN_DEFAULT)
    before = record_of(life)
    (event,) = life.send(DeclareDefault(loan=1)).events
    assert record_of(life) == replace(before, defaulted=1)
    loan = life.loan()
    assert event == DefaultBooked(
        loan=1,
        principal=PRINCIPAL,
        interest=loan.interest,
        impairment=PRINCIPAL // 4,
        default_day=IN_DEFAULT,
        identity=1,
        is_counted=1,
    )
    assert (loan.impairment, life.facility().impairment) == (PRINCIPAL // 4, PRINCIPAL // 4)


@pytest.mark.parametrize("amount", [1, 2 * PRINCIPAL])
def test_a_payment_that_finds_a_default_tells_of_it_first(amount: int) -> None:
    """Given a loan that came into default, which nobody booked / When something or all is paid
    / Then the default is told before the payment, as it then stood, and counts once.
    """
    life = approved_life().on(IN_DEFAULT)
    booked = active_life().on(IN_DEFAULT)
    booked.send(DeclareDefault(loan=1))
    outcome = life.send(PAYOFF.model_copy(update={"amount": amount}), "borrower")
    told = [event for event in outcome.events if isinstance(event, (DefaultBooked, Repaid))]
    assert told[0] == DefaultBooked(1, PRINCIPAL, booked.loan().interest, 0, IN_DEFAULT, 1, 1)
    assert isinstance(told[1], Repaid)
    assert record_of(life).defaulted == 1
    life.on(IN_DEFAULT + 1)
    if life.loan().status == LoanStatus.DEFAULTED:
        again = life.send(PAYOFF.model_copy(update={"reference": 10}), "borrower")
        assert not [event for event in again.events if isinstance(event, DefaultBooked)]
    assert (record_of(life).defaulted, record_of(life).settled_late) == (1, 1)


def test_a_new_account_does_not_wipe_the_record() -> None:
    """Given a borrower whose identity was revoked / When their loan comes into default
    / Then the identity has it all the same.
    """
    life = approved_life()
    life.send(RevokeIdentity(account=account("borrower")), ATTESTOR)
    life.on(IN_DEFAULT).send(DeclareDefault(loan=1))
    assert (record_of(life).account, record_of(life).defaulted) == (0, 1)

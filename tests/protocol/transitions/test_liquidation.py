"""Chapter 9: declare_default."""

from dataclasses import replace
from typing import Any

import pytest

from lien.protocol.builders import percent
from lien.protocol.maps import Figures
from lien.spec.liquidation import DeclareDefault, DefaultBooked
from lien.spec.reasons import Reason
from lien.spec.types import LoanStatus
from lien.spec.units import CLOCK_UNITS_PER_YEAR, UNIT
from tests.lives import (
    FIRST_DUE,
    LATE_FEE,
    MONTH_OF_INTEREST,
    PART,
    PRINCIPAL,
    Cases,
    Life,
    active_life,
    agreed_life,
    check_rejection,
)

GRACE = 10
IN_DEFAULT = FIRST_DUE + GRACE + 1  # 26 February: the eleventh day of a month of thirty


def test_a_default_is_booked_as_the_dates_say() -> None:
    """Given a loan past its grace / When a stranger declares it
    / Then all is due, and the facility stops accruing.

    Interest has run for 41 of 30 days; default interest of 6 % has run on the missed instalment for 11 days.
    """
    life = active_life().on(IN_DEFAULT)
    before = life.state
    outcome = life.send(DeclareDefault(loan=1), "stranger")
    month = CLOCK_UNITS_PER_YEAR // 12
    days = 41 * month // 30
    default_interest = PART * percent(6) * (11 * month // 30)
    room = PRINCIPAL * percent(20 - 12) * days - default_interest - LATE_FEE * UNIT
    interest = PRINCIPAL * percent(12) * days
    loan = replace(
        before.loans.get(1),
        status=LoanStatus.DEFAULTED,
        period=1,
        since=IN_DEFAULT,
        overdue_principal=PRINCIPAL,
        instalment=0,
        interest=interest,
        overdue_interest=interest,
        default_interest=default_interest,
        usury_room=room,
        late_fees=LATE_FEE,
        stop_day=0,
        default_day=FIRST_DUE + 11,
        is_late=1,
        has_defaulted=1,
    )
    stopped: dict[str, Any] = {"slopes": (0, 0, 0, 0), "offsets": (0, 0, 0, 0), "carry": 0}
    stopped |= {"defaulted_loans": 1, "accruing": 0}
    assert outcome.state == replace(
        before,
        timestamp=life.now,
        facilities=before.facilities.set(1, replace(before.facilities.get(1), **stopped)),
        loans=before.loans.set(1, loan),
        stops=Figures(),
    )
    assert outcome.events == (DefaultBooked(1, PRINCIPAL, interest, 0, FIRST_DUE + 11, 1, 0),)
    assert interest == MONTH_OF_INTEREST * 41 // 30 * UNIT
    assert outcome.transfers == ()


def defaulted_life() -> Life:
    """Book the default on its first day."""
    life = active_life().on(IN_DEFAULT)
    life.send(DeclareDefault(loan=1))
    return life


DECLARATIONS: Cases = {
    Reason.UNKNOWN_LOAN: lambda: (active_life(), DeclareDefault(loan=2), "stranger"),
    Reason.NOT_LIVE: lambda: (agreed_life(), DeclareDefault(loan=1), "stranger"),
    Reason.DEFAULT_ALREADY_BOOKED: lambda: (defaulted_life(), DeclareDefault(loan=1), "stranger"),
    Reason.NOT_IN_DEFAULT: lambda: (
        active_life().on(IN_DEFAULT - 1, 86_399),
        DeclareDefault(loan=1),
        "stranger",
    ),
}


@pytest.mark.parametrize("reason", DECLARATIONS)
def test_a_declaration_is_rejected(reason: Reason) -> None:
    """Given a fault in a declaration / When it is sent / Then it is rejected for that reason."""
    check_rejection(DeclareDefault, DECLARATIONS, reason)


@pytest.mark.parametrize("amount", [1, PART + MONTH_OF_INTEREST - 1])
def test_paying_in_part_moves_the_default_neither_way(amount: int) -> None:
    """Given an overdue loan / When it is paid in part / Then it is in default on the same day as without."""
    life = active_life().on(FIRST_DUE + 1)
    life.repay(amount)
    life.on(IN_DEFAULT - 1, 86_399)
    assert life.reject(DeclareDefault(loan=1)).reason is Reason.NOT_IN_DEFAULT
    life.on(IN_DEFAULT).send(DeclareDefault(loan=1))


def test_without_grace_a_missed_due_date_is_a_default() -> None:
    """Given no grace / When the due day has passed / Then the loan is in default."""
    life = active_life(grace_days=0).on(FIRST_DUE, 86_399)
    assert life.reject(DeclareDefault(loan=1)).reason is Reason.NOT_IN_DEFAULT
    life.on(FIRST_DUE + 1).send(DeclareDefault(loan=1))


def test_a_settled_loan_does_not_default() -> None:
    """Given a settled loan / When its dates pass / Then there is nothing to declare."""
    life = active_life()
    life.repay(10**9)
    life.on(IN_DEFAULT)
    assert life.reject(DeclareDefault(loan=1)).reason is Reason.NOT_LIVE

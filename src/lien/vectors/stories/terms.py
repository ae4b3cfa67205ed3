"""Fix the terms of the stories' loans: one of each repayment kind, each with another clock."""

from __future__ import annotations

from datetime import date
from typing import Any

from lien.protocol.builders import build_terms
from lien.protocol.calendar import day_from
from lien.protocol.genesis import DOLLAR, ETHER
from lien.spec.terms import Terms
from lien.spec.types import CycleUnit, DayCount, RepaymentKind
from lien.spec.units import SECONDS_PER_DAY


def day(year: int, month: int, number: int) -> int:
    """Return a date as a day."""
    return day_from(date(year, month, number))


START = day(2027, 11, 1)
WINDOW_START = day(2027, 11, 15)
WINDOW_END = WINDOW_START + 5
DEADLINE_DAYS = 10  # from the window's end to the deadline of signatures
DEADLINE = (WINDOW_END + DEADLINE_DAYS) * SECONDS_PER_DAY
PRINCIPAL, COLLATERAL = 1_000 * 10**6, 10**18

# The clocks differ most at a month's end and where a leap year begins, so the schedules pass over both.
# Secured by ether, but for one by what is lent, and one by nothing.
PLANS: dict[RepaymentKind, dict[str, Any]] = {
    RepaymentKind.BULLET: {
        "day_count": DayCount.ACTUAL_365,
        "first_due_day": day(2028, 2, 15),
        "maturity_day": day(2028, 2, 15),
    },
    RepaymentKind.INTEREST_ONLY: {
        "day_count": DayCount.ACTUAL_360,
        "periods": 3,
        "first_due_day": day(2027, 12, 15),
        "maturity_day": day(2028, 2, 15),
        "collateral_asset": DOLLAR,
        "collateral_amount": 2 * PRINCIPAL,
    },
    RepaymentKind.EQUAL_PRINCIPAL: {
        "day_count": DayCount.THIRTY_E_360,
        "periods": 3,
        "first_due_day": day(2027, 12, 31),
        "maturity_day": day(2028, 2, 29),
        "end_of_month": 1,
        "payment": 340 * 10**6,
    },
    RepaymentKind.ANNUITY: {
        "day_count": DayCount.ACTUAL_ACTUAL,
        "periods": 3,
        "first_due_day": day(2027, 12, 15),
        "cycle_unit": CycleUnit.DAY,
        "cycle_length": 30,
        "maturity_day": day(2028, 2, 13),
        "payment": 341 * 10**6,
    },
    RepaymentKind.BALLOON: {
        "day_count": DayCount.ACTUAL_365,
        "periods": 3,
        "first_due_day": day(2027, 12, 31),
        "maturity_day": day(2028, 2, 29),
        "end_of_month": 1,
        "payment": 150 * 10**6,
        "open_days": 7,
        "collateral_amount": 0,
    },
}


def terms_of(kind: RepaymentKind, **changes: Any) -> Terms:
    """Return the terms of the stories' loan of a kind, with any field given instead."""
    usual: dict[str, Any] = {
        "principal": PRINCIPAL,
        "collateral_asset": ETHER,
        "collateral_amount": COLLATERAL,
        "window_start_day": WINDOW_START,
        "kind": kind,
    }
    return build_terms(**{**usual, **PLANS[kind], **changes})


def slug(kind: RepaymentKind) -> str:
    """Write a kind as identifiers do."""
    return kind.name.lower().replace("_", "-")

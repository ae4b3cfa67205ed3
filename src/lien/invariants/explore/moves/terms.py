"""Choose sound terms, of every repayment kind, clock and cycle, often at the bound of what is sound."""

from dataclasses import dataclass, replace
from random import Random
from typing import Any

from lien.invariants.explore.moves.numbers import mostly, once_in, up_to
from lien.protocol.arithmetic import quotient_up
from lien.protocol.builders import build_terms, clock_steps, percent
from lien.protocol.calendar import (
    date_of,
    days_in_month,
    due_day,
    least_clock_units,
    longest_period_days,
    most_clock_units,
    shortest_period_days,
)
from lien.protocol.schedule.payments import level_payment
from lien.protocol.state import Application
from lien.spec.terms import Terms
from lien.spec.types import CycleUnit, DayCount, RepaymentKind
from lien.spec.units import (
    LATE_FEE_CAP,
    LIQUIDATION_BONUS_CAP,
    MAXIMUM_AMOUNT,
    MAXIMUM_DAY,
    MAXIMUM_GRACE_DAYS,
    MAXIMUM_RATE,
    ORIGINATION_FEE_CAP,
    PREPAYMENT_FEE_CAP,
    UNIT,
    WAD,
)

SHORTEST_MONTH = 28
WITH_SPARE_DAYS = 2  # with more periods the cycle itself must outlast the grace


@dataclass(frozen=True, slots=True)
class Budget:
    """Say what terms may ask for: the day, the most principal, and the collateral at hand."""

    today: int
    principal: int
    collateral_asset: int
    collateral: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Say what terms must give: what was applied for, and what its grade costs."""

    today: int
    application: Application
    rate: int
    origination_limit: int  # the highest
    fee_floor: int


def wanted_terms(dice: Random, wanted: Wanted) -> Terms:
    """Return terms of an application, sound where the rate allows it."""
    asked = wanted.application
    budget = Budget(wanted.today, asked.amount, asked.collateral_asset, asked.collateral_amount)
    terms = replace(
        sound_terms(dice, budget),
        rate=wanted.rate,
        default_rate=0,
        usury_cap=min(wanted.rate + dice.choice((0, percent(5))), MAXIMUM_RATE),
        collateral_amount=asked.collateral_amount,
        **choose_dates(dice, wanted.today, asked.periods),
    )
    terms = replace(
        terms,
        maturity_day=choose_maturity(dice, terms),
        origination_fee_rate=max(terms.origination_fee_rate, wanted.fee_floor),
        origination_limit=min(wanted.origination_limit, terms.margin_call_limit - 1),
    )
    terms = with_principal(dice, terms, asked.amount)
    if (terms.principal, terms.rate) != (asked.amount, wanted.rate):  # too small to bring a unit of interest
        kinds = (RepaymentKind.EQUAL_PRINCIPAL, RepaymentKind.ANNUITY)
        kind = dice.choice(kinds if wanted.rate else kinds[:1])
        terms = replace(terms, kind=kind, rate=wanted.rate, principal=asked.amount, minimum_principal=1)
        terms = replace(terms, late_fee=0)
    return replace(terms, payment=choose_payment(dice, terms))


def sound_terms(dice: Random, budget: Budget) -> Terms:
    """Return terms that an offer accepts, but where the calendar ends too soon."""
    rate = dice.choice((0, 1, percent(1), percent(12), percent(12), percent(12), percent(40), MAXIMUM_RATE))
    default_rate = min(dice.choice((0, percent(5), MAXIMUM_RATE)), MAXIMUM_RATE - rate)
    terms = build_terms(
        principal=1,
        kind=dice.choice(list(RepaymentKind)),
        day_count=dice.choice(list(DayCount)),
        rate=rate,
        default_rate=default_rate,
        usury_cap=min(rate + default_rate + dice.choice((0, 0, percent(5))), MAXIMUM_RATE),
        collateral_asset=budget.collateral_asset,
        collateral_amount=mostly(dice, up_to(dice, budget.collateral), 0),
        **choose_dates(dice, budget.today),
        **choose_charges(dice),
    )
    terms = replace(terms, maturity_day=choose_maturity(dice, terms))
    terms = replace(terms, rate=min(terms.rate, highest_rate(terms)))
    terms = with_principal(dice, terms, max(up_to(dice, budget.principal), 1))
    return replace(terms, payment=choose_payment(dice, terms))


def choose_dates(dice: Random, today: int, asked: int = 0) -> dict[str, Any]:
    """Return a window, a first due day, a cycle and a grace that leave room for each other."""
    unit, periods = dice.choice(list(CycleUnit)), asked or dice.choice((1, 1, 2, 3, 3, 4, 6, 12))
    length = dice.choice((2, 3, 7, 30) if unit == CycleUnit.DAY else (1, 1, 1, 2, 3, 12))
    most = (length if unit == CycleUnit.DAY else SHORTEST_MONTH * length) - 2
    grace = min(dice.choice((0, 1, 5, most)), MAXIMUM_GRACE_DAYS)
    start = today + dice.choice((0, 0, 0, 0, 1, 3))
    end = start + dice.choice((0, 1, 5))
    first = end + grace + 2 + dice.choice((0, 1, 20))
    return {
        "window_start_day": min(start, MAXIMUM_DAY),
        "window_end_day": min(end, MAXIMUM_DAY),
        "first_due_day": min(month_end(first) if once_in(dice, 2) else first, MAXIMUM_DAY),
        "maturity_day": 0,
        "cycle_unit": unit,
        "cycle_length": length,
        "end_of_month": dice.choice((0, 1)),
        "periods": periods,
        "grace_days": grace if periods <= WITH_SPARE_DAYS else min(grace, most),
    }


def month_end(day: int) -> int:
    """Return the last day of a day's month."""
    if day >= MAXIMUM_DAY:
        return day
    when = date_of(day)
    return day + days_in_month(when.year, when.month) - when.day


def choose_charges(dice: Random) -> dict[str, Any]:
    """Return fees within their caps, and limits in order."""
    bonus = dice.choice((0, percent(5), LIQUIDATION_BONUS_CAP))
    return {
        "prepayment_fee_rate": dice.choice((0, percent(1), PREPAYMENT_FEE_CAP)),
        "origination_fee_rate": dice.choice((0, percent(1), ORIGINATION_FEE_CAP)),
        "open_days": dice.choice((0, 14, MAXIMUM_DAY)),
        "liquidation_bonus": bonus,
        "liquidation_limit": WAD * WAD // (WAD + bonus),
        "close_factor": dice.choice((1, percent(50), WAD)),
    }


def choose_maturity(dice: Random, terms: Terms) -> int:
    """Return the last due day: on the cycle, or a stub after the one before."""
    if terms.periods == 1:
        return terms.first_due_day
    longer = replace(terms, periods=terms.periods + 1)  # in which the last due day is a regular one
    stub = due_day(longer, terms.periods - 2) + terms.grace_days + 2 + dice.choice((0, 10, 100))
    return min(mostly(dice, due_day(longer, terms.periods - 1), stub), MAXIMUM_DAY)


def highest_rate(terms: Terms) -> int:
    """Return the greatest rate at which the interest of the longest period is not above its principal."""
    return UNIT // most_clock_units(longest_period_days(terms))


def with_principal(dice: Random, terms: Terms, principal: int) -> Terms:
    """Return terms with a principal, raised where each period must bring a unit of interest."""
    minimum = mostly(dice, 1, principal, max(principal // 100, 1))
    bears_interest = (RepaymentKind.BULLET, RepaymentKind.INTEREST_ONLY, RepaymentKind.BALLOON)
    if terms.kind in bears_interest and terms.periods > 1:
        highest = min(terms.usury_cap, highest_rate(terms))
        terms = terms if terms.rate else replace(terms, rate=highest, default_rate=0)
        least = max(terms.rate * least_clock_units(shortest_period_days(terms)), 1)
        minimum = max(minimum, min(quotient_up(UNIT, least), MAXIMUM_AMOUNT))
    principal = max(principal, minimum)
    late_fee = dice.choice((0, principal // 500, principal * LATE_FEE_CAP // WAD))
    return replace(terms, principal=principal, minimum_principal=minimum, late_fee=late_fee)


def choose_payment(dice: Random, terms: Terms) -> int:
    """Return a payment that fits the repayment kind: level, or too little, or too much."""
    if terms.kind in (RepaymentKind.ANNUITY, RepaymentKind.BALLOON):
        level = level_payment(terms.principal, terms.rate, clock_steps(terms, terms.window_start_day))
    elif terms.kind == RepaymentKind.EQUAL_PRINCIPAL:
        level = quotient_up(terms.principal, terms.periods)
    else:
        return 0
    return min(mostly(dice, level, 1, max(level // 2, 1), 2 * level), MAXIMUM_AMOUNT)

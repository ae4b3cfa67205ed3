"""Choose terms: sound ones of every kind, clock and cycle, and ones that miss soundness by one step."""

from dataclasses import dataclass, fields, replace
from random import Random
from typing import Any

from lien.invariants.explore.moves.numbers import mostly, once_in, up_to, wild
from lien.protocol.arithmetic import quotient_up
from lien.protocol.builders import clock_steps, percent
from lien.protocol.calendar import date_of, days_in_month, due_day, least_clock_units, shortest_period_days
from lien.protocol.schedule.payments import level_payment
from lien.spec.terms import Terms
from lien.spec.types import CycleUnit, DayCount, RepaymentKind
from lien.spec.units import (
    LATE_FEE_CAP,
    LIQUIDATION_BONUS_CAP,
    MAXIMUM_AMOUNT,
    MAXIMUM_CYCLE_LENGTH,
    MAXIMUM_DAY,
    MAXIMUM_PERIODS,
    MAXIMUM_RATE,
    ORIGINATION_FEE_CAP,
    PREPAYMENT_FEE_CAP,
    UNIT,
    WAD,
)


@dataclass(frozen=True, slots=True)
class Budget:
    """Say what terms may ask for: the day, the most principal, and the collateral at hand."""

    today: int
    principal: int
    collateral_asset: int
    collateral: int


def sound_terms(dice: Random, budget: Budget) -> Terms:
    """Return terms that an offer accepts, but where the calendar ends too soon."""
    terms = scheduled_terms(dice, budget)
    kind = dice.choice(list(RepaymentKind))
    rate = dice.choice((0, 1, percent(1), percent(12), percent(12), percent(12), percent(40), MAXIMUM_RATE))
    default_rate = min(dice.choice((0, percent(5), MAXIMUM_RATE)), MAXIMUM_RATE - rate)
    terms = replace(
        terms,
        kind=kind,
        rate=rate,
        default_rate=default_rate,
        usury_cap=min(rate + default_rate + dice.choice((0, 0, percent(5))), MAXIMUM_RATE),
    )
    terms = with_principal(dice, terms, max(up_to(dice, budget.principal), 1))
    return replace(terms, payment=fitting_payment(dice, terms))


def scheduled_terms(dice: Random, budget: Budget) -> Terms:
    """Return terms with dates in order, charges within their caps, and limits in order."""
    unit, length = dice.choice((CycleUnit.DAY, CycleUnit.MONTH)), dice.choice((1, 1, 2, 3, 7, 30))
    periods = dice.choice((1, 1, 2, 3, 3, 4, 6, 12))
    cycle = 28 * length if unit == CycleUnit.MONTH else max(length, 2)
    grace = dice.choice((0, 1, 5, 10, cycle - 2)) if periods <= 2 else min(dice.choice((0, 1, 5)), cycle - 2)
    start = budget.today + dice.choice((0, 0, 0, 0, 1, 3))
    end = start + dice.choice((0, 1, 5))
    first = month_end_or_not(dice, end + grace + 2 + dice.choice((0, 1, 20)))
    bonus = dice.choice((0, percent(5), LIQUIDATION_BONUS_CAP))
    terms = Terms(
        principal=0,
        rate=0,
        default_rate=0,
        usury_cap=0,
        kind=RepaymentKind.BULLET,
        day_count=dice.choice(list(DayCount)),
        window_start_day=min(start, MAXIMUM_DAY),
        window_end_day=min(end, MAXIMUM_DAY),
        first_due_day=min(first, MAXIMUM_DAY),
        cycle_unit=unit,
        cycle_length=max(length, 2) if unit == CycleUnit.DAY else length,
        end_of_month=dice.choice((0, 1)),
        periods=periods,
        maturity_day=min(first, MAXIMUM_DAY),
        payment=0,
        minimum_principal=1,
        grace_days=grace,
        late_fee=0,
        prepayment_fee_rate=dice.choice((0, percent(1), PREPAYMENT_FEE_CAP)),
        open_days=dice.choice((0, 14, MAXIMUM_DAY)),
        origination_fee_rate=dice.choice((0, percent(1), ORIGINATION_FEE_CAP)),
        collateral_asset=budget.collateral_asset,
        collateral_amount=mostly(dice, up_to(dice, budget.collateral), 0),
        origination_limit=percent(50),
        margin_call_limit=percent(65),
        liquidation_limit=WAD * WAD // (WAD + bonus),
        close_factor=dice.choice((1, percent(50), WAD)),
        liquidation_bonus=bonus,
    )
    return replace(terms, maturity_day=maturity_of(dice, terms))


def month_end_or_not(dice: Random, day: int) -> int:
    """Return the day, or the last day of its month."""
    if once_in(dice, 2) or day >= MAXIMUM_DAY:
        return day
    when = date_of(day)
    return day + days_in_month(when.year, when.month) - when.day


def maturity_of(dice: Random, terms: Terms) -> int:
    """Return the last due day: on the cycle, or a stub after the one before."""
    if terms.periods == 1:
        return terms.first_due_day
    # With one period more, what was the last due day is a regular one.
    regular = due_day(replace(terms, periods=terms.periods + 1), terms.periods - 1)
    before = due_day(replace(terms, periods=terms.periods + 1), terms.periods - 2)
    stub = before + terms.grace_days + 2 + dice.choice((0, 10, 100))
    return min(mostly(dice, regular, stub), MAXIMUM_DAY)


def with_principal(dice: Random, terms: Terms, principal: int) -> Terms:
    """Return terms with a principal, raised where each period must bring a unit of interest."""
    minimum = mostly(dice, 1, principal, max(principal // 100, 1))
    if terms.kind in (RepaymentKind.BULLET, RepaymentKind.INTEREST_ONLY) and terms.periods > 1:
        least = max(least_clock_units(shortest_period_days(terms)), 1)
        terms = replace(terms, rate=terms.rate or terms.usury_cap)
        if terms.rate:
            minimum = max(minimum, min(quotient_up(UNIT, terms.rate * least), MAXIMUM_AMOUNT))
    principal = max(principal, minimum)
    late_fee = dice.choice((0, principal // 500, principal * LATE_FEE_CAP // WAD))
    return replace(
        terms,
        principal=principal,
        minimum_principal=minimum,
        late_fee=late_fee,
        default_rate=min(terms.default_rate, terms.usury_cap - terms.rate),
    )


def fitting_payment(dice: Random, terms: Terms) -> int:
    """Return a payment that fits the repayment kind: level, or too little, or too much."""
    if terms.kind == RepaymentKind.ANNUITY:
        level = level_payment(terms.principal, terms.rate, clock_steps(terms, terms.window_start_day))
    elif terms.kind == RepaymentKind.EQUAL_PRINCIPAL:
        level = quotient_up(terms.principal, terms.periods)
    else:
        return 0
    return min(mostly(dice, level, 1, max(level // 2, 1), 2 * level), MAXIMUM_AMOUNT)


def spoiled_terms(dice: Random, terms: Terms) -> Terms:
    """Return terms of which one figure, or one wild one, may miss soundness by one step."""
    if once_in(dice, 8):
        name = dice.choice([item.name for item in fields(Terms)])
        annotation: Any = Terms.__dataclass_fields__[name].type
        return replace(terms, **{name: wild_field(dice, annotation)})
    faults: tuple[dict[str, int], ...] = (
        {"minimum_principal": 0},
        {"principal": terms.minimum_principal - 1},
        {"usury_cap": max(terms.rate + terms.default_rate - 1, 0)},
        {"window_end_day": max(terms.window_start_day - 1, 0)},
        {"window_start_day": 0, "window_end_day": 0},
        {"periods": dice.choice((0, MAXIMUM_PERIODS, MAXIMUM_PERIODS + 1))},
        {"cycle_length": dice.choice((0, MAXIMUM_CYCLE_LENGTH, MAXIMUM_CYCLE_LENGTH + 1))},
        {"maturity_day": dice.choice((max(terms.maturity_day - 1, 0), MAXIMUM_DAY))},
        {"grace_days": max(shortest_period_days(terms) - dice.choice((1, 2)), 0)},
        {"payment": 0 if terms.payment else 1},
        {"rate": 0},
        {"minimum_principal": max(terms.minimum_principal - 1, 0)},
        {"late_fee": terms.late_fee + 1},
        {"prepayment_fee_rate": PREPAYMENT_FEE_CAP + 1},
        {"origination_fee_rate": ORIGINATION_FEE_CAP + 1},
        {"liquidation_bonus": terms.liquidation_bonus + 1},
        {"margin_call_limit": terms.liquidation_limit},
        {"origination_limit": terms.margin_call_limit},
        {"close_factor": 0},
    )
    return replace(terms, **dice.choice(faults))


def wild_field(dice: Random, annotation: Any) -> Any:
    """Return any value of a field of the terms."""
    return dice.choice(list(annotation)) if isinstance(annotation, type) else wild(dice, annotation)

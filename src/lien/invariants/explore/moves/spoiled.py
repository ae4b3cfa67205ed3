"""Spoil sound terms: one figure misses soundness by one step, or stands at its bound, or is anything."""

from dataclasses import fields, replace
from random import Random
from typing import Any

from lien.invariants.explore.moves.numbers import once_in, wild
from lien.invariants.explore.moves.terms import highest_rate
from lien.protocol.calendar import shortest_period_days
from lien.spec.terms import Terms
from lien.spec.units import (
    MAXIMUM_CYCLE_LENGTH,
    MAXIMUM_DAY,
    MAXIMUM_GRACE_DAYS,
    MAXIMUM_PERIODS,
    MAXIMUM_RATE,
    ORIGINATION_FEE_CAP,
    PREPAYMENT_FEE_CAP,
)


def spoiled_terms(dice: Random, terms: Terms) -> Terms:
    """Return terms in which one figure was changed."""
    if once_in(dice, 8):
        item = dice.choice(fields(Terms))
        change: dict[str, Any] = {item.name: wild(dice, item.type)}
    else:
        change = dice.choice(faults_of(dice, terms))
    return replace(terms, **change)


def faults_of(dice: Random, terms: Terms) -> list[dict[str, Any]]:
    """Return changes, of which each guard of an offer has at least one that it must notice."""
    rate = min(highest_rate(terms) + dice.choice((0, 1)), MAXIMUM_RATE)
    return [
        {"minimum_principal": 0},
        {"principal": terms.minimum_principal - 1},
        {"usury_cap": max(terms.rate + terms.default_rate - 1, 0)},
        {"window_end_day": max(terms.window_start_day - 1, 0)},
        {"window_start_day": 0, "window_end_day": 0},
        {"periods": dice.choice((0, MAXIMUM_PERIODS, MAXIMUM_PERIODS + 1))},
        {"cycle_length": dice.choice((0, MAXIMUM_CYCLE_LENGTH, MAXIMUM_CYCLE_LENGTH + 1))},
        {"maturity_day": dice.choice((max(terms.maturity_day - 1, 0), MAXIMUM_DAY))},
        {"grace_days": max(shortest_period_days(terms) - dice.choice((1, 2)), 0)},
        {"grace_days": MAXIMUM_GRACE_DAYS + dice.choice((0, 1))},
        {"payment": 0 if terms.payment else 1},
        {"rate": 0},
        {"rate": rate, "default_rate": 0, "usury_cap": MAXIMUM_RATE},
        {"minimum_principal": max(terms.minimum_principal - 1, 0)},
        {"late_fee": terms.late_fee + 1},
        {"prepayment_fee_rate": PREPAYMENT_FEE_CAP + 1},
        {"origination_fee_rate": ORIGINATION_FEE_CAP + 1},
        {"origination_fee_rate": max(terms.origination_fee_rate - 1, 0)},
        {"liquidation_bonus": terms.liquidation_bonus + 1},
        {"margin_call_limit": terms.liquidation_limit},
        {"origination_limit": terms.margin_call_limit},
        {"close_factor": 0},
    ]

"""Tell of a restructuring."""

from __future__ import annotations

from lien.protocol.builders import percent, restructure_by
from lien.protocol.calendar import day_of
from lien.protocol.state import State
from lien.spec.repayment import Restructure
from lien.spec.types import CycleUnit
from lien.spec.units import SECONDS_PER_DAY
from lien.vectors.stories.terms import DEADLINE_DAYS, PRINCIPAL, terms_of
from lien.vectors.story import Scene, follow

MONTHLY = {"periods": 3, "cycle_unit": CycleUnit.MONTH, "cycle_length": 1, "end_of_month": 0}
CAPITALISED = PRINCIPAL // 10  # at most


def restructured(scene: Scene) -> Scene:
    """Return the restructuring of a scene's loan, signed by both."""
    call = restructuring(scene.state, 1)
    return follow(
        scene,
        "restructured",
        lambda state: restructure_by(state, call, "borrower", "servicer"),
        "stranger",
    )


def restructuring(state: State, number: int) -> Restructure:
    """Return a restructuring of a loan that begins at once and is due monthly; nobody has signed it."""
    old, today = state.loans.get(number).terms, day_of(state.timestamp)
    changes = {
        "principal": PRINCIPAL + CAPITALISED,
        "day_count": old.day_count,
        "window_start_day": today,
        "window_end_day": today + 5,
        "first_due_day": today + 30,
        "maturity_day": today + 91,
        "collateral_asset": old.collateral_asset,
        "collateral_amount": old.collateral_amount,
        "origination_limit": percent(60),  # since the debt has grown
    }
    return Restructure(
        loan=number,
        terms=terms_of(old.kind, **{**MONTHLY, **changes}),
        maximum_capitalised=CAPITALISED,
        deadline=(today + DEADLINE_DAYS) * SECONDS_PER_DAY,
        borrower_signature=b"",
        servicer_signature=b"",
    )

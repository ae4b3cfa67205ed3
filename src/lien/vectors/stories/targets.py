"""Say which calls are explored after which scenes, around which natural call, and on which days."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from lien.protocol.builders import percent
from lien.protocol.calendar import day_of
from lien.protocol.genesis import DOLLAR
from lien.spec.agreement import Offer
from lien.spec.assets import Claim, Transfer
from lien.spec.call import Call
from lien.spec.facility import Deposit, OpenFacility, Redeem
from lien.spec.genesis import account_of
from lien.spec.types import CycleUnit, RepaymentKind
from lien.spec.units import REDEMPTION_LOCK_DAYS
from lien.vectors.search.target import Target
from lien.vectors.stories.loan_targets import loan_targets
from lien.vectors.stories.terms import START, WINDOW_END, WINDOW_START, slug, terms_of
from lien.vectors.stories.tree import scenes
from lien.vectors.story import Scene
from lien.vectors.world import STRICT_DOLLAR

SOME_DOLLARS, SOME_SHARES, MANY_SHARES = 100 * 10**6, 10**14, 45 * 10**14
SCHEDULE = ("first_due_day", "cycle_length", "end_of_month", "periods")
FULL_OFFERS = (RepaymentKind.BULLET, RepaymentKind.ANNUITY)


@lru_cache(maxsize=1)
def targets() -> dict[str, Target]:
    """Return every target by its name."""
    loans = (target for scene in scenes().values() for target in loan_targets(scene))
    return {
        target.name: target for target in (*asset_targets(), *facility_targets(), *offer_targets(), *loans)
    }


def after(name: str, call: Call, sender: str, *days: int, only_paths: bool = False) -> Target:
    """Return the target of a call after a scene, on some days or on the scene's and the next."""
    scene = scenes()[name]
    when = days or days_of(scene)
    return Target(f"{call.call_name()}/{name}", scene, call, sender, when, only_paths=only_paths)


def days_of(scene: Scene) -> tuple[int, ...]:
    """Return the day of a scene and the one after it; genesis is long before the stories."""
    today = max(day_of(scene.state.timestamp), START)
    return today, today + 1


def asset_targets() -> Iterator[Target]:
    """Yield the targets of transfers and claims."""
    transfer = Transfer(asset=DOLLAR, recipient=account_of("second_lender"), amount=SOME_DOLLARS)
    yield after("funded", transfer, "lender")
    claim = Claim(asset=STRICT_DOLLAR, recipient=account_of("second_borrower"))
    yield after("funded", claim, "borrower", only_paths=True)
    yield after("active-strict", claim, "borrower")
    yield after("settled-strict", claim, "borrower", only_paths=True)


def facility_targets() -> Iterator[Target]:
    """Yield the targets of facilities, deposits and redemptions.

    Where loans accrue, a price is a quotient of two unknowns, unless the day is one number.
    """
    opening = OpenFacility(asset=DOLLAR, interest_fee=percent(10))
    yield after("genesis", opening, "servicer", START, START + 1)
    yield after("facility", opening, "servicer", only_paths=True)
    deposit = Deposit(facility=1, amount=SOME_DOLLARS, minimum_shares=1)
    yield after("facility", deposit, "lender")
    yield after("funded", deposit, "second_lender")
    yield after("active-second", deposit, "second_lender", WINDOW_START + 30)
    yield after(
        "defaulted-annuity", deposit, "lender", scenes()["defaulted-annuity"].day + 1, only_paths=True
    )
    yield after("repaid-dear-3", deposit, "lender")
    redeem = Redeem(facility=1, shares=SOME_SHARES, minimum_amount=1)
    locked = START + REDEMPTION_LOCK_DAYS
    yield after("funded", redeem, "lender", locked, locked - 1, START)
    yield after("active-second", redeem, "lender", WINDOW_START + 30)
    yield after("settled-bullet", redeem, "lender", scenes()["settled-bullet"].day + 1, only_paths=True)
    yield after("repaid-dear-3", redeem, "lender", only_paths=True)


def offer_targets() -> Iterator[Target]:
    """Yield the targets of offers: daily cycles on symbols, and monthly ones of a fixed schedule.

    Daily cycles end in a period of decades, so that no other guard fails at the limits of number and length.
    """
    when = (START, START + 1, WINDOW_END, WINDOW_END + 1)
    dates = {"periods": 3, "first_due_day": WINDOW_START + 30}
    cases = [(kind, CycleUnit.DAY) for kind in FULL_OFFERS] + [
        (kind, CycleUnit.MONTH) for kind in RepaymentKind
    ]
    for kind, unit in cases:
        length, days = (30, 20_000) if unit == CycleUnit.DAY else (1, 91)
        end = {"maturity_day": WINDOW_START + days}
        terms = terms_of(kind, **dates, **end, cycle_unit=unit, cycle_length=length)
        fixed = ("kind", "cycle_unit", *(SCHEDULE if unit == CycleUnit.MONTH else ()))
        yield Target(
            f"offer/{slug(kind)}-{unit.name.lower()}",
            scenes()["funded"],
            Offer(facility=1, borrower=account_of("borrower"), terms=terms),
            "servicer",
            when,
            frozenset(f"terms.{name}" for name in fixed),
            only_paths=unit == CycleUnit.MONTH,
        )

"""Say which calls are explored after which scenes, around which natural call, and on which days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from functools import lru_cache
from typing import Any

from lien.protocol.builders import percent
from lien.protocol.genesis import DOLLAR
from lien.spec.agreement import Offer
from lien.spec.assets import Claim, Transfer
from lien.spec.facility import Deposit, OpenFacility, Redeem
from lien.spec.genesis import account_of
from lien.spec.terms import Terms
from lien.spec.types import CycleUnit, RepaymentKind
from lien.spec.units import REDEMPTION_LOCK_DAYS
from lien.vectors.search.target import Target
from lien.vectors.stories.after import after
from lien.vectors.stories.lender_targets import lender_targets
from lien.vectors.stories.loan_targets import loan_targets
from lien.vectors.stories.special import MONTH_LATER
from lien.vectors.stories.terms import START, WINDOW_END, WINDOW_START, slug, terms_of
from lien.vectors.stories.tree import scenes
from lien.vectors.world import STRICT_DOLLAR

SOME_DOLLARS, SOME_SHARES, MANY_SHARES = 100 * 10**6, 10**14, 45 * 10**14
SCHEDULE = ("first_due_day", "cycle_length", "end_of_month", "periods")
DATES: dict[str, Any] = {"periods": 3, "first_due_day": WINDOW_START + 30}
PAYMENT = ("principal", "payment", "minimum_principal")
LOW_RATE = percent(1) // 2  # at which a period up to the calendar's end brings less than its principal


@lru_cache(maxsize=1)
def targets() -> dict[str, Target]:
    """Return every target by its name."""
    loans = (target for scene in scenes().values() for target in loan_targets(scene))
    return {
        target.name: target
        for target in (
            *asset_targets(),
            *facility_targets(),
            *lender_targets(),
            *offer_targets(),
            *loans,
        )
    }


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
    opening = OpenFacility(asset=DOLLAR, interest_fee=percent(10), lender=0)
    yield after("genesis", opening, "servicer", START, START + 1)
    yield after("facility", opening, "servicer", only_paths=True)
    deposit = Deposit(facility=1, amount=SOME_DOLLARS, minimum_shares=1)
    yield after("facility", deposit, "lender")
    yield after("funded", deposit, "second_lender")
    yield after("current-second", deposit, "second_lender", MONTH_LATER)
    yield after("behind-second", deposit, "second_lender", MONTH_LATER, only_paths=True)
    yield after(
        "defaulted-annuity", deposit, "lender", scenes()["defaulted-annuity"].day + 1, only_paths=True
    )
    yield after("repaid-dear-3", deposit, "lender")
    redeem = Redeem(facility=1, shares=SOME_SHARES, minimum_amount=1)
    locked = START + REDEMPTION_LOCK_DAYS
    yield after("funded", redeem, "lender", locked, locked - 1, START)
    yield after("current-second", redeem, "lender", MONTH_LATER)
    yield after("behind-second", redeem, "lender", MONTH_LATER, only_paths=True)
    yield after("settled-bullet", redeem, "lender", scenes()["settled-bullet"].day + 1, only_paths=True)
    yield after("repaid-dear-3", redeem, "lender", only_paths=True)


def offer_targets() -> Iterator[Target]:
    """Yield the targets of offers.

    Once all terms are open, with daily cycles that end in a period of decades at a low rate, so that no other
    guard fails at the limits of number and length. For every kind the paths are followed around a monthly
    schedule, and for one that names a payment its limits are met.
    """
    daily = {
        "cycle_unit": CycleUnit.DAY,
        "cycle_length": 30,
        "maturity_day": WINDOW_START + 20_000,
        "rate": LOW_RATE,
    }
    monthly = {"cycle_unit": CycleUnit.MONTH, "cycle_length": 1, "maturity_day": WINDOW_START + 91}
    yield offer("bullet-day", terms_of(RepaymentKind.BULLET, **DATES, **daily), ("kind", "cycle_unit"))
    for kind in RepaymentKind:
        terms = terms_of(kind, **DATES, **monthly)
        yield offer(f"{slug(kind)}-month", terms, ("kind", "cycle_unit", *SCHEDULE), only_paths=True)
    annuity = terms_of(RepaymentKind.ANNUITY, **DATES, **monthly)
    known = tuple(item.name for item in fields(annuity) if item.name not in PAYMENT)
    yield offer("annuity-payment", annuity, known)
    yield offer("winding-down", annuity, tuple(item.name for item in fields(annuity)), only_paths=True)


def offer(name: str, terms: Terms, known: tuple[str, ...], *, only_paths: bool = False) -> Target:
    """Return the target of an offer after the first deposit; what is known of the terms is not open."""
    call = Offer(facility=1, borrower=account_of("borrower"), terms=terms)
    when = (START, START + 1, WINDOW_END, WINDOW_END + 1)
    fixed = frozenset(f"terms.{part}" for part in known)
    scene = scenes()["winding-down" if name == "winding-down" else "funded"]
    return Target(f"offer/{name}", scene, call, "servicer", when, fixed, only_paths)

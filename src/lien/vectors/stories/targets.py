"""Say which calls are explored after which scenes, around which natural call, and on which days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from functools import lru_cache

from lien.protocol.builders import percent
from lien.protocol.genesis import DOLLAR, ETHER
from lien.spec.agreement import Offer
from lien.spec.assets import Claim, Transfer
from lien.spec.facility import Deposit, OpenFacility, Redeem
from lien.spec.genesis import account_of
from lien.spec.terms import Terms
from lien.spec.types import RepaymentKind
from lien.spec.units import APPLICATION_DAYS, REDEMPTION_LOCK_DAYS
from lien.vectors.search.target import Target
from lien.vectors.stories.after import after
from lien.vectors.stories.borrower_targets import borrower_targets
from lien.vectors.stories.danger_targets import danger_targets
from lien.vectors.stories.doubts import DAILY, DATES, MONTHLY
from lien.vectors.stories.lender_targets import lender_targets
from lien.vectors.stories.loan_targets import loan_targets
from lien.vectors.stories.special import MONTH_LATER
from lien.vectors.stories.terms import START, WINDOW_END, slug, terms_of
from lien.vectors.stories.tree import scenes
from lien.vectors.world import STRICT_DOLLAR

SOME_DOLLARS, SOME_SHARES, MANY_SHARES = 100 * 10**6, 10**14, 45 * 10**14
SCHEDULE = ("first_due_day", "cycle_length", "end_of_month", "periods")
PAYMENT = ("principal", "payment", "minimum_principal")
UNSECURED = {"collateral_asset": ETHER, "collateral_amount": 0}
OFFER_DAYS = (START, START + 1, WINDOW_END, WINDOW_END + 1)


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
            *borrower_targets(),
            *offer_targets(),
            *loans,
            *danger_targets(),
        )
    }


def asset_targets() -> Iterator[Target]:
    """Yield the targets of transfers and claims."""
    transfer = Transfer(asset=DOLLAR, recipient=account_of("second_lender"), amount=SOME_DOLLARS)
    yield after("funded", transfer, "lender")
    claim = Claim(asset=STRICT_DOLLAR, recipient=account_of("second_borrower"))
    yield after("funded", claim, "borrower", only_paths=True)
    yield after("active-strict", claim, "borrower")
    for name in ("settled-strict", "frozen-strict", "unfrozen-strict"):
        yield after(name, claim, "borrower", only_paths=True)


def facility_targets() -> Iterator[Target]:
    """Yield the targets of facilities, deposits and redemptions.

    Where loans accrue, a price is a quotient of two unknowns, unless the day is one number.
    """
    opening = OpenFacility(asset=DOLLAR, interest_fee=percent(10), lender=0)
    yield after("genesis", opening, "servicer", START, START + 1)
    yield after("facility", opening, "servicer", only_paths=True)
    deposit = Deposit(facility=1, amount=SOME_DOLLARS, minimum_shares=1)
    yield after("facility", deposit, "lender")
    yield after("paused-funded", deposit, "lender", only_paths=True)
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

    Once all terms are open but rate and principal, with daily cycles that end in a period of decades at a low
    rate, so that no other guard fails at the limits of number and length. For every kind the paths are
    followed around a monthly schedule at a usual rate, and for one that names a payment its limits are met.
    """
    daily = terms_of(RepaymentKind.BULLET, **DATES, **DAILY)
    when = (*OFFER_DAYS, START + APPLICATION_DAYS, START + APPLICATION_DAYS + 1)
    yield offer("bullet-day", "approved-low", daily, ("kind", "cycle_unit", "rate", "principal"), when=when)
    monthly = ("kind", "cycle_unit", *SCHEDULE)
    for kind in RepaymentKind:
        terms = terms_of(kind, **{**DATES, **MONTHLY, **UNSECURED})
        yield offer(f"{slug(kind)}-month", "approved-balloon", terms, monthly, only_paths=True)
    annuity = terms_of(RepaymentKind.ANNUITY, **DATES, **MONTHLY)
    yield offer("secured-month", "approved-monthly", annuity, monthly, only_paths=True)
    known = tuple(item.name for item in fields(annuity) if item.name not in PAYMENT)
    yield offer("annuity-payment", "approved-monthly", annuity, known)
    everything = tuple(item.name for item in fields(annuity))
    yield offer("winding-down", "approved-winding-down", annuity, everything, only_paths=True)
    yield offer("applied", "applied-monthly", annuity, everything, only_paths=True)
    unsecured = terms_of(RepaymentKind.BALLOON)
    for scene in ("paused-approved-balloon", "offered-balloon"):
        yield offer(scene, scene, unsecured, everything, only_paths=True)


def offer(
    name: str,
    scene: str,
    terms: Terms,
    known: tuple[str, ...],
    *,
    when: tuple[int, ...] = OFFER_DAYS,
    only_paths: bool = False,
) -> Target:
    """Return the target of an offer after an approval; what is known of the terms is not open."""
    root = scenes()[scene]
    call = Offer(application=root.state.application_count, terms=terms)
    fixed = frozenset(f"terms.{part}" for part in known)
    return Target(f"offer/{name}", root, call, "servicer", when, fixed, only_paths)

"""Tell what does not happen to everyone: refused payees, shared accounts, unusual terms, limits of cash."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lien.protocol.builders import percent
from lien.protocol.genesis import DOLLAR
from lien.spec.facility import AdvanceBook, Deposit, OpenFacility
from lien.spec.repayment import Repay
from lien.spec.terms import Terms
from lien.spec.types import RepaymentKind
from lien.vectors.stories.loans import Parties, agreement, beginning, paid, payoff
from lien.vectors.stories.terms import PRINCIPAL, START, WINDOW_START, terms_of
from lien.vectors.story import Scene, follow
from lien.vectors.world import STRICT_DOLLAR

PAID_AHEAD = 200 * 10**6
MONTH_LATER = WINDOW_START + 30


def special_scenes(genesis: Scene, known: Scene) -> list[Scene]:
    """Return all of them; most after the scene in which who borrows is known."""
    return [
        *strict(genesis),
        *shared_accounts(known),
        *unusual_terms(known),
        *paid_ahead(known),
        *two_loans(known),
    ]


def facility_of(root: Scene, name: str, asset: int, amount: int, fee: int = 10) -> list[Scene]:
    """Return the scenes of a facility after genesis, with one deposit."""
    opened = follow(
        root,
        f"facility-{name}",
        OpenFacility(asset=asset, interest_fee=percent(fee), lender=0),
        "servicer",
        START,
    )
    deposit = Deposit(facility=opened.state.facility_count, amount=amount, minimum_shares=0)
    return [opened, follow(opened, f"funded-{name}", deposit, "lender")]


def unsecured(kind: RepaymentKind, **changes: Any) -> Terms:
    """Return the terms of a loan without collateral, which needs no price."""
    return terms_of(kind, collateral_amount=0, **changes)


def strict(genesis: Scene) -> list[Scene]:
    """Return a loan in a token that refuses its borrower and the treasury, secured by that same token."""
    name = "strict"
    opened = facility_of(genesis, name, STRICT_DOLLAR, 5 * PRINCIPAL)
    terms = terms_of(RepaymentKind.BULLET, collateral_asset=STRICT_DOLLAR, collateral_amount=2 * PRINCIPAL)
    begun = beginning(opened[-1], name, terms, Parties())
    return [*opened, *begun, paid(begun[-1], f"settled-{name}", payoff, WINDOW_START + 20)]


def shared_accounts(known: Scene) -> list[Scene]:
    """Return loans to the treasury and to the lender, and two secured by what is lent: enough, and not."""
    kind = RepaymentKind.EQUAL_PRINCIPAL
    in_kind = terms_of(kind, collateral_asset=DOLLAR, collateral_amount=2 * PRINCIPAL)
    thin = replace(in_kind, collateral_amount=2 * PRINCIPAL - 1)
    return [
        *beginning(known, "to-treasury", unsecured(kind), Parties(borrower="treasury")),
        *beginning(known, "to-lender", unsecured(kind), Parties(borrower="lender")),
        *beginning(known, "in-kind", in_kind, Parties()),
        *agreement(known, "thin", thin, Parties()),
    ]


def unusual_terms(known: Scene) -> list[Scene]:
    """Return loans with a payment below the interest, a late fee above the cap, no grace, or no interest."""
    annuity, equal = RepaymentKind.ANNUITY, RepaymentKind.EQUAL_PRINCIPAL
    cap = percent(12) + percent(5)  # as much as the two rates together
    free = {"rate": 0, "default_rate": 0, "usury_cap": 0, "late_fee": 0}
    unusual = {
        "slow": unsecured(annuity, payment=5 * 10**6),
        "capped": unsecured(annuity, usury_cap=cap, late_fee=50 * 10**6),
        "no-grace": unsecured(equal, grace_days=0),
        "free": unsecured(equal, **free),
    }
    return [scene for name, terms in unusual.items() for scene in beginning(known, name, terms, Parties())]


def paid_ahead(known: Scene) -> list[Scene]:
    """Return a loan of which principal was paid ahead of time, with its fee."""
    begun = beginning(known, "ahead", unsecured(RepaymentKind.EQUAL_PRINCIPAL), Parties())
    payment = Repay(loan=1, amount=2 * PRINCIPAL // 3, principal_ahead=PAID_AHEAD, reference=1)
    return [*begun, follow(begun[-1], "prepaid-ahead", payment, "borrower", WINDOW_START + 30)]


def two_loans(known: Scene) -> list[Scene]:
    """Return a second loan in a facility that has one, by another borrower and with another clock.

    A month later the facility's book is made current, in two calls.
    """
    first = beginning(known, "first", unsecured(RepaymentKind.BULLET), Parties())
    second = unsecured(RepaymentKind.ANNUITY, window_start_day=WINDOW_START)
    both = beginning(first[-1], "second", second, Parties(borrower="second_borrower"))
    advance = AdvanceBook(facility=1)
    behind = follow(both[-1], "behind-second", advance, "stranger", MONTH_LATER)
    made_current = follow(behind, "current-second", advance, "stranger")
    return [*first, *both, behind, made_current, *cash_limits(first[-1])]


def cash_limits(active: Scene) -> list[Scene]:
    """Return second loans for which the facility's cash is just enough, and one unit too little.

    What is lent is part of net assets, so that the second loan is no concentration.
    """
    cash = active.state.facilities.get(1).cash
    found: list[Scene] = []
    for name, amount in (("exact-cash", cash), ("short-cash", cash + 1)):
        terms = unsecured(RepaymentKind.BULLET, principal=amount)
        found += agreement(active, name, terms, Parties(borrower="second_borrower"))
    return found

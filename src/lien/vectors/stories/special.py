"""Tell what does not happen to everyone: refused payees, shared accounts and assets, greatest amounts, dear shares."""

from __future__ import annotations

from lien.protocol.builders import percent
from lien.protocol.genesis import DOLLAR
from lien.spec.facility import Deposit, OpenFacility
from lien.spec.types import RepaymentKind
from lien.vectors.stories.loans import Parties, agreement, beginning, paid, payoff
from lien.vectors.stories.terms import PRINCIPAL, START, WINDOW_START, terms_of
from lien.vectors.story import Scene, follow
from lien.vectors.world import STRICT_DOLLAR


def special_scenes(genesis: Scene, funded: Scene) -> list[Scene]:
    """Return all of them."""
    return [
        *strict(genesis),
        *shared_accounts(funded),
        *cash_limits(genesis),
    ]


def facility_of(root: Scene, name: str, asset: int, amount: int, lender: str = "lender") -> list[Scene]:
    """Return the scenes of a new facility with one deposit."""
    call = OpenFacility(asset=asset, interest_fee=percent(10))
    opened = follow(root, f"facility-{name}", call, "servicer", None if root.parent else START)
    deposit = Deposit(facility=opened.state.facility_count, amount=amount, minimum_shares=0)
    return [opened, follow(opened, f"funded-{name}", deposit, lender)]


def strict(genesis: Scene) -> list[Scene]:
    """Return a loan in a token that refuses its borrower and the treasury, secured by that same token."""
    name = "strict"
    opened = facility_of(genesis, name, STRICT_DOLLAR, 5 * PRINCIPAL)
    terms = terms_of(RepaymentKind.BULLET, collateral_asset=STRICT_DOLLAR, collateral_amount=PRINCIPAL)
    begun = beginning(opened[-1], name, terms, Parties())
    return [*opened, *begun, paid(begun[-1], f"settled-{name}", payoff, WINDOW_START + 20)]


def shared_accounts(funded: Scene) -> list[Scene]:
    """Return loans whose borrower is the treasury or the lender, and one secured by the asset that is lent."""
    kind = RepaymentKind.EQUAL_PRINCIPAL
    return [
        *beginning(funded, "to-treasury", terms_of(kind, collateral_amount=0), Parties(borrower="treasury")),
        *beginning(funded, "to-lender", terms_of(kind), Parties(borrower="lender")),
        *beginning(
            funded,
            "in-kind",
            terms_of(kind, collateral_asset=DOLLAR, collateral_amount=2 * PRINCIPAL),
            Parties(),
        ),
    ]


def cash_limits(genesis: Scene) -> list[Scene]:
    """Return loans for which the facility's cash is just enough, and one unit too little."""
    found = []
    for name, amount in (("exact-cash", PRINCIPAL), ("short-cash", PRINCIPAL - 1)):
        opened = facility_of(genesis, name, DOLLAR, amount)
        found += [*opened, *agreement(opened[-1], name, terms_of(RepaymentKind.BULLET), Parties())]
    return found

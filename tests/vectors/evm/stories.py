"""Tell of facilities without loans what the generated traces tell only of those with loans.

A token that refuses a lender, and a share price at which nothing divides evenly.
"""

from collections.abc import Iterator

from lien.protocol.genesis import DOLLAR
from lien.spec.assets import Claim
from lien.spec.facility import Deposit, OpenFacility, Redeem
from lien.spec.genesis import account_of
from lien.vectors.format import Vector
from lien.vectors.story import Scene, follow, opening, perform
from lien.vectors.traces import Named, identifier_of, vector_of
from lien.vectors.world import STRICT_DOLLAR, first_state, world

START, FREE = 20_000, 20_003
UNEVEN_SHARES = 1_500_001


def told() -> Iterator[Vector]:
    """Yield the vectors of both stories, parents first."""
    for story in (refused_lender(), uneven_price()):
        parent = None
        for scene in story:
            named = Named(f"story/{scene.name}", scene, (), "a step of a story")
            yield vector_of(named, parent)
            parent = identifier_of(named)


def opened_facility(name: str, asset: int) -> Scene:
    """Return the scene of a facility's opening."""
    call = OpenFacility(asset=asset, interest_fee=0, lender=0)
    return follow(opening(first_state()), name, call, "servicer", START)


def refused_lender() -> list[Scene]:
    """Return the scenes of a lender whom the token refuses: a redemption becomes a claim, paid once."""
    opened = opened_facility("refusing", STRICT_DOLLAR)
    deposit = Deposit(facility=1, amount=10**6, minimum_shares=0)
    funded = follow(opened, "refusing-funded", deposit, "borrower")
    redeem = Redeem(facility=1, shares=10**11, minimum_amount=0)
    redeemed = follow(funded, "refusing-redeemed", redeem, "borrower", FREE)
    more = follow(redeemed, "refusing-redeemed-more", redeem, "borrower")
    lost = Claim(asset=STRICT_DOLLAR, recipient=world().protocol)
    refused = perform(more, "refusing-claimed-for-nobody", lost, more.context)
    claim = Claim(asset=STRICT_DOLLAR, recipient=account_of("stranger"))
    claimed = follow(refused, "refusing-claimed", claim, "borrower")
    again = perform(claimed, "refusing-claimed-again", claim, claimed.context)
    return [opened, funded, redeemed, more, refused, claimed, again]


def uneven_price() -> list[Scene]:
    """Return the scenes of a facility in which a redemption left a part of a unit, and the next deposits."""
    opened = opened_facility("uneven", DOLLAR)
    funded = follow(opened, "uneven-funded", Deposit(facility=1, amount=2, minimum_shares=0), "lender")
    redeem = Redeem(facility=1, shares=UNEVEN_SHARES, minimum_amount=0)
    redeemed = follow(funded, "uneven-redeemed", redeem, "lender", FREE)
    deposit = Deposit(facility=1, amount=7, minimum_shares=0)
    deposited = follow(redeemed, "uneven-deposited", deposit, "second_lender")
    return [opened, funded, redeemed, deposited, follow(deposited, "uneven-renewed", deposit, "lender")]

"""Plant the tree of stories: every scene after which a call is explored, parents before their children."""

from __future__ import annotations

from functools import lru_cache

from lien.protocol.builders import percent
from lien.protocol.genesis import DOLLAR
from lien.spec.facility import Deposit, OpenFacility
from lien.spec.types import RepaymentKind
from lien.vectors.stories.applications import attested
from lien.vectors.stories.dangers import dangerous_scenes
from lien.vectors.stories.doubts import doubtful_scenes
from lien.vectors.stories.extreme import extreme_scenes
from lien.vectors.stories.lenders import lender_scenes
from lien.vectors.stories.loans import Parties, beginning, cancelled, instalments, troubles
from lien.vectors.stories.special import special_scenes
from lien.vectors.stories.terms import START, slug, terms_of
from lien.vectors.story import Scene, follow, opening
from lien.vectors.world import first_state

FUNDS = 5_000 * 10**6


@lru_cache(maxsize=1)
def scenes() -> dict[str, Scene]:
    """Return every scene by its name."""
    genesis = opening(first_state())
    call = OpenFacility(asset=DOLLAR, interest_fee=percent(10), lender=0)
    opened = follow(genesis, "facility", call, "servicer", START)
    funded = follow(opened, "funded", Deposit(facility=1, amount=FUNDS, minimum_shares=0), "lender")
    (known,) = attested(funded, "borrower", "borrower")
    planted = [genesis, opened, funded, known]
    for kind in RepaymentKind:
        planted += life(known, kind)
    planted += [*special_scenes(genesis, known), *extreme_scenes(genesis)]
    planted += [*lender_scenes(planted), *doubtful_scenes(planted), *dangerous_scenes(planted)]
    return {scene.name: scene for scene in planted}


def life(known: Scene, kind: RepaymentKind) -> list[Scene]:
    """Return the scenes of a loan of a kind, through every status."""
    name, terms = slug(kind), terms_of(kind)
    begun = beginning(known, name, terms, Parties())
    offer = next(scene for scene in begun if scene.name == f"offered-{name}")
    active = begun[-1]
    met = instalments(active, name) if terms.periods > 1 else []
    return [*begun, cancelled(offer, name), *troubles(active, name), *met]

"""Prepare a loan: attest who borrows, let them apply, review what they apply for, post prices."""

from __future__ import annotations

from lien.protocol.genesis import SWITZERLAND
from lien.protocol.state import State
from lien.spec.application import Apply, Review
from lien.spec.genesis import account_of
from lien.spec.identity import AttestIdentity
from lien.spec.oracle import PostPrice
from lien.spec.product import Product
from lien.spec.terms import Terms
from lien.spec.units import PRICE_SCALE, SCORE_BASE, SCORE_PER_RATING, SECONDS_PER_DAY
from lien.vectors.stories.terms import day
from lien.vectors.story import Scene, follow
from lien.vectors.world import ACTORS, ATTESTOR, FEEDERS, REVIEWER

EXPIRY = day(2100, 1, 1) * SECONDS_PER_DAY  # of an identity, after all stories
TIER = 1
PURPOSE, DOCUMENT = 3, 4
PRICE = 2 * PRICE_SCALE // 10**9  # of ether: 2,000 dollars of 6 decimals for 18


def attestation(
    name: str, expiry: int = EXPIRY, jurisdiction: int = SWITZERLAND, tier: int = TIER
) -> AttestIdentity:
    """Return the attestation of an actor, whose commitment is their place among the actors."""
    return AttestIdentity(
        account=account_of(name),
        commitment=ACTORS.index(name) + 1,
        jurisdiction=jurisdiction,
        tier=tier,
        expiry=expiry,
    )


def attested(root: Scene, name: str, party: str) -> list[Scene]:
    """Return the scene of a party's attestation, unless they have an identity."""
    if root.state.identity_of.get(account_of(party)):
        return []
    return [follow(root, f"attested-{name}", attestation(party), ATTESTOR)]


def application_for(state: State, facility: int, terms: Terms) -> Apply:
    """Return the application for a loan of some terms, under the first product that gives them."""
    asset = state.facilities.get(facility).asset
    product = next(number for number, item in state.products.items() if gives(item, asset, terms))
    return Apply(
        facility=facility,
        product=product,
        amount=terms.principal,
        periods=terms.periods,
        purpose=PURPOSE,
        collateral_asset=terms.collateral_asset,
        collateral_amount=terms.collateral_amount,
        document=DOCUMENT,
    )


def gives(product: Product, asset: int, terms: Terms) -> bool:
    """Return whether a product gives loans of an asset at a rate, against that much collateral."""
    is_secured = bool(terms.collateral_amount or product.allows_unsecured)
    return product.asset == asset and is_secured and terms.rate in product.rates


def review_for(state: State, terms: Terms) -> Review:
    """Return the vote with the least rating that reaches the grade of a rate, on the last application."""
    number = state.application_count
    product = state.products.get(state.applications.get(number).product)
    least = product.least_scores[product.rates.index(terms.rate)]
    rating = -(-(least - SCORE_BASE) // SCORE_PER_RATING)
    return Review(application=number, approves=1, rating=rating)


def approved(
    root: Scene, name: str, terms: Terms, borrower: str, *, facility: int = 1, day: int | None = None
) -> list[Scene]:
    """Return the scenes of a loan up to the approval of its application, from a day on."""
    scenes = attested(root, name, borrower)
    last = scenes[-1] if scenes else root
    call = application_for(last.state, facility, terms)
    applied = follow(last, f"applied-{name}", call, borrower, day)
    vote = review_for(applied.state, terms)
    return [*scenes, applied, follow(applied, f"approved-{name}", vote, REVIEWER)]


def priced(root: Scene, name: str, pair: tuple[int, int], price: int, day: int) -> list[Scene]:
    """Return the posts of a quorum of feeders on a day, of the price of collateral in the loan asset."""
    found = [root]
    for seat, feeder in enumerate(FEEDERS, 1):
        call = PostPrice(collateral_asset=pair[0], loan_asset=pair[1], seat=seat, price=price)
        label = f"priced-{name}" if seat == len(FEEDERS) else f"price-{seat}-{name}"
        found.append(follow(found[-1], label, call, feeder, day if seat == 1 and day > root.day else None))
    return found[1:]

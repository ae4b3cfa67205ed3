"""Properties of how amounts and shares are converted into each other, at any net assets."""

from lien.invariants.properties.base import Kind, declare
from lien.protocol.algebra import all_of, implies, wide_product
from lien.protocol.state import Facility
from lien.protocol.valuation import amount_for, shares_for
from lien.spec.types import Amount, Shares, Total
from lien.spec.units import VIRTUAL_ASSETS, VIRTUAL_SHARES


@declare("CONVERSION-ADDS", Kind.RELATIONAL, ("facility",), (15, 31))
def amounts_of_parts_add_up(facility: Facility, assets: Total, first: Shares, second: Shares) -> bool:
    """Two parts of shares are worth what both together are, or one unit less.

    So what all lenders' shares are worth falls short of the whole by less than a unit for each lender.
    """
    parts = amount_for(facility, assets, first) + amount_for(facility, assets, second)
    whole = amount_for(facility, assets, first + second)
    return all_of(parts <= whole, whole <= parts + 1)


@declare("CONVERSION-OF-AMOUNTS-ADDS", Kind.RELATIONAL, ("facility",), (31,))
def shares_of_parts_add_up(facility: Facility, assets: Total, first: Amount, second: Amount) -> bool:
    """Two parts of an amount buy the shares that both together buy at one price, or one less."""
    parts = shares_for(facility, assets, first) + shares_for(facility, assets, second)
    whole = shares_for(facility, assets, first + second)
    return all_of(parts <= whole, whole <= parts + 1)


@declare("CONVERSION-GROWS", Kind.RELATIONAL, ("facility",), (31,))
def conversion_is_monotone(
    facility: Facility, assets: Total, amount: Amount, more: Amount, shares: Shares, others: Shares
) -> bool:
    """More shares are never worth less, and a greater amount never buys fewer."""
    worth, of_others = amount_for(facility, assets, shares), amount_for(facility, assets, others)
    bought, with_more = shares_for(facility, assets, amount), shares_for(facility, assets, more)
    return all_of(implies(shares <= others, worth <= of_others), implies(amount <= more, bought <= with_more))


@declare("CONVERSION-AND-BACK", Kind.RELATIONAL, ("facility",), (32,))
def converting_back_gains_nothing(facility: Facility, assets: Total, amount: Amount, shares: Shares) -> bool:
    """An amount that is converted into shares and back is never more, nor are shares the other way round."""
    bought, worth = shares_for(facility, assets, amount), amount_for(facility, assets, shares)
    return all_of(
        amount_for(facility, assets, bought) <= amount, shares_for(facility, assets, worth) <= shares
    )


@declare("LAST-LENDER", Kind.RELATIONAL, ("facility",), (15, 41))
def all_shares_are_worth_the_assets(facility: Facility, assets: Total) -> bool:
    """Whoever redeems all shares leaves what the virtual shares are worth, rounded up, and nothing else."""
    left = assets + VIRTUAL_ASSETS - amount_for(facility, assets, facility.shares)
    shares, virtual = facility.shares + VIRTUAL_SHARES, wide_product(assets + VIRTUAL_ASSETS, VIRTUAL_SHARES)
    return all_of(
        left >= VIRTUAL_ASSETS,
        virtual <= wide_product(left, shares),
        wide_product(left - 1, shares) < virtual,
    )

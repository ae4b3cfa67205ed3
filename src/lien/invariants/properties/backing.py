"""Properties of what a facility's net assets are backed by, and of what a buyer of a part is given."""

from lien.invariants.properties.base import Kind, declare
from lien.protocol.aggregate import accrued_interest
from lien.protocol.algebra import all_of, implies, maximum, wide_product
from lien.protocol.auction import Lot, part_of
from lien.protocol.state import Facility
from lien.protocol.valuation import net_assets
from lien.spec.types import Amount, Day, Total
from lien.spec.units import UNIT, WAD


@declare("NET-ASSETS-BACKED", Kind.RELATIONAL, ("facility",), (39,))
def net_assets_are_backed(facility: Facility, day: Day) -> bool:
    """Net assets are at most cash, principal and all unpaid interest, where the treasury took but its share.

    So nothing that the treasury has, or is owed, counts for the lenders.
    """
    share, taken = facility.interest_paid * facility.interest_fee, facility.treasury_taken * WAD
    there = facility.cash + facility.principal
    unpaid = maximum(accrued_interest(facility, day), 0)
    return implies(taken <= share, (net_assets(facility, day) - there) * UNIT <= unpaid)


@declare("AUCTION-PART-WHOLE", Kind.RELATIONAL, ("liquidation",), (61, 76))
def part_is_rounded_once(collateral: Amount, ask: Total, price: Total) -> bool:
    """What a price buys of a lot is its part of the ask, less a part of one unit."""
    if ask == 0 or price > ask:
        return True
    bought, worth = part_of(Lot(collateral, ask), price), wide_product(price, collateral)
    return all_of(wide_product(bought, ask) <= worth, worth < wide_product(bought + 1, ask))

"""Properties of what a facility's net assets are backed by, and of what a buyer of a part is given."""

from lien.invariants.properties.base import Kind, declare
from lien.protocol.aggregate import accrued_interest
from lien.protocol.algebra import all_of, equivalent, implies, maximum, wide_product
from lien.protocol.arithmetic import multiply_divide_up, quotient_up
from lien.protocol.auction import Lot, part_of
from lien.protocol.state import Facility
from lien.protocol.valuation import amount_for, exit_assets, net_assets, unvested
from lien.spec.types import Amount, Day, Total
from lien.spec.units import UNIT, WAD


@declare("NET-ASSETS-BACKED", Kind.RELATIONAL, ("facility",), (13, 39))
def net_assets_are_backed(facility: Facility, day: Day) -> bool:
    """Net assets are at most cash, principal and all unpaid interest, where the treasury took but its share.

    So nothing that the treasury has, or is owed, counts for the lenders.
    """
    share, taken = facility.interest_paid * facility.interest_fee, facility.treasury_taken * WAD
    there = facility.cash + facility.principal
    unpaid = maximum(accrued_interest(facility, day), 0)
    return implies(taken <= share, (net_assets(facility, day) - there) * UNIT <= unpaid)


@declare("NET-ASSETS-EXACT", Kind.RELATIONAL, ("facility",), (12, 14, 83))
def net_assets_are_divided_once(facility: Facility, day: Day) -> bool:
    """Cash, principal and unpaid interest are the lenders' and the treasury's, less a part of one unit.

    The treasury has its share of all interest, paid or accrued, less what it took; what of a recovery has not
    vested is the lenders' too, but no part of net assets yet.
    """
    accrued = accrued_interest(facility, day)
    lenders = net_assets(facility, day) + unvested(facility, day)
    share = (facility.interest_paid * UNIT + accrued) * facility.interest_fee
    treasury = share - facility.treasury_taken * UNIT * WAD
    there = (facility.cash + facility.principal) * UNIT * WAD + accrued * WAD
    left = there - lenders * UNIT * WAD - treasury
    return all_of(left >= 0, left < UNIT * WAD)


@declare("LENT-IS-OWNED", Kind.RELATIONAL, ("facility",), (6, 23))
def what_is_lent_is_owned(facility: Facility, day: Day) -> bool:
    """What is lent and what is idle are at most what the lenders own and wait for, and what others are due.

    Others are the treasury, for its share of the interest that was paid, and borrowers who paid ahead.
    """
    share = multiply_divide_up(facility.interest_paid, facility.interest_fee, WAD)
    ahead = quotient_up(maximum(0 - accrued_interest(facility, day), 0), UNIT)
    others = maximum(share - facility.treasury_taken, 0) + ahead
    owned = net_assets(facility, day) + unvested(facility, day)
    return facility.principal + facility.cash <= owned + others


@declare("CLAIMS-BACKED", Kind.RELATIONAL, ("facility",), (8, 17))
def claims_are_backed(facility: Facility, day: Day) -> bool:
    """What all shares are worth is at most cash, principal and unpaid interest; without loans, at most cash.

    What the treasury took beyond its share, when interest that was paid ahead became principal, is missing.
    """
    assets, accrued = net_assets(facility, day), accrued_interest(facility, day)
    if assets < 0:
        return True
    share, taken = facility.interest_paid * facility.interest_fee, facility.treasury_taken * WAD
    claims = amount_for(facility, assets, facility.shares)
    is_backed = (claims - facility.cash - facility.principal) * UNIT <= maximum(accrued, 0)
    return all_of(claims <= assets, implies(taken <= share, is_backed))


@declare("EXIT-WITHOUT-IMPAIRMENT", Kind.RELATIONAL, ("facility",), (42, 84))
def exit_is_at_net_assets_without_impairment(facility: Facility, day: Day) -> bool:
    """Lenders leave at net assets exactly where no loan is impaired, and else at less."""
    leave, all_assets = exit_assets(facility, day), net_assets(facility, day)
    return all_of(leave <= all_assets, equivalent(leave == all_assets, facility.impairment == 0))


@declare("AUCTION-PART-WHOLE", Kind.RELATIONAL, ("liquidation",), (61, 76))
def part_is_rounded_once(collateral: Amount, ask: Total, price: Total) -> bool:
    """What a price buys of a lot is its part of the ask, less a part of one unit."""
    if ask == 0 or price > ask:
        return True
    bought, worth = part_of(Lot(collateral, ask), price), wide_product(price, collateral)
    return all_of(wide_product(bought, ask) <= worth, worth < wide_product(bought + 1, ask))

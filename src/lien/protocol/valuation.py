"""Value a facility and its shares, and divide contract interest between lenders and treasury."""

from lien.protocol.aggregate import accrued_interest
from lien.protocol.algebra import maximum
from lien.protocol.arithmetic import multiply_divide_down
from lien.protocol.state import Facility
from lien.spec.units import UNIT, VIRTUAL_ASSETS, VIRTUAL_SHARES, WAD


def net_assets(facility: Facility, day: int) -> int:
    """Return what the lenders own on a day, rounded down: cash, principal, and their part of the interest.

    Interest counts cumulatively: the lenders' part of all that was paid or has accrued, less what they have
    received of it, so that a payment moves it into cash without changing the sum. Rounding can bring an empty
    facility a few units below zero.
    """
    earned = facility.interest_paid * UNIT + accrued_interest(facility, day)
    entitled = multiply_divide_down(earned, WAD - facility.interest_fee, WAD * UNIT)
    received = facility.interest_paid - facility.treasury_taken
    return facility.cash + facility.principal + entitled - received


def exit_assets(facility: Facility, day: int) -> int:
    """Return the net assets at which lenders leave: less what they do not expect to get."""
    return net_assets(facility, day) - facility.impairment


def shares_for(facility: Facility, assets: int, amount: int) -> int:
    """Return the shares that an amount buys at the given net assets, rounded down."""
    return multiply_divide_down(amount, facility.shares + VIRTUAL_SHARES, assets + VIRTUAL_ASSETS)


def amount_for(facility: Facility, assets: int, shares: int) -> int:
    """Return the amount that shares are worth at the given net assets, rounded down."""
    return multiply_divide_down(shares, assets + VIRTUAL_ASSETS, facility.shares + VIRTUAL_SHARES)


def treasury_share(facility: Facility) -> int:
    """Return what the treasury may take now: the floor of its share of interest paid, less what it took."""
    share = multiply_divide_down(facility.interest_paid, facility.interest_fee, WAD)
    return maximum(share - facility.treasury_taken, 0)

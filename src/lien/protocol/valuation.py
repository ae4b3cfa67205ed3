"""Value a facility and its shares, and divide contract interest between lenders and treasury."""

from dataclasses import replace

from lien.protocol.aggregate import accrued_interest
from lien.protocol.algebra import maximum, minimum
from lien.protocol.arithmetic import multiply_divide_down, multiply_divide_up
from lien.protocol.state import Facility
from lien.spec.units import MAXIMUM_AMOUNT, RECOVERY_DAYS, UNIT, VIRTUAL_ASSETS, VIRTUAL_SHARES, WAD


def unvested(facility: Facility, day: int) -> int:
    """Return what was recovered and has not entered net assets by a day: evenly less each day, rounded up."""
    left = minimum(maximum(facility.recovered_day + RECOVERY_DAYS - day, 0), RECOVERY_DAYS)
    return multiply_divide_up(left, facility.recovered_amount, RECOVERY_DAYS)


def add_recovery(facility: Facility, amount: int, day: int) -> Facility:
    """Return a facility after a recovery that is already in its cash: what is unvested begins anew with it.

    Where the two together pass the greatest amount, the rest enters net assets at once.
    """
    waiting = minimum(unvested(facility, day) + amount, MAXIMUM_AMOUNT)
    return replace(facility, recovered_amount=waiting, recovered_day=day)


def net_assets(facility: Facility, day: int) -> int:
    """Return what the lenders own on a day, rounded down: cash, principal, and their part of the interest.

    Cover is no part of it, and a recovery only as far as it has vested.

    Interest counts cumulatively: the lenders' part of all that was paid or has accrued, less what they have
    received of it, so that a payment moves it into cash without changing the sum. Rounding can bring an empty
    facility a few units below zero; a loss can, where lenders left while a recovery had not vested.
    """
    earned = facility.interest_paid * UNIT + accrued_interest(facility, day)
    entitled = multiply_divide_down(earned, WAD - facility.interest_fee, WAD * UNIT)
    received = facility.interest_paid - facility.treasury_taken
    return facility.cash + facility.principal + entitled - received - unvested(facility, day)


def exit_assets(facility: Facility, day: int) -> int:
    """Return the net assets at which lenders leave: less what they do not expect to get."""
    return net_assets(facility, day) - facility.impairment


def shares_for(facility: Facility, assets: int, amount: int) -> int:
    """Return the shares that an amount buys at the given net assets, rounded down."""
    return multiply_divide_down(amount, facility.shares + VIRTUAL_SHARES, assets + VIRTUAL_ASSETS)


def amount_for(facility: Facility, assets: int, shares: int) -> int:
    """Return the amount that shares are worth at the given net assets, rounded down."""
    return multiply_divide_down(shares, assets + VIRTUAL_ASSETS, facility.shares + VIRTUAL_SHARES)


def compute_payable(facility: Facility, assets: int) -> tuple[int, int]:
    """Return the most that whole shares are worth within idle cash, and the fewest shares that are worth it.

    Both are zero where cash buys no share, or shares worth less than a unit.
    """
    amount = amount_for(facility, assets, shares_for(facility, assets, facility.cash))
    burned = multiply_divide_up(amount, facility.shares + VIRTUAL_SHARES, assets + VIRTUAL_ASSETS)
    return amount, burned


def treasury_share(facility: Facility) -> int:
    """Return what the treasury may take now: the floor of its share of interest paid, less what it took."""
    share = multiply_divide_down(facility.interest_paid, facility.interest_fee, WAD)
    return maximum(share - facility.treasury_taken, 0)

"""Answer what a facility and its shares are worth, and what they buy or pay on a day."""

from lien.protocol.algebra import all_of, choose, maximum, minimum
from lien.protocol.arithmetic import quotient_down
from lien.protocol.book import is_current
from lien.protocol.state import State
from lien.protocol.valuation import amount_for, exit_assets, net_assets, shares_for
from lien.spec.types import Account, Amount, Day, FacilityId, Shares
from lien.spec.units import REDEMPTION_LOCK_DAYS, VIRTUAL_ASSETS, VIRTUAL_SHARES, WAD


def net_assets_on(state: State, number: FacilityId, day: Day) -> int:
    """Return what a facility's lenders own on a day; an empty one can be a few units below zero."""
    return net_assets(state.facilities.get(number), day)


def share_price_on(state: State, number: FacilityId, day: Day) -> Amount:
    """Return what a WAD of shares redeems for on a day, never below zero."""
    return amount_for_shares(state, number, WAD, day)


def shares_for_amount(state: State, number: FacilityId, amount: Amount, day: Day) -> Shares:
    """Return the shares that a deposit on a day buys, at tomorrow's accrual: none without net assets."""
    facility, assets = state.facilities.get(number), net_assets_on(state, number, day + 1)
    return choose(assets >= 0, shares_for(facility, maximum(assets, 0), amount), 0)


def amount_for_shares(state: State, number: FacilityId, shares: Shares, day: Day) -> Amount:
    """Return the amount that a redemption on a day pays, at today's accrual.

    It is zero where more is impaired than the lenders own.
    """
    facility = state.facilities.get(number)
    return maximum(amount_for(facility, exit_assets(facility, day), shares), 0)


def redeemable_shares(state: State, number: FacilityId, lender: Account, day: Day) -> Shares:
    """Return the most shares that a lender can redeem at once on a day: not locked, and paid from idle cash.

    It is zero while others queue, or the book is not current.
    """
    facility, position = state.facilities.get(number), (number, lender)
    assets = exit_assets(facility, day) + VIRTUAL_ASSETS
    is_open = all_of(
        facility.queue_head == facility.queue_tail,
        is_current(facility, day),
        day >= state.deposit_days.get(position) + REDEMPTION_LOCK_DAYS,
        assets > 0,
    )
    within_cash = (facility.cash + 1) * (facility.shares + VIRTUAL_SHARES) - 1
    payable = quotient_down(within_cash, maximum(assets, 1))
    shares = minimum(state.shares.get(position), payable)
    return choose(all_of(is_open, amount_for_shares(state, number, shares, day) > 0), shares, 0)

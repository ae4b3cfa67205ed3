"""Chapter 4: facilities (`lien.spec.facility`)."""

from dataclasses import replace

from lien.protocol.algebra import all_of, negate
from lien.protocol.book import count_clear_days, is_current, require_current
from lien.protocol.calendar import day_of
from lien.protocol.ledger import collect, deliver
from lien.protocol.rejection import require
from lien.protocol.state import Context, Facility, State
from lien.protocol.transitions.step import Step
from lien.protocol.valuation import amount_for, exit_assets, net_assets, shares_for
from lien.spec.facility import (
    AdvanceBook,
    BookAdvanced,
    Deposit,
    Deposited,
    FacilityOpened,
    OpenFacility,
    Redeem,
    Redeemed,
)
from lien.spec.reasons import Reason
from lien.spec.units import (
    INTEREST_FEE_CAP,
    MAXIMUM_NUMBER,
    MAXIMUM_SHARES_PER_ASSET,
    REDEMPTION_LOCK_DAYS,
    VIRTUAL_ASSETS,
)


def open_facility(state: State, call: OpenFacility, context: Context) -> Step:
    """Open a facility whose servicer is the sender (FACILITY-9)."""
    require(state.ledger.listed.get(call.asset) == 1, Reason.UNKNOWN_ASSET)
    require(call.interest_fee <= INTEREST_FEE_CAP, Reason.INTEREST_FEE_ABOVE_CAP)
    require(state.facility_count < MAXIMUM_NUMBER, Reason.TOO_MANY_FACILITIES)
    number = state.facility_count + 1
    facility = Facility(call.asset, context.sender, call.interest_fee)
    after = replace(state, facility_count=number, facilities=state.facilities.set(number, facility))
    return Step(after, (FacilityOpened(number, call.asset, context.sender, call.interest_fee),))


def deposit(state: State, call: Deposit, context: Context) -> Step:
    """Put an amount in for shares, priced at tomorrow's accrual, rounded down (FACILITY-1, FACILITY-6)."""
    require(state.facilities.contains(call.facility), Reason.UNKNOWN_FACILITY)
    require(call.amount > 0, Reason.ZERO_AMOUNT)
    today, facility = day_of(context.timestamp), state.facilities.get(call.facility)
    require_current(facility, today)
    assets = net_assets(facility, today + 1)
    highest = MAXIMUM_SHARES_PER_ASSET * (assets + VIRTUAL_ASSETS)
    require(
        all_of(assets >= 0, facility.shares <= highest),
        Reason.FACILITY_DILUTED,
        shares=facility.shares,
        net_assets=assets,
    )
    shares = shares_for(facility, assets, call.amount)
    require(shares > 0, Reason.ZERO_SHARES)
    require(shares >= call.minimum_shares, Reason.SHARES_BELOW_MINIMUM, shares=shares)
    ledger = collect(state.ledger, facility.asset, context.sender, call.amount)

    position = (call.facility, context.sender)
    facility = replace(facility, cash=facility.cash + call.amount, shares=facility.shares + shares)
    after = replace(
        state,
        ledger=ledger,
        facilities=state.facilities.set(call.facility, facility),
        shares=state.shares.set(position, state.shares.get(position) + shares),
        deposit_days=state.deposit_days.set(position, today),
    )
    return Step(after, (Deposited(call.facility, context.sender, call.amount, shares),))


def redeem(state: State, call: Redeem, context: Context) -> Step:
    """Give shares back, priced at today's accrual, from idle cash (FACILITY-1, FACILITY-3, FACILITY-7)."""
    require(state.facilities.contains(call.facility), Reason.UNKNOWN_FACILITY)
    require(call.shares > 0, Reason.ZERO_SHARES)
    today, facility = day_of(context.timestamp), state.facilities.get(call.facility)
    position = (call.facility, context.sender)
    owned = state.shares.get(position)
    require(owned >= call.shares, Reason.INSUFFICIENT_SHARES, owned=owned, shares=call.shares)
    free_day = state.deposit_days.get(position) + REDEMPTION_LOCK_DAYS
    require(today >= free_day, Reason.DEPOSIT_TOO_RECENT, free_day=free_day, today=today)
    require_current(facility, today)
    amount = amount_for(facility, exit_assets(facility, today), call.shares)
    require(amount > 0, Reason.ZERO_AMOUNT)
    require(amount >= call.minimum_amount, Reason.AMOUNT_BELOW_MINIMUM, amount=amount)
    require(facility.cash >= amount, Reason.INSUFFICIENT_CASH, cash=facility.cash, amount=amount)
    ledger = deliver(state.ledger, facility.asset, context.sender, amount)

    facility = replace(facility, cash=facility.cash - amount, shares=facility.shares - call.shares)
    after = replace(
        state,
        ledger=ledger,
        facilities=state.facilities.set(call.facility, facility),
        shares=state.shares.set(position, owned - call.shares),
    )
    return Step(after, (Redeemed(call.facility, context.sender, call.shares, amount),))


def advance_book(state: State, call: AdvanceBook, context: Context) -> Step:
    """Pass the days on which no loan is left to stop, up to today (FACILITY-10)."""
    require(state.facilities.contains(call.facility), Reason.UNKNOWN_FACILITY)
    today, facility = day_of(context.timestamp), state.facilities.get(call.facility)
    require(negate(is_current(facility, today)), Reason.BOOK_IS_CURRENT)
    days = count_clear_days(state.stops, call.facility, facility, today)
    require(days > 0, Reason.DAY_NOT_CLEAR)

    advanced = replace(facility, current_day=facility.current_day + days)
    after = replace(state, facilities=state.facilities.set(call.facility, advanced))
    return Step(after, (BookAdvanced(call.facility, advanced.current_day),))

"""Chapter 4: facilities (`lien.spec.facility`)."""

from dataclasses import replace

from lien.protocol.algebra import all_of, any_of, negate
from lien.protocol.book import count_clear_days, is_current, require_current
from lien.protocol.calendar import day_of
from lien.protocol.ledger import collect, deliver
from lien.protocol.pauses import require_open
from lien.protocol.rejection import require
from lien.protocol.state import Context, Facility, State
from lien.protocol.transitions.cover import announce_cover_withdrawal, deposit_cover, withdraw_cover
from lien.protocol.transitions.queue import cancel_redemption, process_redemption, request_redemption
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
    WindDown,
    WindDownBegun,
)
from lien.spec.reasons import Reason
from lien.spec.types import Scope
from lien.spec.units import (
    INTEREST_FEE_CAP,
    MAXIMUM_NUMBER,
    MAXIMUM_SHARES_PER_ASSET,
    REDEMPTION_LOCK_DAYS,
    VIRTUAL_ASSETS,
)

__all__ = [
    "advance_book",
    "announce_cover_withdrawal",
    "cancel_redemption",
    "deposit",
    "deposit_cover",
    "open_facility",
    "process_redemption",
    "redeem",
    "request_redemption",
    "wind_down",
    "withdraw_cover",
]


def open_facility(state: State, call: OpenFacility, context: Context) -> Step:
    """Open a facility whose servicer is the sender (FACILITY-9)."""
    require(state.ledger.listed.get(call.asset) == 1, Reason.UNKNOWN_ASSET)
    require(call.interest_fee <= INTEREST_FEE_CAP, Reason.INTEREST_FEE_ABOVE_CAP)
    require(call.interest_fee >= state.interest_fee_floor, Reason.INTEREST_FEE_BELOW_FLOOR)
    require(state.facility_count < MAXIMUM_NUMBER, Reason.TOO_MANY_FACILITIES)
    number = state.facility_count + 1
    facility = Facility(call.asset, context.sender, call.interest_fee, call.lender)
    after = replace(state, facility_count=number, facilities=state.facilities.set(number, facility))
    event = FacilityOpened(number, call.asset, context.sender, call.interest_fee, call.lender)
    return Step(after, (event,))


def deposit(state: State, call: Deposit, context: Context) -> Step:
    """Put an amount in for shares, priced at tomorrow's accrual, rounded down.

    (FACILITY-1, FACILITY-6, FACILITY-10, FACILITY-11, FACILITY-12, FACILITY-20)
    """
    require(state.facilities.contains(call.facility), Reason.UNKNOWN_FACILITY)
    require_open(state, Scope.DEPOSITS, context.timestamp)
    today, facility = day_of(context.timestamp), state.facilities.get(call.facility)
    is_lender = any_of(facility.lender == 0, facility.lender == context.sender)
    require(is_lender, Reason.NOT_THE_LENDER)
    require(call.amount > 0, Reason.ZERO_AMOUNT)
    require(facility.is_winding_down == 0, Reason.FACILITY_WINDS_DOWN)
    total = facility.cash + facility.principal + call.amount
    require(
        total <= facility.deposit_cap,
        Reason.DEPOSIT_CAP_EXCEEDED,
        cash_and_principal=total,
        deposit_cap=facility.deposit_cap,
    )
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
    """Give shares back, priced at today's accrual, from idle cash.

    (FACILITY-1, FACILITY-3, FACILITY-7, FACILITY-13)
    """
    require(state.facilities.contains(call.facility), Reason.UNKNOWN_FACILITY)
    require(call.shares > 0, Reason.ZERO_SHARES)
    today, facility = day_of(context.timestamp), state.facilities.get(call.facility)
    position = (call.facility, context.sender)
    owned = state.shares.get(position)
    require(owned >= call.shares, Reason.INSUFFICIENT_SHARES, owned=owned, shares=call.shares)
    free_day = state.deposit_days.get(position) + REDEMPTION_LOCK_DAYS
    require(today >= free_day, Reason.DEPOSIT_TOO_RECENT, free_day=free_day, today=today)
    require(facility.queue_head == facility.queue_tail, Reason.QUEUE_NOT_EMPTY)
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
    """Pass the days on which no loan is left to stop, up to today (FACILITY-19)."""
    require(state.facilities.contains(call.facility), Reason.UNKNOWN_FACILITY)
    today, facility = day_of(context.timestamp), state.facilities.get(call.facility)
    require(negate(is_current(facility, today)), Reason.BOOK_IS_CURRENT)
    days = count_clear_days(state.stops, call.facility, facility, today)
    require(days > 0, Reason.DAY_NOT_CLEAR)

    advanced = replace(facility, current_day=facility.current_day + days)
    after = replace(state, facilities=state.facilities.set(call.facility, advanced))
    return Step(after, (BookAdvanced(call.facility, advanced.current_day),))


def wind_down(state: State, call: WindDown, context: Context) -> Step:
    """End deposits and lending, for good (FACILITY-12)."""
    require(state.facilities.contains(call.facility), Reason.UNKNOWN_FACILITY)
    facility = state.facilities.get(call.facility)
    require(context.sender == facility.servicer, Reason.NOT_SERVICER)
    require(facility.is_winding_down == 0, Reason.FACILITY_WINDS_DOWN)
    facility = replace(facility, is_winding_down=1)
    after = replace(state, facilities=state.facilities.set(call.facility, facility))
    return Step(after, (WindDownBegun(call.facility),))

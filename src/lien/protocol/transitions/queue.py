"""Chapter 4, the queue of redemptions (`lien.spec.facility`).

A place holds the shares of one request. Places are numbered from one, and no number is used again: those up
to the facility's head are done with, those after it up to its tail are open. A cancelled place is open and
empty.
"""

from dataclasses import replace

from lien.protocol.algebra import all_of, choose
from lien.protocol.book import require_current
from lien.protocol.calendar import day_of
from lien.protocol.ledger import deliver
from lien.protocol.rejection import require
from lien.protocol.state import Context, State
from lien.protocol.transitions.step import Step
from lien.protocol.valuation import amount_for, compute_payable, exit_assets
from lien.spec.facility import (
    CancelRedemption,
    ProcessRedemption,
    RedemptionCancelled,
    RedemptionProcessed,
    RedemptionRequested,
    RequestRedemption,
)
from lien.spec.reasons import Reason
from lien.spec.units import MAXIMUM_NUMBER, REDEMPTION_LOCK_DAYS


def request_redemption(state: State, call: RequestRedemption, context: Context) -> Step:
    """Move shares to the end of the queue (FACILITY-7, FACILITY-13)."""
    require(state.facilities.contains(call.facility), Reason.UNKNOWN_FACILITY)
    require(call.shares > 0, Reason.ZERO_SHARES)
    position = (call.facility, context.sender)
    owned = state.shares.get(position)
    require(owned >= call.shares, Reason.INSUFFICIENT_SHARES, owned=owned, shares=call.shares)
    today = day_of(context.timestamp)
    free_day = state.deposit_days.get(position) + REDEMPTION_LOCK_DAYS
    require(today >= free_day, Reason.DEPOSIT_TOO_RECENT, free_day=free_day, today=today)
    facility = state.facilities.get(call.facility)
    require(facility.queue_tail < MAXIMUM_NUMBER, Reason.QUEUE_FULL)

    last = facility.queue_tail + 1
    place = (call.facility, last)
    after = replace(
        state,
        facilities=state.facilities.set(call.facility, replace(facility, queue_tail=last)),
        shares=state.shares.set(position, owned - call.shares),
        queued_shares=state.queued_shares.set(place, call.shares),
        queued_by=state.queued_by.set(place, context.sender),
    )
    return Step(after, (RedemptionRequested(call.facility, last, context.sender, call.shares),))


def cancel_redemption(state: State, call: CancelRedemption, context: Context) -> Step:
    """Give the shares of a place back to who asked for it (FACILITY-14)."""
    require(state.facilities.contains(call.facility), Reason.UNKNOWN_FACILITY)
    place, facility = (call.facility, call.position), state.facilities.get(call.facility)
    shares = state.queued_shares.get(place)
    is_open = all_of(call.position > facility.queue_head, call.position <= facility.queue_tail)
    require(all_of(is_open, shares > 0), Reason.NOT_QUEUED)
    require(context.sender == state.queued_by.get(place), Reason.NOT_REQUESTER)

    position = (call.facility, context.sender)
    after = replace(
        state,
        shares=state.shares.set(position, state.shares.get(position) + shares),
        queued_shares=state.queued_shares.set(place, 0),
        queued_by=state.queued_by.set(place, 0),
    )
    return Step(after, (RedemptionCancelled(call.facility, call.position, context.sender, shares),))


def process_redemption(state: State, call: ProcessRedemption, context: Context) -> Step:
    """Pay the first place from idle cash, priced at today's accrual, or pass it.

    (FACILITY-1, FACILITY-3, FACILITY-13, FACILITY-15)
    """
    require(state.facilities.contains(call.facility), Reason.UNKNOWN_FACILITY)
    facility = state.facilities.get(call.facility)
    require(facility.queue_head < facility.queue_tail, Reason.QUEUE_EMPTY)
    today = day_of(context.timestamp)
    require_current(facility, today)
    queued = state.queued_shares.get((call.facility, facility.queue_head + 1))
    if queued == 0:
        return pass_place(state, call.facility)
    assets = exit_assets(facility, today)
    require(assets > 0, Reason.FACILITY_WORTHLESS, net_assets=assets)
    worth = amount_for(facility, assets, queued)
    if worth == 0:
        return give_back(state, call.facility)
    if worth <= facility.cash:
        return pay_place(state, call.facility, worth, queued)
    amount, burned = compute_payable(facility, assets)
    require(amount > 0, Reason.INSUFFICIENT_CASH, cash=facility.cash)
    return pay_place(state, call.facility, amount, burned)


def pass_place(state: State, number: int) -> Step:
    """Pass a first place that was cancelled."""
    facility = state.facilities.get(number)
    first = facility.queue_head + 1
    passed = replace(facility, queue_head=first)
    after = replace(state, facilities=state.facilities.set(number, passed))
    return Step(after, (RedemptionProcessed(number, first, 0, 0, 0, 0),))


def give_back(state: State, number: int) -> Step:
    """Pass a first place whose shares are worth less than one unit, and give them back."""
    facility = state.facilities.get(number)
    first = facility.queue_head + 1
    place = (number, first)
    shares, lender = state.queued_shares.get(place), state.queued_by.get(place)
    after = replace(
        state,
        facilities=state.facilities.set(number, replace(facility, queue_head=first)),
        shares=state.shares.set((number, lender), state.shares.get((number, lender)) + shares),
        queued_shares=state.queued_shares.set(place, 0),
        queued_by=state.queued_by.set(place, 0),
    )
    return Step(after, (RedemptionProcessed(number, first, lender, 0, 0, shares),))


def pay_place(state: State, number: int, amount: int, burned: int) -> Step:
    """Pay an amount for shares of the first place, and pass it where none are left."""
    facility = state.facilities.get(number)
    first = facility.queue_head + 1
    place = (number, first)
    lender, left = state.queued_by.get(place), state.queued_shares.get(place) - burned
    is_done = left == 0
    paid = replace(
        facility,
        cash=facility.cash - amount,
        shares=facility.shares - burned,
        queue_head=choose(is_done, first, facility.queue_head),
    )
    after = replace(
        state,
        ledger=deliver(state.ledger, facility.asset, lender, amount),
        facilities=state.facilities.set(number, paid),
        queued_shares=state.queued_shares.set(place, left),
        queued_by=state.queued_by.set(place, choose(is_done, 0, lender)),
    )
    return Step(after, (RedemptionProcessed(number, first, lender, burned, amount, 0),))

"""When exactly calls on a facility are rejected."""

from lien.invariants.properties.base import Kind, Observed, declare
from lien.invariants.properties.rejections.table import Conditions, is_closed, is_unknown, rejects
from lien.protocol.aggregate import accrued_interest
from lien.protocol.algebra import all_of, any_of, negate
from lien.protocol.calendar import day_of
from lien.protocol.state import Facility
from lien.protocol.valuation import amount_for, exit_assets, net_assets, shares_for
from lien.spec.facility import AdvanceBook, Deposit, OpenFacility, Redeem
from lien.spec.reasons import Reason
from lien.spec.types import Scope
from lien.spec.units import (
    INTEREST_FEE_CAP,
    MAXIMUM_NUMBER,
    MAXIMUM_SHARES_PER_ASSET,
    REDEMPTION_LOCK_DAYS,
    VIRTUAL_ASSETS,
    WAD,
)

NOT_ABOUT_THE_FACILITY = (Reason.SENDER_IS_PROTOCOL, Reason.TIME_RUNS_BACKWARD, Reason.UNKNOWN_FACILITY)


@rejects(OpenFacility)
def of_open_facility(observed: Observed) -> Conditions:
    """Yield the conditions of opening a facility."""
    call, before = observed.call, observed.before
    yield Reason.UNKNOWN_ASSET, before.ledger.listed.get(call.asset) == 0
    yield Reason.INTEREST_FEE_ABOVE_CAP, call.interest_fee > INTEREST_FEE_CAP
    yield Reason.INTEREST_FEE_BELOW_FLOOR, call.interest_fee < before.interest_fee_floor
    yield Reason.TOO_MANY_FACILITIES, before.facility_count >= MAXIMUM_NUMBER


@rejects(Deposit)
def of_deposit(observed: Observed) -> Conditions:
    """Yield the conditions of a deposit."""
    call, before = observed.call, observed.before
    yield Reason.UNKNOWN_FACILITY, is_unknown(call.facility, before.facility_count)
    yield Reason.PAUSED, is_closed(observed, Scope.DEPOSITS)
    facility, sender = before.facilities.get(call.facility), observed.context.sender
    yield Reason.NOT_THE_LENDER, all_of(facility.lender != 0, facility.lender != sender)
    yield Reason.ZERO_AMOUNT, call.amount == 0
    yield Reason.FACILITY_WINDS_DOWN, facility.is_winding_down == 1
    outside = facility.deposit_cap - facility.cash - facility.principal
    yield Reason.DEPOSIT_CAP_EXCEEDED, call.amount > outside
    yield Reason.BOOK_NOT_CURRENT, is_behind(facility, day_of(observed.context.timestamp))
    assets = net_assets(facility, day_of(observed.context.timestamp) + 1)
    highest = MAXIMUM_SHARES_PER_ASSET * (assets + VIRTUAL_ASSETS)
    yield Reason.FACILITY_DILUTED, any_of(assets < 0, facility.shares > highest)
    bought = shares_for(facility, assets, call.amount)
    yield Reason.ZERO_SHARES, bought == 0
    yield Reason.SHARES_BELOW_MINIMUM, bought < call.minimum_shares
    balance = before.ledger.balances.get((facility.asset, sender))
    yield Reason.INSUFFICIENT_BALANCE, balance < call.amount


@rejects(Redeem)
def of_redeem(observed: Observed) -> Conditions:
    """Yield the conditions of a redemption."""
    call, before, sender = observed.call, observed.before, observed.context.sender
    yield Reason.UNKNOWN_FACILITY, is_unknown(call.facility, before.facility_count)
    yield Reason.ZERO_SHARES, call.shares == 0
    yield Reason.INSUFFICIENT_SHARES, before.shares.get((call.facility, sender)) < call.shares
    today, facility = day_of(observed.context.timestamp), before.facilities.get(call.facility)
    deposited = before.deposit_days.get((call.facility, sender))
    yield Reason.DEPOSIT_TOO_RECENT, today - deposited < REDEMPTION_LOCK_DAYS
    yield Reason.QUEUE_NOT_EMPTY, facility.queue_tail > facility.queue_head
    yield Reason.BOOK_NOT_CURRENT, is_behind(facility, today)
    amount = amount_for(facility, exit_assets(facility, today), call.shares)
    yield Reason.ZERO_AMOUNT, amount <= 0
    yield Reason.AMOUNT_BELOW_MINIMUM, amount < call.minimum_amount
    yield Reason.INSUFFICIENT_CASH, facility.cash < amount


def is_behind(facility: Facility, today: int) -> bool:
    """Return whether loans accrue in a book that has not passed today."""
    return all_of(facility.accruing >= 1, facility.current_day <= today)


@rejects(AdvanceBook)
def of_advance_book(observed: Observed) -> Conditions:
    """Yield the conditions of moving a book on."""
    call, before = observed.call, observed.before
    yield Reason.UNKNOWN_FACILITY, is_unknown(call.facility, before.facility_count)
    today, facility = day_of(observed.context.timestamp), before.facilities.get(call.facility)
    yield Reason.BOOK_IS_CURRENT, negate(is_behind(facility, today))
    yield Reason.DAY_NOT_CLEAR, before.stops.get((call.facility, facility.current_day)) > 0


@declare("NOTHING-LENT-ALL-LEAVE", Kind.LIVENESS, ("facility",), (120,), calls=(Redeem,))
def without_loans_everyone_can_leave(observed: Observed) -> bool:
    """Where nothing is lent, all shares that are worth something can be redeemed at once, after their lock.

    Cash is never short: unless others queue, or the treasury took more than its share when interest that was
    paid ahead became principal.
    """
    call, before, sender = observed.call, observed.before, observed.context.sender
    if observed.accepted or observed.reason in NOT_ABOUT_THE_FACILITY:
        return True
    today, facility = day_of(observed.context.timestamp), before.facilities.get(call.facility)
    position = (call.facility, sender)
    worth = amount_for(facility, exit_assets(facility, today), call.shares)
    return negate(
        all_of(
            facility.principal == 0,
            facility.accruing == 0,
            accrued_interest(facility, today) <= 0,
            facility.treasury_taken * WAD <= facility.interest_paid * facility.interest_fee,
            call.shares >= 1,
            call.shares <= before.shares.get(position),
            today - before.deposit_days.get(position) >= REDEMPTION_LOCK_DAYS,
            facility.queue_head == facility.queue_tail,
            worth >= 1,
            worth >= call.minimum_amount,
        )
    )

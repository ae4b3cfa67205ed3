"""When exactly calls on the queue of redemptions are rejected."""

from lien.invariants.properties.base import Observed
from lien.invariants.properties.rejections.facility import is_behind
from lien.invariants.properties.rejections.table import Conditions, is_unknown, rejects
from lien.protocol.algebra import all_of
from lien.protocol.calendar import day_of
from lien.protocol.valuation import amount_for, exit_assets, shares_for
from lien.spec.facility import CancelRedemption, ProcessRedemption, RequestRedemption
from lien.spec.reasons import Reason
from lien.spec.units import MAXIMUM_NUMBER, REDEMPTION_LOCK_DAYS


@rejects(RequestRedemption)
def of_request_redemption(observed: Observed) -> Conditions:
    """Yield the conditions of a request."""
    call, before, lender = observed.call, observed.before, observed.context.sender
    yield Reason.UNKNOWN_FACILITY, is_unknown(call.facility, before.facility_count)
    yield Reason.ZERO_SHARES, call.shares == 0
    yield Reason.INSUFFICIENT_SHARES, before.shares.get((call.facility, lender)) < call.shares
    deposited = before.deposit_days.get((call.facility, lender))
    yield Reason.DEPOSIT_TOO_RECENT, day_of(observed.context.timestamp) - deposited < REDEMPTION_LOCK_DAYS
    yield Reason.QUEUE_FULL, before.facilities.get(call.facility).queue_tail >= MAXIMUM_NUMBER


@rejects(CancelRedemption)
def of_cancel_redemption(observed: Observed) -> Conditions:
    """Yield the conditions of taking a request back."""
    call, before = observed.call, observed.before
    place = (call.facility, call.position)
    yield Reason.UNKNOWN_FACILITY, is_unknown(call.facility, before.facility_count)
    yield Reason.NOT_QUEUED, before.queued_shares.get(place) == 0
    yield Reason.NOT_REQUESTER, before.queued_by.get(place) != observed.context.sender


@rejects(ProcessRedemption)
def of_process_redemption(observed: Observed) -> Conditions:
    """Yield the conditions of paying the first place; one that is cancelled or dust is passed for nothing."""
    call, before = observed.call, observed.before
    yield Reason.UNKNOWN_FACILITY, is_unknown(call.facility, before.facility_count)
    facility = before.facilities.get(call.facility)
    yield Reason.QUEUE_EMPTY, facility.queue_head >= facility.queue_tail
    today = day_of(observed.context.timestamp)
    yield Reason.BOOK_NOT_CURRENT, is_behind(facility, today)
    waiting = before.queued_shares.get((call.facility, facility.queue_head + 1))
    if waiting == 0:
        return
    assets = exit_assets(facility, today)
    yield Reason.FACILITY_WORTHLESS, assets <= 0
    within_cash = amount_for(facility, assets, shares_for(facility, assets, facility.cash))
    is_too_dear = amount_for(facility, assets, waiting) > facility.cash
    yield Reason.INSUFFICIENT_CASH, all_of(is_too_dear, within_cash == 0)

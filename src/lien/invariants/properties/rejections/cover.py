"""When exactly calls on a facility's cover, and on its end, are rejected."""

from lien.invariants.properties.base import Observed
from lien.invariants.properties.rejections.facility import is_behind
from lien.invariants.properties.rejections.table import Conditions, is_unknown, rejects
from lien.protocol.algebra import any_of
from lien.protocol.arithmetic import multiply_divide_up
from lien.protocol.calendar import day_of
from lien.spec.facility import AnnounceCoverWithdrawal, DepositCover, WindDown, WithdrawCover
from lien.spec.reasons import Reason
from lien.spec.units import COVER_NOTICE_DAYS, COVER_WINDOW_DAYS, WAD


def of_servicer(observed: Observed) -> Conditions:
    """Yield the conditions of every call that only a facility's servicer may send."""
    number, before = observed.call.facility, observed.before
    yield Reason.UNKNOWN_FACILITY, is_unknown(number, before.facility_count)
    yield Reason.NOT_SERVICER, observed.context.sender != before.facilities.get(number).servicer


@rejects(WindDown)
def of_wind_down(observed: Observed) -> Conditions:
    """Yield the conditions of winding a facility down."""
    yield from of_servicer(observed)
    is_winding_down = observed.before.facilities.get(observed.call.facility).is_winding_down
    yield Reason.FACILITY_WINDS_DOWN, is_winding_down == 1


@rejects(DepositCover)
def of_deposit_cover(observed: Observed) -> Conditions:
    """Yield the conditions of putting cover in."""
    yield from of_servicer(observed)
    call, before = observed.call, observed.before
    yield Reason.ZERO_AMOUNT, call.amount == 0
    asset = before.facilities.get(call.facility).asset
    balance = before.ledger.balances.get((asset, observed.context.sender))
    yield Reason.INSUFFICIENT_BALANCE, balance < call.amount


@rejects(AnnounceCoverWithdrawal)
def of_announce_cover_withdrawal(observed: Observed) -> Conditions:
    """Yield the conditions of a notice."""
    yield from of_servicer(observed)


@rejects(WithdrawCover)
def of_withdraw_cover(observed: Observed) -> Conditions:
    """Yield the conditions of taking cover out."""
    yield from of_servicer(observed)
    call, facility = observed.call, observed.before.facilities.get(observed.call.facility)
    yield Reason.ZERO_AMOUNT, call.amount == 0
    yield Reason.COVER_NOT_ANNOUNCED, call.amount > facility.cover_notice_amount
    since_notice = day_of(observed.context.timestamp) - facility.cover_notice_day
    yield Reason.COVER_NOTICE_RUNNING, since_notice < COVER_NOTICE_DAYS
    yield Reason.COVER_WINDOW_CLOSED, since_notice >= COVER_NOTICE_DAYS + COVER_WINDOW_DAYS
    yield Reason.BOOK_NOT_CURRENT, is_behind(facility, day_of(observed.context.timestamp))
    yield Reason.BOOK_NOT_CLEAN, any_of(facility.defaulted_loans > 0, facility.impairment > 0)
    required = multiply_divide_up(facility.principal, facility.cover_ratio, WAD)
    yield Reason.COVER_INSUFFICIENT, facility.cover < call.amount + required

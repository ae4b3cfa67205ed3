"""Chapter 4, first-loss cover (`lien.spec.facility`)."""

from dataclasses import replace

from lien.protocol.book import require_current
from lien.protocol.calendar import day_of
from lien.protocol.cover import is_book_clean, required_cover
from lien.protocol.ledger import collect, deliver
from lien.protocol.rejection import require
from lien.protocol.state import Context, State
from lien.protocol.transitions.step import Step
from lien.spec.facility import (
    AnnounceCoverWithdrawal,
    CoverDeposited,
    CoverWithdrawalAnnounced,
    CoverWithdrawn,
    DepositCover,
    WithdrawCover,
)
from lien.spec.reasons import Reason
from lien.spec.units import COVER_NOTICE_DAYS, COVER_WINDOW_DAYS


def deposit_cover(state: State, call: DepositCover, context: Context) -> Step:
    """Take cover from the servicer (FACILITY-16)."""
    require(state.facilities.contains(call.facility), Reason.UNKNOWN_FACILITY)
    facility = state.facilities.get(call.facility)
    require(context.sender == facility.servicer, Reason.NOT_SERVICER)
    require(call.amount > 0, Reason.ZERO_AMOUNT)
    ledger = collect(state.ledger, facility.asset, context.sender, call.amount)

    facility = replace(facility, cover=facility.cover + call.amount)
    after = replace(state, ledger=ledger, facilities=state.facilities.set(call.facility, facility))
    return Step(after, (CoverDeposited(call.facility, call.amount),))


def announce_cover_withdrawal(state: State, call: AnnounceCoverWithdrawal, context: Context) -> Step:
    """Note what may be withdrawn after the notice, in place of any notice before (FACILITY-16)."""
    require(state.facilities.contains(call.facility), Reason.UNKNOWN_FACILITY)
    facility = state.facilities.get(call.facility)
    require(context.sender == facility.servicer, Reason.NOT_SERVICER)
    today = day_of(context.timestamp)
    facility = replace(facility, cover_notice_amount=call.amount, cover_notice_day=today)
    after = replace(state, facilities=state.facilities.set(call.facility, facility))
    return Step(after, (CoverWithdrawalAnnounced(call.facility, call.amount),))


def withdraw_cover(state: State, call: WithdrawCover, context: Context) -> Step:
    """Pay announced cover out to the servicer, above what the principal requires (FACILITY-16)."""
    require(state.facilities.contains(call.facility), Reason.UNKNOWN_FACILITY)
    facility = state.facilities.get(call.facility)
    require(context.sender == facility.servicer, Reason.NOT_SERVICER)
    require(call.amount > 0, Reason.ZERO_AMOUNT)
    announced = facility.cover_notice_amount
    require(call.amount <= announced, Reason.COVER_NOT_ANNOUNCED, amount=call.amount, announced=announced)
    today, opens = day_of(context.timestamp), facility.cover_notice_day + COVER_NOTICE_DAYS
    require(today >= opens, Reason.COVER_NOTICE_RUNNING, today=today, opens=opens)
    require(today < opens + COVER_WINDOW_DAYS, Reason.COVER_WINDOW_CLOSED, today=today, opens=opens)
    require_current(facility, today)
    require(is_book_clean(facility), Reason.BOOK_NOT_CLEAN)
    left, required = facility.cover - call.amount, required_cover(facility, facility.principal)
    require(left >= required, Reason.COVER_INSUFFICIENT, left=left, required=required)
    ledger = deliver(state.ledger, facility.asset, facility.servicer, call.amount)

    facility = replace(facility, cover=left, cover_notice_amount=announced - call.amount)
    after = replace(state, ledger=ledger, facilities=state.facilities.set(call.facility, facility))
    return Step(after, (CoverWithdrawn(call.facility, call.amount),))

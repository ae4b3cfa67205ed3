"""Chapter 4: facilities (`lien.spec.facility`)."""

from dataclasses import replace

from lien.protocol.calendar import day_of
from lien.protocol.projection.change import recorded, with_facility
from lien.protocol.state import Facility, State
from lien.spec.facility import (
    BookAdvanced,
    CoverDeposited,
    CoverWithdrawalAnnounced,
    CoverWithdrawn,
    Deposited,
    FacilityOpened,
    Redeemed,
    RedemptionCancelled,
    RedemptionProcessed,
    RedemptionRequested,
    WindDownBegun,
)

# --- shares -----------------------------------------------------------------------------------------


def facility_opened(state: State, event: FacilityOpened, _: int) -> State:
    """Keep the facility, with nothing in it."""
    facility = Facility(event.asset, event.servicer, event.interest_fee, event.lender)
    facilities = state.facilities.set(event.facility, facility)
    return replace(state, facility_count=event.facility, facilities=facilities)


def deposited(state: State, event: Deposited, now: int) -> State:
    """Add the amount to the cash, and the shares to the lender's."""
    before, position = state.facilities.get(event.facility), (event.facility, event.lender)
    cash, shares = before.cash + event.amount, before.shares + event.shares
    after = with_facility(state, event.facility, cash=cash, shares=shares)
    after = replace(after, deposit_days=after.deposit_days.set(position, day_of(now)))
    return recorded(with_shares(after, position, event.shares), before.asset, event.amount)


def redeemed(state: State, event: Redeemed, _: int) -> State:
    """Take the amount from the cash, and the shares from the lender's."""
    before = state.facilities.get(event.facility)
    cash, shares = before.cash - event.amount, before.shares - event.shares
    after = with_facility(state, event.facility, cash=cash, shares=shares)
    return with_shares(after, (event.facility, event.lender), -event.shares)


def with_shares(state: State, position: tuple[int, int], change: int) -> State:
    """Return the state in which the shares of a position have changed."""
    return replace(state, shares=state.shares.set(position, state.shares.get(position) + change))


def book_advanced(state: State, event: BookAdvanced, _: int) -> State:
    """Move the book on."""
    return with_facility(state, event.facility, current_day=event.current_day)


def wind_down_begun(state: State, event: WindDownBegun, _: int) -> State:
    """End deposits and lending."""
    return with_facility(state, event.facility, is_winding_down=1)


# --- the queue --------------------------------------------------------------------------------------


def redemption_requested(state: State, event: RedemptionRequested, _: int) -> State:
    """Move the shares from the lender to the last place."""
    place = (event.facility, event.position)
    after = with_facility(state, event.facility, queue_tail=event.position)
    after = with_shares(after, (event.facility, event.lender), -event.shares)
    return with_place(after, place, event.shares, event.lender)


def redemption_cancelled(state: State, event: RedemptionCancelled, _: int) -> State:
    """Move the shares back to the lender, and leave the place empty."""
    place = (event.facility, event.position)
    left = state.queued_shares.get(place) - event.shares
    return with_place(with_shares(state, (event.facility, event.lender), event.shares), place, left, 0)


def redemption_processed(state: State, event: RedemptionProcessed, _: int) -> State:
    """Take out what was burned and what was given back; pass the place where nothing is left in it."""
    before, place = state.facilities.get(event.facility), (event.facility, event.position)
    left = state.queued_shares.get(place) - event.shares - event.returned
    after = with_facility(
        state,
        event.facility,
        cash=before.cash - event.amount,
        shares=before.shares - event.shares,
        queue_head=before.queue_head if left else event.position,
    )
    after = with_shares(after, (event.facility, event.lender), event.returned)
    return with_place(after, place, left, event.lender if left else 0)


def with_place(state: State, place: tuple[int, int], shares: int, lender: int) -> State:
    """Return the state in which a place of the queue holds shares of a lender."""
    return replace(
        state,
        queued_shares=state.queued_shares.set(place, shares),
        queued_by=state.queued_by.set(place, lender),
    )


# --- first-loss cover -------------------------------------------------------------------------------


def cover_deposited(state: State, event: CoverDeposited, _: int) -> State:
    """Add the amount to the cover."""
    before = state.facilities.get(event.facility)
    after = with_facility(state, event.facility, cover=before.cover + event.amount)
    return recorded(after, before.asset, event.amount)


def cover_withdrawal_announced(state: State, event: CoverWithdrawalAnnounced, now: int) -> State:
    """Note the amount and the day."""
    notice = {"cover_notice_amount": event.amount, "cover_notice_day": day_of(now)}
    return with_facility(state, event.facility, **notice)


def cover_withdrawn(state: State, event: CoverWithdrawn, _: int) -> State:
    """Take the amount from the cover and from its notice."""
    before = state.facilities.get(event.facility)
    announced = before.cover_notice_amount - event.amount
    cover = before.cover - event.amount
    return with_facility(state, event.facility, cover=cover, cover_notice_amount=announced)

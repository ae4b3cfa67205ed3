"""Carry out what the council has decided: one function for each kind of action."""

from collections.abc import Callable
from dataclasses import replace

from lien.protocol.algebra import all_of, any_of, choose, negate
from lien.protocol.pauses import is_paused, without_pause
from lien.protocol.rejection import require
from lien.protocol.state import State
from lien.spec.action import Action, ActionKind
from lien.spec.call import Event
from lien.spec.governance import (
    CouncilSet,
    FacilityPolicySet,
    FeederSet,
    FeesSet,
    JurisdictionSet,
    ProductSet,
    Resumed,
    RoleSet,
)
from lien.spec.reasons import Reason
from lien.spec.types import Role
from lien.spec.units import FEED_SEATS, LAST_EPOCH, MAXIMUM_COUNCIL, MAXIMUM_NUMBER

Done = tuple[State, Event]


def set_product(state: State, action: Action, _: int) -> Done:
    """Replace the product of the number, or add the next one."""
    is_new = action.number == 0
    require(any_of(is_new, state.products.contains(action.number)), Reason.UNKNOWN_PRODUCT)
    require(any_of(negate(is_new), state.product_count < MAXIMUM_NUMBER), Reason.TOO_MANY_PRODUCTS)
    count = state.product_count + choose(is_new, 1, 0)
    number = choose(is_new, count, action.number)
    after = replace(state, product_count=count, products=state.products.set(number, action.product))
    return after, ProductSet(number, action.product)


def set_role(state: State, action: Action, _: int) -> Done:
    """Grant or withdraw a role; a change of reviewers ends the epoch of reviews (GOVERNANCE-12)."""
    changes_reviewers = action.role == Role.REVIEWER
    has_epoch = any_of(negate(changes_reviewers), state.review_epoch < LAST_EPOCH)
    require(has_epoch, Reason.TOO_MANY_EPOCHS)
    epoch = state.review_epoch + choose(changes_reviewers, 1, 0)
    roles = state.roles.set((action.role, action.account), action.enabled)
    event = RoleSet(action.account, action.role, action.enabled, epoch)
    return replace(state, roles=roles, review_epoch=epoch), event


def set_feeder(state: State, action: Action, now: int) -> Done:
    """Seat a feeder from now on, or vacate the seat; nobody has two seats (GOVERNANCE-8)."""
    has_another = any_of(
        *(
            all_of(seat != action.number, state.feeders.get(seat) == action.account)
            for seat in range(1, FEED_SEATS + 1)
        )
    )
    require(any_of(action.account == 0, negate(has_another)), Reason.ALREADY_SEATED)
    after = replace(
        state,
        feeders=state.feeders.set(action.number, action.account),
        seated_at=state.seated_at.set(action.number, now),
    )
    return after, FeederSet(action.number, action.account)


def set_facility_policy(state: State, action: Action, _: int) -> Done:
    """Say what a facility may do."""
    require(state.facilities.contains(action.number), Reason.UNKNOWN_FACILITY)
    facility = replace(
        state.facilities.get(action.number),
        is_approved=action.enabled,
        deposit_cap=action.deposit_cap,
        cover_ratio=action.cover_ratio,
        concentration_limit=action.concentration_limit,
    )
    after = replace(state, facilities=state.facilities.set(action.number, facility))
    event = FacilityPolicySet(
        facility=action.number,
        is_approved=action.enabled,
        deposit_cap=action.deposit_cap,
        cover_ratio=action.cover_ratio,
        concentration_limit=action.concentration_limit,
    )
    return after, event


def set_jurisdiction(state: State, action: Action, _: int) -> Done:
    """Say whether borrowers of a jurisdiction are accepted."""
    jurisdictions = state.jurisdictions.set(action.number, action.enabled)
    return replace(state, jurisdictions=jurisdictions), JurisdictionSet(action.number, action.enabled)


def set_fees(state: State, action: Action, _: int) -> Done:
    """Set the floors of fees for what is opened and offered from now on (GOVERNANCE-6)."""
    after = replace(
        state,
        interest_fee_floor=action.interest_fee_floor,
        origination_fee_floor=action.origination_fee_floor,
    )
    return after, FeesSet(action.interest_fee_floor, action.origination_fee_floor)


def set_council(state: State, action: Action, _: int) -> Done:
    """Add or remove a member, set the threshold, and end the epoch (GOVERNANCE-4, GOVERNANCE-7)."""
    size = state.council_size + action.enabled - state.council.get(action.account)
    require(size <= MAXIMUM_COUNCIL, Reason.COUNCIL_TOO_LARGE)
    is_reachable = all_of(action.threshold >= 1, action.threshold <= size)
    require(is_reachable, Reason.THRESHOLD_INVALID, threshold=action.threshold, size=size)
    require(state.council_epoch < MAXIMUM_NUMBER, Reason.TOO_MANY_EPOCHS)
    epoch = state.council_epoch + 1
    after = replace(
        state,
        council=state.council.set(action.account, action.enabled),
        council_size=size,
        council_threshold=action.threshold,
        council_epoch=epoch,
    )
    return after, CouncilSet(action.account, action.enabled, size, action.threshold, epoch)


def resume(state: State, action: Action, now: int) -> Done:
    """End a pause now."""
    require(is_paused(state, action.number, now), Reason.NOT_PAUSED)
    return without_pause(state, action.number, now), Resumed(action.number)


EFFECTS: dict[ActionKind, Callable[[State, Action, int], Done]] = {
    ActionKind.SET_PRODUCT: set_product,
    ActionKind.SET_ROLE: set_role,
    ActionKind.SET_FEEDER: set_feeder,
    ActionKind.SET_FACILITY_POLICY: set_facility_policy,
    ActionKind.SET_JURISDICTION: set_jurisdiction,
    ActionKind.SET_FEES: set_fees,
    ActionKind.SET_COUNCIL: set_council,
    ActionKind.RESUME: resume,
}


def carry_out(state: State, action: Action, now: int) -> Done:
    """Return the state after an action, and the event that tells of it."""
    for kind in list(ActionKind)[:-1]:
        if action.kind == kind:
            return EFFECTS[kind](state, action, now)
    return resume(state, action, now)

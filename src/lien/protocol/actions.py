"""Say which actions are sound by themselves, and carry them out."""

from collections.abc import Callable
from dataclasses import replace

from lien.protocol.algebra import all_of, any_of, choose, implies, negate
from lien.protocol.pauses import is_paused, without_pause
from lien.protocol.rejection import require
from lien.protocol.soundness import is_sound_product
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
from lien.spec.types import Role, Scope
from lien.spec.units import (
    FEED_SEATS,
    INTEREST_FEE_CAP,
    MAXIMUM_COUNCIL,
    MAXIMUM_JURISDICTION,
    MAXIMUM_NUMBER,
    ORIGINATION_FEE_CAP,
)

Done = tuple[State, Event]

# --- what is sound by itself ------------------------------------------------------------------------


def is_always_possible(action: Action) -> bool:
    """Return whether no pause of governance blocks the action: to resume, or to change guardians."""
    changes_guardian = all_of(action.kind == ActionKind.SET_ROLE, action.role == Role.GUARDIAN)
    return any_of(action.kind == ActionKind.RESUME, changes_guardian)


def is_account_fit(action: Action, protocol: int) -> bool:
    """Return whether the account that the action names is somebody, or a seat is vacated."""
    names_somebody = any_of(action.kind == ActionKind.SET_ROLE, action.kind == ActionKind.SET_COUNCIL)
    names_anybody = any_of(names_somebody, action.kind == ActionKind.SET_FEEDER)
    return all_of(
        implies(names_somebody, action.account != 0), implies(names_anybody, action.account != protocol)
    )


def is_number_fit(action: Action) -> bool:
    """Return whether there is a seat, a jurisdiction or a scope of the number that the action names."""
    number, kind = action.number, action.kind
    is_seat = all_of(number >= 1, number <= FEED_SEATS)
    is_jurisdiction = all_of(number >= 1, number <= MAXIMUM_JURISDICTION)
    return all_of(
        implies(kind == ActionKind.SET_FEEDER, is_seat),
        implies(kind == ActionKind.SET_JURISDICTION, is_jurisdiction),
        implies(kind == ActionKind.RESUME, number <= max(Scope)),
    )


def is_product_fit(action: Action) -> bool:
    """Return whether the product is sound, where the action sets one."""
    return implies(action.kind == ActionKind.SET_PRODUCT, is_sound_product(action.product))


def are_floors_fit(action: Action) -> bool:
    """Return whether the floors of fees are within their hard caps, where the action sets them."""
    return implies(
        action.kind == ActionKind.SET_FEES,
        all_of(
            action.interest_fee_floor <= INTEREST_FEE_CAP,
            action.origination_fee_floor <= ORIGINATION_FEE_CAP,
        ),
    )


def is_asset_fit(state: State, action: Action) -> bool:
    """Return whether the product's asset is listed, where the action sets one."""
    is_listed = state.ledger.listed.get(action.product.asset) == 1
    return implies(action.kind == ActionKind.SET_PRODUCT, is_listed)


def require_sound_action(state: State, action: Action) -> None:
    """Reject an action that can never be carried out, whatever happens until then (GOVERNANCE-8).

    Raises: ACCOUNT_INVALID, NUMBER_INVALID, PRODUCT_UNSOUND, UNKNOWN_ASSET, FEE_ABOVE_CAP.
    """
    require(is_account_fit(action, state.settings.protocol), Reason.ACCOUNT_INVALID)
    require(is_number_fit(action), Reason.NUMBER_INVALID)
    require(is_product_fit(action), Reason.PRODUCT_UNSOUND)
    require(is_asset_fit(state, action), Reason.UNKNOWN_ASSET)
    require(are_floors_fit(action), Reason.FEE_ABOVE_CAP)


# --- what each kind does ----------------------------------------------------------------------------


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
    has_epoch = any_of(negate(changes_reviewers), state.review_epoch < MAXIMUM_NUMBER)
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

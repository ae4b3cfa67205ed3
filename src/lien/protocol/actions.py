"""Say which actions are sound by themselves: what can be proposed to the council."""

from lien.protocol.algebra import all_of, any_of, implies
from lien.protocol.rejection import require
from lien.protocol.soundness import is_sound_product
from lien.protocol.state import State
from lien.spec.action import Action, ActionKind
from lien.spec.reasons import Reason
from lien.spec.types import Role, Scope
from lien.spec.units import FEED_SEATS, INTEREST_FEE_CAP, MAXIMUM_JURISDICTION, ORIGINATION_FEE_CAP


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

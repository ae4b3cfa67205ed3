"""Define what a council can decide: one record, kept open in the proposal, so that all can read it."""

from dataclasses import dataclass
from enum import IntEnum

from lien.spec.product import Product
from lien.spec.types import Amount, Count, Flag, Number, OptionalAccount, Ratio, Role


class ActionKind(IntEnum):
    """Name what an action changes; each names the parts of the record that it uses."""

    SET_PRODUCT = 0  # product, of the number; the next one where that is zero
    SET_ROLE = 1  # account, role, enabled
    SET_FEEDER = 2  # account, or nobody, on the seat of the number
    SET_FACILITY_POLICY = 3  # enabled, cap, ratio and limit, for the facility of the number
    SET_JURISDICTION = 4  # enabled, for the jurisdiction of the number
    SET_FEES = 5  # the two floors
    SET_COUNCIL = 6  # account, enabled, threshold
    RESUME = 7  # the scope of the number


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Say what a proposal changes; what its kind does not use is ignored."""

    kind: ActionKind
    account: OptionalAccount
    role: Role
    enabled: Flag
    number: Number  # of a product, seat, facility, jurisdiction or scope, by kind
    threshold: Count  # of approvals that decide
    product: Product
    deposit_cap: Amount
    cover_ratio: Ratio
    concentration_limit: Ratio
    interest_fee_floor: Ratio
    origination_fee_floor: Ratio

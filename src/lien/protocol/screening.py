"""Screen applicants and borrowers: what the product gives, and what they may still owe."""

from lien.protocol.algebra import all_of, any_of, negate
from lien.protocol.arithmetic import multiply_divide_down
from lien.protocol.credit import has_free_slot, has_open_default, owed_by
from lien.protocol.rejection import require
from lien.protocol.state import Facility, Identity, Loan, State
from lien.protocol.valuation import net_assets
from lien.spec.application import Apply
from lien.spec.product import Product
from lien.spec.reasons import Reason
from lien.spec.units import MAXIMUM_PERIODS, WAD


def require_within_product(
    state: State, call: Apply, product: Product, facility: Facility, identity: Identity
) -> None:
    """Reject what the product does not give (APPLICATION-1).

    Raises: PRODUCT_CLOSED, ASSET_DIFFERS, TIER_TOO_LOW, AMOUNT_OUTSIDE_PRODUCT, PERIODS_OUT_OF_RANGE,
    UNKNOWN_ASSET, COLLATERAL_MISSING.
    """
    require(product.is_open == 1, Reason.PRODUCT_CLOSED)
    require(product.asset == facility.asset, Reason.ASSET_DIFFERS)
    require(identity.tier >= product.minimum_tier, Reason.TIER_TOO_LOW)
    is_within = all_of(product.minimum_principal <= call.amount, call.amount <= product.maximum_principal)
    require(is_within, Reason.AMOUNT_OUTSIDE_PRODUCT)
    require(all_of(call.periods >= 1, call.periods <= MAXIMUM_PERIODS), Reason.PERIODS_OUT_OF_RANGE)
    require(state.ledger.listed.get(call.collateral_asset) == 1, Reason.UNKNOWN_ASSET)
    is_secured = any_of(call.collateral_amount > 0, product.allows_unsecured == 1)
    require(is_secured, Reason.COLLATERAL_MISSING)


def compute_concentration_limit(facility: Facility, today: int) -> int:
    """Return the most that one identity may owe of a facility on a day, rounded down."""
    return multiply_divide_down(net_assets(facility, today), facility.concentration_limit, WAD)


def require_room(state: State, number: int, amount: int, identity: Identity, today: int) -> None:
    """Reject whoever is in default, or would owe too much of a facility (APPLICATION-1, DISBURSEMENT-5).

    Raises: OPEN_DEFAULT, TOO_MANY_LIVE_LOANS, CONCENTRATION_EXCEEDED.
    """
    facility = state.facilities.get(number)
    require(negate(has_open_default(state, identity, today)), Reason.OPEN_DEFAULT)
    require(has_free_slot(identity), Reason.TOO_MANY_LIVE_LOANS)
    owed = owed_by(state, identity, number)
    limit = compute_concentration_limit(facility, today)
    require(owed + amount <= limit, Reason.CONCENTRATION_EXCEEDED, owed=owed, limit=limit)


def require_concentration(state: State, loan: Loan, principal: int, today: int) -> None:
    """Reject a live loan that would grow to a principal with which its borrower owes too much (REPAYMENT-16).

    Raises: CONCENTRATION_EXCEEDED.
    """
    grown = principal - loan.principal
    owed = owed_by(state, state.identities.get(loan.identity), loan.facility)
    limit = compute_concentration_limit(state.facilities.get(loan.facility), today)
    is_within = any_of(grown <= 0, owed + grown <= limit)
    require(is_within, Reason.CONCENTRATION_EXCEEDED, owed=owed, limit=limit)


def require_same_identity(state: State, loan: Loan) -> None:
    """Reject a borrower whose identity is another than the one that applied (AGREEMENT-10, DISBURSEMENT-5).

    Raises: IDENTITY_DIFFERS.
    """
    require(state.identity_of.get(loan.borrower) == loan.identity, Reason.IDENTITY_DIFFERS)

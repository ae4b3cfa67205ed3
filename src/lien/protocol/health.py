"""Compare a debt with the collateral that secures it."""

from lien.protocol.algebra import any_of
from lien.protocol.arithmetic import multiply_divide_down
from lien.protocol.prices import usable_price
from lien.protocol.rejection import require
from lien.protocol.state import State
from lien.spec.reasons import Reason
from lien.spec.terms import Terms
from lien.spec.units import PRICE_SCALE, WAD


def collateral_value(price: int, amount: int) -> int:
    """Return what an amount of collateral is worth in base units of the loan asset, rounded down."""
    return multiply_divide_down(amount, price, PRICE_SCALE)


def is_within(limit: int, debt: int, value: int) -> bool:
    """Return whether a debt is at most a limit, as a ratio, of a value.

    Since a debt is whole, comparing it with the floor is exactly the comparison of debt x WAD with
    value x limit, which can be wider than 256 bits. What rounds is the value alone, against the borrower.
    """
    return debt <= multiply_divide_down(value, limit, WAD)


def require_healthy_start(state: State, terms: Terms, asset: int, now: int) -> None:
    """Reject a secured loan of an asset that would begin above its origination limit (DISBURSEMENT-6).

    A loan without collateral needs no price.

    Raises: PRICE_UNUSABLE, LOAN_TO_VALUE_EXCEEDED.
    """
    is_unsecured = terms.collateral_amount == 0
    price = usable_price(state, terms.collateral_asset, asset, now)
    require(any_of(is_unsecured, price > 0), Reason.PRICE_UNUSABLE)
    value = collateral_value(price, terms.collateral_amount)
    is_healthy = any_of(is_unsecured, is_within(terms.origination_limit, terms.principal, value))
    require(is_healthy, Reason.LOAN_TO_VALUE_EXCEEDED, principal=terms.principal, value=value)

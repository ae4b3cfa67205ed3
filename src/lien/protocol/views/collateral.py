"""Answer how safe a secured loan is, and what would make it safe again."""

from dataclasses import dataclass

from lien.protocol.algebra import maximum
from lien.protocol.arithmetic import multiply_divide_up
from lien.protocol.calendar import day_of
from lien.protocol.health import collateral_value
from lien.protocol.margin import compute_debt, compute_margin_payment, compute_margin_top_up
from lien.protocol.prices import usable_price
from lien.protocol.state import State
from lien.protocol.views.loans import loan_on
from lien.spec.types import LIVE, Amount, LoanId, Price, Timestamp, Total
from lien.spec.units import WAD


@dataclass(frozen=True, slots=True)
class Restoration:
    """Say how far a debt is from a limit, and what brings it back within: the one or the other.

    The debt that may still be added is zero where the debt is at the limit or above it; the payment and the
    top-up are zero where it is within.
    """

    room: Amount
    payment: Amount
    top_up: Total  # of collateral; the greatest total where no amount would do


@dataclass(frozen=True, slots=True)
class Health:
    """Say what secures a loan at a second: price, debt and value, and how far its two limits are."""

    price: Price
    debt: Amount  # what a payoff takes, without a prepayment fee
    value: int  # of the collateral, in base units of the loan asset, rounded down
    loan_to_value: int | None  # scaled by WAD, rounded up; None where the collateral is worth nothing
    margin_call: Restoration
    liquidation: Restoration


def health_at(state: State, number: LoanId, now: Timestamp) -> Health | None:
    """Return the health of a loan at a second; None where it has no debt, or no price is usable."""
    loan = loan_on(state, number, day_of(now))
    terms, asset = loan.terms, state.facilities.get(loan.facility).asset
    price = usable_price(state, terms.collateral_asset, asset, now)
    if loan.status not in LIVE or price == 0:
        return None
    debt, value = compute_debt(loan), collateral_value(price, loan.collateral)
    return Health(
        price=price,
        debt=debt,
        value=value,
        loan_to_value=compute_loan_to_value(debt, value) if value > 0 else None,
        margin_call=compute_restoration(terms.margin_call_limit, debt, price, loan.collateral),
        liquidation=compute_restoration(terms.liquidation_limit, debt, price, loan.collateral),
    )


def loan_to_value_at(state: State, number: LoanId, now: Timestamp) -> int | None:
    """Return the debt as a ratio of the collateral's value, rounded up; None where there is no such ratio."""
    health = health_at(state, number, now)
    return health.loan_to_value if health else None


def compute_loan_to_value(debt: int, value: int) -> int:
    """Return a debt as a ratio of a value, rounded up: a debt is within a limit exactly if its ratio is."""
    return multiply_divide_up(debt, WAD, value)


def compute_restoration(limit: int, debt: int, price: int, collateral: int) -> Restoration:
    """Return how far a debt is from a limit of its collateral's value at a price; both are positive."""
    payment = compute_margin_payment(limit, debt, collateral_value(price, collateral))
    return Restoration(
        room=maximum(0 - payment, 0),
        payment=maximum(payment, 0),
        top_up=maximum(compute_margin_top_up(limit, debt, price, collateral), 0),
    )

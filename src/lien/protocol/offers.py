"""Compare the terms of an offer with what was applied for, and with what the product gives for its score."""

from lien.protocol.algebra import all_of, any_of, implies
from lien.protocol.credit import grade_of
from lien.protocol.rejection import require
from lien.protocol.state import Application
from lien.spec.product import Product
from lien.spec.reasons import Reason
from lien.spec.terms import Terms
from lien.spec.types import Grade


def is_as_applied_for(terms: Terms, application: Application) -> bool:
    """Return whether the terms lend what was applied for, against the collateral that was named."""
    return all_of(
        terms.principal == application.amount,
        terms.periods == application.periods,
        terms.collateral_asset == application.collateral_asset,
        terms.collateral_amount == application.collateral_amount,
    )


def is_rate_of_grade(terms: Terms, product: Product, grade: int) -> bool:
    """Return whether the rate is exactly the product's for a grade; no rate is that of none."""
    return any_of(*(all_of(grade == one, terms.rate == product.rates[one]) for one in Grade))


def is_within_limit_of_grade(terms: Terms, product: Product, grade: int) -> bool:
    """Return whether the origination limit is at most the product's for a grade."""
    limits = product.origination_limits
    return all_of(*(implies(grade == one, terms.origination_limit <= limits[one]) for one in Grade))


def require_as_applied_for(terms: Terms, application: Application, product: Product) -> None:
    """Reject terms that differ from the application, or give more than the product does (AGREEMENT-9).

    Raises: APPLICATION_DIFFERS, RATE_NOT_OF_GRADE, LIMIT_ABOVE_GRADE, TERM_TOO_LONG.
    """
    require(is_as_applied_for(terms, application), Reason.APPLICATION_DIFFERS)
    grade = grade_of(product, application.score)
    require(is_rate_of_grade(terms, product, grade), Reason.RATE_NOT_OF_GRADE)
    require(is_within_limit_of_grade(terms, product, grade), Reason.LIMIT_ABOVE_GRADE)
    days = terms.maturity_day - terms.window_start_day
    require(days <= product.maximum_days, Reason.TERM_TOO_LONG)


def require_fee_floor(terms: Terms, floor: int) -> None:
    """Reject an origination fee below the floor that the council set (AGREEMENT-9).

    Raises: ORIGINATION_FEE_BELOW_FLOOR.
    """
    require(terms.origination_fee_rate >= floor, Reason.ORIGINATION_FEE_BELOW_FLOOR)

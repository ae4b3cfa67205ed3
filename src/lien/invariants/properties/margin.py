"""Properties of margin calls and seizures, of any debt, collateral and price."""

from lien.invariants.properties.base import Kind, declare
from lien.protocol.algebra import all_of, equivalent, negate, wide_product
from lien.protocol.arithmetic import multiply_divide_down
from lien.protocol.health import collateral_value, is_within
from lien.protocol.margin import (
    compute_margin_payment,
    compute_needed_collateral,
    compute_needed_value,
    compute_seizure,
)
from lien.spec.types import Amount, Price, Ratio, Total
from lien.spec.units import PRICE_SCALE, WAD


@declare("MARGIN-PAYMENT-LEAST", Kind.RELATIONAL, ("liquidation",), (59,))
def margin_payment_is_the_least(limit: Ratio, debt: Total, value: Total) -> bool:
    """What a margin call asks to be paid brings a debt within the limit; one unit less does not."""
    left = debt - compute_margin_payment(limit, debt, value)
    return all_of(is_within(limit, left, value), negate(is_within(limit, left + 1, value)))


@declare("NEEDED-VALUE-LEAST", Kind.RELATIONAL, ("liquidation",), (59,))
def needed_value_is_the_least(limit: Ratio, debt: Total, value: Total) -> bool:
    """A debt is within a limit of a value exactly where that is at least the value that is needed."""
    if limit == 0:
        return True
    needed, product = compute_needed_value(limit, debt), wide_product(value, limit)
    return all_of(
        equivalent(value >= needed, product >= debt * WAD),
        equivalent(value >= needed, is_within(limit, debt, value)),
    )


@declare("NEEDED-COLLATERAL-LEAST", Kind.RELATIONAL, ("liquidation",), ())
def needed_collateral_is_the_least(price: Price, value: Total, collateral: Amount) -> bool:
    """Collateral is worth a value exactly where there is at least as much as is needed for it.

    With the property before, the top-up that a margin call names is the least that brings the debt within
    the limit.
    """
    if price == 0:
        return True
    needed, product = compute_needed_collateral(price, value), wide_product(collateral, price)
    return all_of(
        equivalent(collateral >= needed, product >= value * PRICE_SCALE),
        equivalent(collateral >= needed, collateral_value(price, collateral) >= value),
    )


@declare("SEIZURE-RATIO", Kind.RELATIONAL, ("liquidation",), (59,))
def seizure_never_worsens_the_ratio(
    collateral: Amount, debt: Total, repaid: Amount, price: Price, bonus: Ratio
) -> bool:
    """Debt after x collateral before is at most debt before x collateral after."""
    if debt == 0 or price == 0 or repaid > debt:
        return True
    seized = compute_seizure(collateral, debt, repaid, price, bonus)
    return all_of(
        seized >= 0,
        seized <= collateral,
        wide_product(debt - repaid, collateral) <= wide_product(debt, collateral - seized),
    )


@declare("SEIZURE-BONUS", Kind.RELATIONAL, ("liquidation",), (62,))
def seizure_is_worth_at_most_the_bonus(
    collateral: Amount, debt: Total, repaid: Amount, price: Price, bonus: Ratio
) -> bool:
    """What is seized is worth at most what was repaid with the bonus."""
    if debt == 0 or price == 0 or repaid > debt:
        return True
    seized = compute_seizure(collateral, debt, repaid, price, bonus)
    with_bonus = multiply_divide_down(repaid, WAD + bonus, WAD)
    return all_of(
        wide_product(seized, price) <= with_bonus * PRICE_SCALE, collateral_value(price, seized) <= with_bonus
    )

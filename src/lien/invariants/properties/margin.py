"""Properties of margin calls and seizures, of any debt, collateral and price."""

from lien.invariants.properties.base import Kind, declare
from lien.protocol.algebra import all_of, any_of, implies, negate, wide_product
from lien.protocol.arithmetic import multiply_divide_down
from lien.protocol.health import collateral_value, is_within
from lien.protocol.margin import compute_margin_payment, compute_margin_top_up, compute_seizure
from lien.spec.types import Amount, Price, Ratio, Total
from lien.spec.units import MAXIMUM_AMOUNT, MAXIMUM_TOTAL, PRICE_SCALE, WAD


@declare("MARGIN-PAYMENT-LEAST", Kind.RELATIONAL, ("liquidation",), (59,))
def margin_payment_is_the_least(limit: Ratio, debt: Total, value: Total) -> bool:
    """What a margin call asks to be paid brings a debt within the limit; one unit less does not."""
    left = debt - compute_margin_payment(limit, debt, value)
    return all_of(is_within(limit, left, value), negate(is_within(limit, left + 1, value)))


@declare("MARGIN-TOP-UP-CURES", Kind.RELATIONAL, ("liquidation",), (59,))
def margin_top_up_brings_within(limit: Ratio, debt: Total, price: Price, collateral: Amount) -> bool:
    """What a margin call asks to be topped up brings a debt within the limit, and fits beside the collateral.

    Where the greatest amount would not do, it is the greatest total.
    """
    if limit == 0 or price == 0:
        return True
    top_up = compute_margin_top_up(limit, debt, price, collateral)
    raised = collateral + top_up
    fits = all_of(raised <= MAXIMUM_AMOUNT, is_within(limit, debt, collateral_value(price, raised)))
    is_out_of_reach = all_of(
        top_up == MAXIMUM_TOTAL, negate(is_within(limit, debt, collateral_value(price, MAXIMUM_AMOUNT)))
    )
    return any_of(fits, is_out_of_reach)


@declare("MARGIN-TOP-UP-LEAST", Kind.RELATIONAL, ("liquidation",), (59,))
def margin_top_up_is_the_least(limit: Ratio, debt: Total, price: Price, less: Amount) -> bool:
    """Where there is no collateral, no less than what is asked for brings a debt within the limit."""
    if limit == 0 or price == 0:
        return True
    needed = compute_margin_top_up(limit, debt, price, 0)
    return implies(less < needed, negate(is_within(limit, debt, collateral_value(price, less))))


@declare("SEIZURE-RATIO", Kind.RELATIONAL, ("liquidation",), (59, 72))
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
        wide_product(collateral, debt - repaid) <= wide_product(collateral - seized, debt),
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

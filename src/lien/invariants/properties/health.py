"""Properties of the comparison of a debt with its collateral: exact but for the floor of the value."""

from lien.invariants.properties.base import Kind, declare
from lien.protocol.algebra import all_of, equivalent, implies, wide_product
from lien.protocol.health import collateral_value, is_within
from lien.spec.types import Amount, Price, Ratio, Total
from lien.spec.units import PRICE_SCALE, WAD


@declare("HEALTH-EXACT", Kind.RELATIONAL, ("oracle",), (79,))
def comparison_is_exact(limit: Ratio, debt: Total, price: Price, amount: Amount) -> bool:
    """A debt is within a limit exactly where debt x WAD is at most value x limit."""
    value = collateral_value(price, amount)
    return equivalent(is_within(limit, debt, value), debt * WAD <= wide_product(value, limit))


@declare("HEALTH-VALUE", Kind.RELATIONAL, ("oracle",), (79,))
def value_is_less_by_below_one_unit(price: Price, amount: Amount) -> bool:
    """The value of collateral is price x amount, less a part of one unit."""
    value, product = collateral_value(price, amount), wide_product(amount, price)
    return all_of(value * PRICE_SCALE <= product, product < (value + 1) * PRICE_SCALE)


@declare("HEALTH-DEBT", Kind.RELATIONAL, ("oracle",), (64,))
def less_debt_stays_within(limit: Ratio, debt: Total, less: Total, value: Total) -> bool:
    """What is within a limit stays so where there is less debt."""
    return implies(all_of(less <= debt, is_within(limit, debt, value)), is_within(limit, less, value))


@declare("HEALTH-COLLATERAL", Kind.RELATIONAL, ("oracle",), (72, 64))
def more_collateral_stays_within(
    limit: Ratio, debt: Total, price: Price, higher: Price, amount: Amount, more: Amount
) -> bool:
    """What is within a limit stays so where there is more collateral, or its price is higher."""
    value, greater = collateral_value(price, amount), collateral_value(higher, more)
    return implies(
        all_of(price <= higher, amount <= more, is_within(limit, debt, value)),
        is_within(limit, debt, greater),
    )


@declare("HEALTH-LIMIT", Kind.RELATIONAL, ("oracle",), (63, 64))
def higher_limit_stays_within(limit: Ratio, higher: Ratio, debt: Total, value: Total) -> bool:
    """What is within a limit is within a higher one."""
    return implies(all_of(limit <= higher, is_within(limit, debt, value)), is_within(higher, debt, value))

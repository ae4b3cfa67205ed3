"""What a product gives, and how much one identity may owe of a facility, on plain numbers."""

from dataclasses import replace
from typing import Any

import pytest

from lien.protocol.genesis import DOLLAR, build_product
from lien.protocol.rejection import Rejection
from lien.protocol.screening import require_concentration, require_within_product
from lien.protocol.state import State
from lien.spec.reasons import Reason
from lien.spec.units import MAXIMUM_PERIODS, WAD
from tests.lives import CASH, PRINCIPAL, START, active_life, application, reason_of

LIFE = active_life()


def limited(limit: int) -> State:
    """Return the state in which one identity may owe an amount."""
    facility = replace(LIFE.facility(), concentration_limit=limit * WAD // CASH)
    return replace(LIFE.state, facilities=LIFE.state.facilities.set(1, facility))


@pytest.mark.parametrize(
    ("limit", "growth"), [(PRINCIPAL + 100, 100), (PRINCIPAL, 0), (100, 0), (100, -1), (PRINCIPAL + 1, 1)]
)
def test_a_debt_within_the_limit_may_grow_and_any_may_stay(limit: int, growth: int) -> None:
    """Given a limit / When a loan grows up to it, or does not grow / Then that is allowed."""
    require_concentration(limited(limit), LIFE.loan(), PRINCIPAL + growth, START)


@pytest.mark.parametrize(("limit", "growth"), [(PRINCIPAL + 100, 101), (PRINCIPAL, 1), (100, 1)])
def test_no_debt_grows_past_the_limit(limit: int, growth: int) -> None:
    """Given a limit / When a loan grows past it / Then that is rejected, with what was compared."""
    with pytest.raises(Rejection) as raised:
        require_concentration(limited(limit), LIFE.loan(), PRINCIPAL + growth, START)
    assert raised.value.reason is Reason.CONCENTRATION_EXCEEDED
    assert raised.value.compared == {"owed": PRINCIPAL, "limit": limit}


PRODUCT = replace(
    build_product(DOLLAR), minimum_principal=10, maximum_principal=20, minimum_tier=1, allows_unsecured=0
)


@pytest.mark.parametrize(
    ("product", "call", "reason"),
    [
        ({}, {}, None),
        ({"minimum_tier": 2}, {}, Reason.TIER_TOO_LOW),
        ({}, {"amount": 9}, Reason.AMOUNT_OUTSIDE_PRODUCT),
        ({}, {"amount": 10}, None),
        ({}, {"amount": 20}, None),
        ({}, {"amount": 21}, Reason.AMOUNT_OUTSIDE_PRODUCT),
        ({}, {"periods": 0}, Reason.PERIODS_OUT_OF_RANGE),
        ({}, {"periods": 1}, None),
        ({}, {"periods": MAXIMUM_PERIODS}, None),
        ({}, {"periods": MAXIMUM_PERIODS + 1}, Reason.PERIODS_OUT_OF_RANGE),
        ({}, {"collateral_amount": 1}, None),
        ({}, {"collateral_amount": 0}, Reason.COLLATERAL_MISSING),
        ({"allows_unsecured": 1}, {"collateral_amount": 0}, None),
    ],
)
def test_an_application_is_within_its_product(
    product: dict[str, Any], call: dict[str, Any], reason: Reason | None
) -> None:
    """Given a product / When an application reaches a bound or passes it / Then it is let in, or not."""
    given = application(**({"amount": 15} | call)), replace(PRODUCT, **product)
    identity = LIFE.state.identities.get(1)
    assert reason_of(require_within_product, LIFE.state, *given, LIFE.facility(), identity) is reason

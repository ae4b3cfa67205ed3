"""How much one identity may owe of a facility, on plain numbers."""

from dataclasses import replace

import pytest

from lien.protocol.rejection import Rejection
from lien.protocol.screening import require_concentration
from lien.protocol.state import State
from lien.spec.reasons import Reason
from lien.spec.units import WAD
from tests.lives import CASH, PRINCIPAL, START, active_life

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

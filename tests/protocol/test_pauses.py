"""What is paused, and how long liquidation has been closed, told second by second."""

from dataclasses import replace

import pytest

from lien.protocol.pauses import (
    closed_seconds,
    is_cooling_down,
    is_liquidation_closed,
    is_paused,
    require_open,
    with_pause,
    without_pause,
)
from lien.protocol.rejection import Rejection
from lien.protocol.state import State
from lien.spec.reasons import Reason
from lien.spec.types import Scope
from lien.spec.units import (
    GOVERNANCE_EXPIRY,
    GOVERNANCE_TIMELOCK,
    LIQUIDATION_GRACE,
    MAXIMUM_PAUSE,
    PAUSE_COOL_DOWN,
)
from tests.lives import new_life

BEGUN = 1_000_000_000
ENDED = BEGUN + MAXIMUM_PAUSE
OPENS = ENDED + LIQUIDATION_GRACE
AGAIN = ENDED + PAUSE_COOL_DOWN


def paused(scope: Scope) -> State:
    """Return a state in which a scope is paused."""
    return with_pause(replace(new_life().state, timestamp=BEGUN), scope, BEGUN)


def is_open(state: State, scope: Scope, now: int) -> bool:
    """Return whether a call of a scope is let through."""
    try:
        require_open(state, scope, now)
    except Rejection as rejection:
        assert rejection.reason is Reason.PAUSED
        return False
    return True


def test_the_figures_leave_room_for_each_other() -> None:
    """Given the times that governance is bound to / When they are compared
    / Then the council can act within a pause, and closed times cannot overlap.
    """
    assert GOVERNANCE_TIMELOCK < MAXIMUM_PAUSE < GOVERNANCE_EXPIRY
    assert LIQUIDATION_GRACE < PAUSE_COOL_DOWN


@pytest.mark.parametrize("scope", [scope for scope in Scope if scope is not Scope.LIQUIDATION])
def test_a_scope_is_closed_exactly_while_it_is_paused(scope: Scope) -> None:
    """Given a pause / When seconds pass / Then its scope alone is closed, to the last second."""
    state = paused(scope)
    assert [is_open(state, scope, now) for now in (BEGUN, ENDED - 1, ENDED)] == [False, False, True]
    assert [other for other in Scope if not is_open(state, other, BEGUN)] == [scope]
    assert not is_liquidation_closed(state, BEGUN)
    assert closed_seconds(state, ENDED) == 0


def test_liquidation_opens_a_grace_after_its_pause() -> None:
    """Given a pause of liquidation / When it ends by itself / Then liquidation opens a grace later."""
    state = paused(Scope.LIQUIDATION)
    assert not is_paused(state, Scope.LIQUIDATION, ENDED)
    seconds = (BEGUN - 1, BEGUN, ENDED, OPENS - 1, OPENS)
    assert [is_open(state, Scope.LIQUIDATION, now) for now in seconds] == [True, False, False, False, True]
    assert [closed_seconds(state, now) for now in seconds] == [
        0,
        0,
        MAXIMUM_PAUSE,
        OPENS - 1 - BEGUN,
        OPENS - BEGUN,
    ]


def test_liquidation_opens_a_grace_after_it_is_resumed() -> None:
    """Given a pause of liquidation / When it is resumed early / Then liquidation opens a grace later."""
    resumed = BEGUN + 5
    state = without_pause(paused(Scope.LIQUIDATION), Scope.LIQUIDATION, resumed)
    opens = resumed + LIQUIDATION_GRACE
    assert not is_paused(state, Scope.LIQUIDATION, resumed)
    assert is_liquidation_closed(state, opens - 1)
    assert not is_liquidation_closed(state, opens)
    assert closed_seconds(state, OPENS) == 5 + LIQUIDATION_GRACE


def test_closed_seconds_add_up_over_pauses() -> None:
    """Given two pauses of liquidation / When the second runs / Then the seconds of both are counted."""
    state = with_pause(paused(Scope.LIQUIDATION), Scope.LIQUIDATION, AGAIN)
    first = MAXIMUM_PAUSE + LIQUIDATION_GRACE
    assert state.liquidation_closed_before == first
    assert [closed_seconds(state, now) for now in (AGAIN, AGAIN + 7)] == [first, first + 7]
    assert closed_seconds(state, AGAIN + 10**9) == 2 * first


def test_another_scope_leaves_the_closed_seconds() -> None:
    """Given a pause of liquidation / When another scope is paused and resumed
    / Then liquidation is closed for as long as before.
    """
    state = paused(Scope.LIQUIDATION)
    other = without_pause(with_pause(state, Scope.DEPOSITS, BEGUN + 3), Scope.DEPOSITS, BEGUN + 9)
    assert other == replace(state, paused_until=state.paused_until.set(Scope.DEPOSITS, BEGUN + 9))


def test_only_what_was_paused_cools_down() -> None:
    """Given a scope in the first seconds of all / When it was paused, or never was / Then it cools or not."""
    state = new_life().state
    paused = replace(state, paused_until=state.paused_until.set(Scope.LIQUIDATION, 1))
    assert not is_cooling_down(state, Scope.LIQUIDATION, 2)
    assert is_cooling_down(paused, Scope.LIQUIDATION, PAUSE_COOL_DOWN)
    assert not is_cooling_down(paused, Scope.LIQUIDATION, 1 + PAUSE_COOL_DOWN)

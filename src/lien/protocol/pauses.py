"""Say what is paused, and for how long liquidation has been closed."""

from dataclasses import replace

from lien.protocol.algebra import all_of, choose, maximum, minimum, negate
from lien.protocol.rejection import require
from lien.protocol.state import State
from lien.spec.reasons import Reason
from lien.spec.types import Scope
from lien.spec.units import LIQUIDATION_GRACE, MAXIMUM_PAUSE, PAUSE_COOL_DOWN


def is_paused(state: State, scope: int, now: int) -> bool:
    """Return whether a guardian's pause of a scope runs."""
    return now < state.paused_until.get(scope)


def is_cooling_down(state: State, scope: int, now: int) -> bool:
    """Return whether the scope was paused, and cannot be paused again yet."""
    until = state.paused_until.get(scope)
    return all_of(until > 0, now < until + PAUSE_COOL_DOWN)


def is_liquidation_closed(state: State, now: int) -> bool:
    """Return whether liquidation is paused, or its pause has just ended (GOVERNANCE-11)."""
    return all_of(state.liquidation_closed_from <= now, now < state.liquidation_closed_until)


def require_open(state: State, scope: Scope, now: int) -> None:
    """Reject a call of a scope that is paused; one of liquidation also in the grace after the pause.

    Raises: PAUSED.
    """
    if scope is Scope.LIQUIDATION:
        require(negate(is_liquidation_closed(state, now)), Reason.PAUSED)
    else:
        require(negate(is_paused(state, scope, now)), Reason.PAUSED)


def closed_within(closed_from: int, closed_until: int, now: int) -> int:
    """Return the seconds of a closed time that lie before now."""
    return minimum(maximum(now, closed_from), closed_until) - closed_from


def closed_seconds(state: State, now: int) -> int:
    """Return for how many seconds until now liquidation has been closed: a clock that subtracts it stands."""
    closed = closed_within(state.liquidation_closed_from, state.liquidation_closed_until, now)
    return state.liquidation_closed_before + closed


def with_pause(state: State, scope: int, now: int) -> State:
    """Return the state in which a scope that is neither paused nor cooling down is paused."""
    until, closes = now + MAXIMUM_PAUSE, scope == Scope.LIQUIDATION
    return replace(
        state,
        paused_until=state.paused_until.set(scope, until),
        liquidation_closed_before=choose(closes, closed_seconds(state, now), state.liquidation_closed_before),
        liquidation_closed_from=choose(closes, now, state.liquidation_closed_from),
        liquidation_closed_until=choose(closes, until + LIQUIDATION_GRACE, state.liquidation_closed_until),
    )


def without_pause(state: State, scope: int, now: int) -> State:
    """Return the state in which the running pause of a scope has ended."""
    opens = now + LIQUIDATION_GRACE
    return replace(
        state,
        paused_until=state.paused_until.set(scope, now),
        liquidation_closed_until=choose(scope == Scope.LIQUIDATION, opens, state.liquidation_closed_until),
    )

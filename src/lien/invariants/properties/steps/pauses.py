"""What is paused, for how long, and that nothing but the guardian and the council changes it."""

from lien.invariants.properties.base import Kind, Observed, declare
from lien.invariants.properties.steps.kept import are_kept, effect_of
from lien.protocol.actions import is_always_possible
from lien.protocol.algebra import all_of, any_of, implies, negate
from lien.protocol.pauses import closed_seconds, is_liquidation_closed, is_paused
from lien.spec.governance import Approve, Execute, Pause, Propose, Resumed
from lien.spec.reasons import Reason
from lien.spec.types import Role, Scope
from lien.spec.units import LIQUIDATION_GRACE, MAXIMUM_PAUSE, PAUSE_COOL_DOWN

BY_THE_GUARDIAN = (
    "paused_until",
    "liquidation_closed_from",
    "liquidation_closed_until",
    "liquidation_closed_before",
)


@declare("GUARDIAN-PAUSES", Kind.STEP, ("governance",), (104, 111))
def nothing_else_pauses(observed: Observed) -> bool:
    """Only a guardian's pause and an executed resumption change what is paused."""
    if isinstance(observed.call, Pause):
        is_guardian = observed.before.roles.get((Role.GUARDIAN, observed.context.sender)) == 1
        return implies(observed.accepted, is_guardian)
    return effect_of(observed, Resumed) or are_kept(observed, BY_THE_GUARDIAN)


@declare("PAUSE-BOUNDED", Kind.STEP, ("governance",), (111,), every=("scope",))
def pauses_are_bounded_and_apart(observed: Observed, scope: int) -> bool:
    """A pause is of the named scope, lasts its maximum from now, and comes a cool-down after the last ended.

    Nothing else makes one longer.
    """
    before, now = observed.before, observed.context.timestamp
    old, new = before.paused_until.get(scope), observed.after.paused_until.get(scope)
    if observed.accepted and isinstance(observed.call, Pause):
        is_rested = any_of(old == 0, now >= old + PAUSE_COOL_DOWN)
        begins = all_of(new == now + MAXIMUM_PAUSE, is_rested)
        return any_of(
            all_of(scope == observed.call.scope, begins), all_of(scope != observed.call.scope, new == old)
        )
    return any_of(new == old, all_of(new == now, now < old))


@declare("RESUME-NOW", Kind.STEP, ("governance",), (111,), calls=(Execute,), every=("scope",))
def a_resumption_ends_the_pause(observed: Observed, scope: int) -> bool:
    """Resuming ends the pause of the named scope now, and touches no other."""
    if not effect_of(observed, Resumed):
        return are_kept(observed, BY_THE_GUARDIAN)
    before, after, now = observed.before, observed.after, observed.context.timestamp
    named = before.proposals.get(observed.call.proposal).action.number
    is_ended = all_of(is_paused(before, scope, now), negate(is_paused(after, scope, now)))
    is_kept = after.paused_until.get(scope) == before.paused_until.get(scope)
    return all_of(implies(scope == named, is_ended), implies(scope != named, is_kept))


@declare("LIQUIDATION-GRACE", Kind.STEP, ("governance", "liquidation"), (111,))
def liquidation_waits_for_the_grace(observed: Observed) -> bool:
    """Liquidation is closed while it is paused; a call that ends its pause leaves it closed for the grace."""
    before, after, now = observed.before, observed.after, observed.context.timestamp
    was_paused, is_now = (is_paused(state, Scope.LIQUIDATION, now) for state in (before, after))
    opens = after.liquidation_closed_until == now + LIQUIDATION_GRACE
    return implies(
        observed.accepted,
        all_of(
            implies(is_now, is_liquidation_closed(after, now)),
            implies(all_of(was_paused, negate(is_now)), opens),
        ),
    )


@declare("CLOSED-SECONDS-KEPT", Kind.STEP, ("governance", "liquidation"), (111,))
def no_call_moves_the_closed_seconds(observed: Observed) -> bool:
    """No call changes for how long liquidation has been closed until now; only time does."""
    now = observed.context.timestamp
    is_same = closed_seconds(observed.after, now) == closed_seconds(observed.before, now)
    return implies(observed.accepted, is_same)


@declare("GUARDIAN-REPLACEABLE", Kind.LIVENESS, ("governance",), (111,), calls=(Propose, Approve, Execute))
def no_pause_blocks_resuming(observed: Observed) -> bool:
    """A pause blocks no decision to resume a scope or to change guardians, and others only while it runs."""
    if observed.reason is not Reason.PAUSED:
        return True
    call, before = observed.call, observed.before
    action = call.action if isinstance(call, Propose) else before.proposals.get(call.proposal).action
    runs = is_paused(before, Scope.GOVERNANCE, observed.context.timestamp)
    return all_of(runs, negate(is_always_possible(action)))

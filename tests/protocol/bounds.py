"""Check cash flows on integers against the bound that `lien.protocol.schedule.plan` states."""

from collections.abc import Iterator
from fractions import Fraction

from lien.protocol.calendar import clock
from lien.protocol.schedule import CashFlow, FlowKind, Plan
from lien.spec.types import RepaymentKind
from lien.spec.units import UNIT

MOVES = (FlowKind.PRINCIPAL, FlowKind.CAPITALIZATION)


def flows_out_of_bounds(
    plan: Plan, whole: tuple[CashFlow, ...], exact: tuple[CashFlow, ...]
) -> list[tuple[CashFlow, CashFlow]]:
    """Return the flows, next to the exact ones, of which a column differs by the bound or more."""
    return [
        (flow, other)
        for flow, other, bound in zip(whole, exact, bounds_of(plan, whole, exact), strict=True)
        if max(
            abs(flow.amount - other.amount),
            abs(flow.principal - other.principal),
            abs(flow.accrued - other.accrued),
        )
        >= bound
    ]


def bounds_of(plan: Plan, whole: tuple[CashFlow, ...], exact: tuple[CashFlow, ...]) -> Iterator[Fraction]:
    """Yield the bound for each event of a plan, in base units."""
    difference = abs(payment_in(whole, plan.kind) - payment_in(exact, plan.kind))
    moves, growth, since = 0, Fraction(1), plan.start.reckoned_day
    for event in plan.events:
        step = clock(plan.day_count, event.reckoned_day) - clock(plan.day_count, since)
        moves, since = moves + (event.kind in MOVES), event.reckoned_day
        growth = growth * (1 + Fraction(plan.rate * step) / UNIT)
        yield (1 + difference) * (moves + 2) * growth


def payment_in(flows: tuple[CashFlow, ...], kind: RepaymentKind) -> int:
    """Return the payment of an amortizing loan as its first principal date shows it, else zero."""
    days = [flow.day for flow in flows if flow.kind == FlowKind.PRINCIPAL]
    kinds = {FlowKind.PRINCIPAL, FlowKind.INTEREST} if kind == RepaymentKind.ANNUITY else {FlowKind.PRINCIPAL}
    return sum(flow.amount for flow in flows if days and flow.day == days[0] and flow.kind in kinds)

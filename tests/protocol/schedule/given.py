"""Contracts of the standard to plan, named and drawn."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from lien.protocol.calendar import BusinessDayConvention, date_of
from lien.protocol.schedule import Contract, Cycle, Role, Shift, cash_flows, plan_of
from lien.spec.types import CycleUnit, DayCount, RepaymentKind
from lien.spec.units import MAXIMUM_AMOUNT, MAXIMUM_RATE, WAD
from tests.lives import day as on

MONTHLY = Cycle(CycleUnit.MONTH, 1, long_stub=False, end_of_month=False)
QUARTERLY = replace(MONTHLY, length=3)
FORTNIGHTLY = Cycle(CycleUnit.DAY, 14, long_stub=False, end_of_month=False)


rates = st.sampled_from([0, 1, WAD // 100, WAD // 8, WAD]) | st.integers(0, MAXIMUM_RATE)
amounts = st.integers(1, 10**6) | st.integers(1, MAXIMUM_AMOUNT)
kinds = st.sampled_from(RepaymentKind)


def contract(kind: RepaymentKind = RepaymentKind.INTEREST_ONLY, **changes: Any) -> Contract:
    """Return a loan of 36,500 from 1 January to 1 July 2027 at 10 %: 10 a day on actual/365."""
    usual: dict[str, Any] = {
        "day_count": DayCount.ACTUAL_365,
        "status_day": on(2026, 12, 1),
        "exchange_day": on(2027, 1, 1),
        "maturity_day": on(2027, 7, 1),
        "principal": 36_500,
        "rate": WAD // 10,
    }
    return Contract(kind=kind, **(usual | changes))


def flows_of(terms: Contract) -> list[tuple[str, int, int, int, int]]:
    """Return name, month, day, amount and principal of each flow."""
    flows = cash_flows(plan_of(terms))
    dates = [date_of(flow.day) for flow in flows]
    return [
        (flow.kind.name, when.month, when.day, flow.amount, flow.principal)
        for flow, when in zip(flows, dates, strict=True)
    ]


cycles = st.builds(
    Cycle,
    unit=st.just(CycleUnit.MONTH),
    length=st.integers(1, 6),
    long_stub=st.booleans(),
    end_of_month=st.booleans(),
)


@st.composite
def contracts(draw: st.DrawFn, kinds: st.SearchStrategy[RepaymentKind] = kinds) -> Contract:
    """Draw a contract with cycles of its own, shifted or not; an annuity pays interest with its principal."""
    kind = draw(kinds)
    principal_cycle = draw(cycles)
    interest_cycle = principal_cycle if kind == RepaymentKind.ANNUITY else draw(st.none() | cycles)
    anchor = on(2027, 1, 1) + draw(st.integers(1, 100))
    other_anchor = anchor if kind == RepaymentKind.ANNUITY else on(2027, 1, 1) + draw(st.integers(0, 200))
    return contract(
        kind,
        day_count=draw(st.sampled_from(DayCount)),
        role=draw(st.sampled_from(Role)),
        maturity_day=on(2027, 8, 1) + draw(st.integers(0, 1_500)),
        principal=draw(amounts),
        rate=draw(st.integers(0, 2 * WAD)),
        interest_anchor=other_anchor,
        interest_cycle=interest_cycle,
        principal_anchor=anchor,
        principal_cycle=principal_cycle,
        shift=Shift(draw(st.sampled_from(BusinessDayConvention)), draw(st.booleans())),
    )

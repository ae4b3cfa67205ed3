"""Compare the schedule functions with the published cases of the ACTUS standard."""

from fractions import Fraction
from math import ceil
from typing import Any

import pytest

from lien.protocol.algebra import Fractions, interpreted_by
from lien.protocol.schedule import CashFlow, Plan, cash_flows, plan_of
from tests.protocol.actus import (
    ABSENT,
    FOLDER,
    OutOfScopeError,
    Row,
    as_row,
    contract_of,
    exactly,
    expected_rows,
    fitting_cases,
    is_within_horizon,
    load_cases,
    require_in_scope,
)
from tests.protocol.bounds import flows_out_of_bounds

CASES = load_cases()
TOLERANCE = Fraction(2, 10**10)  # the published figures are doubles, some cut to ten decimals

pytestmark = pytest.mark.skipif(not CASES, reason=ABSENT)


@pytest.fixture(params=CASES or [None])
def case(request: pytest.FixtureRequest) -> Any:
    """Yield each case; one that asks for more than a fixed-rate loan is skipped, and says why."""
    published = CASES[request.param]
    try:
        require_in_scope(published)
    except OutOfScopeError as reason:
        pytest.skip(f"{request.param} is out of scope: {reason}")
    return published


def exact_flows(case: Any, units: int) -> tuple[Plan, tuple[CashFlow, ...]]:
    with interpreted_by(Fractions()):
        plan = plan_of(contract_of(case, units=units, amount=exactly))
        return plan, cash_flows(plan)


@pytest.mark.skipif(not (FOLDER / "needs.json").exists(), reason="no list says which cases fit")
def test_no_fitting_case_is_left_out() -> None:
    # Given the cases that the folder says are of a fixed-rate loan, then each is here and none is skipped.
    for name in fitting_cases():
        require_in_scope(CASES[name])


def test_exact_flows_are_the_published_ones(case: Any) -> None:
    # Given a published case, when its flows are computed in fractions, then kinds, dates and order are the
    # same, and all four columns agree.
    rows = [as_row(flow, 1) for flow in exact_flows(case, 1)[1] if is_within_horizon(case, flow.day)]
    published = expected_rows(case)
    assert [(row.day, row.kind) for row in rows] == [(row.day, row.kind) for row in published]
    assert rows == [rounded_to(row, other) for row, other in zip(rows, published, strict=True)]


def rounded_to(row: Row, published: Row) -> Row:
    """Return the published row with each figure that agrees within the tolerance replaced by ours."""
    pairs = zip(row.columns, published.columns, strict=True)
    first, second, third, fourth = (
        ours if abs(ours - theirs) <= TOLERANCE else theirs for ours, theirs in pairs
    )
    return Row(published.day, published.kind, (first, second, third, fourth))


@pytest.mark.parametrize("digits", [2, 6, 18])
def test_whole_flows_stay_within_their_bound(case: Any, digits: int) -> None:
    # Given a published case in a currency of so many decimals, when its flows are computed on integers, then
    # each column is whole and within the bound that the module states.
    units = 10**digits
    plan, exact = exact_flows(case, units)
    whole = cash_flows(plan_of(contract_of(case, units=units, amount=ceil)))
    assert [(flow.day, flow.kind) for flow in whole] == [(flow.day, flow.kind) for flow in exact]
    assert {type(number) for flow in whole for number in (flow.amount, flow.principal, flow.accrued)} == {int}
    assert flows_out_of_bounds(plan, whole, exact) == []

"""What comes of each event, and by how much rounding moves it."""

from dataclasses import replace

from hypothesis import given, settings

from lien.protocol.algebra import Fractions, interpreted_by
from lien.protocol.schedule import CashFlow, Contract, FlowKind, Role, cash_flows, plan_of
from lien.spec.types import RepaymentKind
from tests.lives import day as on
from tests.protocol.bounds import flows_out_of_bounds
from tests.protocol.schedule.given import MONTHLY, contract, contracts, flows_of


def test_interest_capitalizes_up_to_the_named_day() -> None:
    # Given monthly interest and capitalization to 15 March, then all dates up to it add to the principal.
    terms = contract(
        interest_cycle=MONTHLY, capitalization_end_day=on(2027, 3, 15), maturity_day=on(2027, 5, 1)
    )
    assert flows_of(terms) == [
        ("EXCHANGE", 1, 1, -36_500, 36_500),
        ("CAPITALIZATION", 2, 1, 0, 36_810),
        ("CAPITALIZATION", 3, 1, 0, 37_093),
        ("CAPITALIZATION", 3, 15, 0, 37_235),
        ("INTEREST", 4, 1, 174, 37_235),
        ("INTEREST", 5, 1, 306, 37_235),
        ("MATURITY", 5, 1, 37_235, 0),
    ]


def test_capitalization_up_to_maturity_pays_all_at_once() -> None:
    # Given capitalization that lasts to maturity or longer, then maturity pays what all interest made of it.
    terms = contract(capitalization_end_day=on(2027, 9, 1))
    assert flows_of(terms)[1:] == [("CAPITALIZATION", 7, 1, 0, 38_310), ("MATURITY", 7, 1, 38_310, 0)]


def test_an_annuity_may_amortize_negatively() -> None:
    # Given a payment of 100 and interest of 310, then 210 are added to the principal: the standard's rule.
    terms = contract(RepaymentKind.ANNUITY, principal_cycle=MONTHLY, payment=100, maturity_day=on(2027, 3, 1))
    assert flows_of(terms)[1:3] == [("PRINCIPAL", 2, 1, -210, 36_710), ("INTEREST", 2, 1, 310, 36_710)]


@settings(max_examples=200)
@given(terms=contracts())
def test_whole_flows_are_within_their_bound_of_exact_ones(terms: Contract) -> None:
    # Given any contract, then its flows on integers have the dates of those in fractions, and differ from
    # them by less than the bound that the module states.
    plan = plan_of(terms)
    whole = cash_flows(plan)
    with interpreted_by(Fractions()):
        exact = cash_flows(plan_of(terms))
    assert [(flow.day, flow.kind, flow.rate) for flow in whole] == [(f.day, f.kind, f.rate) for f in exact]
    assert flows_out_of_bounds(plan, whole, exact) == []


@given(terms=contracts())
def test_the_two_sides_mirror_each_other(terms: Contract) -> None:
    # Given any contract, then what one side receives the other pays, and all principal comes back, to a unit.
    lender = cash_flows(plan_of(replace(terms, role=Role.LENDER)))
    borrower = cash_flows(plan_of(replace(terms, role=Role.BORROWER)))
    assert [mirrored(flow) for flow in borrower] == list(lender)
    assert sum(flow.amount for flow in lender if flow.kind != FlowKind.INTEREST) == 0
    assert (lender[-1].kind, lender[-1].principal) == (FlowKind.MATURITY, 0)


def mirrored(flow: CashFlow) -> CashFlow:
    return replace(flow, amount=-flow.amount, principal=-flow.principal, accrued=-flow.accrued)


def test_a_premium_is_paid_out_too_and_a_discount_is_not() -> None:
    # Given a premium of 500, or as much of a discount, then that is paid out more, or less, and not owed.
    paid = [flows_of(contract(premium=premium))[0] for premium in (500, -500)]
    assert paid == [("EXCHANGE", 1, 1, -37_000, 36_500), ("EXCHANGE", 1, 1, -36_000, 36_500)]


def test_interest_of_a_loan_without_a_rate_is_paid_at_maturity() -> None:
    # Given interest that the exchange brings, and no rate, then maturity pays it, and leaves nothing.
    *_, last = cash_flows(plan_of(contract(rate=None, accrued=70)))
    assert last == CashFlow(on(2027, 7, 1), FlowKind.MATURITY, 36_570, 0, 0, 0)

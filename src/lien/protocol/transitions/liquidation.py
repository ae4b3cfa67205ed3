"""Chapter 9: default and liquidation (`lien.spec.liquidation`)."""

from dataclasses import replace

from lien.protocol.accrual import catch_up, with_stop_day
from lien.protocol.algebra import all_of, minimum
from lien.protocol.booking import book, book_payment, default_booked, loan_settled
from lien.protocol.calendar import day_of
from lien.protocol.health import collateral_value
from lien.protocol.ledger import deliver
from lien.protocol.margin import (
    compute_ahead,
    compute_debt,
    compute_margin_day,
    compute_margin_payment,
    compute_margin_top_up,
    compute_most_repaid,
    compute_seizure,
    is_above,
    is_liquidatable,
)
from lien.protocol.pauses import require_open
from lien.protocol.prices import require_price
from lien.protocol.rejection import require
from lien.protocol.state import Context, State
from lien.protocol.transitions.auction import start_auction, take
from lien.protocol.transitions.losses import recover, write_off
from lien.protocol.transitions.settlement import release
from lien.protocol.transitions.step import Step
from lien.protocol.waterfall import Payment, take_payment
from lien.spec.liquidation import DeclareDefault, Liquidate, Liquidated, MarginCall, MarginCalled
from lien.spec.reasons import Reason
from lien.spec.types import ACCRUING, LIVE, LoanStatus, Scope
from lien.spec.units import MARGIN_CALL_DAYS

__all__ = ["declare_default", "liquidate", "margin_call", "recover", "start_auction", "take", "write_off"]


def declare_default(state: State, call: DeclareDefault, context: Context) -> Step:
    """Book the default that the dates say (LIQUIDATION-2, LIQUIDATION-4, LIQUIDATION-5)."""
    require(state.loans.contains(call.loan), Reason.UNKNOWN_LOAN)
    loan = state.loans.get(call.loan)
    require(loan.status in LIVE, Reason.NOT_LIVE)
    require(loan.status in ACCRUING, Reason.DEFAULT_ALREADY_BOOKED)
    defaulted = catch_up(loan, day_of(context.timestamp))
    require(defaulted.status == LoanStatus.DEFAULTED, Reason.NOT_IN_DEFAULT)

    after = book(state, call.loan, state.facilities.get(loan.facility), defaulted)
    return Step(after, default_booked(state, call.loan, defaulted))


def margin_call(state: State, call: MarginCall, context: Context) -> Step:
    """Fix what cures a debt above its margin call limit, and by when (LIQUIDATION-6 to -8)."""
    require(state.loans.contains(call.loan), Reason.UNKNOWN_LOAN)
    loan = state.loans.get(call.loan)
    require(loan.status in LIVE, Reason.NOT_LIVE)
    terms, facility, today = loan.terms, state.facilities.get(loan.facility), day_of(context.timestamp)
    require(terms.collateral_amount > 0, Reason.UNSECURED)
    require_open(state, Scope.LIQUIDATION, context.timestamp)
    caught_up = catch_up(loan, today)
    require(caught_up.status in ACCRUING, Reason.LOAN_IN_DEFAULT)
    require(caught_up.margin_day == 0, Reason.MARGIN_CALL_OPEN)
    price = require_price(state, terms.collateral_asset, facility.asset, context.timestamp)
    limit = terms.margin_call_limit
    require(is_above(caught_up, limit, price), Reason.WITHIN_MARGIN_CALL_LIMIT)

    debt, collateral = compute_debt(caught_up), caught_up.collateral
    called = replace(
        caught_up,
        margin_day=compute_margin_day(today, MARGIN_CALL_DAYS),
        margin_payment=compute_margin_payment(limit, debt, collateral_value(price, collateral)),
        margin_top_up=compute_margin_top_up(limit, debt, price, collateral),
    )
    after = book(state, call.loan, facility, with_stop_day(called))
    event = MarginCalled(call.loan, price, called.margin_payment, called.margin_top_up, called.margin_day)
    return Step(after, (event,))


def liquidate(state: State, call: Liquidate, context: Context) -> Step:
    """Repay a part of a debt for a part of its collateral (LIQUIDATION-9 to -12)."""
    require(state.loans.contains(call.loan), Reason.UNKNOWN_LOAN)
    require(call.amount > 0, Reason.ZERO_AMOUNT)
    loan = state.loans.get(call.loan)
    require(loan.status in LIVE, Reason.NOT_LIVE)
    require(loan.status != LoanStatus.AUCTION, Reason.IN_AUCTION)
    terms, asset = loan.terms, state.facilities.get(loan.facility).asset
    require(terms.collateral_amount > 0, Reason.UNSECURED)
    require(context.sender != loan.borrower, Reason.OWN_LOAN)
    require_open(state, Scope.LIQUIDATION, context.timestamp)
    price = require_price(state, terms.collateral_asset, asset, context.timestamp)
    caught_up = catch_up(loan, day_of(context.timestamp))
    require(is_liquidatable(caught_up, price), Reason.NOT_LIQUIDATABLE)
    debt = compute_debt(caught_up)
    amount = minimum(call.amount, compute_most_repaid(caught_up, debt))
    payment, repaid = take_payment(caught_up, amount, compute_ahead(caught_up, amount), 0)
    seized = compute_seizure(loan.collateral, debt, payment.taken, price, terms.liquidation_bonus)
    is_enough = all_of(seized > 0, seized >= call.minimum_collateral)
    require(is_enough, Reason.SEIZURE_TOO_SMALL, seized=seized, least=call.minimum_collateral)

    left = replace(caught_up, collateral=loan.collateral - seized)
    settles = repaid.status == LoanStatus.SETTLED
    after = repaid if settles else replace(repaid, collateral=left.collateral)
    paid, share = book_payment(state, call.loan, context.sender, payment.taken, after)
    ledger = deliver(paid.ledger, terms.collateral_asset, context.sender, seized)
    if settles:
        ledger = release(ledger, left)
    liquidated = Liquidated(
        loan=call.loan,
        liquidator=context.sender,
        price=price,
        collateral=seized,
        treasury_share=share,
        status=after.status,
        **parts_of(payment),
    )
    defaulted = default_booked(state, call.loan, caught_up)
    settled = loan_settled(state, call.loan, left, after)
    return Step(replace(paid, ledger=ledger), (*defaulted, liquidated, *settled))


def parts_of(payment: Payment) -> dict[str, int]:
    """Return what a payment without fee was taken for, by name."""
    return {
        "overdue_interest": payment.overdue_interest,
        "overdue_principal": payment.overdue_principal,
        "accrued_interest": payment.accrued_interest,
        "instalment": payment.instalment,
        "coming_interest": payment.coming_interest,
        "default_interest": payment.default_interest,
        "late_fees": payment.late_fees,
        "principal_ahead": payment.principal_ahead,
    }

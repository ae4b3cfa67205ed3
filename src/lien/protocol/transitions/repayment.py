"""Chapter 8: repayment (`lien.spec.repayment`)."""

from dataclasses import replace

from lien.protocol.accrual import catch_up, with_stop_day
from lien.protocol.booking import book, book_payment, default_booked, loan_settled
from lien.protocol.calendar import day_of
from lien.protocol.ledger import collect
from lien.protocol.rejection import require
from lien.protocol.state import Context, Loan, State
from lien.protocol.transitions.impairment import impair, lift_impairment
from lien.protocol.transitions.restructuring import restructure
from lien.protocol.transitions.settlement import release
from lien.protocol.transitions.step import Step
from lien.protocol.waterfall import Payment, cure_margin, take_payment
from lien.spec.reasons import Reason
from lien.spec.repayment import CollateralToppedUp, Repaid, Repay, TopUpCollateral
from lien.spec.types import LIVE, LoanStatus
from lien.spec.units import MAXIMUM_AMOUNT

__all__ = ["impair", "lift_impairment", "repay", "restructure", "top_up_collateral"]


def repay(state: State, call: Repay, context: Context) -> Step:
    """Take a payment in order, and settle the loan when it covers everything (REPAYMENT-1 to -7)."""
    require(state.loans.contains(call.loan), Reason.UNKNOWN_LOAN)
    require(call.amount > 0, Reason.ZERO_AMOUNT)
    loan = state.loans.get(call.loan)
    require(loan.status in LIVE, Reason.NOT_LIVE)
    reference = (context.sender, call.loan, call.reference)
    require(state.references.get(reference) == 0, Reason.DUPLICATE_REFERENCE)
    caught_up = catch_up(loan, day_of(context.timestamp))
    payment, after = take_payment(caught_up, call.amount, call.principal_ahead, 1)
    paid, share = book_payment(state, call.loan, context.sender, payment.taken, after)
    next_state = replace(paid, references=state.references.set(reference, 1))
    if after.status == LoanStatus.SETTLED:
        next_state = replace(next_state, ledger=release(paid.ledger, caught_up))

    repaid = record_payment(call, context, payment, share, after)
    defaulted = default_booked(state, call.loan, caught_up)
    settled = loan_settled(state, call.loan, caught_up, after)
    return Step(next_state, (*defaulted, repaid, *settled))


def record_payment(call: Repay, context: Context, payment: Payment, share: int, after: Loan) -> Repaid:
    """Return the event of a payment."""
    return Repaid(
        loan=call.loan,
        payer=context.sender,
        reference=call.reference,
        overdue_interest=payment.overdue_interest,
        overdue_principal=payment.overdue_principal,
        accrued_interest=payment.accrued_interest,
        instalment=payment.instalment,
        coming_interest=payment.coming_interest,
        default_interest=payment.default_interest,
        late_fees=payment.late_fees,
        principal_ahead=payment.principal_ahead,
        prepayment_fee=payment.prepayment_fee,
        treasury_share=share,
        status=after.status,
    )


def top_up_collateral(state: State, call: TopUpCollateral, context: Context) -> Step:
    """Take collateral into the escrow of a live loan (REPAYMENT-11, REPAYMENT-12)."""
    require(state.loans.contains(call.loan), Reason.UNKNOWN_LOAN)
    require(call.amount > 0, Reason.ZERO_AMOUNT)
    loan = state.loans.get(call.loan)
    require(loan.status in LIVE, Reason.NOT_LIVE)
    require(loan.status != LoanStatus.AUCTION, Reason.IN_AUCTION)
    require(loan.terms.collateral_amount > 0, Reason.UNSECURED)
    collateral = loan.collateral + call.amount
    require(collateral <= MAXIMUM_AMOUNT, Reason.COLLATERAL_FULL)
    ledger = collect(state.ledger, loan.terms.collateral_asset, context.sender, call.amount)

    caught_up = catch_up(loan, day_of(context.timestamp))
    secured = with_stop_day(replace(cure_margin(caught_up, 0, call.amount), collateral=collateral))
    facility = state.facilities.get(loan.facility)
    after = book(replace(state, ledger=ledger), call.loan, facility, secured)
    event = CollateralToppedUp(call.loan, context.sender, call.amount, secured.status)
    return Step(after, (*default_booked(state, call.loan, caught_up), event))

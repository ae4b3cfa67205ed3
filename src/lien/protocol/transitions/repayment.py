"""Chapter 8: repayment (`lien.spec.repayment`)."""

from dataclasses import replace

from lien.protocol.accrual import catch_up
from lien.protocol.booking import book_payment
from lien.protocol.calendar import day_of
from lien.protocol.rejection import require
from lien.protocol.state import Context, Loan, State
from lien.protocol.transitions.restructuring import restructure
from lien.protocol.transitions.settlement import release
from lien.protocol.transitions.step import Step
from lien.protocol.waterfall import Payment, take_payment
from lien.spec.reasons import Reason
from lien.spec.repayment import Repaid, Repay
from lien.spec.settlement import LoanSettled
from lien.spec.types import LIVE, LoanStatus

__all__ = ["repay", "restructure"]


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
    settles = after.status == LoanStatus.SETTLED
    if settles:
        next_state = replace(next_state, ledger=release(paid.ledger, caught_up))

    repaid = record_payment(call, context, payment, share, after)
    settled = (LoanSettled(call.loan, caught_up.collateral),) if settles else ()
    return Step(next_state, (repaid, *settled))


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

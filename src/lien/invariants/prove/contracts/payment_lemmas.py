"""Say what leads to the promises of a payment, above all that what is due falls by what is paid."""

from __future__ import annotations

from lien.invariants.prove.contracts.base import Facts
from lien.invariants.prove.contracts.payment_promises import promise_payment
from lien.protocol.accrual import compute_elapsed, compute_interest_to_due_date
from lien.protocol.algebra import all_of, choose, implies, maximum, minimum, negate
from lien.protocol.arithmetic import quotient_up
from lien.protocol.calendar import due_day
from lien.protocol.state import Loan
from lien.protocol.waterfall import Payment, compute_due, compute_payoff
from lien.spec.types import LoanStatus
from lien.spec.units import UNIT

AFTER_LEMMAS = (
    "a credit is for principal that is paid ahead",
    "never less than nothing",
    "what is due falls by what is paid",
    "no default comes earlier",
)


def fees_of(payment: Payment) -> tuple[int, ...]:
    """Return what a payment is taken for beside contract interest and principal."""
    return payment.default_interest, payment.late_fees, payment.prepayment_fee


def lemmas_of_payment(
    loan: Loan, amount: int, wanted_ahead: int, bears_fee: int, payment: Payment, after: Loan
) -> Facts:
    """Say what leads to three of the promises, above all that what is due falls by what is paid."""
    promised = promise_payment(loan, amount, wanted_ahead, bears_fee, payment, after)
    terms, payoff, left_over = loan.terms, compute_payoff(loan, bears_fee), compute_payoff(after)
    rest, new_rest = payoff.principal_ahead, left_over.principal_ahead
    paid, due, new_due = (
        payoff.overdue_interest + payoff.accrued_interest,
        compute_due(loan),
        compute_due(after),
    )
    left = compute_elapsed(loan, due_day(terms, loan.period))
    wanted = minimum(wanted_ahead, maximum(rest - terms.minimum_principal, 0))
    whole, less, new = (compute_interest_to_due_date(loan, part) for part in (rest, rest - wanted, new_rest))
    is_open, in_time = payoff.instalment >= loan.instalment, all_of(left >= 0, loan.period < terms.periods)
    coming, reduced = (
        quotient_up(loan.interest - paid * UNIT + choose(is_open, part, 0), UNIT) for part in (whole, less)
    )
    is_left = negate(after.status == LoanStatus.SETTLED)
    is_due, is_last = all_of(is_left, amount < due), all_of(is_left, rest == 0)
    is_paid = all_of(is_left, rest > 0, amount >= due)
    fees = (*fees_of(payment), *fees_of(payoff))
    return {
        "fees are not negative": all_of(*(fee >= 0 for fee in fees)),
        "what is not due falls by what is paid ahead": implies(
            is_left, new_rest == rest - payment.principal_ahead
        ),
        "interest to the due date is at most the principal": implies(in_time, whole <= rest * UNIT),
        "a credit is at most the principal": implies(
            rest > 0, quotient_up(minimum(loan.interest, 0), UNIT) + rest >= 0
        ),
        "a payoff covers what is due": due <= payoff.taken,
        "interest is rounded once": implies(
            in_time,
            paid + maximum(coming, 0)
            == quotient_up(maximum(loan.interest + choose(is_open, whole, 0), 0), UNIT),
        ),
        "paying ahead saves no more interest than it pays": implies(in_time, whole - less <= wanted * UNIT),
        "paying ahead saves no more than it pays": implies(in_time, coming <= reduced + wanted),
        "nothing is paid ahead while something is due": implies(is_due, payment.principal_ahead == 0),
        "all is taken while something is due": implies(is_due, payment.taken == amount),
        "interest to the due date is kept": implies(all_of(is_due, in_time), new == whole),
        **{
            f"where all is due, {name} falls by what is paid": implies(
                is_last, getattr(left_over, name) == getattr(payoff, name) - getattr(payment, name)
            )
            for name in ("overdue_interest", "accrued_interest", "default_interest", "late_fees")
        },
        "where all is due, no credit is used": implies(
            is_last,
            all_of(payment.coming_interest == 0, left_over.coming_interest == payoff.coming_interest),
        ),
        "where all is due, the payoff falls": implies(is_last, new_due == due - amount),
        "where something is due, it falls": implies(all_of(is_due, rest > 0), new_due == due - amount),
        "what pays all that is due leaves no principal of it": implies(
            is_paid, all_of(left_over.overdue_principal == 0, left_over.instalment == 0)
        ),
        "what pays all that is due leaves no interest": implies(
            is_paid, all_of(after.interest <= 0, after.interest + choose(is_open, new, 0) <= 0)
        ),
        "what pays all that is due leaves nothing due": implies(is_paid, new_due == 0),
        **{label: promised[label] for label in AFTER_LEMMAS},
    }

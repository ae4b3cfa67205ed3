"""Say what taking a payment promises."""

from __future__ import annotations

from dataclasses import fields

from lien.invariants.properties.base import is_one_of
from lien.invariants.properties.observing import debt
from lien.invariants.prove.contracts.base import Facts
from lien.protocol.accrual import compute_elapsed, compute_interest_to_due_date
from lien.protocol.algebra import all_of, choose, equivalent, implies, maximum, negate, scale
from lien.protocol.arithmetic import quotient_up
from lien.protocol.calendar import due_day
from lien.protocol.state import Loan
from lien.protocol.waterfall import Payment, compute_due, compute_payoff
from lien.spec.types import ACCRUING, IN_DEFAULT, LoanStatus
from lien.spec.units import UNIT


def promise_payment(  # what was given, and what came of it
    loan: Loan, amount: int, _: int, bears_fee: int, payment: Payment, after: Loan
) -> Facts:
    """Say what taking a payment does, beside keeping every property of a loan."""
    payoff = compute_payoff(loan, bears_fee)
    is_settled = after.status == LoanStatus.SETTLED
    rounded_up = payment.interest * UNIT - loan.interest
    parts = (getattr(payment, item.name) for item in fields(Payment) if item.name != "coming_interest")
    return {
        "parts are not negative": all_of(*(part >= 0 for part in parts)),
        "what bears a fee is paid ahead": payment.fee_base <= payment.principal_ahead,
        "a credit is for principal that is paid ahead": implies(
            negate(is_settled), payment.coming_interest + payment.principal_ahead >= 0
        ),
        "a payment that bears no fee pays none": implies(
            bears_fee == 0, all_of(payment.fee_base == 0, payment.prepayment_fee == 0)
        ),
        "never less than nothing": payment.taken >= 0,
        "never more than offered": payment.taken <= amount,
        "never more than owed": payment.taken <= payoff.taken,
        "interest is at most what is taken": payment.interest <= payment.taken,
        "settled exactly when covered": all_of(
            equivalent(is_settled, amount >= payoff.taken),
            equivalent(is_settled, after.principal == 0),
            implies(is_settled, payment.taken == payoff.taken),
        ),
        "interest is moved exactly": all_of(
            implies(is_settled, all_of(rounded_up >= 0, rounded_up < UNIT)),
            implies(is_one_of(loan.status, IN_DEFAULT), payment.interest >= -1),
            implies(negate(is_settled), after.interest == loan.interest - payment.interest * UNIT),
        ),
        "debt falls by what was taken": debt(loan) - debt(after) == payment.taken - payment.prepayment_fee,
        "without a fee, less than the debt unless it settles": implies(
            bears_fee == 0, equivalent(is_settled, payment.taken >= debt(loan))
        ),
        "what it was taken for is counted": all_of(
            after.collateral == choose(is_settled, 0, loan.collateral),
            after.principal == loan.principal - payment.principal,
            after.prepaid == loan.prepaid + payment.fee_base,
            after.prepayment_fees == loan.prepayment_fees + payment.prepayment_fee,
            after.interest_paid == loan.interest_paid + payment.interest,
            after.since == loan.since,
            after.period == loan.period,
        ),
        "principal is left": implies(
            all_of(negate(is_settled), payment.principal_ahead > 0),
            after.principal >= loan.terms.minimum_principal,
        ),
        "no default comes earlier": implies(
            all_of(is_one_of(loan.status, ACCRUING), negate(is_settled)), after.stop_day >= loan.stop_day
        ),
        "an instalment that is paid early is met": is_met_early(loan, amount, payoff, after),
        "what is due falls by what is paid": all_of(
            implies(is_settled, compute_due(loan) <= amount),
            implies(negate(is_settled), compute_due(after) == maximum(compute_due(loan) - amount, 0)),
        ),
    }


def is_met_early(loan: Loan, amount: int, payoff: Payment, after: Loan) -> bool:
    """Return whether an amount that covers the open instalment, and its interest to the due date, meets it.

    Then no principal is left of it, and the interest up to the due date brings the numerator to zero at most.
    """
    terms, rest = loan.terms, payoff.principal_ahead
    left = compute_elapsed(loan, due_day(terms, loan.period))
    paid = payoff.overdue_interest + payoff.accrued_interest
    coming = quotient_up(loan.interest - paid * UNIT + compute_interest_to_due_date(loan, rest), UNIT)
    covers = paid + payoff.overdue_principal + payoff.instalment + maximum(coming, 0)
    is_paid = all_of(
        is_one_of(loan.status, ACCRUING),
        negate(after.status == LoanStatus.SETTLED),
        loan.period < terms.periods,
        rest > 0,
        payoff.instalment == loan.instalment,
        amount >= covers,
    )
    is_met = all_of(
        after.instalment == 0,
        scale(left, terms.rate) <= UNIT,
        after.interest + compute_interest_to_due_date(loan, after.principal) <= 0,
    )
    return implies(is_paid, is_met)

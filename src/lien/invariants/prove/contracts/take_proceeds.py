"""Promise what taking the proceeds of collateral does."""

from __future__ import annotations

from dataclasses import fields

from lien.invariants.properties.observing import debt
from lien.invariants.prove.contracts.base import AUCTION, Contract, Facts
from lien.protocol.algebra import all_of, equivalent, implies, minimum, negate
from lien.protocol.state import Loan
from lien.protocol.waterfall import Payment, compute_payoff, take_proceeds
from lien.spec.repayment import Repay
from lien.spec.types import IN_DEFAULT, LoanStatus
from lien.spec.units import UNIT


def needs_of_proceeds(_: Loan, amount: int) -> Facts:
    """Say which amounts proceeds may have."""
    return {"the amount is not negative": amount >= 0}


def exact_proceeds(before: Loan, amount: int, payment: Payment, after: Loan) -> dict[str, int]:
    """Return what proceeds leave: nothing where they settle, else principal first, but for its last unit."""
    if after.status == LoanStatus.SETTLED:
        return dict.fromkeys(("principal", "interest", "collateral", "impairment", *AUCTION), 0)
    return {
        "principal": before.principal - minimum(amount, before.principal - 1),
        "interest": before.interest - payment.interest * UNIT,
        "impairment": minimum(before.impairment, after.principal),
        **{name: getattr(before, name) for name in AUCTION},
    }


def promise_proceeds(loan: Loan, amount: int, payment: Payment, after: Loan) -> Facts:
    """Say what taking proceeds does, beside keeping every property of a loan."""
    payoff = compute_payoff(loan, 0)
    is_settled = after.status == LoanStatus.SETTLED
    rounded_up = payment.interest * UNIT - loan.interest
    parts = (getattr(payment, item.name) for item in fields(Payment) if item.name != "coming_interest")
    return {
        "parts are not negative": all_of(*(part >= 0 for part in parts)),
        "what is offered is taken, up to what is owed": payment.taken == minimum(amount, payoff.taken),
        "what is owed is not negative": payoff.taken >= 0,
        "settled exactly when covered": equivalent(is_settled, amount >= payoff.taken),
        "interest is moved exactly": all_of(
            implies(is_settled, all_of(rounded_up >= 0, rounded_up < UNIT)),
            payment.interest >= -1,
            payment.interest <= payment.taken,
            implies(negate(is_settled), after.interest == loan.interest - payment.interest * UNIT),
        ),
        "debt falls by what was taken": payoff.taken - debt(after) == payment.taken,
        "what it was taken for is counted": all_of(
            after.principal == loan.principal - payment.principal,
            after.interest_paid == loan.interest_paid + payment.interest,
        ),
    }


TAKE_PROCEEDS = Contract(
    function=take_proceeds,
    arguments={"amount": Repay.__annotations__["amount"]},
    beside=Payment,
    statuses={status: (status, LoanStatus.SETTLED) for status in IN_DEFAULT},
    changed=(
        "principal",
        "overdue_principal",
        "interest",
        "overdue_interest",
        "default_interest",
        "late_fees",
        "interest_paid",
        "impairment",
        *AUCTION,
    ),
    needs=needs_of_proceeds,
    exact=exact_proceeds,
    promise=promise_proceeds,
)

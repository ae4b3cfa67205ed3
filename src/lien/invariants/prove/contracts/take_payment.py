"""Make the contract of taking a payment."""

from __future__ import annotations

from lien.invariants.prove.contracts.base import AUCTION, MARGIN, Contract, Facts
from lien.invariants.prove.contracts.payment_lemmas import lemmas_of_payment
from lien.invariants.prove.contracts.payment_promises import promise_payment
from lien.protocol.algebra import minimum
from lien.protocol.state import Loan
from lien.protocol.waterfall import Payment, take_payment
from lien.spec.repayment import Repay
from lien.spec.types import LoanStatus
from lien.spec.units import UNIT


def needs_of_payment(_: Loan, amount: int, __: int, ___: int) -> Facts:
    """Say which amounts a payment may have."""
    return {"the amount is positive": amount >= 1}


def exact_payment(  # what was given, and what came of it
    before: Loan, _: int, __: int, ___: int, payment: Payment, after: Loan
) -> dict[str, int]:
    """Return what a payment leaves of interest, and of collateral where it settles."""
    if after.status == LoanStatus.SETTLED:
        nothing = ("interest", "collateral", "stop_day", "impairment", *MARGIN, *AUCTION)
        return dict.fromkeys(nothing, 0)
    return {
        "interest": before.interest - payment.interest * UNIT,
        "impairment": minimum(before.impairment, after.principal),
        **{name: getattr(before, name) for name in AUCTION},
    }


TAKE_PAYMENT = Contract(
    function=take_payment,
    arguments={
        **{name: Repay.__annotations__[name] for name in ("amount", "principal_ahead")},
        "bears_fee": Loan.__dataclass_fields__["is_late"].type,
    },
    beside=Payment,
    statuses={
        LoanStatus.ACTIVE: (LoanStatus.ACTIVE, LoanStatus.SETTLED),
        LoanStatus.OVERDUE: (LoanStatus.ACTIVE, LoanStatus.OVERDUE, LoanStatus.SETTLED),
        LoanStatus.DEFAULTED: (LoanStatus.DEFAULTED, LoanStatus.SETTLED),
        LoanStatus.AUCTION: (LoanStatus.AUCTION, LoanStatus.SETTLED),
    },
    changed=(
        "principal",
        "overdue_principal",
        "instalment",
        "interest",
        "overdue_interest",
        "default_interest",
        "late_fees",
        "prepaid",
        "prepayment_fees",
        "interest_paid",
        "stop_day",
        "impairment",
        *MARGIN,
        *AUCTION,
    ),
    needs=needs_of_payment,
    exact=exact_payment,
    promise=promise_payment,
    lemmas=lemmas_of_payment,
)

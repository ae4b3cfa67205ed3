"""Promise what accrual does."""

from __future__ import annotations

from lien.invariants.prove.contracts.base import Contract, Facts, needs_of_day
from lien.protocol.accrual import accrue, compute_elapsed, compute_interest_to_due_date
from lien.protocol.algebra import all_of, implies, negate, scale
from lien.protocol.calendar import due_day
from lien.protocol.state import Loan
from lien.spec.types import LIVE
from lien.spec.units import UNIT


def exact_accrual(before: Loan, day: int, _: None, __: Loan) -> dict[str, int]:
    """Return the interest numerator, which is the whole of what accrual has to give exactly."""
    contract = before.principal * before.terms.rate * compute_elapsed(before, day)
    return {"since": day, "interest": before.interest + contract}


def promise_accrual(before: Loan, day: int, __: None, after: Loan) -> Facts:
    """Say that accrual takes nothing back, leaves room under the usury cap, and brings what was to come."""
    due = due_day(before.terms, before.period)
    is_limited = scale(compute_elapsed(before, due), before.terms.rate) > UNIT
    coming, left = (compute_interest_to_due_date(loan, before.principal) for loan in (before, after))
    return {
        "up to the due date, what was to come comes": implies(
            all_of(day <= due, negate(is_limited)), after.interest + left == before.interest + coming
        ),
        "nothing falls": all_of(
            after.interest >= before.interest,
            after.default_interest >= before.default_interest,
            after.usury_room >= before.usury_room,
        ),
    }


ACCRUE = Contract(
    function=accrue,
    arguments={"day": Loan.__dataclass_fields__["since"].type},
    beside=None,
    statuses={status: (status,) for status in LIVE},
    changed=("since", "interest", "default_interest", "usury_room"),
    needs=needs_of_day,
    exact=exact_accrual,
    promise=promise_accrual,
    keeps=("LOAN-TERMS", "LOAN-PRINCIPAL", "LOAN-USURY", "LOAN-CHARGES", "LOAN-INTEREST-PAID"),
)

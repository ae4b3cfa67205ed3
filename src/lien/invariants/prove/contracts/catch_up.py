"""Promise what catching up does: all due dates up to a day pass, and a default comes on its day."""

from __future__ import annotations

from lien.invariants.properties.base import is_one_of
from lien.invariants.prove.contracts.base import MARGIN, Contract, Facts, needs_of_day
from lien.protocol.accrual import accrue, catch_up, compute_elapsed
from lien.protocol.algebra import all_of, equivalent, implies, maximum, minimum, scale
from lien.protocol.arithmetic import multiply_divide_up
from lien.protocol.calendar import due_day
from lien.protocol.state import Loan
from lien.spec.types import ACCRUING, LoanStatus
from lien.spec.units import UNIT, WAD


def exact_catch_up(before: Loan, day: int, _: None, after: Loan) -> dict[str, int]:
    """Return what accrual gives to the numerator, whatever falls due, and what only a default changes."""
    if before.status in ACCRUING and after.status == LoanStatus.DEFAULTED:
        loss = multiply_divide_up(after.principal, before.impairment_ratio, WAD)
        expected = minimum(maximum(before.impairment, loss), after.principal)
        marks = {"is_late": 1, "has_defaulted": 1, "default_day": before.stop_day, "stop_day": 0}
        return {"since": day, **marks, **dict.fromkeys(MARGIN, 0), "impairment": expected}
    kept = ("principal", "interest_paid", "has_defaulted", "default_day", "stop_day", "impairment", *MARGIN)
    return {
        "since": day,
        "interest": accrue(before, day).interest,
        **{name: getattr(before, name) for name in kept},
    }


def promise_catch_up(before: Loan, day: int, _: None, after: Loan) -> Facts:
    """Say what catching up does, beside keeping every property of a loan and accruing exactly."""
    return {
        "nothing is due before today": implies(
            after.status == LoanStatus.ACTIVE, day <= due_day(after.terms, after.period)
        ),
        "what is owed grows": all_of(
            after.interest >= before.interest,
            after.default_interest >= before.default_interest,
            after.late_fees >= before.late_fees,
            after.period >= before.period,
            after.is_late >= before.is_late,
        ),
        "default comes exactly on the stop day": equivalent(
            is_new_default(before, after),
            all_of(is_one_of(before.status, ACCRUING), day >= before.stop_day),
        ),
        "interest paid ahead turns into principal": all_of(
            before.principal >= after.principal,
            before.principal - after.principal == before.interest_paid - after.interest_paid,
        ),
    }


def is_new_default(before: Loan, after: Loan) -> bool:
    """Return whether catching up brought the default."""
    return all_of(is_one_of(before.status, ACCRUING), after.status == LoanStatus.DEFAULTED)


def lemmas_of_catch_up(before: Loan, _: int, __: None, after: Loan) -> Facts:
    """Say why no credit for interest paid ahead is too great: no period brings more than its principal."""
    facts: Facts = {}
    for when, loan in (("before", before), ("after", after)):
        left = compute_elapsed(loan, due_day(loan.terms, loan.period))
        is_open = all_of(is_one_of(loan.status, ACCRUING), loan.period < loan.terms.periods)
        facts[f"no period brings more than its principal, {when}"] = implies(
            is_open, scale(left, loan.terms.rate) <= UNIT
        )
    return facts


CATCH_UP = Contract(
    function=catch_up,
    arguments={"day": Loan.__dataclass_fields__["since"].type},
    beside=None,
    statuses={
        LoanStatus.ACTIVE: (LoanStatus.ACTIVE, LoanStatus.OVERDUE, LoanStatus.DEFAULTED),
        LoanStatus.OVERDUE: (LoanStatus.OVERDUE, LoanStatus.DEFAULTED),
        LoanStatus.DEFAULTED: (LoanStatus.DEFAULTED,),
        LoanStatus.AUCTION: (LoanStatus.AUCTION,),
    },
    changed=(
        "since",
        "period",
        "principal",
        "interest_paid",
        "is_late",
        "has_defaulted",
        "default_day",
        "stop_day",
        "impairment",
        *MARGIN,
        "interest",
        "overdue_interest",
        "default_interest",
        "overdue_principal",
        "instalment",
        "usury_room",
        "late_fees",
    ),
    needs=needs_of_day,
    exact=exact_catch_up,
    promise=promise_catch_up,
    lemmas=lemmas_of_catch_up,
)

"""Say which calls on a loan are explored after which scenes: each call meets each status of each kind."""

from __future__ import annotations

from collections.abc import Iterator

from lien.protocol.calendar import day_of, due_day
from lien.protocol.state import Loan
from lien.spec.agreement import Accept, Cancel, Countersign
from lien.spec.call import Call
from lien.spec.disbursement import Disburse
from lien.spec.liquidation import DeclareDefault
from lien.spec.repayment import Repay
from lien.spec.types import LIVE, LoanStatus, RepaymentKind
from lien.vectors.search.target import Target
from lien.vectors.stories.terms import DEADLINE, slug
from lien.vectors.story import Scene

SOME_DOLLARS = 100 * 10**6
REFERENCE = 77  # of a payment; the stories use small ones
NATURAL_STATUSES: dict[type[Call], tuple[LoanStatus, ...]] = {
    Accept: (LoanStatus.OFFERED,),
    Countersign: (LoanStatus.ACCEPTED,),
    Cancel: (LoanStatus.OFFERED, LoanStatus.ACCEPTED, LoanStatus.AGREED),
    Disburse: (LoanStatus.AGREED,),
    Repay: LIVE,
    DeclareDefault: LIVE,
}

# Where limits, terms and shared accounts are met too; after all other scenes only the paths are followed.
FULL: dict[type[Call], tuple[str, ...]] = {
    Accept: ("offered-bullet",),
    Countersign: ("accepted-bullet",),
    Cancel: ("offered-bullet", "accepted-interest-only", "agreed-annuity"),
    Disburse: ("agreed-balloon", "priced-bullet", "priced-annuity"),
    Repay: (
        "active-bullet",
        "active-interest-only",
        "active-equal-principal",
        "active-annuity",
        "overdue-bullet",
        "overdue-equal-principal",
        "overdue-annuity",
        "defaulted-annuity",
        "met-annuity",
        "last-equal-principal",
        "matured-interest-only",
        "prepaid-ahead",
        "active-capped",
        "active-slow",
    ),
    DeclareDefault: ("active-bullet", "active-annuity", "overdue-equal-principal"),
}

# The scenes, of each repayment kind, after which every call is explored, and those after which two calls are.
PLAIN = ("offered", "accepted", "agreed", "cancelled", "active", "overdue", "defaulted", "settled")
WHILE_LIVE: tuple[type[Call], ...] = (Repay, DeclareDefault)

# What is worth exploring after a special scene.
SPECIAL: dict[str, tuple[type[Call], ...]] = {
    "met-interest-only": WHILE_LIVE,
    "met-annuity": WHILE_LIVE,
    "last-equal-principal": WHILE_LIVE,
    "last-annuity": WHILE_LIVE,
    "matured-interest-only": WHILE_LIVE,
    "matured-annuity": WHILE_LIVE,
    "accepted-strict": (Cancel,),
    "agreed-strict": (Disburse,),
    "active-strict": (Repay,),
    "offered-to-treasury": (Accept,),
    "agreed-to-treasury": (Disburse, Cancel),
    "active-to-treasury": (Repay,),
    "agreed-to-lender": (Disburse,),
    "active-to-lender": (Repay,),
    "agreed-in-kind": (Disburse, Cancel),
    "active-in-kind": (Repay,),
    "active-slow": (Repay,),
    "active-capped": (Repay,),
    "active-no-grace": WHILE_LIVE,
    "active-free": WHILE_LIVE,
    "prepaid-ahead": (Repay,),
    "agreed-second": (Disburse,),
    "active-second": WHILE_LIVE,
    "agreed-exact-cash": (Disburse,),
    "agreed-short-cash": (Disburse,),
    "agreed-just-full": (Disburse,),
    "agreed-over-full": (Disburse,),
    "agreed-winding-down": (Disburse,),
    "priced-bullet": (Disburse,),
    "priced-annuity": (Disburse,),
    "agreed-thin": (Disburse,),
    "paused-offered-balloon": (Accept,),
    "paused-accepted-balloon": (Countersign,),
    "paused-agreed-balloon": (Disburse,),
    "lapsing-offered": (Accept,),
    "moved-offered": (Accept,),
    "frozen-offered": (Accept,),
    "revoked-offered": (Accept,),
    "other-offered": (Accept,),
    "lapsing-agreed": (Disburse,),
    "moved-agreed": (Disburse,),
    "frozen-agreed": (Disburse, Cancel),
    "revoked-agreed": (Disburse,),
    "other-agreed": (Disburse,),
    "offered-twice": (Accept,),
    "agreed-twice": (Disburse,),
}


def loan_targets(scene: Scene) -> Iterator[Target]:
    """Yield the target of each call that is worth exploring on the loan of a scene, the last one."""
    number = scene.state.loan_count
    if not number:
        return
    loan = scene.state.loans.get(number)
    is_plain = any(scene.name == f"{status}-{slug(kind)}" for kind in RepaymentKind for status in PLAIN)
    wanted = tuple(NATURAL_STATUSES) if is_plain else SPECIAL.get(scene.name, ())
    for call, sender in natural_calls(number):
        if type(call) in wanted:
            is_natural = loan.status in NATURAL_STATUSES[type(call)]
            yield Target(
                f"{call.call_name()}/{scene.name}",
                scene,
                call,
                sender,
                landmarks(scene, loan, call),
                only_paths=scene.name not in FULL[type(call)],
                fixed=frozenset() if is_natural else frozenset({"loan"}),
            )


def natural_calls(number: int) -> tuple[tuple[Call, str], ...]:
    """Return the natural call of each kind on a loan, and who sends it."""
    return (
        (Accept(loan=number, deadline=DEADLINE, signature=b""), "borrower"),
        (Countersign(loan=number, deadline=DEADLINE, signature=b""), "servicer"),
        (Cancel(loan=number), "servicer"),
        (Disburse(loan=number), "servicer"),
        (Repay(loan=number, amount=SOME_DOLLARS, principal_ahead=0, reference=REFERENCE), "borrower"),
        (DeclareDefault(loan=number), "stranger"),
    )


def landmarks(scene: Scene, loan: Loan, call: Call) -> tuple[int, ...]:
    """Return the days, from the scene's on, on which something changes for a loan; the most natural first."""
    terms, today = loan.terms, day_of(scene.state.timestamp)
    natural = today + 1
    if isinstance(call, Disburse):
        natural = max(terms.window_start_day, today)
    if isinstance(call, DeclareDefault) and loan.status in LIVE:
        natural = due_day(terms, loan.period) + terms.grace_days + 1
    found = [natural, today]
    if loan.status in LIVE:
        for period in range(max(loan.period - 1, 0), min(loan.period + 2, terms.periods)):
            due = due_day(terms, period)
            found += [due, due + 1, due + terms.grace_days, due + terms.grace_days + 1]
            found += [due - terms.open_days - 1, due - terms.open_days]
    else:
        found += [terms.window_start_day - 1, terms.window_start_day]
        found += [terms.window_end_day, terms.window_end_day + 1]
    return tuple(dict.fromkeys(day for day in found if day >= today))

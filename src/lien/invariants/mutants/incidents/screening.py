"""Mistakes in screening."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        "A-054",
        "What a borrower may owe of a facility is compared without the loan that is drawn.",
        "protocol/screening.py",
        "require(owed + amount <= limit, Reason",
        "require(owed <= limit, Reason",
        ("disburse", "AGREED"),
        "CONCENTRATION",
    ),
    Mutant(
        "A-148",
        ("The concentration limit was compared with each loan alone, and not with all that a person owes."),
        "protocol/screening.py",
        "require(owed + amount <= limit, Reason.CONCENTRATION_EXCEEDED, owed=owed, limit=limit)",
        "require(amount <= limit, Reason.CONCENTRATION_EXCEEDED, owed=owed, limit=limit)",
        ("apply",),
        "REJECT-APPLY",
    ),
]

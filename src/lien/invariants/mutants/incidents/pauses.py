"""Mistakes in pauses."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        "A-058",
        "The grace after a pause ends at its length, as a time since 1970, and so at once.",
        "protocol/pauses.py",
        "opens = now + LIQUIDATION_GRACE",
        "opens = LIQUIDATION_GRACE",
        ("execute",),
        "LIQUIDATION-GRACE",
    ),
    Mutant(
        "A-118",
        ("Liquidation was open from the second in which its pause ended, with no time left to mend a loan."),
        "protocol/pauses.py",
        "opens = now + LIQUIDATION_GRACE",
        "opens = now",
        ("execute",),
        "LIQUIDATION-GRACE",
    ),
]

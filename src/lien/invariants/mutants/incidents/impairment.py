"""Mistakes in impairment."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        "A-170",
        "Lifting an impairment puts the day of default off, though nothing was paid.",
        "protocol/transitions/impairment.py",
        "replace(caught_up, impairment=0))",
        "replace(caught_up, impairment=0, stop_day=caught_up.stop_day + 1))",
        ("lift_impairment", "OVERDUE"),
        "IMPAIR-EXACT",
    ),
]

"""Mistakes in identity."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        "A-151",
        (
            "Whether a person was known was read from the account that they have now, so that one without "
            "an account began anew."
        ),
        "protocol/transitions/identity.py",
        "is_new = known == 0",
        "is_new = holder == 0",
        ("attest_identity",),
        "NUMBERS-CONSECUTIVE",
    ),
]

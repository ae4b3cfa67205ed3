"""Mistakes in effects."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        "A-119",
        "A floor that the council set for new facilities was also the fee of those that were open.",
        "protocol/effects.py",
        "        concentration_limit=action.concentration_limit,\n    )\n    after = replace(",
        (
            "        concentration_limit=action.concentration_limit,\n"
            "        interest_fee=state.interest_fee_floor,\n"
            "    )\n    after = replace("
        ),
        ("execute",),
        "EXECUTE-POLICY",
    ),
]

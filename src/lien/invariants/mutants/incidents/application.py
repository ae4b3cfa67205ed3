"""Mistakes in application."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        "A-014",
        "An application names a product that does not exist, so that its terms are all zero.",
        "protocol/transitions/application.py",
        "    require(state.products.contains(call.product), Reason.UNKNOWN_PRODUCT)\n",
        "",
        ("apply",),
        "APPLICATION-PARTIES",
    ),
    Mutant(
        "A-104",
        "A servicer could borrow from their own facility, and so stand on both sides of a loan.",
        "protocol/transitions/application.py",
        "    require(context.sender != facility.servicer, Reason.BORROWER_NOT_ALLOWED)\n",
        "",
        ("apply",),
        "APPLY-ELIGIBLE",
    ),
]

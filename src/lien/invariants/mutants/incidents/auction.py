"""Mistakes in auction."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        "A-122",
        "Who bought a part of an auction's lot got a unit less than they had paid for.",
        "protocol/auction.py",
        "return multiply_divide_down(price, lot.collateral, lot.ask)",
        "return maximum(multiply_divide_down(price, lot.collateral, lot.ask) - 1, 0)",
        ("relations", "", "AUCTION-PART-WHOLE"),
        "AUCTION-PART-WHOLE",
    ),
]

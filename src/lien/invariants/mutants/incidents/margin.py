"""Mistakes in margin."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        "A-040",
        "The share of the collateral that is seized for a small payment is rounded up.",
        "protocol/margin.py",
        "share = multiply_divide_down(repaid, collateral, debt)",
        "share = multiply_divide_up(repaid, collateral, debt)",
        ("relations", "", "SEIZURE-RATIO"),
        "SEIZURE-RATIO",
    ),
    Mutant(
        "A-112",
        "The bonus of a liquidation was reckoned on the whole debt, and not on what was repaid.",
        "protocol/margin.py",
        "with_bonus = multiply_divide_down(repaid, WAD + bonus, WAD)",
        "with_bonus = multiply_divide_down(debt, WAD + bonus, WAD)",
        ("relations", "", "SEIZURE-BONUS"),
        "SEIZURE-BONUS",
    ),
    Mutant(
        "A-126",
        "Who repaid a part of a debt got that part of the collateral, however much more it was worth.",
        "protocol/margin.py",
        "return minimum(collateral, minimum(by_price, share))",
        "return minimum(collateral, maximum(by_price, share))",
        ("relations", "", "SEIZURE-BONUS"),
        "SEIZURE-BONUS",
    ),
    Mutant(
        "A-135",
        (
            "The collateral that is needed was reckoned with the scale of ratios and not that of prices, "
            "for many tokens to nothing."
        ),
        "protocol/margin.py",
        "return multiply_divide_up(value, PRICE_SCALE, price)",
        "return multiply_divide_up(value, WAD, price)",
        ("relations", "", "NEEDED-COLLATERAL-LEAST"),
        "NEEDED-COLLATERAL-LEAST",
    ),
]

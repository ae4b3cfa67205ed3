"""Mistakes in health."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        "I-014",
        "The value of collateral is divided by the wrong scale, and so is far too high.",
        "protocol/health.py",
        "    return multiply_divide_down(amount, price, PRICE_SCALE)\n",
        "    return multiply_divide_down(amount, price, WAD)\n",
        ("relations", "", "HEALTH-VALUE"),
        "HEALTH-VALUE",
    ),
    Mutant(
        "I-015",
        "A debt is compared in whole units with a limit that is still scaled.",
        "protocol/health.py",
        "    return debt <= multiply_divide_down(value, limit, WAD)\n",
        "    return debt <= value * limit\n",
        ("relations", "", "HEALTH-EXACT"),
        "HEALTH-EXACT",
    ),
    Mutant(
        "I-016",
        "A loan's health is checked at the price of the time of the last call, not of now.",
        "protocol/health.py",
        "    price = usable_price(state, terms.collateral_asset, asset, now)\n",
        "    price = usable_price(state, terms.collateral_asset, asset, state.timestamp)\n",
        ("disburse", "AGREED"),
        "HEALTHY-AT-DISBURSEMENT",
    ),
    Mutant(
        "I-034",
        "Where collateral is worth nothing, every debt is within its limit.",
        "protocol/health.py",
        "    return debt <= multiply_divide_down(value, limit, WAD)\n",
        "    return any_of(value == 0, debt <= multiply_divide_down(value, limit, WAD))\n",
        ("relations", "", "HEALTH-EXACT"),
        "HEALTH-EXACT",
    ),
]

"""Mistakes in valuation."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        "A-056",
        "The treasury's share of interest is reckoned with a denominator that is ten times too small.",
        "protocol/valuation.py",
        "multiply_divide_down(facility.interest_paid, facility.interest_fee, WAD)",
        "multiply_divide_down(facility.interest_paid, facility.interest_fee, WAD // 10)",
        ("repay", "DEFAULTED"),
        "TREASURY-SHARE",
    ),
    Mutant(
        "A-093",
        "What idle cash pays of a place in the queue was rounded up, past the cash that is there.",
        "protocol/valuation.py",
        "amount = amount_for(facility, assets, shares_for(facility, assets, facility.cash))",
        "amount = 1 + amount_for(facility, assets, shares_for(facility, assets, facility.cash))",
        ("relations", "", "PART-IS-FAIR"),
        "PART-IS-FAIR",
    ),
    Mutant(
        "A-129",
        "The shares that a payment to the queue burns were rounded down, for a small one to none.",
        "protocol/valuation.py",
        "burned = multiply_divide_up(amount,",
        "burned = multiply_divide_down(amount,",
        ("process_redemption",),
        "PROCESS-EXACT",
    ),
    Mutant(
        "A-130",
        "Lenders counted all interest as theirs, and not what the treasury's share leaves of it.",
        "protocol/valuation.py",
        "entitled = multiply_divide_down(earned, WAD - facility.interest_fee, WAD * UNIT)",
        "entitled = multiply_divide_down(earned, WAD, WAD * UNIT)",
        ("relations", "", "NET-ASSETS-BACKED"),
        "NET-ASSETS-BACKED",
    ),
    Mutant(
        "A-147",
        "Who left was paid at a price that held none of the losses that were expected.",
        "protocol/valuation.py",
        "return net_assets(facility, day) - facility.impairment",
        "return net_assets(facility, day)",
        ("impair", "AUCTION"),
        "IMPAIR-APART",
    ),
    Mutant(
        "I-025",
        "The shares that a payment burns are rounded down, in favour of who leaves.",
        "protocol/valuation.py",
        "    burned = multiply_divide_up(amount, ",
        "    burned = multiply_divide_down(amount, ",
        ("relations", "", "PART-IS-FAIR"),
        "PART-IS-FAIR",
    ),
    Mutant(
        "I-027",
        "Shares are bought without the virtual shares and assets with which a new facility is seeded.",
        "protocol/valuation.py",
        "multiply_divide_down(amount, facility.shares + VIRTUAL_SHARES, assets + VIRTUAL_ASSETS)",
        "multiply_divide_down(amount, facility.shares + 1, assets + 1)",
        ("relations", "", "GIFT-GAINS-NOTHING"),
        "GIFT-GAINS-NOTHING",
    ),
    Mutant(
        "I-028",
        "What shares are worth is rounded to the nearest unit.",
        "protocol/valuation.py",
        "return multiply_divide_down(shares, assets + VIRTUAL_ASSETS, facility.shares + VIRTUAL_SHARES)",
        (
            "total = facility.shares + VIRTUAL_SHARES\n"
            "    twice = multiply_divide_down(2 * shares, assets + VIRTUAL_ASSETS, total)\n"
            "    return multiply_divide_down(twice + 1, 1, 2)"
        ),
        ("redeem",),
        "PRICE-REDEEM",
    ),
    Mutant(
        "I-029",
        "The shares that a deposit buys are rounded up, so that depositing and leaving gains.",
        "protocol/valuation.py",
        "return multiply_divide_down(amount, facility.shares + VIRTUAL_SHARES, ",
        "return multiply_divide_up(amount, facility.shares + VIRTUAL_SHARES, ",
        ("relations", "", "DEPOSIT-AND-BACK"),
        "DEPOSIT-AND-BACK",
    ),
    Mutant(
        "I-033",
        "Each deposit leaves a residue: it buys a share fewer than its amount is worth.",
        "protocol/valuation.py",
        "return multiply_divide_down(amount, facility.shares + VIRTUAL_SHARES, ",
        "return -1 + multiply_divide_down(amount, facility.shares + VIRTUAL_SHARES, ",
        ("deposit",),
        "FAIR-DEPOSIT",
    ),
]

"""Mistakes in cover."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        "A-094",
        "The least cover was compared with what stood there before the withdrawal.",
        "protocol/transitions/cover.py",
        "require(left >= required, Reason.COVER_INSUFFICIENT, left=left, required=required)",
        ("require(facility.cover >= required, Reason.COVER_INSUFFICIENT, left=left, required=required)"),
        ("withdraw_cover",),
        "COVER-AFTER-NOTICE",
    ),
    Mutant(
        "A-105",
        "The cover that a principal requires was rounded down, for a small one to nothing.",
        "protocol/cover.py",
        "from lien.protocol.arithmetic import multiply_divide_up",
        "from lien.protocol.arithmetic import multiply_divide_down as multiply_divide_up",
        ("disburse", "AGREED"),
        "DISBURSE-COVERED",
    ),
    Mutant(
        "A-172",
        "Cover is recorded a unit short of what was paid in, which no upper bound notices.",
        "protocol/transitions/cover.py",
        "cover=facility.cover + call.amount)",
        "cover=facility.cover + call.amount - 1)",
        ("deposit_cover",),
        "TOTAL-HOLDINGS",
    ),
    Mutant(
        "I-005",
        "Whether enough cover is left is asked of the cover before the withdrawal.",
        "protocol/transitions/cover.py",
        "    require(left >= required, ",
        "    require(facility.cover >= required, ",
        ("withdraw_cover",),
        "COVER-AFTER-NOTICE",
    ),
    Mutant(
        "I-023",
        "One payment of the servicer counts twice: as cover, and as the lenders' cash.",
        "protocol/transitions/cover.py",
        "replace(facility, cover=facility.cover + call.amount)",
        "replace(facility, cover=facility.cover + call.amount, cash=facility.cash + call.amount)",
        ("deposit_cover",),
        "TOTAL-HOLDINGS",
    ),
]

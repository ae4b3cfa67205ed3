"""Incidents as mutants."""

from lien.invariants.mutants.base import Mutant

MUTANTS = [
    Mutant(
        identifier="A-017",
        story="A redemption is priced on the shares that are left after it.",
        file="protocol/transitions/facility.py",
        text="amount = amount_for(facility, exit_assets(facility, today), call.shares)",
        replacement="amount = amount_for("
        "replace(facility, shares=facility.shares - call.shares), exit_assets(facility, today), call.shares)",
        case=("redeem",),
        property="PRICE-REDEEM",
    ),
]
NOT_EXPRESSED: dict[str, str] = {}

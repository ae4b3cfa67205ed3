"""Mistakes in restructuring."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        "A-036",
        "A restructuring does not use up the sequence number under which it was signed.",
        "protocol/restructuring.py",
        "restructurings=loan.restructurings + 1",
        "restructurings=loan.restructurings",
        ("restructure", "DEFAULTED"),
        "SEQUENCE-USED-ONCE",
    ),
    Mutant(
        "A-044",
        "The servicer alone signs the new terms of a loan.",
        "protocol/transitions/restructuring.py",
        "all_of(context.signer == loan.borrower, context.second_signer == facility.servicer)",
        "context.second_signer == facility.servicer",
        ("restructure", "DEFAULTED"),
        "RESTRUCTURE-SIGNED-BY-BOTH",
    ),
    Mutant(
        "A-059",
        "A restructuring is rejected where it adds too little to the principal, not where it adds too much.",
        "protocol/transitions/restructuring.py",
        "is_signed = capitalised <= call.maximum_capitalised",
        "is_signed = capitalised >= call.maximum_capitalised",
        ("restructure", "DEFAULTED"),
        "RESTRUCTURE-CARRIES-ONCE",
    ),
    Mutant(
        "A-077",
        "The new terms of a loan name another collateral than the one in escrow.",
        "protocol/transitions/restructuring.py",
        "        call.terms.collateral_asset == loan.terms.collateral_asset,\n",
        "",
        ("restructure", "DEFAULTED"),
        "RESTRUCTURE-TERMS",
    ),
    Mutant(
        "A-097",
        "Where a restructuring made one debt of principal and interest, the interest was rounded down.",
        "protocol/restructuring.py",
        "interest=quotient_up(loan.interest, UNIT),",
        "interest=0 - quotient_up(0 - loan.interest, UNIT),",
        ("restructure", "DEFAULTED"),
        "RESTRUCTURE-CARRIES-ONCE",
    ),
    Mutant(
        "I-001",
        "A restructuring raises a debt, or its limit, without the check of health that a disbursement has.",
        "protocol/transitions/restructuring.py",
        "    require_healthy_start(state, terms, facility.asset, context.timestamp)\n",
        "",
        ("restructure", "DEFAULTED"),
        "RESTRUCTURE-HEALTHY",
    ),
    Mutant(
        "I-050",
        "The servicer alone moves a loan to new terms, without its borrower.",
        "protocol/transitions/restructuring.py",
        "all_of(context.signer == loan.borrower, context.second_signer == facility.servicer)",
        "context.second_signer == facility.servicer",
        ("restructure", "DEFAULTED"),
        "RESTRUCTURE-SIGNED-BY-BOTH",
    ),
]

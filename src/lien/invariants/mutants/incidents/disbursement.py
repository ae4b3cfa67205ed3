"""Mistakes in disbursement."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        "A-011",
        "The origination fee is the one in force on the day of disbursement, not the one that was signed.",
        "protocol/transitions/disbursement.py",
        "fee = multiply_divide_up(terms.principal, terms.origination_fee_rate, WAD)",
        "fee = multiply_divide_up(terms.principal, state.origination_fee_floor, WAD)",
        ("disburse", "AGREED"),
        "DISBURSE-EXACT",
    ),
    Mutant(
        "A-028",
        "The cover that a disbursement needs is reckoned on the principal without that loan.",
        "protocol/transitions/disbursement.py",
        "required = required_cover(facility, outstanding)",
        "required = required_cover(facility, facility.principal)",
        ("disburse", "AGREED"),
        "DISBURSE-COVERED",
    ),
    Mutant(
        "A-085",
        "A facility counted the principal that it had lent while it still counted the cash.",
        "protocol/transitions/disbursement.py",
        "lent = replace(begin_accrual(facility, today), cash=facility.cash - terms.principal)",
        "lent = begin_accrual(facility, today)",
        ("disburse", "AGREED"),
        "PRICE-DISBURSE",
    ),
    Mutant(
        "A-088",
        (
            "The origination fee that was taken was the council's floor of the day, not that of the signed "
            "terms."
        ),
        "protocol/transitions/disbursement.py",
        "multiply_divide_up(terms.principal, terms.origination_fee_rate, WAD)",
        "multiply_divide_up(terms.principal, state.origination_fee_floor, WAD)",
        ("disburse", "AGREED"),
        "DISBURSE-EXACT",
    ),
    Mutant(
        "A-140",
        "A loan began with a clock that was not set to its first day.",
        "protocol/transitions/disbursement.py",
        "            since=today,\n",
        "",
        ("disburse", "AGREED"),
        "LOAN-PERIOD",
    ),
    Mutant(
        "I-018",
        "The principal leaves, and the loan stays as it was before disbursement, to be drawn again.",
        "protocol/transitions/disbursement.py",
        "            status=LoanStatus.ACTIVE,\n",
        "",
        ("disburse", "AGREED"),
        "STATUS-ARROWS",
    ),
    Mutant(
        "I-036",
        "A disbursement pays whoever calls it, while the borrower owes the debt.",
        "protocol/transitions/disbursement.py",
        "deliver(state.ledger, facility.asset, loan.borrower, terms.principal - fee)",
        "deliver(state.ledger, facility.asset, context.sender, terms.principal - fee)",
        ("disburse", "AGREED"),
        "DISBURSE-EXACT",
    ),
    Mutant(
        "I-057",
        "A loan bears interest from the beginning of time instead of from its disbursement.",
        "protocol/transitions/disbursement.py",
        "            since=today,\n",
        "",
        ("disburse", "AGREED"),
        "LOAN-PERIOD",
    ),
    Mutant(
        "I-062",
        "The origination fee is taken out of the lenders' cash, beside the principal that its borrower gets.",
        "protocol/transitions/disbursement.py",
        "cash=facility.cash - terms.principal)",
        "cash=facility.cash - terms.principal - fee)",
        ("disburse", "AGREED"),
        "PRICE-DISBURSE",
    ),
]

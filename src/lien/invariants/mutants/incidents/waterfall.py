"""Mistakes in waterfall."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        "A-022",
        "What settles a loan leaves out the interest that has accrued and is not overdue.",
        "protocol/waterfall.py",
        "accrued_interest = quotient_up(maximum(loan.interest, 0), UNIT) - overdue_interest",
        "accrued_interest = 0",
        ("take_payment", "DEFAULTED"),
        "CONTRACT",
    ),
    Mutant(
        "A-029",
        "A payment of the instalment moves the loan a period on, and its due date passes a second time.",
        "protocol/waterfall.py",
        "        interest_paid=loan.interest_paid + payment.interest,\n        impairment=",
        (
            "        interest_paid=loan.interest_paid + payment.interest,\n"
            "        period=loan.period + choose(payment.instalment > 0, 1, 0),\n        impairment="
        ),
        ("take_payment", "OVERDUE"),
        "CONTRACT",
    ),
    Mutant(
        "A-090",
        (
            "All that a payoff brought in, principal too, counted as interest of which the treasury has "
            "its share."
        ),
        "protocol/waterfall.py",
        "interest_paid=loan.interest_paid + payoff.interest,",
        "interest_paid=loan.interest_paid + payoff.taken,",
        ("take_proceeds", "DEFAULTED"),
        "CONTRACT",
    ),
    Mutant(
        "A-096",
        ("A payoff took the interest of the one instalment that was missed, and not what has accrued since."),
        "protocol/waterfall.py",
        "accrued_interest = quotient_up(maximum(loan.interest, 0), UNIT) - overdue_interest",
        (
            "accrued_interest = choose(\n"
            "        overdue_interest > 0, 0, quotient_up(maximum(loan.interest, 0), UNIT)\n"
            "    )"
        ),
        ("take_payment", "OVERDUE"),
        "CONTRACT",
    ),
    Mutant(
        "A-108",
        "The interest of a payoff did not count as paid, so that the treasury had no share of it.",
        "protocol/waterfall.py",
        "interest_paid=loan.interest_paid + payoff.interest,",
        "interest_paid=loan.interest_paid,",
        ("take_payment", "DEFAULTED"),
        "CONTRACT",
    ),
    Mutant(
        "A-137",
        "Who paid a loan off before its time did not pay the late fees that had arisen.",
        "protocol/waterfall.py",
        "late_fees=loan.late_fees,",
        "late_fees=0,",
        ("take_payment", "OVERDUE"),
        "CONTRACT",
    ),
    Mutant(
        "A-164",
        "A payment on a loan in default made it one that is paid on time.",
        "protocol/waterfall.py",
        "if status == LoanStatus.OVERDUE:",
        "if status != LoanStatus.ACTIVE:",
        ("take_payment", "DEFAULTED"),
        "CONTRACT",
    ),
    Mutant(
        "A-166",
        "The proceeds of a loan in default pay interest before principal, and so count as income.",
        "protocol/waterfall.py",
        "    principal = minimum(amount, loan.principal - 1)\n",
        "    principal = minimum(maximum(amount - due.accrued_interest, 0), loan.principal - 1)\n",
        ("take_proceeds", "DEFAULTED"),
        "CONTRACT",
    ),
    Mutant(
        "A-167",
        "A payoff takes whatever was offered instead of what is owed.",
        "protocol/waterfall.py",
        "    payoff = compute_payoff(loan, bears_fee)\n",
        (
            "    payoff = compute_payoff(loan, bears_fee)\n"
            "    if amount >= payoff.taken:\n"
            "        payoff = replace(payoff, late_fees=payoff.late_fees + amount - payoff.taken)\n"
        ),
        ("take_payment", "DEFAULTED"),
        "CONTRACT",
    ),
    Mutant(
        "I-042",
        "A loan that is settled still records the collateral that was given back.",
        "protocol/waterfall.py",
        "        status=LoanStatus.SETTLED,\n        collateral=0,\n",
        "        status=LoanStatus.SETTLED,\n",
        ("take_proceeds", "DEFAULTED"),
        "CONTRACT",
    ),
    Mutant(
        "I-044",
        "A payment that covers the principal settles a loan whose interest is unpaid.",
        "protocol/waterfall.py",
        "    payoff = compute_payoff(loan, bears_fee)\n    if amount >= payoff.taken:\n",
        "    payoff = compute_payoff(loan, bears_fee)\n    if amount >= loan.principal:\n",
        ("take_payment", "DEFAULTED"),
        "CONTRACT",
    ),
]

"""Mistakes in accrual."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        "A-007",
        "Default is reckoned from the day to which a loan is accrued, due dates from the schedule.",
        "protocol/accrual.py",
        "by_dates = unmet + terms.grace_days + 1",
        "by_dates = loan.since + terms.grace_days + 1",
        ("relations", "ACTIVE", "DEFAULT-AFTER-GRACE"),
        "DEFAULT-AFTER-GRACE",
    ),
    Mutant(
        "A-009",
        "A loan of which the coming instalment was paid early defaults as if it had not been paid.",
        "protocol/accrual.py",
        "open_due = choose(is_met(loan), due_day(terms, period + 1), due_day(terms, period))",
        "open_due = due_day(terms, period)",
        ("catch_up", "ACTIVE"),
        "LOAN-STOP-DAY",
    ),
    Mutant(
        "A-012",
        "The last instalment is a regular one, and a rest of the principal is left after maturity.",
        "protocol/accrual.py",
        "in_time = choose(loan.period == terms.periods - 1, free, regular)",
        "in_time = regular",
        ("disburse", "AGREED"),
        "LOAN-LAST-PERIOD",
    ),
    Mutant(
        "A-032",
        "At default the principal that was lent falls due, not what is outstanding of it.",
        "protocol/accrual.py",
        "        overdue_principal=loan.principal,\n",
        "        overdue_principal=loan.terms.principal,\n",
        ("relations", "OVERDUE", "DEFAULT-CHARGES"),
        "DEFAULT-CHARGES",
    ),
    Mutant(
        "A-084",
        (
            "On the first day of default a loan was still taken for one that can be cured, and for one "
            "that can be liquidated."
        ),
        "protocol/accrual.py",
        "if loan.status in ACCRUING and day >= loan.stop_day:",
        "if loan.status in ACCRUING and day > loan.stop_day:",
        ("catch_up", "OVERDUE"),
        "CONTRACT",
    ),
    Mutant(
        "A-095",
        "At default the product's impairment took the place of a higher one that the servicer had set.",
        "protocol/accrual.py",
        "impairment=minimum(maximum(loan.impairment, expected_loss), loan.principal),",
        "impairment=minimum(expected_loss, loan.principal),",
        ("catch_up", "OVERDUE"),
        "CONTRACT",
    ),
    Mutant(
        "A-121",
        (
            "A default lowered the price at which lenders leave only when its loss was booked, so that "
            "they left before."
        ),
        "protocol/accrual.py",
        "impairment=minimum(maximum(loan.impairment, expected_loss), loan.principal),",
        "impairment=minimum(loan.impairment, loan.principal),",
        ("catch_up", "OVERDUE"),
        "CONTRACT",
    ),
    Mutant(
        "A-138",
        "The grace of every loan was one figure of the protocol, and not that of the loan's terms.",
        "protocol/accrual.py",
        "by_dates = unmet + terms.grace_days + 1",
        "by_dates = unmet + 1",
        ("relations", "OVERDUE", "DEFAULT-AFTER-GRACE"),
        "DEFAULT-AFTER-GRACE",
    ),
    Mutant(
        "A-146",
        ("A loan that a payment left overdue had no day of default, and was in default at the next call."),
        "protocol/accrual.py",
        "return replace(loan, stop_day=choose(does_accrue(loan), compute_stop_day(loan), 0))",
        (
            "is_active = loan.status == LoanStatus.ACTIVE\n"
            "    return replace(loan, stop_day=choose(is_active, compute_stop_day(loan), 0))"
        ),
        ("top_up_collateral", "OVERDUE"),
        "LOAN-STOP-DAY",
    ),
    Mutant(
        "A-150",
        ("Principal that was not paid at its due date bore no interest until it was paid or restructured."),
        "protocol/accrual.py",
        "contract = loan.principal * terms.rate * elapsed",
        "contract = (loan.principal - loan.overdue_principal) * terms.rate * elapsed",
        ("relations", "OVERDUE", "ACCRUE-EXACT"),
        "ACCRUE-EXACT",
    ),
    Mutant(
        "A-159",
        "A margin call could be cured without end, since its deadline brought no default.",
        "protocol/accrual.py",
        "return choose(loan.margin_day > 0, minimum(loan.margin_day, by_dates), by_dates)",
        "return by_dates",
        ("relations", "ACTIVE", "DEFAULT-AFTER-GRACE"),
        "DEFAULT-AFTER-GRACE",
    ),
    Mutant(
        "A-160",
        "Interest was rounded down to whole units at each call, while its day moved on in full.",
        "protocol/accrual.py",
        "interest=loan.interest + contract,",
        "interest=loan.interest + quotient_down(contract, UNIT) * UNIT,",
        ("relations", "ACTIVE", "ACCRUE-COMPOSES"),
        "ACCRUE-COMPOSES",
    ),
    Mutant(
        "A-169",
        "Principal that is unpaid at its due date is not overdue while no interest is.",
        "protocol/accrual.py",
        "    if any_of(loan.instalment > 0, loan.interest > 0):\n",
        "    if loan.interest > 0:\n",
        ("relations", "ACTIVE", "DUE-DATE-CHARGES"),
        "DUE-DATE-CHARGES",
    ),
    Mutant(
        "A-176",
        "Default interest is charged on the principal first lent, not on what is overdue of it.",
        "protocol/accrual.py",
        "    default = loan.overdue_principal * terms.default_rate * elapsed\n",
        "    default = terms.principal * terms.default_rate * elapsed\n",
        ("relations", "OVERDUE", "ACCRUE-EXACT"),
        "ACCRUE-EXACT",
    ),
]

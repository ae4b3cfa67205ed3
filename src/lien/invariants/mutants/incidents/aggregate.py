"""Mistakes in aggregate."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        "A-052",
        "A payment does not lower the principal that the facility counts.",
        "protocol/aggregate.py",
        "principal=facility.principal - old.principal + new.principal",
        "principal=facility.principal",
        ("repay", "DEFAULTED"),
        "TOTAL-LOANS",
    ),
    Mutant(
        "A-053",
        "What a facility earns each day stays as it was when a loan no longer bears its rate.",
        "protocol/aggregate.py",
        "slopes=change_entry(facility.slopes, old.day_count, new.slope - old.slope)",
        "slopes=facility.slopes",
        ("declare_default", "OVERDUE"),
        "TOTAL-LOANS",
    ),
    Mutant(
        "A-089",
        "A loan in default went on earning interest for its lenders until it was dealt with.",
        "protocol/aggregate.py",
        "slope = choose(accrues, scale(loan.principal, loan.terms.rate), 0)",
        "slope = choose(disbursed, scale(loan.principal, loan.terms.rate), 0)",
        ("declare_default", "OVERDUE"),
        "DEFAULT-STOPS-ACCRUAL",
    ),
    Mutant(
        "I-031",
        "A loan that ends leaves a unit of principal in its facility's sum.",
        "protocol/aggregate.py",
        "principal=facility.principal - old.principal + new.principal,",
        "principal=facility.principal - old.principal + choose(new.principal > 0, new.principal, 1),",
        ("write_off", "DEFAULTED"),
        "TOTAL-LOANS",
    ),
]

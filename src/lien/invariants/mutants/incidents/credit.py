"""Mistakes in credit."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        "A-042",
        "Loans of facilities that nobody approved count for the record of whoever makes them up.",
        "protocol/credit.py",
        "facility.is_approved == 1, principal >=",
        "principal >=",
        ("relations", "", "RECORD-COUNTS"),
        "RECORD-COUNTS",
    ),
    Mutant(
        "A-074",
        "Whether a borrower is in default is asked of the first of their loans alone.",
        "protocol/credit.py",
        "is_in_default(state, number, today) for number in identity.live_loans)",
        "is_in_default(state, number, today) for number in identity.live_loans[:1])",
        ("accept", "OFFERED"),
        "NO-OPEN-DEFAULT",
    ),
    Mutant(
        "A-125",
        "Of a borrower's other loans only the defaults that somebody had booked were looked at.",
        "protocol/credit.py",
        "return any_of(is_booked, all_of(accrues, today >= stop_day))",
        "return is_booked",
        ("accept", "OFFERED"),
        "NO-OPEN-DEFAULT",
    ),
]

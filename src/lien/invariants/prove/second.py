"""Ask another solver, cvc5, whether facts and a negated goal contradict each other."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

# Solver resources, not seconds; what one way of searching does not decide, the next may.
WAYS: tuple[Mapping[str, str], ...] = (
    {"rlimit": "100000"},
    {"rlimit": "400000", "decision": "justification"},
)
HANGING = {"tlimit-per": "60000"}  # milliseconds; not everything in the solver counts resources


class Answer(Enum):
    """Say what the second solver found of what the first one proved."""

    DECIDED = "decided"  # it agrees
    UNDECIDED = "undecided"
    CONTRADICTED = "contradicted"  # it knows numbers that the facts allow and the goal does not


FOUND = {"unsat": Answer.DECIDED, "sat": Answer.CONTRADICTED}


def ask_second_solver(text: str) -> Answer:
    """Return what the solver says of an obligation, in one way or another."""
    for way in WAYS:
        answer = FOUND.get(run(text, way), Answer.UNDECIDED)
        if answer is not Answer.UNDECIDED:
            return answer
    return Answer.UNDECIDED


def run(text: str, options: Mapping[str, str]) -> str:
    """Return the last thing that the solver prints when it runs a file."""
    import cvc5  # noqa: PLC0415  # only who asks needs it

    solver = cvc5.Solver(cvc5.TermManager())
    for name, value in {**HANGING, **options}.items():
        solver.setOption(name, value)
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "obligation")
    said = ""
    while not (command := parser.nextCommand()).isNull():
        said = command.invoke(solver, parser.getSymbolManager()).strip() or said
    return said

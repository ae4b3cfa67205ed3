"""Seed one fault at a time into a copy of the protocol, and prove a case there."""

from lien.invariants.mutants.base import Mutant
from lien.invariants.mutants.finding import Finding, Task, Way
from lien.invariants.mutants.run import Searches


def Fault(  # noqa: N802  # a mutant of no incident, whose name tells its story
    name: str, file: str, text: str, replacement: str, case: tuple[str, ...], property: str
) -> Mutant:
    """Say what is changed where, and which case must then fail on which property."""
    return Mutant(name, name, file, text, replacement, case, property)


def prove_in_copy(fault: Mutant) -> Finding:
    """Prove the case of a fault where it is made, and return what came of it."""
    return Searches().run(Task(fault, Way.PROOF))

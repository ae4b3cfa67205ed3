"""Say what a mutant is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mutant:
    """Make one mistake in the protocol: the mistake of an incident."""

    identifier: str  # of the incident
    story: str  # what went wrong, in one sentence in the terms of this protocol
    file: str  # in the package: "protocol/transitions/repayment.py"
    text: str  # stands there exactly once
    replacement: str
    # Where it must be noticed: call, loan status, relation: ("repay", "ACTIVE").
    case: tuple[str, ...]
    property: str  # the property that must fall there

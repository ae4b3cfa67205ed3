"""Enumerate the cases to explore: each call and, for a call on a loan, each status of the loan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lien.invariants.properties.base import Kind, Property, of_kind
from lien.invariants.prove.contracts import CONTRACTS  # proved like calls
from lien.protocol.state import Loan
from lien.spec.call import Call
from lien.spec.catalogue import CALLS
from lien.spec.types import LIVE, LoanStatus

RELATIONS = "relations"  # the row of properties that are about two runs


@dataclass(frozen=True, slots=True, order=True)
class Case:
    """Name one exploration: a call, a contract or a relation, and a loan's status."""

    call: str
    status: str = ""
    relation: str = ""  # the relational property

    @property
    def call_type(self) -> type[Call]:
        """Return the call's type."""
        return CALLS[self.call]

    @property
    def parts(self) -> tuple[str, ...]:
        """Return what names the case, but for what it has not."""
        return tuple(part for part in (self.call, self.relation, self.status) if part)

    @property
    def fixed_loan(self) -> dict[str, Any]:
        """Return what is fixed of a loan that the call reads."""
        return {"status": LoanStatus[self.status]} if self.status else {}


def cases_of(call: str) -> list[Case]:
    """Return the cases of a call, of a contract, or of all relations."""
    if call == RELATIONS:
        return [case for item in of_kind(Kind.RELATIONAL) for case in cases_of_relation(item)]
    if call not in CONTRACTS and not CALLS[call].loan_statuses:
        return [Case(call)]
    statuses = tuple(CONTRACTS[call].statuses) if call in CONTRACTS else tuple(LoanStatus)
    return [Case(call, status.name) for status in statuses]


def cases_of_relation(item: Property) -> list[Case]:
    """Return the cases of a relational property: those of a loan by its status."""
    if Loan not in item.parameters.values():
        return [Case(RELATIONS, relation=item.identifier)]
    return [Case(RELATIONS, status.name, relation=item.identifier) for status in LIVE]


def all_cases() -> list[Case]:
    """Return every case of the matrix."""
    return [case for call in (*CALLS, *CONTRACTS, RELATIONS) for case in cases_of(call)]

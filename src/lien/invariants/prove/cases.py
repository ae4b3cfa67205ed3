"""Enumerate the cases to explore: each call, and for a call on a loan, each status and repayment kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lien.invariants.prove.contracts import CONTRACTS  # proved like calls
from lien.spec.call import Call
from lien.spec.catalogue import CALLS
from lien.spec.types import LIVE, LoanStatus, RepaymentKind


@dataclass(frozen=True, slots=True, order=True)
class Case:
    """Name one exploration: a call or a contract, a loan's status and its repayment kind."""

    call: str
    status: str = ""
    kind: str = ""

    @property
    def call_type(self) -> type[Call]:
        """Return the call's type."""
        return CALLS[self.call]

    @property
    def fixed_loan(self) -> dict[str, Any]:
        """Return what is fixed of a loan that the call reads."""
        fixed: dict[str, Any] = {}
        if self.status:
            fixed["status"] = LoanStatus[self.status]
        if self.kind:
            fixed["terms"] = {"kind": RepaymentKind[self.kind]}
        return fixed


def cases_of(call: str) -> list[Case]:
    """Return the cases of a call or of a contract."""
    kinds = [kind.name for kind in RepaymentKind]
    if call in CONTRACTS:
        return [Case(call, status.name, kind) for status in LIVE for kind in kinds]
    if call == "disburse":  # begins the first period, which differs by kind
        others = [Case(call, status.name) for status in LoanStatus if status != LoanStatus.AGREED]
        return [*others, *(Case(call, LoanStatus.AGREED.name, kind) for kind in kinds)]
    return [Case(call, status.name) for status in LoanStatus] if CALLS[call].loan_statuses else [Case(call)]


def all_cases() -> list[Case]:
    """Return every case of the matrix."""
    return [case for call in (*CALLS, *CONTRACTS) for case in cases_of(call)]

"""Chapter 10: settlement.

Inside the call that brings the debt to zero all remaining collateral goes back to the borrower and the loan
is terminal, each exactly once. No call settles by itself, so this chapter has an event and no call.

Requirements:

- SETTLEMENT-1: collateral leaves escrow only wholly, at zero debt or by cancellation.
- SETTLEMENT-2: a settled loan owes nothing, holds nothing, and no call changes it.
- SETTLEMENT-3: a loan settles at most once.

Trust: none is needed; settlement is part of the payment that causes it.
"""

from dataclasses import dataclass

from lien.spec.call import Event
from lien.spec.types import Amount, LoanId


@dataclass(frozen=True, slots=True)
class LoanSettled(Event):
    """Tell that the debt is zero and what collateral went back."""

    loan: LoanId
    collateral: Amount

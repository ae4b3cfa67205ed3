"""Chapter 10: settlement.

Inside the call that brings the debt to zero all remaining collateral goes back to the borrower, the loan is
terminal, and the borrower's credit record says so, each exactly once. No call settles by itself, so this
chapter has an event and no call.

Requirements:

- SETTLEMENT-1: collateral leaves escrow only wholly, at zero debt or by cancellation.
- SETTLEMENT-2: a settled loan owes nothing, holds nothing, and no call changes it.
- SETTLEMENT-3: a loan settles at most once.
- SETTLEMENT-4: a settlement is in the credit record of the identity that applied for the loan, if it counts,
  and frees the loan's place, whatever became of the borrower's account since.

Trust: none is needed; settlement is part of the payment that causes it.
"""

from dataclasses import dataclass

from lien.spec.call import Event
from lien.spec.types import Amount, Flag, IdentityId, LoanId


@dataclass(frozen=True, slots=True)
class LoanSettled(Event):
    """Tell that the debt is zero, what collateral went back, and what the credit record says of it."""

    loan: LoanId
    collateral: Amount
    identity: IdentityId
    is_counted: Flag
    is_late: Flag

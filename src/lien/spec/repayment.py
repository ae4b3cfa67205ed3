"""Chapter 8: repayment.

A payment is taken in order: overdue interest, overdue principal, the current instalment (interest accrued so
far, its principal, interest from now to the due date), default interest, late fees; principal ahead of time
only when all of that is covered, and then wholly or not at all. An instalment paid before its due date is
met. A payment that covers everything settles the loan in the same call.

A loan is impaired by the part of its principal that its facility does not expect to get. Lenders leave at net
assets less all impairments, so that who leaves first does not leave the loss to the others; who deposits pays
for it as if nothing were impaired.

Requirements:

- REPAYMENT-1: a payment never takes more than is owed, nor more than was offered.
- REPAYMENT-2: what is owed falls by exactly what was taken, less the prepayment fee.
- REPAYMENT-3: a funded payoff of a live loan is never rejected.
- REPAYMENT-4: a payment leaves at least one unit of principal, or settles; paying ahead leaves the minimum.
- REPAYMENT-5: the prepayment fee is the ceiling of its rate of all principal paid ahead, so that
  splitting gains nothing; there is none on overdue principal.
- REPAYMENT-6: a payment reference is used once by each payer for each loan.
- REPAYMENT-7: interest, default interest and late fees stay within the usury cap.
- REPAYMENT-8: the servicer raises the impairment of a live loan, to its principal at most; no such call
  lowers it.
- REPAYMENT-9: the servicer lifts the impairment of a loan as a whole, and only while it is not in default.
- REPAYMENT-10: a payment caps the impairment at the principal that is left; a settlement lifts it.
- REPAYMENT-11: a top-up moves exactly its amount from the payer into the escrow of a live, secured loan; it
  is never checked for health, and changes nothing of what is owed.
- REPAYMENT-12: what was paid and what was topped up count for an open margin call, each for its own; the one
  or the other in full cures it.

Trust: anyone may pay or top up; nobody can use up a reference of another payer. Collateral that is topped up
is the borrower's from then on: it comes back with the rest, or is seized like the rest. A servicer who
impairs sound loans lowers what lenders get who leave meanwhile, by the impairment at most, and to the gain of
those who stay; a lender names the least amount for which they leave. One who impairs nothing, before a
default, lets others leave too dear. Neither takes anything out.
"""

from dataclasses import dataclass

from lien.spec.assets import ClaimRecorded
from lien.spec.call import Call, Event
from lien.spec.liquidation import DefaultBooked
from lien.spec.reasons import Reason
from lien.spec.settlement import LoanSettled
from lien.spec.types import Account, Amount, LoanId, LoanStatus, Numerator, Reference, Total


@dataclass(frozen=True, slots=True)
class Repaid(Event):
    """Tell what a payment was taken for; interest is negative where a credit was given back."""

    loan: LoanId
    payer: Account
    reference: Reference
    overdue_interest: Total
    overdue_principal: Amount
    accrued_interest: Total
    instalment: Amount
    coming_interest: Numerator  # from now to the due date; negative: a credit
    default_interest: Total
    late_fees: Total
    principal_ahead: Amount
    prepayment_fee: Amount
    treasury_share: Total
    status: LoanStatus  # afterwards


@dataclass(frozen=True, slots=True)
class Impaired(Event):
    """Tell by how much of its principal a loan is now impaired."""

    loan: LoanId
    impairment: Amount  # all of it
    status: LoanStatus  # afterwards


@dataclass(frozen=True, slots=True)
class ImpairmentLifted(Event):
    """Tell that a loan is no longer impaired, and by how much it was."""

    loan: LoanId
    impairment: Amount  # before
    status: LoanStatus  # afterwards


class Repay(Call):
    """Pay up to an amount on a loan, and name what of it is principal ahead of time."""

    chapter = "repayment"
    sender = "anyone"
    reasons = (
        Reason.UNKNOWN_LOAN,
        Reason.ZERO_AMOUNT,
        Reason.NOT_LIVE,
        Reason.DUPLICATE_REFERENCE,
        Reason.INSUFFICIENT_BALANCE,
    )
    events = (ClaimRecorded, DefaultBooked, Repaid, LoanSettled)
    loan_statuses = True

    loan: LoanId
    amount: Amount
    principal_ahead: Amount
    reference: Reference


@dataclass(frozen=True, slots=True)
class CollateralToppedUp(Event):
    """Tell that collateral was added."""

    loan: LoanId
    payer: Account
    collateral: Amount
    status: LoanStatus  # afterwards


class TopUpCollateral(Call):
    """Pay collateral into the escrow of a live loan."""

    chapter = "repayment"
    sender = "anyone"
    reasons = (
        Reason.UNKNOWN_LOAN,
        Reason.ZERO_AMOUNT,
        Reason.NOT_LIVE,
        Reason.IN_AUCTION,
        Reason.UNSECURED,
        Reason.COLLATERAL_FULL,
        Reason.INSUFFICIENT_BALANCE,
    )
    events = (DefaultBooked, CollateralToppedUp)
    loan_statuses = True

    loan: LoanId
    amount: Amount


class Impair(Call):
    """Raise the impairment of a loan to an amount."""

    chapter = "repayment"
    sender = "the facility's servicer"
    reasons = (
        Reason.UNKNOWN_LOAN,
        Reason.NOT_SERVICER,
        Reason.NOT_LIVE,
        Reason.IMPAIRMENT_ABOVE_PRINCIPAL,
        Reason.IMPAIRMENT_NOT_RAISED,
    )
    events = (DefaultBooked, Impaired)
    loan_statuses = True

    loan: LoanId
    amount: Amount


class LiftImpairment(Call):
    """Lift the impairment of a loan that is not in default."""

    chapter = "repayment"
    sender = "the facility's servicer"
    reasons = (
        Reason.UNKNOWN_LOAN,
        Reason.NOT_SERVICER,
        Reason.NOT_LIVE,
        Reason.LOAN_IN_DEFAULT,
        Reason.NOT_IMPAIRED,
    )
    events = (ImpairmentLifted,)
    loan_statuses = True

    loan: LoanId

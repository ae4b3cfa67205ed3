"""Chapter 8: repayment.

A payment is taken in order: overdue interest, overdue principal, the current instalment (interest accrued so
far, its principal, interest from now to the due date), default interest, late fees; principal ahead of time
only when all of that is covered, and then wholly or not at all. An instalment paid before its due date is
met. A payment that covers everything settles the loan in the same call.

A loan is impaired by the part of its principal that its facility does not expect to get. Lenders leave at net
assets less all impairments, so that who leaves first does not leave the loss to the others; who deposits pays
for it as if nothing were impaired.

A restructuring puts new terms in the place of the old: borrower and servicer sign one EIP-712 document, which
binds the chain, the protocol, the loan, its parties, its sequence number, the new terms, the most that may be
capitalised, and a deadline. What was accrued is carried over exactly once: interest, default interest and
late fees, each rounded up as a payoff rounds it, become principal; what the rounding brought stays a credit.
Of the signed terms the principal is the most and the collateral the least that both agreed to; the terms that
hold from then on name the new principal and all the collateral that is in escrow. The signed window is that
of the restructuring, and interest runs from its day as from a disbursement. No origination fee is taken.

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
- REPAYMENT-13: a loan is restructured only by what borrower and servicer both signed, each signature once.
- REPAYMENT-14: a restructuring carries over exactly what a payoff without fee would take beyond the
  principal, and no more than was signed; nothing else of the debt is left.
- REPAYMENT-15: a restructured loan keeps its collateral, its day count and the room under the usury cap.
- REPAYMENT-16: a restructured loan is active and sound; secured, its debt is within the origination limit at
  a usable price; its facility has room for the principal and, where that
  grows, cover, and the borrower owes no more than its concentration limit.
- REPAYMENT-17: what was overdue or in default when it was restructured settles as late.
- REPAYMENT-18: a restructuring moves no cash. Interest that was counted leaves net assets as they were;
  default interest and late fees, and the interest of a loan in default, enter them as by a payment. The
  treasury takes its share from later payments.

Trust: anyone may pay or top up; nobody can use up a reference of another payer. Collateral that is topped up
is the borrower's from then on: it comes back with the rest, or is seized like the rest. A servicer who
impairs sound loans lowers what lenders get who leave meanwhile, by the impairment at most, and to the gain of
those who stay; a lender names the least amount for which they leave. One who impairs nothing, before a
default, lets others leave too dear. Neither takes anything out. Anyone may hand a restructuring in, within
its window and deadline. Servicer and borrower together can defer interest into principal: the lenders trust
their servicer in this as in lending. What is capitalised counts as interest paid, so that on a loss the
lenders also bear the treasury's share of it.
"""

from dataclasses import dataclass

from lien.spec.assets import ClaimRecorded
from lien.spec.call import Call, Event, Signature
from lien.spec.liquidation import DefaultBooked
from lien.spec.reasons import Reason
from lien.spec.settlement import LoanSettled
from lien.spec.terms import Terms
from lien.spec.types import (
    Account,
    Amount,
    Count,
    Day,
    LoanId,
    LoanStatus,
    Numerator,
    Reference,
    Timestamp,
    Total,
)


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
class Restructured(Event):
    """Tell that new terms hold and what became principal; interest is negative where it was paid ahead."""

    loan: LoanId
    sequence: Count
    day: Day
    terms: Terms  # as they hold: with the new principal and the collateral in escrow
    interest: Numerator  # in base units
    default_interest: Total
    late_fees: Total
    instalment: Amount  # the principal of the first period


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


class Restructure(Call):
    """Hand in what borrower and servicer signed: new terms, and the most that may become principal."""

    chapter = "repayment"
    sender = "anyone, with the signatures of borrower and servicer"
    reasons = (
        Reason.UNKNOWN_LOAN,
        Reason.NOT_LIVE,
        Reason.IN_AUCTION,
        Reason.TOO_MANY_RESTRUCTURINGS,
        Reason.SIGNATURE_EXPIRED,
        Reason.WRONG_SIGNER,
        Reason.COLLATERAL_DIFFERS,
        Reason.DAY_COUNT_DIFFERS,
        Reason.CAPITALISED_ABOVE_MAXIMUM,
        Reason.PRINCIPAL_ABOVE_SIGNED,
        Reason.PRINCIPAL_BELOW_MINIMUM,
        Reason.RATES_ABOVE_USURY_CAP,
        Reason.WINDOW_INVALID,
        Reason.PERIODS_OUT_OF_RANGE,
        Reason.CYCLE_OUT_OF_RANGE,
        Reason.MATURITY_OUT_OF_RANGE,
        Reason.GRACE_TOO_LONG,
        Reason.PAYMENT_INVALID,
        Reason.INTEREST_BELOW_UNIT,
        Reason.INTEREST_ABOVE_PRINCIPAL,
        Reason.FEE_ABOVE_CAP,
        Reason.LIMITS_NOT_ORDERED,
        Reason.WINDOW_NOT_OPEN,
        Reason.FACILITY_FULL,
        Reason.COVER_INSUFFICIENT,
        Reason.CONCENTRATION_EXCEEDED,
        Reason.PRICE_UNUSABLE,
        Reason.LOAN_TO_VALUE_EXCEEDED,
    )
    events = (DefaultBooked, Restructured)
    loan_statuses = True

    loan: LoanId
    terms: Terms
    maximum_capitalised: Amount
    deadline: Timestamp  # the first second that is too late for the signatures
    borrower_signature: Signature
    servicer_signature: Signature


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

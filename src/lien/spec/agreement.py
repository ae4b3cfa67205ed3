"""Chapter 6: the agreement.

The servicer of a facility offers a borrower a loan; with the offer all terms are fixed. The borrower accepts
and the servicer countersigns: two EIP-712 signatures over one document, which binds the chain, the protocol,
the loan, its parties and terms, and the signer's nonce for this loan. Anyone may hand a signature in.

The collateral goes into escrow with the borrower's acceptance, and comes back exactly once: by cancellation
or by settlement. An agreement that is not disbursed by the end of its window can be cancelled by anyone.

Requirements:

- AGREEMENT-1: terms that are offered are sound: rates within the usury cap, fees within their caps, dates in
  order, a grace shorter than the shortest period, no period whose interest is above its principal, limits in
  order.
- AGREEMENT-2: a loan is agreed only when borrower and servicer signed its terms, each with their own nonce.
- AGREEMENT-3: a nonce rises by one exactly on use, and one loan's nonce does not block another's.
- AGREEMENT-4: the borrower is never the servicer of the facility, nor the protocol.
- AGREEMENT-5: acceptance locks exactly the collateral of the terms; cancellation returns exactly that.
- AGREEMENT-6: before the window ends, an agreement is cancelled by nobody; after it, by anyone.
- AGREEMENT-7: the terms of a loan never change but by a restructuring that both parties signed.
- AGREEMENT-8: a facility that winds down offers no loan; no grace is longer than the maximum.

Trust: a servicer can offer any sound terms; nothing binds a borrower but their own signature. A borrower who
does not draw ties up no cash: cash is needed at disbursement only.
"""

from dataclasses import dataclass

from lien.spec.assets import ClaimRecorded
from lien.spec.call import Call, Event, Signature
from lien.spec.reasons import Reason
from lien.spec.terms import Terms
from lien.spec.types import Account, Amount, FacilityId, LoanId, Nonce, Timestamp


@dataclass(frozen=True, slots=True)
class LoanOffered(Event):
    """Tell that a loan is on offer, with its terms."""

    loan: LoanId
    facility: FacilityId
    borrower: Account
    terms: Terms


@dataclass(frozen=True, slots=True)
class LoanAccepted(Event):
    """Tell that the borrower signed and the collateral is in escrow."""

    loan: LoanId
    borrower: Account
    collateral: Amount
    nonce: Nonce


@dataclass(frozen=True, slots=True)
class LoanAgreed(Event):
    """Tell that the servicer countersigned."""

    loan: LoanId
    servicer: Account
    nonce: Nonce


@dataclass(frozen=True, slots=True)
class LoanCancelled(Event):
    """Tell that the loan ended before disbursement and what collateral went back."""

    loan: LoanId
    collateral: Amount


class Offer(Call):
    """Offer a borrower a loan of a facility on fixed terms."""

    chapter = "agreement"
    sender = "the facility's servicer"
    reasons = (
        Reason.UNKNOWN_FACILITY,
        Reason.NOT_SERVICER,
        Reason.FACILITY_WINDS_DOWN,
        Reason.BORROWER_NOT_ALLOWED,
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
        Reason.UNKNOWN_ASSET,
        Reason.TOO_MANY_LOANS,
    )
    events = (LoanOffered,)

    facility: FacilityId
    borrower: Account
    terms: Terms


class Accept(Call):
    """Hand in the borrower's signature and lock the collateral."""

    chapter = "agreement"
    sender = "anyone, with the borrower's signature"
    reasons = (
        Reason.UNKNOWN_LOAN,
        Reason.NOT_OFFERED,
        Reason.SIGNATURE_EXPIRED,
        Reason.WINDOW_CLOSED,
        Reason.WRONG_SIGNER,
        Reason.INSUFFICIENT_BALANCE,
    )
    events = (LoanAccepted,)
    loan_statuses = True

    loan: LoanId
    deadline: Timestamp  # the first second that is too late for the signature
    signature: Signature


class Countersign(Call):
    """Hand in the servicer's signature, which makes the agreement."""

    chapter = "agreement"
    sender = "anyone, with the servicer's signature"
    reasons = (
        Reason.UNKNOWN_LOAN,
        Reason.NOT_ACCEPTED,
        Reason.SIGNATURE_EXPIRED,
        Reason.WINDOW_CLOSED,
        Reason.WRONG_SIGNER,
    )
    events = (LoanAgreed,)
    loan_statuses = True

    loan: LoanId
    deadline: Timestamp
    signature: Signature


class Cancel(Call):
    """End a loan before disbursement and return its collateral."""

    chapter = "agreement"
    sender = "borrower or servicer before the agreement, anyone after the window"
    reasons = (
        Reason.UNKNOWN_LOAN,
        Reason.NOT_CANCELLABLE,
        Reason.AGREEMENT_BINDING,
        Reason.NOT_PARTY,
    )
    events = (ClaimRecorded, LoanCancelled)
    loan_statuses = True

    loan: LoanId

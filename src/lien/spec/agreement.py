"""Chapter 6: the agreement.

The servicer of a facility answers an approved application with fixed terms.

They give what was applied for, at the rate of the grade that the application's score reaches in the product
as it is then; no limit or term is wider than the product's. An application is offered at most one loan.

The borrower accepts and the servicer countersigns: two EIP-712 signatures over one document, which binds the
chain, the protocol, the loan, its parties and terms, and the signer's nonce for this loan. Anyone may hand a
signature in.

The collateral goes into escrow with the borrower's acceptance, and comes back exactly once: by cancellation
or by settlement. An agreement that is not disbursed by the end of its window can be cancelled by anyone.

Requirements:

- AGREEMENT-1: terms that are offered are sound: rates within the usury cap, fees within their caps, dates in
  order, a grace shorter than the shortest period, no period whose interest is above its principal, limits in
  order.
- AGREEMENT-2: a loan is agreed only when borrower and servicer signed its terms, each with their own nonce.
- AGREEMENT-3: a nonce rises by one exactly on use, and one loan's nonce does not block another's.
- AGREEMENT-4: the borrower is who applied, so never the servicer of the facility, nor the protocol.
- AGREEMENT-5: acceptance locks exactly the collateral of the terms; cancellation returns exactly that.
- AGREEMENT-6: before the window ends, an agreement is cancelled by nobody; after it, by anyone.
- AGREEMENT-7: the terms of a loan never change but by a restructuring that both parties signed.
- AGREEMENT-8: a facility that winds down offers no loan; no grace is longer than the maximum.
- AGREEMENT-9: an offer consumes an approved application that has not expired: it gives the principal, periods
  and collateral applied for, at exactly the rate of its grade, within the grade's origination limit and the
  product's longest term, and with at least the origination fee that the council set.
- AGREEMENT-10: only a borrower accepts who is eligible, has the identity that applied, and no open default.
- AGREEMENT-11: while origination is paused nothing is offered, accepted or countersigned.

Trust: a servicer chooses dates, repayment kind and charges within their caps, but neither whom to lend to nor
at what rate: reviewers and the product's grid do. Nothing binds a borrower but their own signature. A
borrower who does not draw ties up no cash: cash is needed at disbursement only.
"""

from dataclasses import dataclass

from lien.spec.assets import ClaimRecorded
from lien.spec.call import Call, Event, Signature
from lien.spec.reasons import Reason
from lien.spec.terms import Terms
from lien.spec.types import (
    Account,
    Amount,
    ApplicationId,
    FacilityId,
    IdentityId,
    LoanId,
    Nonce,
    Ratio,
    Timestamp,
)


@dataclass(frozen=True, slots=True)
class LoanOffered(Event):
    """Tell that a loan is on offer to who applied, with its terms and what the product sets beside them."""

    loan: LoanId
    application: ApplicationId
    facility: FacilityId
    borrower: Account
    identity: IdentityId
    impairment_ratio: Ratio
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
    """Answer an approved application with a loan on fixed terms."""

    chapter = "agreement"
    sender = "the facility's servicer"
    reasons = (
        Reason.UNKNOWN_APPLICATION,
        Reason.NOT_SERVICER,
        Reason.PAUSED,
        Reason.FACILITY_WINDS_DOWN,
        Reason.APPLICATION_EXPIRED,
        Reason.APPLICATION_NOT_APPROVED,
        Reason.APPLICATION_DIFFERS,
        Reason.RATE_NOT_OF_GRADE,
        Reason.LIMIT_ABOVE_GRADE,
        Reason.TERM_TOO_LONG,
        Reason.ORIGINATION_FEE_BELOW_FLOOR,
        Reason.PRINCIPAL_BELOW_MINIMUM,
        Reason.RATES_ABOVE_USURY_CAP,
        Reason.WINDOW_INVALID,
        Reason.CYCLE_OUT_OF_RANGE,
        Reason.MATURITY_OUT_OF_RANGE,
        Reason.GRACE_TOO_LONG,
        Reason.PAYMENT_INVALID,
        Reason.INTEREST_BELOW_UNIT,
        Reason.INTEREST_ABOVE_PRINCIPAL,
        Reason.FEE_ABOVE_CAP,
        Reason.LIMITS_NOT_ORDERED,
        Reason.TOO_MANY_LOANS,
    )
    events = (LoanOffered,)

    application: ApplicationId
    terms: Terms


class Accept(Call):
    """Hand in the borrower's signature and lock the collateral."""

    chapter = "agreement"
    sender = "anyone, with the borrower's signature"
    reasons = (
        Reason.UNKNOWN_LOAN,
        Reason.PAUSED,
        Reason.NOT_OFFERED,
        Reason.SIGNATURE_EXPIRED,
        Reason.WINDOW_CLOSED,
        Reason.WRONG_SIGNER,
        Reason.IDENTITY_MISSING,
        Reason.IDENTITY_EXPIRED,
        Reason.JURISDICTION_NOT_ALLOWED,
        Reason.ACCOUNT_FROZEN,
        Reason.IDENTITY_DIFFERS,
        Reason.OPEN_DEFAULT,
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
        Reason.PAUSED,
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

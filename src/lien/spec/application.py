"""Chapter 5: the application.

A person with an attested identity applies for a loan of a facility under a product: an amount, a number of
instalments, a purpose, collateral, and a commitment to the documents. The application is screened at once:
whoever is not eligible, asks for what the product does not give, is in default, has as many loans as they may
have, or would owe too much of the facility is told so and leaves no trace.

Reviewers vote on what passes, each once, with a rating from one to the maximum. When the votes reach the
product's quorum, and five at most, the application is decided: approved where more than half approve and the
score reaches a grade, else rejected. The score follows from the credit record and the lower median of the
ratings, so that a minority of reviewers moves it no further than between the ratings of the others.

When the reviewers change, a new epoch begins and open votes are void. An application that no loan came of
expires a named number of days after it was made, whoever books that. What was approved the servicer can offer
a loan for, once.

Requirements:

- APPLICATION-1: what is applied for passes the screening: eligible applicant, open product of the facility's
  asset, tier, amount and periods within limits, collateral unless the product is given unsecured, no open
  default, a free place for the loan, and within the facility's concentration limit.
- APPLICATION-2: what was applied for never changes.
- APPLICATION-3: only reviewers vote, each once in an epoch, and nobody on an application of their own or of
  their own identity.
- APPLICATION-4: an application is decided by the vote that reaches the quorum, and by nothing else.
- APPLICATION-5: while the honest are more than half of those who voted, the median lies among their ratings.
- APPLICATION-6: when the epoch has changed, votes of another epoch count no more.
- APPLICATION-7: only the applicant withdraws; an application that is over stays as it is.
- APPLICATION-8: an application expires by its date, whoever books it, and then takes no other call.
- APPLICATION-9: an application moves no tokens, and binds neither side.
- APPLICATION-10: while origination is paused nobody applies; votes and withdrawals go on.
- APPLICATION-11: an application is offered at most one loan, and is then over.

Trust: reviewers decide whom to trust. A majority of those who vote can approve or reject whom they like,
within what the record allows; none can borrow by that alone, since a servicer still has to offer.
"""

from dataclasses import dataclass

from lien.spec.call import Call, Event
from lien.spec.reasons import Reason
from lien.spec.types import (
    Account,
    Amount,
    ApplicationId,
    ApplicationStatus,
    Asset,
    Commitment,
    Count,
    Epoch,
    FacilityId,
    Flag,
    IdentityId,
    ProductId,
    Rating,
    Reference,
    Score,
)


@dataclass(frozen=True, slots=True)
class ApplicationMade(Event):
    """Tell what was applied for, by whom."""

    application: ApplicationId
    applicant: Account
    identity: IdentityId
    facility: FacilityId
    product: ProductId
    amount: Amount
    periods: Count
    purpose: Reference
    collateral_asset: Asset
    collateral_amount: Amount
    document: Commitment
    epoch: Epoch


@dataclass(frozen=True, slots=True)
class ApplicationWithdrawn(Event):
    """Tell that the applicant no longer asks."""

    application: ApplicationId


@dataclass(frozen=True, slots=True)
class ApplicationReviewed(Event):
    """Tell of a vote, and where the application stands after it."""

    application: ApplicationId
    reviewer: Account
    approves: Flag
    rating: Rating
    epoch: Epoch
    status: ApplicationStatus
    score: Score


@dataclass(frozen=True, slots=True)
class ApplicationLapsed(Event):
    """Tell that an application has expired."""

    application: ApplicationId


class Apply(Call):
    """Apply for a loan of a facility under a product."""

    chapter = "application"
    sender = "whoever is eligible"
    reasons = (
        Reason.UNKNOWN_FACILITY,
        Reason.UNKNOWN_PRODUCT,
        Reason.PAUSED,
        Reason.IDENTITY_MISSING,
        Reason.IDENTITY_EXPIRED,
        Reason.JURISDICTION_NOT_ALLOWED,
        Reason.ACCOUNT_FROZEN,
        Reason.BORROWER_NOT_ALLOWED,
        Reason.PRODUCT_CLOSED,
        Reason.ASSET_DIFFERS,
        Reason.TIER_TOO_LOW,
        Reason.AMOUNT_OUTSIDE_PRODUCT,
        Reason.PERIODS_OUT_OF_RANGE,
        Reason.UNKNOWN_ASSET,
        Reason.COLLATERAL_MISSING,
        Reason.OPEN_DEFAULT,
        Reason.TOO_MANY_LIVE_LOANS,
        Reason.CONCENTRATION_EXCEEDED,
        Reason.TOO_MANY_APPLICATIONS,
    )
    events = (ApplicationMade,)

    facility: FacilityId
    product: ProductId
    amount: Amount
    periods: Count
    purpose: Reference
    collateral_asset: Asset
    collateral_amount: Amount
    document: Commitment


class WithdrawApplication(Call):
    """Take an application back."""

    chapter = "application"
    sender = "the applicant"
    reasons = (
        Reason.UNKNOWN_APPLICATION,
        Reason.NOT_APPLICANT,
        Reason.APPLICATION_EXPIRED,
        Reason.APPLICATION_CLOSED,
    )
    events = (ApplicationWithdrawn,)

    application: ApplicationId


class Review(Call):
    """Vote on an application, and rate it."""

    chapter = "application"
    sender = "a reviewer"
    reasons = (
        Reason.NOT_REVIEWER,
        Reason.RATING_OUT_OF_RANGE,
        Reason.UNKNOWN_APPLICATION,
        Reason.OWN_APPLICATION,
        Reason.APPLICATION_EXPIRED,
        Reason.NOT_UNDER_REVIEW,
        Reason.ALREADY_VOTED,
    )
    events = (ApplicationReviewed,)

    application: ApplicationId
    approves: Flag
    rating: Rating


class Expire(Call):
    """Book that an application has expired."""

    chapter = "application"
    sender = "anyone"
    reasons = (
        Reason.UNKNOWN_APPLICATION,
        Reason.APPLICATION_CLOSED,
        Reason.APPLICATION_NOT_EXPIRED,
    )
    events = (ApplicationLapsed,)

    application: ApplicationId

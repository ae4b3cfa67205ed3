"""Say where an application stands: open or over, expired or not, and what a vote makes of it."""

from dataclasses import replace
from typing import Any

from lien.protocol.algebra import all_of, any_of, choose, minimum, negate
from lien.protocol.credit import UNGRADED, compute_score, grade_of
from lien.protocol.ratings import PLACES, insert_rating, lower_median
from lien.protocol.state import Application, Identity
from lien.spec.application import ApplicationReviewed, Review
from lien.spec.product import Product
from lien.spec.types import ApplicationStatus
from lien.spec.units import APPLICATION_DAYS, SECONDS_PER_DAY


def is_open(application: Application) -> bool:
    """Return whether the application is under review or approved, as far as its record says."""
    return any_of(
        application.status == ApplicationStatus.APPLIED, application.status == ApplicationStatus.APPROVED
    )


def is_expired(application: Application, now: int) -> bool:
    """Return whether the application has expired at a second, booked or not (APPLICATION-8)."""
    is_late = now >= application.applied_at + APPLICATION_DAYS * SECONDS_PER_DAY
    return any_of(application.status == ApplicationStatus.EXPIRED, all_of(is_open(application), is_late))


def count_vote(application: Application, vote: Review | ApplicationReviewed, epoch: int) -> Application:
    """Return an application with one more vote; those of another epoch are void (APPLICATION-6)."""
    is_void = application.epoch != epoch
    ratings = tuple(choose(is_void, 0, rating) for rating in application.ratings)
    return replace(
        application,
        epoch=epoch,
        approvals=choose(is_void, 0, application.approvals) + vote.approves,
        rejections=choose(is_void, 0, application.rejections) + 1 - vote.approves,
        ratings=insert_rating(ratings, vote.rating),
    )


def decide(application: Application, product: Product, identity: Identity) -> Application:
    """Return an application as its votes leave it: undecided, approved with a score, or rejected."""
    votes = application.approvals + application.rejections
    score = compute_score(identity, lower_median(application.ratings, votes))
    is_decided = votes >= minimum(product.quorum, PLACES)
    is_graded = negate(grade_of(product, score) == UNGRADED)
    is_approved = all_of(is_decided, application.approvals > application.rejections, is_graded)
    decision = choose(is_approved, ApplicationStatus.APPROVED, ApplicationStatus.REJECTED)
    status: Any = choose(is_decided, decision, ApplicationStatus.APPLIED)  # one of these three
    return replace(
        application,
        status=status,
        score=choose(is_approved, score, 0),
    )

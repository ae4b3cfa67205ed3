"""When exactly the calls on an application are rejected."""

from lien.invariants.properties.base import Observed, is_one_of
from lien.invariants.properties.rejections.table import (
    Conditions,
    has_no_room,
    is_closed,
    is_ineligible,
    is_unknown,
    rejects,
)
from lien.protocol.algebra import all_of, any_of, negate
from lien.protocol.state import Application
from lien.spec.application import Apply, Expire, Review, WithdrawApplication
from lien.spec.reasons import Reason
from lien.spec.types import OPEN, ApplicationStatus, Role, Scope
from lien.spec.units import APPLICATION_DAYS, MAXIMUM_NUMBER, MAXIMUM_PERIODS, RATING_MAXIMUM, SECONDS_PER_DAY


@rejects(Apply)
def of_apply(observed: Observed) -> Conditions:
    """Yield the conditions of the screening."""
    call, before, sender = observed.call, observed.before, observed.context.sender
    yield Reason.UNKNOWN_FACILITY, is_unknown(call.facility, before.facility_count)
    yield Reason.UNKNOWN_PRODUCT, is_unknown(call.product, before.product_count)
    yield Reason.PAUSED, is_closed(observed, Scope.ORIGINATION)
    yield from is_ineligible(observed, sender)
    identity = before.identities.get(before.identity_of.get(sender))
    facility, product = before.facilities.get(call.facility), before.products.get(call.product)
    yield Reason.BORROWER_NOT_ALLOWED, sender == facility.servicer
    yield Reason.PRODUCT_CLOSED, product.is_open == 0
    yield Reason.ASSET_DIFFERS, product.asset != facility.asset
    yield Reason.TIER_TOO_LOW, identity.tier < product.minimum_tier
    yield (
        Reason.AMOUNT_OUTSIDE_PRODUCT,
        any_of(call.amount < product.minimum_principal, call.amount > product.maximum_principal),
    )
    yield Reason.PERIODS_OUT_OF_RANGE, any_of(call.periods == 0, call.periods > MAXIMUM_PERIODS)
    yield Reason.UNKNOWN_ASSET, before.ledger.listed.get(call.collateral_asset) == 0
    yield Reason.COLLATERAL_MISSING, all_of(call.collateral_amount == 0, product.allows_unsecured == 0)
    yield from has_no_room(observed, call.facility, call.amount, identity)
    yield Reason.TOO_MANY_APPLICATIONS, before.application_count >= MAXIMUM_NUMBER


def application_of(observed: Observed) -> Application:
    """Return the application of a call, before it."""
    application: Application = observed.before.applications.get(observed.call.application)
    return application


def has_lapsed(observed: Observed) -> bool:
    """Return whether the application has expired, booked or not."""
    application = application_of(observed)
    last = application.applied_at + APPLICATION_DAYS * SECONDS_PER_DAY
    is_late = all_of(is_one_of(application.status, OPEN), observed.context.timestamp >= last)
    return any_of(is_late, application.status == ApplicationStatus.EXPIRED)


def is_unknown_application(observed: Observed) -> bool:
    """Return whether the call names no application."""
    return is_unknown(observed.call.application, observed.before.application_count)


@rejects(WithdrawApplication)
def of_withdraw_application(observed: Observed) -> Conditions:
    """Yield the conditions of a withdrawal."""
    yield Reason.UNKNOWN_APPLICATION, is_unknown_application(observed)
    application = application_of(observed)
    yield Reason.NOT_APPLICANT, observed.context.sender != application.applicant
    yield Reason.APPLICATION_EXPIRED, has_lapsed(observed)
    yield Reason.APPLICATION_CLOSED, negate(is_one_of(application.status, OPEN))


@rejects(Review)
def of_review(observed: Observed) -> Conditions:
    """Yield the conditions of a vote."""
    call, before, sender = observed.call, observed.before, observed.context.sender
    yield Reason.NOT_REVIEWER, before.roles.get((Role.REVIEWER, sender)) == 0
    yield Reason.RATING_OUT_OF_RANGE, any_of(call.rating == 0, call.rating > RATING_MAXIMUM)
    yield Reason.UNKNOWN_APPLICATION, is_unknown_application(observed)
    application = application_of(observed)
    is_same_person = before.identity_of.get(sender) == application.identity
    yield Reason.OWN_APPLICATION, any_of(sender == application.applicant, is_same_person)
    yield Reason.APPLICATION_EXPIRED, has_lapsed(observed)
    yield Reason.NOT_UNDER_REVIEW, application.status != ApplicationStatus.APPLIED
    voted = before.votes.get((call.application, sender))
    yield Reason.ALREADY_VOTED, voted - 1 == before.review_epoch


@rejects(Expire)
def of_expire(observed: Observed) -> Conditions:
    """Yield the conditions of booking that an application has expired."""
    yield Reason.UNKNOWN_APPLICATION, is_unknown_application(observed)
    yield Reason.APPLICATION_CLOSED, negate(is_one_of(application_of(observed).status, OPEN))
    yield Reason.APPLICATION_NOT_EXPIRED, negate(has_lapsed(observed))

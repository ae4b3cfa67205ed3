"""Chapter 5: the application (`lien.spec.application`)."""

from dataclasses import replace

from lien.protocol.algebra import all_of, any_of, negate
from lien.protocol.applications import count_vote, decide, is_expired, is_open
from lien.protocol.calendar import day_of
from lien.protocol.eligibility import require_eligible
from lien.protocol.pauses import require_open
from lien.protocol.rejection import require
from lien.protocol.screening import require_room, require_within_product
from lien.protocol.state import Application, Context, State
from lien.protocol.transitions.step import Step
from lien.spec.application import (
    ApplicationLapsed,
    ApplicationMade,
    ApplicationReviewed,
    ApplicationWithdrawn,
    Apply,
    Expire,
    Review,
    WithdrawApplication,
)
from lien.spec.reasons import Reason
from lien.spec.types import ApplicationStatus, Role, Scope
from lien.spec.units import MAXIMUM_NUMBER, RATING_MAXIMUM


def apply(state: State, call: Apply, context: Context) -> Step:
    """Screen an application, and keep it if it passes (APPLICATION-1, APPLICATION-9, APPLICATION-10)."""
    require(state.facilities.contains(call.facility), Reason.UNKNOWN_FACILITY)
    require(state.products.contains(call.product), Reason.UNKNOWN_PRODUCT)
    require_open(state, Scope.ORIGINATION, context.timestamp)
    require_eligible(state, context.sender, context.timestamp)
    facility, product = state.facilities.get(call.facility), state.products.get(call.product)
    owner = state.identity_of.get(context.sender)
    identity = state.identities.get(owner)
    require(context.sender != facility.servicer, Reason.BORROWER_NOT_ALLOWED)
    require_within_product(state, call, product, facility, identity)
    require_room(state, call.facility, call.amount, identity, day_of(context.timestamp))
    require(state.application_count < MAXIMUM_NUMBER, Reason.TOO_MANY_APPLICATIONS)

    number = state.application_count + 1
    application = Application(
        applicant=context.sender,
        identity=owner,
        applied_at=context.timestamp,
        epoch=state.review_epoch,
        **call.arguments(),
    )
    after = replace(state, application_count=number, applications=state.applications.set(number, application))
    event = ApplicationMade(
        application=number,
        applicant=context.sender,
        identity=owner,
        epoch=state.review_epoch,
        **call.arguments(),
    )
    return Step(after, (event,))


def withdraw_application(state: State, call: WithdrawApplication, context: Context) -> Step:
    """Take an application back (APPLICATION-7)."""
    require(state.applications.contains(call.application), Reason.UNKNOWN_APPLICATION)
    application = state.applications.get(call.application)
    require(context.sender == application.applicant, Reason.NOT_APPLICANT)
    require(negate(is_expired(application, context.timestamp)), Reason.APPLICATION_EXPIRED)
    require(is_open(application), Reason.APPLICATION_CLOSED)

    withdrawn = replace(application, status=ApplicationStatus.WITHDRAWN)
    after = replace(state, applications=state.applications.set(call.application, withdrawn))
    return Step(after, (ApplicationWithdrawn(call.application),))


def review(state: State, call: Review, context: Context) -> Step:
    """Count a vote, and decide when there are enough (APPLICATION-3 to -6)."""
    require(state.roles.get((Role.REVIEWER, context.sender)) == 1, Reason.NOT_REVIEWER)
    require(all_of(call.rating >= 1, call.rating <= RATING_MAXIMUM), Reason.RATING_OUT_OF_RANGE)
    require(state.applications.contains(call.application), Reason.UNKNOWN_APPLICATION)
    application = state.applications.get(call.application)
    identity_of_sender = state.identity_of.get(context.sender)
    is_own = any_of(context.sender == application.applicant, identity_of_sender == application.identity)
    require(negate(is_own), Reason.OWN_APPLICATION)
    require(negate(is_expired(application, context.timestamp)), Reason.APPLICATION_EXPIRED)
    require(application.status == ApplicationStatus.APPLIED, Reason.NOT_UNDER_REVIEW)
    vote, epoch = (call.application, context.sender), state.review_epoch
    require(state.votes.get(vote) != epoch + 1, Reason.ALREADY_VOTED)

    counted = count_vote(application, call, epoch)
    product, identity = state.products.get(application.product), state.identities.get(application.identity)
    decided = decide(counted, product, identity)
    after = replace(
        state,
        applications=state.applications.set(call.application, decided),
        votes=state.votes.set(vote, epoch + 1),
    )
    event = ApplicationReviewed(
        application=call.application,
        reviewer=context.sender,
        approves=call.approves,
        rating=call.rating,
        epoch=epoch,
        status=decided.status,
        score=decided.score,
    )
    return Step(after, (event,))


def expire(state: State, call: Expire, context: Context) -> Step:
    """Book that an application has expired (APPLICATION-8)."""
    require(state.applications.contains(call.application), Reason.UNKNOWN_APPLICATION)
    application = state.applications.get(call.application)
    require(is_open(application), Reason.APPLICATION_CLOSED)
    require(is_expired(application, context.timestamp), Reason.APPLICATION_NOT_EXPIRED)

    expired = replace(application, status=ApplicationStatus.EXPIRED)
    after = replace(state, applications=state.applications.set(call.application, expired))
    return Step(after, (ApplicationLapsed(call.application),))

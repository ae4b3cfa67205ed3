"""Chapter 5: the application (`lien.spec.application`)."""

from dataclasses import replace
from typing import Any

from lien.protocol.applications import count_vote
from lien.protocol.state import Application, State
from lien.spec.application import (
    ApplicationLapsed,
    ApplicationMade,
    ApplicationReviewed,
    ApplicationWithdrawn,
)
from lien.spec.types import ApplicationStatus


def application_made(state: State, event: ApplicationMade, now: int) -> State:
    """Keep what was applied for."""
    told = event.fields()
    number = told.pop("application")
    applications = state.applications.set(number, Application(applied_at=now, **told))
    return replace(state, application_count=number, applications=applications)


def application_reviewed(state: State, event: ApplicationReviewed, _: int) -> State:
    """Count the vote; where the application stands after it is told."""
    counted = count_vote(state.applications.get(event.application), event, event.epoch)
    decided = replace(counted, status=event.status, score=event.score)
    return replace(
        state,
        applications=state.applications.set(event.application, decided),
        votes=state.votes.set((event.application, event.reviewer), event.epoch + 1),
    )


def application_withdrawn(state: State, event: ApplicationWithdrawn, _: int) -> State:
    """Close the application."""
    return with_application(state, event.application, status=ApplicationStatus.WITHDRAWN)


def application_lapsed(state: State, event: ApplicationLapsed, _: int) -> State:
    """Close the application."""
    return with_application(state, event.application, status=ApplicationStatus.EXPIRED)


def with_application(state: State, number: int, **changes: Any) -> State:
    """Return the state in which some fields of an application are other ones."""
    application = replace(state.applications.get(number), **changes)
    return replace(state, applications=state.applications.set(number, application))

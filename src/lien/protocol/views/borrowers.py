"""Answer what a borrower asks of their identity and their applications."""

from dataclasses import dataclass

from lien.protocol.applications import is_expired
from lien.protocol.credit import compute_score, record_default, record_settlement
from lien.protocol.state import Identity, State
from lien.spec.types import Account, Amount, ApplicationId, ApplicationStatus, Rating, Score, Timestamp
from lien.spec.units import RATING_MAXIMUM


@dataclass(frozen=True, slots=True)
class ScoreOutlook:
    """Say what an identity scores under a rating, and what each thing that can happen would make of it."""

    now: Score
    after_settling_on_time: Score
    after_settling_late: Score
    after_a_default: Score
    with_the_best_rating: Score


def identity_of(state: State, account: Account) -> Identity:
    """Return the identity of an account, expired or not; an account without one is a fault of the caller."""
    return state.identities.get(state.identity_of.get(account))


def score_of(state: State, account: Account, rating: Rating) -> Score:
    """Return the score of an account's identity under a median rating."""
    return compute_score(identity_of(state, account), rating)


def score_outlook(state: State, account: Account, rating: Rating, principal: Amount) -> ScoreOutlook:
    """Return what would change the score of an account's identity; a loan of the principal would count."""
    identity = identity_of(state, account)
    on_time = record_settlement(identity, principal, counts=True, is_late=False)
    late = record_settlement(identity, principal, counts=True, is_late=True)
    return ScoreOutlook(
        now=compute_score(identity, rating),
        after_settling_on_time=compute_score(on_time, rating),
        after_settling_late=compute_score(late, rating),
        after_a_default=compute_score(record_default(identity), rating),
        with_the_best_rating=compute_score(identity, RATING_MAXIMUM),
    )


def application_status_on(state: State, number: ApplicationId, timestamp: Timestamp) -> ApplicationStatus:
    """Return where an application stands at a second, whether or not anyone has booked that it expired."""
    application = state.applications.get(number)
    return ApplicationStatus.EXPIRED if is_expired(application, timestamp) else application.status

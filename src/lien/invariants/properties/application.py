"""Properties of applications: of their records, and of ratings and their median."""

from itertools import pairwise

from lien.invariants.properties.base import Kind, declare, is_one_of
from lien.protocol.algebra import all_of, any_of, count_true, implies
from lien.protocol.ratings import PLACES, insert_rating, lower_median
from lien.protocol.state import NO_RATINGS, Application, State
from lien.spec.types import ApplicationStatus, Rating
from lien.spec.units import MAXIMUM_PERIODS, RATING_MAXIMUM

UNSCORED = (ApplicationStatus.APPLIED, ApplicationStatus.REJECTED)


def are_sorted(ratings: tuple[int, ...]) -> bool:
    """Return whether no rating is less than the one before it."""
    return all_of(*(low <= high for low, high in pairwise(ratings)))


@declare("APPLICATION-RATINGS", Kind.ENTRY, ("application",), (), over="applications")
def ratings_are_the_votes(application: Application) -> bool:
    """An application's ratings are sorted and within their maximum; there are as many as votes."""
    ratings = application.ratings
    return all_of(
        are_sorted(ratings),
        ratings[-1] <= RATING_MAXIMUM,
        count_true(*(rating > 0 for rating in ratings)) == application.approvals + application.rejections,
    )


@declare("APPLICATION-STATUS", Kind.ENTRY, ("application",), (), over="applications")
def status_says_how_it_was_decided(application: Application) -> bool:
    """An application has no score until it is approved, by more than half; then all votes are in."""
    status = application.status
    is_free = application.approvals + application.rejections < PLACES
    return all_of(
        implies(is_one_of(status, UNSCORED), application.score == 0),
        implies(status == ApplicationStatus.APPROVED, application.approvals > application.rejections),
        implies(status == ApplicationStatus.APPLIED, is_free),
    )


@declare("APPLICATION-ASKS", Kind.ENTRY, ("application",), (108,), over="applications")
def application_asks_for_something(application: Application) -> bool:
    """An application is for an amount, in a number of periods that terms can have."""
    return all_of(application.amount >= 1, application.periods >= 1, application.periods <= MAXIMUM_PERIODS)


@declare("APPLICATION-PARTIES", Kind.LINK, ("application",), (96,), over="applications")
def application_speaks_of_what_exists(state: State, _: int, application: Application) -> bool:
    """The facility, the product and the identity of an application exist; its collateral's asset is listed.

    The applicant is neither the protocol nor the facility's servicer.
    """
    return all_of(
        application.facility >= 1,
        application.facility <= state.facility_count,
        application.product >= 1,
        application.product <= state.product_count,
        application.identity >= 1,
        application.identity <= state.identity_count,
        application.applicant != state.settings.protocol,
        application.applicant != state.facilities.field(application.facility, "servicer"),
        state.ledger.listed.get(application.collateral_asset) == 1,
    )


@declare("APPLICATION-TIME", Kind.LINK, ("application",), (47,), over="applications")
def application_is_of_the_past(state: State, _: int, application: Application) -> bool:
    """An application was made before now, and its votes are of an epoch that has begun."""
    return all_of(application.applied_at <= state.timestamp, application.epoch <= state.review_epoch)


@declare("VOTE-EXISTS", Kind.LINK, ("application",), (108,), over="votes")
def votes_are_on_applications(state: State, key: tuple[int, ...], figure: int) -> bool:
    """A vote is on an application that exists, in an epoch that has begun."""
    exists = all_of(key[0] >= 1, key[0] <= state.application_count)
    return any_of(figure == 0, all_of(exists, figure <= state.review_epoch + 1))


@declare("RATINGS-SORTED", Kind.RELATIONAL, ("application",), ())
def insertion_keeps_ratings_sorted(application: Application, rating: Rating) -> bool:
    """One more rating leaves them sorted, and takes the place of the lowest."""
    before, after = application.ratings, insert_rating(application.ratings, rating)
    replaced = all_of(*(one == other for one, other in zip(after[1:], before[1:], strict=True)))
    return all_of(
        are_sorted(after),
        sum(after) == sum(before) - before[0] + rating,
        implies(rating <= before[1], all_of(after[0] == rating, replaced)),
    )


@declare("MEDIAN-HONEST", Kind.RELATIONAL, ("application",), ())
def median_lies_among_the_honest(  # each rating stands for a reviewer
    first: Rating, second: Rating, third: Rating, fourth: Rating, fifth: Rating, bound: Rating
) -> bool:
    """Where more than half of the ratings are at least a bound, so is the median; likewise at most.

    So it lies among the ratings of the honest while they are more than half, whatever the others say.
    """
    given = (first, second, third, fourth, fifth)
    ratings, claims = NO_RATINGS, list[bool]()
    for votes, rating in enumerate(given, 1):
        ratings = insert_rating(ratings, rating)
        median = lower_median(ratings, votes)
        above = count_true(*(other >= bound for other in given[:votes]))
        below = count_true(*(other <= bound for other in given[:votes]))
        claims += [
            implies(2 * above > votes, median >= bound),
            implies(2 * below > votes, median <= bound),
            any_of(*(median == other for other in given[:votes])),
        ]
    are_ratings = all_of(*(rating >= 1 for rating in given))
    return implies(are_ratings, all_of(*claims))

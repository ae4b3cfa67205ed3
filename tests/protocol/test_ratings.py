"""Ratings stay sorted, and the median is one of them."""

from lien.protocol.ratings import insert_rating, lower_median
from lien.protocol.state import NO_RATINGS


def test_without_votes_there_is_no_median() -> None:
    """Given no vote / When the median is asked for / Then it is zero."""
    assert lower_median(NO_RATINGS, 0) == 0


def test_ratings_are_kept_sorted_and_the_lowest_makes_room() -> None:
    """Given ratings / When they are inserted / Then sorted; the lower median is of those that were given."""
    ratings = NO_RATINGS
    medians: list[int] = []
    for votes, rating in enumerate((50, 10, 90, 90, 20), 1):
        ratings = insert_rating(ratings, rating)
        medians.append(lower_median(ratings, votes))
    assert ratings == (10, 20, 50, 90, 90)
    assert medians == [50, 10, 50, 50, 50]
    assert insert_rating(ratings, 30) == (20, 30, 50, 90, 90)
    assert insert_rating(ratings, 5) == (5, 20, 50, 90, 90)

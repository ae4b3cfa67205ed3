"""Ratings stay sorted, and the median is one of them."""

from statistics import median_low

import pytest

from lien.protocol.ratings import insert_rating, lower_median
from lien.protocol.state import NO_RATINGS


def test_without_votes_there_is_no_median() -> None:
    """Given no vote / When the median is asked for / Then it is zero."""
    assert lower_median(NO_RATINGS, 0) == 0


@pytest.mark.parametrize("votes", range(1, len(NO_RATINGS) + 1))
def test_the_median_is_that_of_the_votes(votes: int) -> None:
    """Given some votes in any order / When their median is asked for / Then it is the lower one of theirs."""
    given = [(7 * vote) % 11 + 1 for vote in range(votes)]
    ratings = NO_RATINGS
    for rating in given:
        ratings = insert_rating(ratings, rating)
    assert lower_median(ratings, votes) == median_low(given)

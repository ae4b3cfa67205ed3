"""Keep the ratings of an application sorted, and take their median; by terms, so that no path forks."""

from lien.protocol.algebra import choose, maximum, minimum
from lien.spec.types import RatingPlace

PLACES = len(RatingPlace)


def insert_rating(ratings: tuple[int, ...], rating: int) -> tuple[int, ...]:
    """Return sorted ratings with one more, in place of the lowest: zero while there is a free place."""
    _, *rest = ratings
    lower = (0, *rest)
    return (
        *(maximum(below, minimum(rating, above)) for below, above in zip(lower[:-1], rest, strict=True)),
        maximum(lower[-1], rating),
    )


def lower_median(ratings: tuple[int, ...], votes: int) -> int:
    """Return the median of the last ratings, as many as there are votes; of an even number, the lower one.

    While more than half of the votes are honest, it lies among their ratings (APPLICATION-5).
    """
    median = 0
    for count in range(1, PLACES + 1):
        median = choose(votes == count, ratings[PLACES - count + (count - 1) // 2], median)
    return median

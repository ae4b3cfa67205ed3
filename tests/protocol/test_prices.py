"""The usable price, beside the plainest reading of its rule; and what a feed does with a post."""

from itertools import product
from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lien.protocol.genesis import DOLLAR, ETHER
from lien.protocol.prices import lower_median, require_price, usable_price_of, with_post
from lien.protocol.rejection import Rejection
from lien.protocol.state import Feed
from lien.spec.reasons import Reason
from lien.spec.types import Place
from lien.spec.units import FEED_SEATS, LARGE_QUORUM, MAXIMUM_PRICE, MAXIMUM_PRICE_AGE, PRICE_QUORUM
from tests.lives import new_life

NOW = 10**6
prices = st.integers(0, 3) | st.integers(0, MAXIMUM_PRICE)
times = st.integers(NOW - MAXIMUM_PRICE_AGE - 2, NOW)


def five(figures: st.SearchStrategy[int]) -> st.SearchStrategy[list[int]]:
    """Return lists of one figure a seat."""
    return st.lists(figures, min_size=FEED_SEATS, max_size=FEED_SEATS)


def test_there_is_a_place_for_each_seat() -> None:
    """Given the seats / When places are counted / Then there are as many."""
    assert [int(place) for place in Place] == list(range(FEED_SEATS))


@pytest.mark.parametrize("counted", list(product((False, True), repeat=FEED_SEATS)))
def test_the_lower_median_is_that_of_the_counted(counted: tuple[bool, ...]) -> None:
    """Given sorted prices / When any of them count / Then the median is one of these; of none, it is zero."""
    sorted_prices = (2, 3, 3, 7, 11)
    chosen = [price for price, counts in zip(sorted_prices, counted, strict=True) if counts]
    assert lower_median(sorted_prices, counted) == (median_low(chosen) if chosen else 0)


@given(five(prices), five(times), five(times), five(st.integers(NOW - 2, NOW + 2)))
def test_the_usable_price_is_what_its_rule_says(
    posted: list[int], posted_at: list[int], since: list[int], usable_at: list[int]
) -> None:
    """Given any slots / When the usable price is read
    / Then it is the median of all fresh ones, or of those that have waited.
    """
    posted.sort()
    fresh = [
        place
        for place in Place
        if posted[place] and since[place] < posted_at[place] and NOW - posted_at[place] < MAXIMUM_PRICE_AGE
    ]
    waited = [place for place in fresh if usable_at[place] <= NOW]
    counted = fresh if len(fresh) >= LARGE_QUORUM else waited
    expected = median_low([posted[place] for place in counted]) if len(counted) >= PRICE_QUORUM else 0
    feed = Feed(ETHER, DOLLAR, prices=tuple(posted), posted_at=tuple(posted_at), usable_at=tuple(usable_at))
    assert usable_price_of(feed, tuple(since), NOW) == expected


@given(st.lists(st.tuples(st.integers(1, FEED_SEATS), st.integers(1, MAXIMUM_PRICE)), max_size=12))
def test_slots_are_the_last_posts_sorted(posts: list[tuple[int, int]]) -> None:
    """Given any posts / When they are put in one after the other
    / Then the slots are the last of each seat, sorted.
    """
    feed = Feed(ETHER, DOLLAR)
    last: dict[int, tuple[int, int, int]] = dict.fromkeys(range(1, FEED_SEATS + 1), (0, 0, 0))
    for now, (seat, price) in enumerate(posts, 1):
        feed = with_post(feed, seat, price, now, now + 7)
        last[seat] = (price, now, now + 7)
    slots = zip(feed.prices, feed.posted_at, feed.usable_at, strict=True)
    assert dict(zip(feed.seats, slots, strict=True)) == last
    assert list(feed.prices) == sorted(feed.prices)


def test_of_equal_prices_the_later_post_stands_behind() -> None:
    """Given two posts of one price / When they are put in one after the other / Then so they stand."""
    feed = with_post(with_post(Feed(ETHER, DOLLAR), 3, 5, 1, 1), 2, 5, 2, 2)
    assert feed.seats == (1, 4, 5, 3, 2)


def test_a_price_that_is_needed_and_not_there_is_a_rejection() -> None:
    """Given two prices, then three / When one is needed / Then there is none, and then there is."""
    life = new_life()
    life.post_prices(100, feeders=2)
    with pytest.raises(Rejection) as rejected:
        require_price(life.state, ETHER, DOLLAR, life.now)
    assert rejected.value.reason is Reason.PRICE_UNUSABLE
    life.post_prices(100, feeders=3)
    assert require_price(life.state, ETHER, DOLLAR, life.now) == 100

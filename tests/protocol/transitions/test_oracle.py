"""Chapter 3: post_price."""

from dataclasses import replace

import pytest

from lien.protocol.genesis import DOLLAR, ETHER, FEEDERS
from lien.protocol.prices import usable_price
from lien.protocol.state import Feed
from lien.spec.oracle import PostPrice, PricePosted
from lien.spec.reasons import Reason
from lien.spec.units import (
    FEED_SEATS,
    MAXIMUM_NUMBER,
    MAXIMUM_PRICE,
    MAXIMUM_PRICE_AGE,
    MAXIMUM_TIMESTAMP,
    STEP_DELAY,
)
from tests.lives import START, Cases, Life, account, check_rejection, new_life

NOON = START * 86_400 + 43_200


def post(price: int, seat: int = 1, collateral: int = ETHER, loan: int = DOLLAR) -> PostPrice:
    """Return a post."""
    return PostPrice(collateral_asset=collateral, loan_asset=loan, seat=seat, price=price)


def post_on(life: Life, price: int, *seats: int) -> None:
    """Let the feeders of some seats post a price."""
    for seat in seats:
        life.send(post(price, seat), FEEDERS[seat - 1])


def price_in(life: Life) -> int:
    """Return the usable price of ether now."""
    return usable_price(life.state, ETHER, DOLLAR, life.now)


def priced_life(feeders: int) -> Life:
    """Let some feeders post one hundred at noon, and an hour pass."""
    life = new_life().on(START, 43_200)
    life.post_prices(100, feeders=feeders)
    return life.on(START, 43_200 + 3_600)


# --- what a post does -------------------------------------------------------------------------------


def test_the_first_post_of_a_pair_opens_its_feed() -> None:
    """Given no price / When one is posted / Then the pair has a feed, where it stands after empty slots."""
    life = new_life().on(START, 43_200)
    before = life.state
    outcome = life.send(post(7, seat=3), FEEDERS[2])
    feed = Feed(
        ETHER,
        DOLLAR,
        prices=(0, 0, 0, 0, 7),
        seats=(1, 2, 4, 5, 3),
        posted_at=(0, 0, 0, 0, NOON),
        usable_at=(0, 0, 0, 0, NOON),
    )
    assert outcome.state == replace(
        before,
        timestamp=NOON,
        feed_count=1,
        feeds=before.feeds.set(1, feed),
        feed_of=before.feed_of.set((ETHER, DOLLAR), 1),
    )
    assert outcome.events == (PricePosted(1, ETHER, DOLLAR, 3, account(FEEDERS[2]), 7, NOON, 0),)
    assert outcome.transfers == ()


def test_a_post_takes_the_place_of_its_own_seat_alone() -> None:
    """Given four prices / When a seat posts again / Then its slot moves, and the others stay as they were."""
    life = new_life().on(START, 43_200)
    for seat, price in ((1, 100), (2, 104), (3, 98), (4, 102)):
        post_on(life, price, seat)
    life.on(START, 43_260)
    outcome = life.send(post(101, seat=3), FEEDERS[2])
    assert outcome.state.feeds.get(1) == Feed(
        ETHER,
        DOLLAR,
        reference=100,
        prices=(0, 100, 101, 102, 104),
        seats=(5, 1, 3, 4, 2),
        posted_at=(0, NOON, NOON + 60, NOON, NOON),
        usable_at=(0, NOON, NOON + 60, NOON, NOON),
    )
    assert outcome.events == (PricePosted(1, ETHER, DOLLAR, 3, account(FEEDERS[2]), 101, NOON + 60, 100),)


def test_each_pair_has_a_feed_of_its_own() -> None:
    """Given a price of ether in dollars / When dollars are priced in ether / Then neither knows the other."""
    life = priced_life(3)
    life.post_prices(5, collateral=DOLLAR, loan=ETHER, feeders=3)
    assert price_in(life) == 100
    assert usable_price(life.state, DOLLAR, ETHER, life.now) == 5
    assert life.state.feed_count == 2


# --- how far it moves -------------------------------------------------------------------------------


@pytest.mark.parametrize(("price", "waits"), [(80, False), (79, True), (120, False), (121, True)])
def test_a_step_within_the_limit_is_usable_at_once(price: int, waits: bool) -> None:
    """Given a usable price of 100 / When a post moves a fifth from it, or further
    / Then at once, or in an hour.
    """
    life = priced_life(3)
    outcome = life.send(post(price), FEEDERS[0])
    (event,) = outcome.events
    assert isinstance(event, PricePosted)
    assert event.usable_at == life.now + (STEP_DELAY if waits else 0)
    assert event.reference == 100


def test_with_three_feeders_a_fall_waits() -> None:
    """Given three feeders / When all post a fall, some of them twice
    / Then there is no price for an hour, and then the new one.
    """
    life = priced_life(3)
    fell_at = life.now
    post_on(life, 57, 1, 2, 3, 1, 2, 3)
    assert price_in(life) == 0
    life.now = fell_at + STEP_DELAY // 2
    post_on(life, 56, 1, 2, 3)
    assert price_in(life) == 0
    life.now = fell_at + STEP_DELAY - 1
    assert price_in(life) == 0
    life.now = fell_at + STEP_DELAY
    assert price_in(life) == 56
    post_on(life, 50, 1)
    assert price_in(life) == 56


def test_feeders_who_post_in_turns_have_a_price() -> None:
    """Given three feeders, who post a fall half an hour apart, and again every ten minutes
    / When the last of them has waited / Then there is a price.
    """
    life = priced_life(3)
    fell_at = life.now
    for minutes in range(0, 120, 10):
        life.now = fell_at + 60 * minutes
        post_on(life, 57, *(seat for seat in (1, 2, 3) if minutes >= 30 * (seat - 1)))
        assert price_in(life) == 0
    life.now = fell_at + 120 * 60
    assert price_in(life) == 57


def test_with_four_feeders_a_fall_is_usable_at_once() -> None:
    """Given four feeders / When they post a fall one after the other
    / Then the median falls with the second of them.
    """
    life = priced_life(4)
    medians: list[int] = []
    for seat in (1, 2, 3, 4):
        post_on(life, 57, seat)
        medians.append(price_in(life))
    assert medians == [100, 57, 57, 57]


def test_a_wrong_post_can_be_mended_at_once() -> None:
    """Given a post that has to wait / When its feeder goes back to the reference
    / Then there is a price again.
    """
    life = priced_life(3)
    post_on(life, 10_000, 2)
    assert price_in(life) == 0
    post_on(life, 101, 2)
    assert price_in(life) == 100


def test_a_post_near_its_own_does_not_wait() -> None:
    """Given a seat that posted a fifth less / When it posts a little less again / Then at once."""
    life = priced_life(3)
    post_on(life, 80, 1)
    (event,) = life.send(post(79), FEEDERS[0]).events
    assert isinstance(event, PricePosted)
    assert (event.reference, event.usable_at) == (100, life.now)


def test_a_move_beyond_what_waits_begins_to_wait_anew() -> None:
    """Given a post that waits / When its feeder posts another great move / Then that waits a whole delay."""
    life = priced_life(3)
    post_on(life, 57, 1)
    life.now += STEP_DELAY // 2
    (event,) = life.send(post(45), FEEDERS[0]).events
    assert isinstance(event, PricePosted)
    assert event.usable_at == life.now + STEP_DELAY


def test_one_feeder_of_five_moves_nothing() -> None:
    """Given five feeders / When one or two of them post the least or the greatest price
    / Then the median is another's.
    """
    for wild in (1, MAXIMUM_PRICE):
        life = priced_life(5)
        post_on(life, wild, 2, 4)
        assert price_in(life) == 100


def test_the_greatest_prices_are_compared() -> None:
    """Given the greatest price / When one moves from it by a fifth and a unit / Then it waits."""
    life = new_life()
    life.post_prices(MAXIMUM_PRICE, feeders=3)
    step = MAXIMUM_PRICE // 5
    post_on(life, MAXIMUM_PRICE - step, 1)
    assert price_in(life) == MAXIMUM_PRICE
    post_on(life, MAXIMUM_PRICE - step - 1, 2)
    assert price_in(life) == 0


def test_a_post_in_the_last_hour_of_the_calendar_waits_beyond_it() -> None:
    """Given the calendar's last second / When a great move is posted / Then it is accepted, and waits."""
    life = new_life()
    life.now = MAXIMUM_TIMESTAMP
    life.post_prices(100, feeders=3)
    (event,) = life.send(post(1), FEEDERS[0]).events
    assert isinstance(event, PricePosted)
    assert event.usable_at == MAXIMUM_TIMESTAMP + STEP_DELAY


# --- whose it is, and how old -----------------------------------------------------------------------


@pytest.mark.parametrize("feeders", [3, 4])
def test_a_price_is_used_for_a_day_and_an_hour(feeders: int) -> None:
    """Given prices / When 25 hours have passed / Then they are used up to the second before."""
    life = new_life().on(START, 43_200)
    life.post_prices(100, feeders=feeders)
    life.now += MAXIMUM_PRICE_AGE - 1
    assert price_in(life) == 100
    life.now += 1
    assert price_in(life) == 0


def seat_anew(life: Life, seat: int, name: str) -> None:
    """Give a seat to another feeder now, as the council would."""
    state = life.state
    life.state = replace(
        state,
        timestamp=life.now,
        feeders=state.feeders.set(seat, account(name)),
        seated_at=state.seated_at.set(seat, life.now),
    )


def test_what_a_replaced_feeder_posted_does_not_count() -> None:
    """Given three prices, one of them of this second / When its feeder is replaced
    / Then it does not count, and the new feeder's do from the next second on.
    """
    life = priced_life(2)
    post_on(life, 100, 3)
    assert price_in(life) == 100
    seat_anew(life, 3, "stranger")
    assert price_in(life) == 0
    life.send(post(100, seat=3), "stranger")
    assert price_in(life) == 0
    assert life.reject(post(100, seat=3), FEEDERS[2]).reason is Reason.NOT_FEEDER
    life.now += 1
    life.send(post(100, seat=3), "stranger")
    assert price_in(life) == 100


def test_a_new_feeder_does_not_inherit_what_waits() -> None:
    """Given a great move that waits / When its feeder is replaced, and the next one posts it too
    / Then that waits a whole delay.
    """
    life = priced_life(3)
    post_on(life, 57, 1)
    life.now += STEP_DELAY // 2
    seat_anew(life, 1, "stranger")
    life.now += 1
    (event,) = life.send(post(57), "stranger").events
    assert isinstance(event, PricePosted)
    assert event.usable_at == life.now + STEP_DELAY


# --- rejections -------------------------------------------------------------------------------------


def crowded_life() -> Life:
    """Begin where all feed numbers are used."""
    life = new_life()
    life.state = replace(life.state, feed_count=MAXIMUM_NUMBER)
    return life


POSTS: Cases = {
    Reason.NOT_FEEDER: lambda: (new_life(), post(100, seat=2), FEEDERS[0]),
    Reason.UNKNOWN_ASSET: lambda: (new_life(), post(100, loan=0xBAD), FEEDERS[0]),
    Reason.ASSETS_NOT_APART: lambda: (new_life(), post(100, loan=ETHER), FEEDERS[0]),
    Reason.ZERO_PRICE: lambda: (new_life(), post(0), FEEDERS[0]),
    Reason.TOO_MANY_FEEDS: lambda: (crowded_life(), post(100), FEEDERS[0]),
}


@pytest.mark.parametrize("reason", POSTS)
def test_a_post_is_rejected(reason: Reason) -> None:
    """Given a fault in a post / When it is sent / Then it is rejected for that reason."""
    life, call, sender = POSTS[reason]()
    if reason is Reason.TOO_MANY_FEEDS:  # a state that cannot be, in which not every property holds
        assert life.reject(call, sender).reason is reason
        return
    check_rejection(PostPrice, POSTS, reason)


def test_a_seat_that_nobody_holds_takes_no_price() -> None:
    """Given a vacant seat / When anyone posts on it / Then they are not its feeder."""
    life = new_life()
    life.state = replace(life.state, feeders=life.state.feeders.set(FEED_SEATS, 0))
    assert life.reject(post(100, seat=FEED_SEATS), FEEDERS[4]).reason is Reason.NOT_FEEDER

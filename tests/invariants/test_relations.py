"""Check on concrete loans and facilities what the proofs show of two runs of the same code."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from typing import Any

from lien.invariants.explore.lives import random_calls
from lien.invariants.explore.ranges import range_of
from lien.invariants.properties.base import Kind, Observed, Property, of_kind
from lien.protocol.accrual import catch_up
from lien.protocol.calendar import day_of
from lien.protocol.state import Application, Facility, Feed, Identity, Loan
from lien.protocol.waterfall import compute_payoff, take_payment
from lien.spec.types import LIVE, Day, LoanSlot, RatingPlace, Timestamp, one_each_of
from lien.spec.units import MAXIMUM_DAY, MAXIMUM_NUMBER, MAXIMUM_TIMESTAMP, RATING_MAXIMUM, STEP_DELAY

LARGEST = 13  # digits of an amount


def loan_of(observed: Observed) -> Loan | None:
    """Return the loan that an accepted call left."""
    number = getattr(observed.call, "loan", None)
    return observed.after.loans.get(number) if observed.accepted and number is not None else None


def facility_of(observed: Observed) -> Facility | None:
    """Return the facility that an accepted call left."""
    loan = loan_of(observed)
    number = loan.facility if loan else getattr(observed.call, "facility", None)
    return observed.after.facilities.get(number) if observed.accepted and number is not None else None


def feed_of(dice: Random, observed: Observed) -> Feed | None:
    """Return a feed that an accepted call left."""
    count = observed.after.feed_count
    return observed.after.feeds.get(dice.randint(1, count)) if observed.accepted and count else None


def identity_of(dice: Random, observed: Observed) -> Identity | None:
    """Return an identity that a call left, with a record as loans could have left it."""
    known = [identity for _, identity in observed.after.identities.items()]
    if not known:
        return None
    places = [dice.choice((0, place)) for place in range(11, 11 + len(LoanSlot))]
    return replace(
        dice.choice(known),
        settled_on_time=dice.choice((0, 3, 9, 10, MAXIMUM_NUMBER)),
        settled_late=dice.choice((0, 1, MAXIMUM_NUMBER)),
        defaulted=dice.choice((0, 1, MAXIMUM_NUMBER)),
        repaid_volume=int(10 ** dice.uniform(0, LARGEST)),
        live_loans=tuple(places),
    )


def application_of(dice: Random, observed: Observed) -> Application | None:
    """Return an application that a call left, with ratings as reviewers could have given them."""
    known = [application for _, application in observed.after.applications.items()]
    given = sorted(dice.choice((0, dice.randint(1, RATING_MAXIMUM))) for _ in RatingPlace)
    return replace(dice.choice(known), ratings=tuple(given)) if known else None


def numbers_for(dice: Random, kind: Any, observed: Observed) -> Any:
    """Return a number of a kind, or one for each place: a time near the call, or any magnitude."""
    one_each = one_each_of(kind)
    if one_each is not None:
        return tuple(numbers_for(dice, one_each.entry, observed) for _ in one_each.index)
    if kind is Timestamp:
        return min(observed.after.timestamp + dice.choice((0, 0, 1, -1, STEP_DELAY)), MAXIMUM_TIMESTAMP)
    least, greatest = range_of(kind) or (0, 0)
    return max(min(int(10 ** dice.uniform(0, LARGEST)), dice.randint(0, greatest)), least)


def later_day(dice: Random, observed: Observed) -> int:
    """Return a day that is not before the call."""
    return min(day_of(observed.after.timestamp) + int(dice.expovariate(1 / 60)), MAXIMUM_DAY - 1)


def arguments_for(item: Property, dice: Random, observed: Observed) -> list[Any] | None:
    """Return arguments for a relational property, or none where the call left nothing that it is about."""
    left: dict[Any, Callable[[], Any]] = {
        Loan: lambda: loan_of(observed),
        Facility: lambda: facility_of(observed),
        Feed: lambda: feed_of(dice, observed),
        Identity: lambda: identity_of(dice, observed),
        Application: lambda: application_of(dice, observed),
        Day: lambda: later_day(dice, observed),
    }
    kinds = item.parameters.values()
    arguments = [left[kind]() if kind in left else numbers_for(dice, kind, observed) for kind in kinds]
    return None if None in arguments else arguments


def asked(seed: int, lives: int) -> Iterator[tuple[Property, list[Any]]]:
    """Yield each relational property with arguments that random calls left."""
    dice = Random(seed)
    for observed in random_calls(seed, lives):
        for item in of_kind(Kind.RELATIONAL):
            arguments = arguments_for(item, dice, observed)
            if arguments is not None:
                yield item, arguments


def test_relations_hold() -> None:
    """Given what random calls left, When two runs are compared, Then every relation holds."""
    times = Counter[str]()
    for item, arguments in asked(seed=21, lives=24):
        times[item.identifier] += 1
        assert item.formula(*arguments), (item.identifier, arguments)
    assert set(times) == {item.identifier for item in of_kind(Kind.RELATIONAL)}
    assert min(times.values()) >= 100


def test_catching_up_composes() -> None:
    """Given a live loan, When it is caught up by way of any day, Then it stands as if it were not."""
    dice, times = Random(22), 0
    for observed in random_calls(seed=22, lives=24):
        loan = loan_of(observed)
        if loan is None or loan.status not in LIVE:
            continue
        middle, last = sorted((later_day(dice, observed), later_day(dice, observed)))
        assert catch_up(catch_up(loan, middle), last) == catch_up(loan, last)
        times += 1
    assert times >= 100


def test_splitting_a_payment_changes_nothing() -> None:
    """Given a live loan, When two payments are made on one day, Then they do what one of both does."""
    dice, times = Random(23), 0
    for observed in random_calls(seed=23, lives=24):
        loan = loan_of(observed)
        payoff = compute_payoff(loan).taken if loan is not None and loan.status in LIVE else 0
        if loan is None or payoff <= 1:
            continue
        first, second = dice.randrange(1, payoff), dice.randrange(1, payoff)
        paid, between = take_payment(loan, first, 0, 1)
        paid_again, apart = take_payment(between, first - paid.taken + second, 0, 1)
        together = take_payment(loan, first + second, 0, 1)
        assert (paid.taken + paid_again.taken, apart) == (together[0].taken, together[1])
        times += 1
    assert times >= 100

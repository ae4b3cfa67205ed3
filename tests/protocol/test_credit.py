"""Chapter 11: records, scores, grades and the places of live loans."""

from dataclasses import replace

import pytest

from lien.protocol.credit import (
    UNGRADED,
    add_live_loan,
    compute_score,
    does_default_count,
    grade_of,
    has_free_slot,
    has_open_default,
    is_counted,
    owed_by,
    record_default,
    record_settlement,
    remove_live_loan,
)
from lien.protocol.genesis import DOLLAR, build_product
from lien.protocol.state import NO_LOANS, Facility, Identity
from lien.spec.liquidation import DeclareDefault
from lien.spec.types import Grade
from lien.spec.units import (
    CREDIT_MINIMUM_DAYS,
    CREDIT_MINIMUM_PRINCIPAL,
    MAXIMUM_NUMBER,
    MAXIMUM_SCORE,
    MAXIMUM_TOTAL,
    RATING_MAXIMUM,
    VOLUME_PER_POINT,
)
from tests.lives import FIRST_DUE, PRINCIPAL, active_life

NEWCOMER = Identity(commitment=7, account=1, jurisdiction=756, tier=1, expiry=1)


@pytest.mark.parametrize(
    ("record", "rating", "score"),
    [
        ({}, 0, 200),
        ({}, 1, 205),
        ({}, RATING_MAXIMUM, 700),
        ({"settled_on_time": 1}, 50, 475),
        ({"settled_on_time": 10}, 50, 700),
        ({"settled_on_time": 11}, 50, 700),
        ({"repaid_volume": VOLUME_PER_POINT - 1}, 50, 450),
        ({"repaid_volume": 50 * VOLUME_PER_POINT}, 50, 500),
        ({"repaid_volume": MAXIMUM_TOTAL}, 50, 500),
        ({"settled_late": 1}, 50, 410),
        ({"defaulted": 1}, 50, 250),
        ({"defaulted": 3}, 50, 0),
        ({"settled_on_time": 10, "repaid_volume": MAXIMUM_TOTAL}, RATING_MAXIMUM, MAXIMUM_SCORE),
        ({"defaulted": MAXIMUM_NUMBER, "settled_late": MAXIMUM_NUMBER}, RATING_MAXIMUM, 0),
    ],
)
def test_a_score_follows_its_formula(record: dict[str, int], rating: int, score: int) -> None:
    """Given a record and a rating / When it is scored / Then by the points of each, within its bounds."""
    assert compute_score(replace(NEWCOMER, **record), rating) == score  # type: ignore[arg-type]


def test_a_settlement_is_counted_by_what_it_was() -> None:
    """Given a record / When loans end / Then on time, late and default are counted apart."""
    on_time = record_settlement(NEWCOMER, 500, counts=True, is_late=False)
    assert on_time == replace(NEWCOMER, settled_on_time=1, repaid_volume=500)
    late = record_settlement(on_time, 500, counts=True, is_late=True)
    assert late == replace(on_time, settled_late=1)
    assert record_default(late) == replace(late, defaulted=1)
    assert record_settlement(late, 500, counts=False, is_late=False) == late
    assert record_settlement(late, 500, counts=False, is_late=True) == late
    assert record_default(late, counts=False) == late


def test_counts_stay_at_their_greatest() -> None:
    """Given counts that cannot rise / When loans end / Then they stay."""
    full = replace(NEWCOMER, settled_on_time=MAXIMUM_NUMBER, repaid_volume=MAXIMUM_TOTAL)
    assert record_settlement(full, 1, counts=True, is_late=False) == full


@pytest.mark.parametrize(
    ("approved", "principal", "days", "counts"),
    [
        (1, CREDIT_MINIMUM_PRINCIPAL, CREDIT_MINIMUM_DAYS, True),
        (0, CREDIT_MINIMUM_PRINCIPAL, CREDIT_MINIMUM_DAYS, False),
        (1, CREDIT_MINIMUM_PRINCIPAL - 1, CREDIT_MINIMUM_DAYS, False),
        (1, CREDIT_MINIMUM_PRINCIPAL, CREDIT_MINIMUM_DAYS - 1, False),
    ],
)
def test_which_loans_count(approved: int, principal: int, days: int, counts: bool) -> None:
    """Given a facility and a loan / When it is asked whether it counts / Then only with all three."""
    facility = Facility(DOLLAR, 1, 0, is_approved=approved)
    assert is_counted(facility, principal, days) is counts


@pytest.mark.parametrize(
    ("score", "grade"),
    [(1000, Grade.A), (750, Grade.A), (749, Grade.B), (450, Grade.C), (300, Grade.D), (299, UNGRADED)],
)
def test_a_grade_is_reached_from_its_least_score_on(score: int, grade: int) -> None:
    """Given a product / When a score is graded / Then by the best grade that it reaches."""
    assert grade_of(build_product(DOLLAR), score) == grade


@pytest.mark.parametrize(
    ("days", "before", "counts"),
    [(CREDIT_MINIMUM_DAYS, 0, True), (CREDIT_MINIMUM_DAYS - 1, 0, False), (CREDIT_MINIMUM_DAYS, 1, False)],
)
def test_a_first_default_counts_by_the_days_that_were_agreed(days: int, before: int, *, counts: bool) -> None:
    """Given a loan of some days / When it defaults, for the first time or again / Then it counts, or not."""
    life = active_life()
    loan = life.loan()
    terms = replace(loan.terms, principal=CREDIT_MINIMUM_PRINCIPAL, maturity_day=loan.disbursed_day + days)
    facility = replace(life.facility(), is_approved=1)
    assert does_default_count(facility, replace(loan, terms=terms, has_defaulted=before)) is counts


def test_live_loans_fill_the_places_and_free_them() -> None:
    """Given an identity / When eight loans come and one goes / Then its place is the only free one."""
    identity = NEWCOMER
    for number in range(11, 19):
        assert has_free_slot(identity)
        identity = add_live_loan(identity, number)
    assert identity.live_loans == tuple(range(11, 19))
    assert not has_free_slot(identity)
    identity = remove_live_loan(identity, 13)
    assert identity.live_loans == (11, 12, 0, 14, 15, 16, 17, 18)
    assert add_live_loan(identity, 20).live_loans == (11, 12, 20, 14, 15, 16, 17, 18)


def test_what_an_identity_owes_and_whether_it_is_in_default() -> None:
    """Given a live loan in the first facility / When it is asked for / Then with its principal, there alone;
    from its default on it is open, whether or not that is booked.
    """
    life = active_life()
    identity = replace(NEWCOMER, live_loans=(0, 1, *NO_LOANS[2:]))
    assert [owed_by(life.state, identity, facility) for facility in (1, 2)] == [PRINCIPAL, 0]
    assert owed_by(life.state, NEWCOMER, 1) == 0
    assert not has_open_default(life.state, identity, life.today)
    assert not has_open_default(life.state, identity, FIRST_DUE + 10)
    assert has_open_default(life.state, identity, FIRST_DUE + 11)
    life.on(FIRST_DUE + 20).send(DeclareDefault(loan=1))
    assert has_open_default(life.state, identity, life.today)
    assert not has_open_default(life.state, NEWCOMER, life.today)

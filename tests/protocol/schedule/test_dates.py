"""The dates of a cycle and its last stub."""

from dataclasses import replace

import pytest

from lien.protocol.calendar import date_of
from lien.protocol.schedule import Cycle
from lien.protocol.schedule.dates import days_before
from lien.spec.units import MAXIMUM_DAY
from tests.lives import day as on
from tests.protocol.schedule.given import FORTNIGHTLY, MONTHLY, QUARTERLY


@pytest.mark.parametrize(
    ("cycle", "end", "expected"),
    [
        # an end on the cycle; off it with a short and a long stub; before a second date; before the anchor
        (MONTHLY, (2027, 4, 10), [(1, 10), (2, 10), (3, 10)]),
        (MONTHLY, (2027, 4, 1), [(1, 10), (2, 10), (3, 10)]),
        (replace(MONTHLY, long_stub=True), (2027, 4, 10), [(1, 10), (2, 10), (3, 10)]),
        (replace(MONTHLY, long_stub=True), (2027, 4, 1), [(1, 10), (2, 10)]),
        (replace(MONTHLY, long_stub=True), (2027, 2, 1), [(1, 10)]),
        (MONTHLY, (2027, 1, 10), []),
        (FORTNIGHTLY, (2027, 2, 20), [(1, 10), (1, 24), (2, 7)]),
        (QUARTERLY, (2027, 12, 1), [(1, 10), (4, 10), (7, 10), (10, 10)]),
        (None, (2027, 12, 1), [(1, 10)]),
    ],
)
def test_regular_dates_and_the_last_stub(
    cycle: Cycle | None, end: tuple[int, int, int], expected: list[tuple[int, int]]
) -> None:
    # Given an anchor on 10 January, then the dates before the end are those, the end itself left out.
    days = [date_of(day) for day in days_before(on(2027, 1, 10), cycle, on(*end))]
    assert [(when.month, when.day) for when in days] == expected


def test_dates_that_cannot_be_laid_out_are_refused() -> None:
    # Given a cycle that stands still, or an end after the calendar, then that is said and nothing loops.
    with pytest.raises(ValueError, match="at least one unit"):
        replace(MONTHLY, length=0)
    with pytest.raises(ValueError, match="after the calendar"):
        days_before(0, MONTHLY, MAXIMUM_DAY + 1)
    assert days_before(None, None, MAXIMUM_DAY) == ()


@pytest.mark.parametrize(
    ("end", "expected"), [((2027, 3, 1), [(1, 10)]), ((2027, 3, 10), [(1, 10), (2, 10)])]
)
def test_a_long_last_stub_drops_the_second_of_two_dates(
    end: tuple[int, int, int], expected: list[tuple[int, int]]
) -> None:
    # Given two dates before an end off the cycle, then the second goes; before one on the cycle, it stays.
    days = [date_of(day) for day in days_before(on(2027, 1, 10), replace(MONTHLY, long_stub=True), on(*end))]
    assert [(when.month, when.day) for when in days] == expected


def test_an_anchor_on_the_end_is_no_date_and_the_calendar_s_last_day_can_be_the_end() -> None:
    # Given an anchor without a cycle, then it counts before the end alone.
    assert days_before(7, None, 7) == ()
    assert days_before(7, None, 8) == (7,)
    # Given an end on the last day of the calendar, then the dates before it are laid out.
    assert days_before(MAXIMUM_DAY - 20, FORTNIGHTLY, MAXIMUM_DAY) == (MAXIMUM_DAY - 20, MAXIMUM_DAY - 6)

"""Show what the proofs assume of the calendar, on every day of it."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, timedelta
from itertools import accumulate, pairwise
from operator import sub
from typing import Any, cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lien.protocol.algebra import interpreted_by
from lien.protocol.calendar import (
    EPOCH,
    BusinessDayConvention,
    business_day,
    clock,
    date_of,
    day_from,
    day_of,
    due_day,
    least_clock_units,
    longest_cycle_days,
    longest_period_days,
    most_clock_units,
    regular_day,
    shortest_cycle_days,
    shortest_period_days,
)
from lien.spec.terms import Terms
from lien.spec.types import CycleUnit, DayCount
from lien.spec.units import (
    CLOCK_UNITS_PER_YEAR,
    MAXIMUM_CLOCK,
    MAXIMUM_CYCLE_LENGTH,
    MAXIMUM_DAY,
    MAXIMUM_PERIODS,
    MAXIMUM_TIMESTAMP,
    SECONDS_PER_DAY,
)

CALENDAR = range(MAXIMUM_DAY + 1)
DATES = [EPOCH + timedelta(days=day) for day in CALENDAR]
days_of_the_calendar = st.integers(0, MAXIMUM_DAY)


def terms_of(**named: Any) -> Terms:
    """Return terms of which only the named fields matter."""
    blank: dict[str, Any] = {field.name: 0 for field in fields(Terms)}
    return Terms(**(blank | named))


# --- days --------------------------------------------------------------------------------------------------


def test_a_day_is_its_date() -> None:
    # Given every day of the calendar, when it is read as a date and back, then both are the Gregorian ones.
    assert [date_of(day) for day in CALENDAR] == DATES
    assert [day_from(when) for when in DATES] == list(CALENDAR)
    assert DATES[-1] == date(2169, 12, 31)


def test_a_day_lasts_to_its_last_second() -> None:
    # Given the seconds around midnight, then the last one of a day belongs to it and the next to the next.
    midnight = 20_000 * SECONDS_PER_DAY
    assert [day_of(second) for second in (midnight - 1, midnight, midnight + 86_399)] == [
        19_999,
        20_000,
        20_000,
    ]
    assert (day_of(0), day_of(MAXIMUM_TIMESTAMP) + 1) == (0, MAXIMUM_DAY)


# --- clocks ------------------------------------------------------------------------------------------------


def readings_of(day_count: DayCount) -> list[int]:
    return [clock(day_count, day) for day in CALENDAR]


def definition_of(day_count: DayCount) -> Iterator[int]:
    """Yield the clock as its day count is defined: a sum of days, each a part of its year."""
    if day_count == DayCount.THIRTY_E_360:
        for when in DATES:
            days = 360 * (when.year - 1970) + 30 * (when.month - 1) + min(when.day, 30) - 1
            yield CLOCK_UNITS_PER_YEAR // 360 * days
        return
    years = {when.year: (date(when.year + 1, 1, 1) - date(when.year, 1, 1)).days for when in DATES}
    if day_count != DayCount.ACTUAL_ACTUAL:
        years = dict.fromkeys(years, 365 if day_count == DayCount.ACTUAL_365 else 360)
    yield from accumulate((CLOCK_UNITS_PER_YEAR // years[when.year] for when in DATES[:-1]), initial=0)


@pytest.mark.parametrize("day_count", DayCount)
def test_a_clock_is_its_day_count(day_count: DayCount) -> None:
    # Given every day, then the clock reads what the day count's definition says.
    assert readings_of(day_count) == list(definition_of(day_count))


@pytest.mark.parametrize("day_count", DayCount)
def test_a_clock_never_falls_and_rises_over_any_two_days(day_count: DayCount) -> None:
    # Given every day, then the clock does not fall to the next, rises to the one after, and is in its range.
    readings = readings_of(day_count)
    assert min(map(sub, readings[1:], readings)) >= 0
    assert min(map(sub, readings[2:], readings)) > 0
    assert (readings[0], readings[-1] <= MAXIMUM_CLOCK) == (0, True)


def test_only_the_thirty_day_clock_ever_stands_still() -> None:
    # Given every day, then the clock stands still just before a 31st, and on 30E/360 alone.
    still = {
        (day_count, DATES[day + 1].day)
        for day_count in DayCount
        for day, (earlier, later) in enumerate(pairwise(readings_of(day_count)))
        if earlier == later
    }
    assert still == {(DayCount.THIRTY_E_360, 31)}


def test_least_clock_units_bounds_every_clock_over_up_to_31_days() -> None:
    # Given every clock and first day, when up to 31 days pass, then it rises by the bound or more.
    for day_count in DayCount:
        readings = readings_of(day_count)
        for days in range(32):
            assert min(map(sub, readings[days:], readings)) >= least_clock_units(days)


def test_least_clock_units_of_longer_times_is_the_sum_of_its_parts() -> None:
    # Given any number of days, then its bound is that of its spans of 31 days and of the rest, so it holds.
    spans = [days // 31 * least_clock_units(31) + least_clock_units(days % 31) for days in CALENDAR]
    assert [least_clock_units(days) for days in CALENDAR] == spans
    assert least_clock_units(31) > least_clock_units(2) > least_clock_units(1) == least_clock_units(0) == 0


@pytest.mark.parametrize("day_count", DayCount)
def test_most_clock_units_bounds_every_clock_over_any_days(day_count: DayCount) -> None:
    # Given every first and last day, then the clock rises by the bound or less: what it has risen beyond the
    # days that passed is, at every day, within the bound of none of them above the least of all before.
    a_day = most_clock_units(1) - most_clock_units(0)
    beyond = [reading - a_day * day for day, reading in enumerate(readings_of(day_count))]
    least_before = accumulate(beyond, min)
    assert max(map(sub, beyond, least_before)) <= most_clock_units(0)
    assert [most_clock_units(days) for days in CALENDAR] == [
        a_day * days + most_clock_units(0) for days in CALENDAR
    ]


def test_most_clock_units_is_reached_at_the_end_of_february() -> None:
    # Given the last day of a common February, then 30E/360 counts three days to the next, as the bound does.
    day = day_from(date(2027, 2, 28))
    rise = clock(DayCount.THIRTY_E_360, day + 1) - clock(DayCount.THIRTY_E_360, day)
    assert rise == most_clock_units(1) == 3 * CLOCK_UNITS_PER_YEAR // 360


# --- due dates ---------------------------------------------------------------------------------------------


def monthly(first: date, periods: int, maturity: date, *, end_of_month: bool = False) -> list[date]:
    terms = terms_of(
        first_due_day=day_from(first),
        cycle_unit=CycleUnit.MONTH,
        cycle_length=1,
        end_of_month=int(end_of_month),
        periods=periods,
        maturity_day=day_from(maturity),
    )
    return [date_of(due_day(terms, period)) for period in range(periods)]


def test_due_dates_are_counted_from_the_anchor() -> None:
    # Given a first due date on the 31st, then short months clip it and do not move the ones after.
    assert monthly(date(2027, 1, 31), 4, date(2027, 4, 15)) == [
        date(2027, 1, 31),
        date(2027, 2, 28),
        date(2027, 3, 31),
        date(2027, 4, 15),
    ]
    assert monthly(date(2028, 1, 30), 3, date(2028, 3, 30))[1] == date(2028, 2, 29)


def test_the_end_of_month_rule_needs_an_anchor_at_the_months_end() -> None:
    # Given the rule, when the anchor is its month's last day, then all are; when it is not, nothing changes.
    february = monthly(date(2027, 2, 28), 3, date(2027, 12, 31), end_of_month=True)
    assert february[:2] == [date(2027, 2, 28), date(2027, 3, 31)]
    assert monthly(date(2027, 2, 28), 3, date(2027, 12, 31))[1] == date(2027, 3, 28)
    leap = monthly(date(2028, 2, 28), 3, date(2028, 12, 31), end_of_month=True)
    assert leap[1] == date(2028, 3, 28)


def test_consecutive_due_dates_are_a_cycle_apart_between_the_shortest_and_the_longest() -> None:
    # Given every anchor of a leap year and a common one, every number of months up to a year and either rule,
    # when five years of due dates follow, then no two are closer or further apart than the bounds.
    for anchor in range(day_from(date(1972, 1, 1)), day_from(date(1974, 1, 1))):
        for length in range(1, 13):
            for end_of_month in (False, True):
                days = [
                    regular_day(anchor, number, CycleUnit.MONTH, length, end_of_month)
                    for number in range(60 // length + 1)
                ]
                assert min(map(sub, days[1:], days)) >= shortest_cycle_days(CycleUnit.MONTH, length)
                assert max(map(sub, days[1:], days)) <= longest_cycle_days(CycleUnit.MONTH, length)


def test_the_shortest_and_the_longest_cycle_are_reached() -> None:
    # Given cycles of one month and of some days, then the bounds are what a cycle really lasts.
    days = [day_from(date(2027, month, 28)) for month in (2, 3, 4)]
    assert shortest_cycle_days(CycleUnit.MONTH, 1) == days[1] - days[0]
    assert longest_cycle_days(CycleUnit.MONTH, 1) == days[2] - days[1]
    assert shortest_cycle_days(CycleUnit.DAY, 14) == longest_cycle_days(CycleUnit.DAY, 14) == 14


any_terms = st.builds(
    terms_of,
    window_end_day=days_of_the_calendar,
    first_due_day=days_of_the_calendar,
    cycle_unit=st.sampled_from(CycleUnit),
    cycle_length=st.integers(0, 60) | st.integers(0, 2**32 - 1),
    end_of_month=st.integers(0, 1),
    periods=st.integers(0, 12) | st.integers(0, 2**32 - 1),
    maturity_day=days_of_the_calendar,
)


@given(terms=any_terms, period=st.integers(-3, 15) | st.integers(-(2**32), 2**32))
@example(terms=terms_of(periods=1, first_due_day=1, maturity_day=2), period=-1)
def test_every_period_has_a_due_day(terms: Terms, period: int) -> None:
    # Given any terms and period, then there is a due day in the calendar: the contract of `due_day`.
    day = due_day(terms, period)
    assert 0 <= day <= MAXIMUM_DAY
    if terms.periods <= 1 or period >= terms.periods - 1:
        assert day == terms.maturity_day
    elif period <= 0:
        assert day == terms.first_due_day
    else:
        since_last = day - due_day(terms, period - 1)
        cycle = shortest_cycle_days(terms.cycle_unit, terms.cycle_length)
        assert day == MAXIMUM_DAY or since_last >= cycle
        assert since_last <= longest_cycle_days(terms.cycle_unit, terms.cycle_length)


short_terms = st.builds(
    terms_of,
    window_start_day=st.integers(0, 400),
    window_end_day=st.integers(0, 400),
    first_due_day=st.integers(0, 800),
    cycle_unit=st.sampled_from(CycleUnit),
    cycle_length=st.integers(1, 24),
    end_of_month=st.integers(0, 1),
    periods=st.integers(1, 24),
    maturity_day=st.integers(0, 6_000),
)


@given(short_terms)
def test_no_period_is_shorter_than_the_shortest(terms: Terms) -> None:
    # Given any terms, then the bound is at most the shortest period; it is that period where one is a stub.
    days = [terms.window_end_day, *(due_day(terms, period) for period in range(terms.periods))]
    lengths = [later - earlier for earlier, later in pairwise(days)]
    if terms.periods == 1:
        assert shortest_period_days(terms) == lengths[0]
    else:
        cycle = shortest_cycle_days(terms.cycle_unit, terms.cycle_length)
        inner = [cycle] if terms.periods > 2 else []
        assert shortest_period_days(terms) == min(lengths[0], lengths[-1], *inner) <= min(lengths)


@given(short_terms)
def test_no_period_is_longer_than_the_longest(terms: Terms) -> None:
    # Given any terms, disbursed on the window's first day, then the bound is at least the longest period; it
    # is that period where one is a stub.
    days = [terms.window_start_day, *(due_day(terms, period) for period in range(terms.periods))]
    lengths = [later - earlier for earlier, later in pairwise(days)]
    cycle = longest_cycle_days(terms.cycle_unit, terms.cycle_length)
    inner = [cycle] if terms.periods > 2 else []
    assert longest_period_days(terms) == max(lengths[0], lengths[-1], *inner) >= max(lengths)


@pytest.mark.parametrize(
    ("periods", "cycle", "maturity", "shortest", "longest"),
    [
        # one period of 90 days from the window's start; two of 40 and 50; three with one of the cycle between
        (1, 7, 100, 80, 90),
        (2, 7, 100, 30, 50),
        (2, 60, 100, 30, 50),
        (2, 7, 60, 10, 40),
        (3, 7, 100, 7, 43),
        (3, 45, 100, 5, 45),
        (4, 7, 100, 7, 40),
    ],
)
def test_the_cycle_counts_from_three_periods_on(
    periods: int, cycle: int, maturity: int, shortest: int, longest: int
) -> None:
    # Given a window from day 10 to 20 and a first due day 50, then these are the bounds.
    terms = terms_of(
        window_start_day=10,
        window_end_day=20,
        first_due_day=50,
        cycle_unit=CycleUnit.DAY,
        cycle_length=cycle,
        end_of_month=0,
        periods=periods,
        maturity_day=maturity,
    )
    assert (shortest_period_days(terms), longest_period_days(terms)) == (shortest, longest)


def test_due_dates_reach_into_the_last_year_of_the_calendar() -> None:
    # Given cycles that end in the last year, then they are dates there; one that ends later is its last day.
    anchor = day_from(date(2168, 11, 30))
    days = [regular_day(anchor, count, CycleUnit.MONTH, 1, end_of_month=False) for count in (1, 2, 13, 14)]
    last = day_from(date(2169, 12, 30))
    assert days == [day_from(date(2168, 12, 30)), day_from(date(2169, 1, 30)), last, MAXIMUM_DAY]


class Undecided:
    """Stand for a condition on symbols: whoever asks which way it goes would fork a path."""

    def __bool__(self) -> bool:
        raise AssertionError("a path forked")


class Unknown(int):
    """Stand for a symbol: an integer whose comparisons are undecided."""

    def __sub__(self, other: int) -> "Unknown":
        return Unknown(int(self) - int(other))

    def __mul__(self, other: int) -> "Unknown":
        return Unknown(int(self) * int(other))

    __rmul__ = __mul__

    def __eq__(self, other: object) -> Any:
        return Undecided()

    def __ge__(self, other: int) -> Any:
        return Undecided()

    def __gt__(self, other: int) -> Any:
        return Undecided()

    __hash__ = int.__hash__


class Symbols:
    """Interpret what must not fork; of each choice the first is taken."""

    def minimum(self, first: int, second: int) -> int:
        return Unknown(min(int(first), int(second)))

    def maximum(self, first: int, second: int) -> int:
        return Unknown(max(int(first), int(second)))

    def choose(self, condition: Any, when_true: int, _when_false: int) -> int:
        assert isinstance(condition, Undecided)
        return when_true

    def apply(self, _function: Any, _arguments: Any) -> int:
        return Unknown(99)


def test_the_shortest_and_the_longest_period_fork_no_path() -> None:
    # Given terms of symbols, when the two periods are computed, then no comparison was decided.
    names = ("window_end_day", "first_due_day", "cycle_unit", "cycle_length", "periods", "maturity_day")
    symbols = {name: Unknown(100 + place) for place, name in enumerate(names)}
    terms = terms_of(**symbols, window_start_day=Unknown(90))
    with interpreted_by(cast(Any, Symbols())):
        assert int(shortest_period_days(terms)) == 1
        assert int(longest_period_days(terms)) == 103 * 31


def test_the_longest_schedule_ends_in_the_calendar() -> None:
    # Given the greatest cycle and number of periods, then due days clip to the calendar's end.
    terms = terms_of(
        cycle_unit=CycleUnit.MONTH,
        cycle_length=MAXIMUM_CYCLE_LENGTH,
        periods=MAXIMUM_PERIODS,
        maturity_day=MAXIMUM_DAY,
    )
    assert [due_day(terms, period) for period in range(MAXIMUM_PERIODS)] == [0, *[MAXIMUM_DAY] * 479]


# --- business days -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        # a Saturday at the month's end, the Sunday that begins a month, a weekend within a month, a Friday
        (date(2013, 11, 30), [(11, 30), (12, 2), (11, 29), (11, 29), (11, 29)]),
        (date(2013, 9, 1), [(9, 1), (9, 2), (9, 2), (8, 30), (9, 2)]),
        (date(2013, 6, 15), [(6, 15), (6, 17), (6, 17), (6, 14), (6, 14)]),
        (date(2013, 6, 14), [(6, 14)] * 5),
    ],
)
def test_business_day_conventions(when: date, expected: list[tuple[int, int]]) -> None:
    # Given a date, then each convention moves it as its name says.
    moved = [date_of(business_day(day_from(when), convention)) for convention in BusinessDayConvention]
    assert [(other.month, other.day) for other in moved] == expected


def test_business_days_over_the_whole_cycle_of_weekdays() -> None:
    # Given every day of 28 years, when it is moved, then to the nearest weekday that the convention allows.
    days = range(day_from(date(2000, 1, 1)), day_from(date(2028, 1, 1)))
    for day in days:
        weekdays = [other for other in range(day - 2, day + 3) if date_of(other).weekday() < 5]
        later = min(other for other in weekdays if other >= day)
        earlier = max(other for other in weekdays if other <= day)
        within = [other for other in (later, earlier) if date_of(other).month == date_of(day).month]
        assert [business_day(day, convention) for convention in BusinessDayConvention] == [
            day,
            later,
            within[0],
            earlier,
            within[-1],
        ]

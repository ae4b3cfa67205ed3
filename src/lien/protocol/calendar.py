"""Reckon with days, the four clocks of interest, due dates and business days.

A day is a UTC day, counted from 1970-01-01. A clock is a non-decreasing integer of `CLOCK_UNITS_PER_YEAR`
units a year, so that interest needs only the difference of two readings and no fraction of a day.

The functions marked `@opaque` enter the proofs through the contract in their docstring; the tests show that
contract on every day of the calendar.
"""

from calendar import isleap, monthrange
from datetime import date
from enum import IntEnum
from functools import lru_cache

from lien.protocol.algebra import choose, maximum, minimum, opaque, quotient_down
from lien.protocol.arithmetic import quotient_up
from lien.spec.terms import Terms
from lien.spec.types import CycleUnit, DayCount
from lien.spec.units import CLOCK_UNITS_PER_YEAR, MAXIMUM_DAY, SECONDS_PER_DAY

EPOCH = date(1970, 1, 1)
DAYS_PER_WEEK = 7
MONTHS_PER_YEAR = 12
SHORTEST_MONTH = 28
LONGEST_MONTH = 31
FEBRUARY_SHORTFALL = 30 - SHORTEST_MONTH  # days that a February lacks, and 30E/360 counts at its end
SATURDAY = 5  # as `date.weekday` counts

UNITS_PER_DAY_OF_365 = CLOCK_UNITS_PER_YEAR // 365
UNITS_PER_DAY_OF_360 = CLOCK_UNITS_PER_YEAR // 360
UNITS_PER_DAY_OF_366 = CLOCK_UNITS_PER_YEAR // 366


class BusinessDayConvention(IntEnum):
    """Say to which day from Monday to Friday a date moves that falls on a weekend.

    Source: ISDA 2006, section 4.12; the modified preceding convention is that of ACTUS.
    """

    NONE = 0
    FOLLOWING = 1
    MODIFIED_FOLLOWING = 2  # the following, unless that is in the next month: then the preceding
    PRECEDING = 3
    MODIFIED_PRECEDING = 4  # the preceding, unless that is in the previous month: then the following


def day_of(timestamp: int) -> int:
    """Return the UTC day of a Unix time in seconds: its last second still belongs to it."""
    return quotient_down(timestamp, SECONDS_PER_DAY)


def date_of(day: int) -> date:
    """Return a day as a date of the Gregorian calendar."""
    return date.fromordinal(day + EPOCH.toordinal())


def day_from(when: date) -> int:
    """Return a date of the Gregorian calendar as a day."""
    return when.toordinal() - EPOCH.toordinal()


@opaque
def clock(day_count: DayCount, day: int) -> int:
    """Read the clock of a day count at the start of a day, in clock units since 1970-01-01.

    Contract, for days of the calendar: between 0 and `MAXIMUM_CLOCK`; non-decreasing; and over a number of
    days it rises by `least_clock_units` of that number or more, hence strictly over any two days, and by
    `most_clock_units` of it or less.

    Source: ISDA 2006, section 4.16: (d) actual/365 fixed, (e) actual/360, (g) 30E/360, (b) actual/actual.
    """
    if day_count == DayCount.ACTUAL_365:
        return UNITS_PER_DAY_OF_365 * day
    if day_count == DayCount.ACTUAL_360:
        return UNITS_PER_DAY_OF_360 * day
    if day_count == DayCount.THIRTY_E_360:
        return _clock_of_thirty_day_months(day)
    return _clock_by_year(day)


@lru_cache(maxsize=MAXIMUM_DAY + 1)
def _clock_of_thirty_day_months(day: int) -> int:
    """Count days as if each month had thirty: the 31st counts as the 30th, February stays as it is."""
    when = date_of(day)
    months = MONTHS_PER_YEAR * (when.year - EPOCH.year) + when.month - EPOCH.month
    return UNITS_PER_DAY_OF_360 * (30 * months + min(when.day, 30) - EPOCH.day)


@lru_cache(maxsize=MAXIMUM_DAY + 1)
def _clock_by_year(day: int) -> int:
    """Count each year as one, in equal days, of which a leap year has one more."""
    when = date_of(day)
    day_of_year = when.toordinal() - date(when.year, 1, 1).toordinal()
    units_per_day = UNITS_PER_DAY_OF_366 if isleap(when.year) else UNITS_PER_DAY_OF_365
    return CLOCK_UNITS_PER_YEAR * (when.year - EPOCH.year) + units_per_day * day_of_year


def least_clock_units(days: int) -> int:
    """Return clock units by which every clock rises over a number of days from zero on, whenever they begin.

    Each day is worth at least 1/366 of a year, but for the step to a 31st, which 30E/360 does not count. Two
    such steps are at least 31 days apart (the 31sts of July and August, of December and January), so that of
    `days` consecutive steps at most `days / 31`, rounded up, count nothing.
    """
    return UNITS_PER_DAY_OF_366 * (days - quotient_up(days, LONGEST_MONTH))


def most_clock_units(days: int) -> int:
    """Return clock units beyond which no clock rises over a number of days from zero on, whenever they begin.

    Each day is worth at most 1/360 of a year, but for the step out of February, which 30E/360 counts as up
    to three days. From one such step to the next are seven to a 31st, which count nothing, so that only the
    first adds to any number of days.
    """
    return UNITS_PER_DAY_OF_360 * (days + FEBRUARY_SHORTFALL)


@opaque
def due_day(terms: Terms, period: int) -> int:
    """Return the day on which a period of a loan ends, periods counted from zero.

    A negative period counts as the first, a period past the end as the last; a date beyond the calendar is
    the calendar's last day. So every argument has an answer.

    Contract: the last due day is `maturity_day`; where there are two periods or more, the first is
    `first_due_day`; and any two consecutive ones before the last are at most `longest_cycle_days` apart, and
    at least `shortest_cycle_days` unless the later is the calendar's last day.
    """
    if period >= terms.periods - 1 or terms.periods <= 1:
        return terms.maturity_day
    return regular_day(
        terms.first_due_day, max(period, 0), terms.cycle_unit, terms.cycle_length, bool(terms.end_of_month)
    )


def regular_day(anchor: int, count: int, unit: CycleUnit, length: int, end_of_month: bool) -> int:
    """Return the day that lies a number of cycles after an anchor, at most the calendar's last day.

    It is counted from the anchor, not from the date before, so that 31 January, 28 February, 31 March do not
    drift. The end-of-month rule acts only where the anchor is its month's last day and cycles are months.
    """
    if unit == CycleUnit.DAY:
        return min(anchor + count * length, MAXIMUM_DAY)
    start = date_of(anchor)
    years, month = divmod(start.month - 1 + count * length, MONTHS_PER_YEAR)
    year = start.year + years
    if year > date_of(MAXIMUM_DAY).year:
        return MAXIMUM_DAY
    from_last = end_of_month and start.day == days_in_month(start.year, start.month)
    last = days_in_month(year, month + 1)
    return day_from(date(year, month + 1, last if from_last else min(start.day, last)))


def days_in_month(year: int, month: int) -> int:
    """Return the number of days in a month, months counted from one."""
    return monthrange(year, month)[1]


def shortest_cycle_days(unit: CycleUnit, length: int) -> int:
    """Return days that every cycle of this unit and length lasts or outlasts."""
    return choose(unit == CycleUnit.MONTH, SHORTEST_MONTH * length, length)


def longest_cycle_days(unit: CycleUnit, length: int) -> int:
    """Return days that no cycle of this unit and length outlasts."""
    return choose(unit == CycleUnit.MONTH, LONGEST_MONTH * length, length)


def shortest_period_days(terms: Terms) -> int:
    """Return days that every period lasts or outlasts, the first counted from the disbursement window's end.

    It is zero or negative where the terms put due dates in no order.
    """
    regular_days = terms.periods - 1  # the due days before the last
    first = choose(regular_days >= 1, terms.first_due_day, terms.maturity_day) - terms.window_end_day
    last = choose(regular_days >= 1, terms.maturity_day - due_day(terms, regular_days - 1), first)
    cycle = shortest_cycle_days(terms.cycle_unit, terms.cycle_length)
    return minimum(minimum(first, last), choose(regular_days > 1, cycle, first))


def longest_period_days(terms: Terms) -> int:
    """Return days that no period outlasts, the first counted from the disbursement window's start."""
    regular_days = terms.periods - 1  # the due days before the last
    first = choose(regular_days >= 1, terms.first_due_day, terms.maturity_day) - terms.window_start_day
    last = choose(regular_days >= 1, terms.maturity_day - due_day(terms, regular_days - 1), first)
    cycle = longest_cycle_days(terms.cycle_unit, terms.cycle_length)
    return maximum(maximum(first, last), choose(regular_days > 1, cycle, first))


def is_business_day(day: int) -> bool:
    """Return whether a day is one from Monday to Friday."""
    return date_of(day).weekday() < SATURDAY


def business_day(day: int, convention: BusinessDayConvention) -> int:
    """Return the business day to which a convention moves a day."""
    if convention == BusinessDayConvention.NONE:
        return day
    following = next(later for later in range(day, day + DAYS_PER_WEEK) if is_business_day(later))
    preceding = next(earlier for earlier in range(day, day - DAYS_PER_WEEK, -1) if is_business_day(earlier))
    if convention == BusinessDayConvention.FOLLOWING:
        return following
    if convention == BusinessDayConvention.PRECEDING:
        return preceding
    if convention == BusinessDayConvention.MODIFIED_FOLLOWING:
        return following if date_of(following).month == date_of(day).month else preceding
    return preceding if date_of(preceding).month == date_of(day).month else following

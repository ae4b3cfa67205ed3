"""Lay out the dates of a schedule: anchor, cycle, last stub, end of month, business days.

Source: ACTUS technical specification, chapter 4 (schedule, end-of-month and business-day conventions).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, takewhile

from lien.protocol.calendar import BusinessDayConvention, business_day, regular_day
from lien.spec.types import CycleUnit
from lien.spec.units import MAXIMUM_DAY


@dataclass(frozen=True, slots=True)
class Cycle:
    """Space dates by a number of days or months, and say what becomes of the last where the end is off them.

    A week is seven days; a quarter, a half-year and a year are three, six and twelve months.
    """

    unit: CycleUnit
    length: int
    long_stub: bool  # the last regular date is left out, so that the last period is a long one
    end_of_month: bool  # months only: dates fall on the month's end, where the anchor does

    def __post_init__(self) -> None:
        """Refuse a cycle that would not advance."""
        if self.length < 1:
            raise ValueError("a cycle lasts at least one unit")

    def day(self, anchor: int, number: int) -> int:
        """Return the day a number of cycles after the anchor, at most the calendar's last day."""
        return regular_day(anchor, number, self.unit, self.length, self.end_of_month)

    def days(self, anchor: int) -> Iterator[int]:
        """Return the anchor and every day a whole number of cycles after it, without end."""
        return (self.day(anchor, number) for number in count())


@dataclass(frozen=True, slots=True)
class Shift:
    """Say to which business day a date is moved, and to which of the two days interest is counted."""

    convention: BusinessDayConvention
    calculate_first: bool  # interest is counted to the date itself (ACTUS CS), else to the business day (SC)

    def paid_day(self, day: int) -> int:
        """Return the business day on which what falls on a day is paid."""
        return business_day(day, self.convention)

    def reckoned_day(self, day: int) -> int:
        """Return the day to which interest is counted."""
        return day if self.calculate_first else self.paid_day(day)


NO_SHIFT = Shift(BusinessDayConvention.NONE, calculate_first=False)


def days_before(anchor: int | None, cycle: Cycle | None, end: int) -> tuple[int, ...]:
    """Return the anchor and the regular days after it that lie before the end, the end itself left out.

    Without a cycle the anchor is the only one; without an anchor there is none. Where the end is off the
    cycle, a long last stub drops the last regular day, but never the anchor.

    Raises: ValueError where the end is after the calendar's.
    """
    if anchor is None or cycle is None:
        return () if anchor is None or anchor >= end else (anchor,)
    if end > MAXIMUM_DAY:
        raise ValueError("the schedule ends after the calendar")
    days = tuple(takewhile(lambda day: day < end, cycle.days(anchor)))
    is_off_cycle = cycle.day(anchor, len(days)) != end
    return days[:-1] if cycle.long_stub and is_off_cycle and len(days) > 1 else days

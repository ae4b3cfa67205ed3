"""Read dates, times and durations as people write them, and reckon with them; everything is UTC."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from lien.protocol.calendar import date_of, day_of, regular_day
from lien.scenario.nodes import Node
from lien.spec.types import CycleUnit
from lien.spec.units import MAXIMUM_DAY, MAXIMUM_TIMESTAMP, SECONDS_PER_DAY

A_DATE = "a date such as 2024-01-15"
A_TIME = "a date such as 2024-01-15, or a time such as 2024-01-15 09:30, in UTC"
A_DURATION = "a duration such as 3 days, 2 hours or 1 month"
AFTER = "or a duration from the call on, such as +30d or +1 month"
THE_CALENDAR = "a date from 1970-01-01 to 2169-12-31"
MOST_DIGITS = 9  # of a duration's number

SECONDS = {"s": 1, "min": 60, "h": 3600, "d": SECONDS_PER_DAY, "w": 7 * SECONDS_PER_DAY}
MONTHS = {"month": 1, "year": 12}
UNITS = {
    **dict.fromkeys(("s", "second", "seconds"), "s"),
    **dict.fromkeys(("min", "minute", "minutes"), "min"),
    **dict.fromkeys(("h", "hour", "hours"), "h"),
    **dict.fromkeys(("d", "day", "days"), "d"),
    **dict.fromkeys(("w", "week", "weeks"), "w"),
    **dict.fromkeys(("month", "months"), "month"),
    **dict.fromkeys(("year", "years"), "year"),
}
TIME = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2}))?(?:Z| ?UTC)?)?", re.ASCII)
DURATION = re.compile(r"(\d+) ?([a-z]+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Duration:
    """Hold seconds or months; months are counted on the calendar and clipped to the month's length."""

    seconds: int = 0
    months: int = 0

    def after(self, timestamp: int, times: int = 1) -> int:
        """Return the time that lies this duration, or a number of times it, after another one."""
        if self.months == 0:
            return timestamp + times * self.seconds
        day = regular_day(
            day_of(timestamp), times, CycleUnit.MONTH, min(self.months, MAXIMUM_DAY), end_of_month=False
        )
        return day * SECONDS_PER_DAY + timestamp % SECONDS_PER_DAY


def read_duration(node: Node, text: str, expected: str = A_DURATION) -> Duration:
    """Return a duration."""
    found = DURATION.fullmatch(text)
    if not found or found[2] not in UNITS or len(found[1]) > MOST_DIGITS:
        raise node.wrong(expected)
    number, unit = int(found[1]), UNITS[found[2]]
    if unit in MONTHS:
        return Duration(months=number * MONTHS[unit])
    return Duration(seconds=number * SECONDS[unit])


def read_time(node: Node, now: int, expected: str) -> int:
    """Return a time, or the time that lies a duration after now."""
    text = node.text(expected)
    if text.startswith("+"):
        timestamp = read_duration(node, text[1:].strip(), expected).after(now)
    else:
        timestamp = timestamp_of(node, text, expected)
    if not 0 <= timestamp <= MAXIMUM_TIMESTAMP:
        raise node.wrong(THE_CALENDAR)
    return timestamp


def timestamp_of(node: Node, text: str, expected: str) -> int:
    """Return the time that a date, or a date and a time of the day, name."""
    found = TIME.fullmatch(text)
    if not found:
        raise node.wrong(expected)
    try:
        moment = datetime.fromisoformat(f"{found[1]}T{found[2] or '00:00'}:{found[3] or '00'}+00:00")
    except ValueError:
        raise node.wrong("a date and a time that the calendar has") from None
    return int(moment.timestamp())


def read_day(node: Node, now: int) -> int:
    """Return a day, or the day that lies a duration after today."""
    expected = f"{A_DATE}, {AFTER}"
    text = node.text(expected)
    if "T" in text or ":" in text:
        raise node.wrong(expected)
    return day_of(read_time(node, now, expected))


def show_day(day: int) -> str:
    """Write a day; none is a dash."""
    return date_of(day).isoformat() if day else "-"


def show_time(timestamp: int) -> str:
    """Write a time to the minute, or to the second where it has seconds."""
    if timestamp > MAXIMUM_TIMESTAMP + SECONDS_PER_DAY:
        return "after the calendar"
    moment = datetime.fromtimestamp(timestamp, UTC)
    return moment.strftime("%Y-%m-%d %H:%M:%S" if moment.second else "%Y-%m-%d %H:%M")


def iso_time(timestamp: int) -> str:
    """Write a time as ISO 8601 has it; one that is long after the calendar, in seconds."""
    if timestamp > MAXIMUM_TIMESTAMP + SECONDS_PER_DAY:
        return str(timestamp)
    return datetime.fromtimestamp(timestamp, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def iso_day(day: int) -> str:
    """Write a day as ISO 8601 has it."""
    return date_of(day).isoformat()

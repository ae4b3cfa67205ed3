"""Choose the marks of an axis: round numbers, and dates that people know."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from math import floor, log10

from lien.protocol.calendar import date_of, day_from, day_of
from lien.spec.units import SECONDS_PER_DAY

MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)
DAY_STEPS = (1, 2, 5, 7, 14)
HOURS = (1, 2, 3, 6, 12)
MOST_DATES, MOST_NUMBERS = 5, 4
HOURLY_DAYS, SHORT_DAYS = 2, 75  # up to these the marks are hours, and days; then they are months
NICE = (1, 2, 5, 10)
THOUSANDS = ((1e9, "bn"), (1e6, "m"), (1e3, "k"))


@dataclass(frozen=True, slots=True)
class Scale:
    """Map a range of numbers to a range of coordinates."""

    low: float
    high: float
    start: float
    end: float

    def at(self, number: float) -> float:
        """Return the coordinate of a number."""
        share = (number - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def number_marks(low: float, high: float) -> list[float]:
    """Return round numbers that reach from below the lowest to above the highest."""
    if high <= low:
        high = low + max(abs(low) * 0.1, 1.0)
    raw = (high - low) / MOST_NUMBERS
    power: float = 10.0 ** floor(log10(raw))
    step = next(nice * power for nice in NICE if nice * power >= raw * 0.999)
    first, last = floor(low / step + 1e-9), -floor(-high / step + 1e-9)
    return [step * count for count in range(first, last + 1)]


def show_mark(number: float) -> str:
    """Write a number in few characters."""
    if number == 0:
        return "0"
    for size, suffix in THOUSANDS:
        if abs(number) >= size:
            return f"{number / size:.2f}".rstrip("0").rstrip(".") + suffix
    return f"{number:.4g}"


def date_marks(start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield times between two others, with what is written under them."""
    days = day_of(end) - day_of(start)
    if days <= HOURLY_DAYS:
        yield from hour_marks(start, end)
    elif days <= SHORT_DAYS:
        yield from day_marks(start, end)
    else:
        yield from month_marks(start, end)


def hour_marks(start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield hours."""
    step = next((hours for hours in HOURS if (end - start) <= MOST_DATES * hours * 3600), 24) * 3600
    for moment in range(-(-start // step) * step, end + 1, step):
        yield moment, datetime.fromtimestamp(moment, UTC).strftime("%d %b %H:%M")


def day_marks(start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield days."""
    days = day_of(end) - day_of(start)
    step = next((count for count in DAY_STEPS if days <= MOST_DATES * count), 28)
    for day in range(day_of(start - 1) + 1, day_of(end) + 1, step):
        yield day * SECONDS_PER_DAY, date_of(day).strftime("%d %b")


def month_marks(start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield first days of months."""
    first, last = date_of(day_of(start)), date_of(day_of(end))
    months = 12 * (last.year - first.year) + last.month - first.month
    step = next((count for count in MONTH_STEPS if months <= MOST_DATES * count), MONTH_STEPS[-1])
    for count in range(12 * first.year, 12 * (last.year + 1)):
        month = count % 12 + 1
        is_mark = count % step == 0
        moment = day_from(first.replace(year=count // 12, month=month, day=1)) * SECONDS_PER_DAY
        if is_mark and start <= moment <= end:
            yield moment, date_of(day_of(moment)).strftime("%b %Y")

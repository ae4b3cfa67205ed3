"""Keep a facility's book current: no loan accrues in it past its moment of default.

A facility counts its accruing loans by stop day. Its current day passes a day only where no loan is left to
stop on it, so that a current book holds no default that nobody has booked.
"""

from dataclasses import replace

from lien.protocol.algebra import all_of, any_of, choose
from lien.protocol.maps import Figures
from lien.protocol.rejection import require
from lien.protocol.state import Facility
from lien.spec.reasons import Reason
from lien.spec.units import DAYS_OF_AN_ADVANCE


def is_current(facility: Facility, today: int) -> bool:
    """Return whether every default up to today is booked."""
    return any_of(facility.accruing == 0, facility.current_day > today)


def require_current(facility: Facility, today: int) -> None:
    """Reject a call that needs a current book.

    Raises: BOOK_NOT_CURRENT.
    """
    require(is_current(facility, today), Reason.BOOK_NOT_CURRENT, current_day=facility.current_day)


def count_clear_days(stops: Figures, number: int, facility: Facility, today: int) -> int:
    """Count the days from the current one on, up to today, on which no loan is left to stop.

    At most `DAYS_OF_AN_ADVANCE` are counted.
    """
    clear, days = facility.current_day >= 0, 0
    for ahead in range(DAYS_OF_AN_ADVANCE):
        day = facility.current_day + ahead
        clear = all_of(clear, day <= today, stops.get((number, day)) == 0)
        days = days + choose(clear, 1, 0)
    return days


def begin_accrual(facility: Facility, today: int) -> Facility:
    """Return the facility, current up to today where nothing accrues in it yet."""
    return replace(facility, current_day=choose(facility.accruing == 0, today + 1, facility.current_day))

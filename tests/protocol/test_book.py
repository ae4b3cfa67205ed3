"""From which day on a facility's book is current."""

from dataclasses import replace

import pytest

from lien.protocol.book import begin_accrual
from tests.lives import active_life

FACILITY = active_life().facility()


@pytest.mark.parametrize(("accruing", "current_day"), [(0, 11), (1, 5), (2, 5)])
def test_a_book_begins_with_the_first_loan_that_accrues(accruing: int, current_day: int) -> None:
    """Given a book of day five / When a loan begins to accrue on day ten
    / Then the book is current up to that day where nothing accrued before, and else stays.
    """
    before = replace(FACILITY, accruing=accruing, current_day=5)
    assert begin_accrual(before, 10) == replace(before, current_day=current_day)

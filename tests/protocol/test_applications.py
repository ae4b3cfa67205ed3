"""When an application has expired, by what its record says."""

from dataclasses import replace

import pytest

from lien.protocol.applications import is_expired
from lien.spec.types import ApplicationStatus
from lien.spec.units import APPLICATION_DAYS, SECONDS_PER_DAY
from tests.lives import active_life

APPLICATION = active_life().state.applications.get(1)
LAST = APPLICATION.applied_at + APPLICATION_DAYS * SECONDS_PER_DAY - 1
OPEN = (ApplicationStatus.APPLIED, ApplicationStatus.APPROVED)


@pytest.mark.parametrize("status", list(ApplicationStatus))
def test_what_is_open_expires_and_what_is_over_stays_as_it_ended(status: ApplicationStatus) -> None:
    """Given an application / When its last second has passed / Then it has expired if it was open."""
    application = replace(APPLICATION, status=status)
    has_expired = status is ApplicationStatus.EXPIRED
    assert is_expired(application, LAST) == has_expired
    assert is_expired(application, LAST + 1) == (has_expired or status in OPEN)

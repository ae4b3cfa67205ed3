"""Which numbers an action of the council may name, at their bounds."""

from typing import Any

import pytest

from lien.protocol.actions import is_number_fit
from lien.protocol.builders import build_action
from lien.spec.action import ActionKind
from lien.spec.types import Scope
from lien.spec.units import FEED_SEATS, MAXIMUM_JURISDICTION


@pytest.mark.parametrize(
    ("kind", "least", "greatest"),
    [
        (ActionKind.SET_FEEDER, 1, FEED_SEATS),
        (ActionKind.SET_JURISDICTION, 1, MAXIMUM_JURISDICTION),
        (ActionKind.RESUME, 0, max(Scope)),
    ],
)
def test_a_number_is_fit_from_the_least_to_the_greatest(kind: ActionKind, least: int, greatest: int) -> None:
    """Given an action that names a number / When it is a bound, or beyond / Then it is fit, or not."""
    given: list[Any] = [build_action(kind, number=number) for number in (least, greatest)]
    assert all(is_number_fit(action) for action in given)
    beyond = [number for number in (least - 1, greatest + 1) if number >= 0]
    assert not any(is_number_fit(build_action(kind, number=number)) for number in beyond)

"""Read scenarios from texts."""

from collections.abc import Callable

import pytest

from lien.scenario.document import read_scenario
from lien.scenario.nodes import read_yaml
from lien.scenario.play import Performance, play

Perform = Callable[[str], Performance]
HEAD = "title: A test\n"


@pytest.fixture
def perform() -> Perform:
    """Return what plays the calls of a text."""

    def perform_text(calls: str) -> Performance:
        return play(read_scenario(read_yaml(f"{HEAD}calls:\n{calls}")))

    return perform_text

"""The published schema takes every shipped scenario, and refuses what has another form."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from lien.scenario.document import read_scenario
from lien.scenario.nodes import read_file
from lien.scenario.play import play
from lien.scenario.schema import scenario_schema
from lien.scenario.shipped import shipped
from lien.spec.catalogue import CALLS
from lien.spec.types import LoanStatus

DOCUMENTATION = Path(__file__).parents[2] / "docs" / "scenarios.md"
SCHEMA = scenario_schema()


def load(path: Path) -> Any:
    """Return a scenario as plain Python, dates as they are written."""
    return yaml.load(path.read_text(), Loader=yaml.BaseLoader)


def test_it_is_a_schema_and_has_every_call() -> None:
    """When the schema is published / Then it is one, and each call has a form of its own."""
    Draft202012Validator.check_schema(SCHEMA)
    assert set(CALLS) <= set(SCHEMA["$defs"])


@pytest.mark.parametrize("name", list(shipped()))
def test_it_takes_every_shipped_scenario(name: str) -> None:
    """Given a scenario of the package / When compared with the schema / Then it fits."""
    assert list(Draft202012Validator(SCHEMA).iter_errors(load(shipped()[name]))) == []


def test_it_refuses_an_unknown_field() -> None:
    """Given a call with a field that it does not have / When compared / Then it does not fit."""
    scenario = load(shipped()["sme-loan"])
    scenario["calls"][0]["colour"] = "red"
    assert not Draft202012Validator(SCHEMA).is_valid(scenario)


def test_the_example_of_the_documentation_is_a_scenario(tmp_path: Path) -> None:
    """Given the example of the documentation / When compared and played / Then all is as it says."""
    (example,) = re.findall(r"```yaml\n(.*?)```", DOCUMENTATION.read_text(), re.DOTALL)
    written = tmp_path / "example.yaml"
    written.write_text(example)
    assert list(Draft202012Validator(SCHEMA).iter_errors(load(written))) == []
    performance = play(read_scenario(read_file(written)))
    assert performance.state.loans.get(1).status is LoanStatus.SETTLED
    assert (len(performance.calls), performance.rejections) == (21, 1)

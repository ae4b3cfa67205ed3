"""The published schema takes every shipped scenario, and refuses what has another form."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from lien.scenario.schema import scenario_schema
from lien.scenario.shipped import shipped
from lien.spec.catalogue import CALLS

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

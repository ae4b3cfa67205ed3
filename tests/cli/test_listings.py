"""Calls, properties and reasons are listed and shown, for people and as JSON."""

import json

import pytest

from lien.cli.advice import ADVICE
from lien.invariants.properties.base import PROPERTIES, Kind
from lien.invariants.properties.total import TOTALS
from lien.spec.catalogue import CALLS, CHAPTERS
from lien.spec.reasons import Reason
from tests.cli.conftest import Run

CONTROL = "\x1b"
CHAPTER_NAMES = {module.__name__.rsplit(".", 1)[-1] for module in CHAPTERS.values()}


def lines_are_narrow(text: str, columns: int = 80) -> bool:
    return all(len(line.rstrip()) <= columns for line in text.splitlines())


def test_calls_as_json_are_the_catalogue(run: Run) -> None:
    """When the calls are listed as JSON / Then each has its name, chapter, sender, reasons and events."""
    ran = run("calls", "--json")
    assert ran.code == 0
    assert json.loads(ran.output) == [
        {
            "name": name,
            "chapter": kind.chapter,
            "sender": kind.sender,
            "reasons": [reason.name for reason in kind.reasons],
            "events": [event.__name__ for event in kind.events],
        }
        for name, kind in CALLS.items()
    ]


def test_properties_as_json_have_the_promised_form(run: Run) -> None:
    """When the properties are listed as JSON / Then each is whole, and none is left out."""
    found = json.loads(run("properties", "--json").output)
    identifiers = [item["id"] for item in found]
    assert len(set(identifiers)) == len(identifiers)
    assert {item.identifier for item in PROPERTIES} < set(identifiers)
    assert {item.identifier for item in TOTALS} < set(identifiers)
    for item in found:
        assert list(item) == ["id", "kind", "sentence", "chapters", "peers", "shown_by"]
        assert item["kind"] in {kind.value for kind in Kind}
        assert item["sentence"].endswith(".")
        assert set(item["chapters"]) <= CHAPTER_NAMES
        assert all(isinstance(number, int) for number in item["peers"])
        assert item["shown_by"] in (["proof"], ["explorer"], ["proof", "explorer"])


@pytest.mark.parametrize("columns", ["80", "120"])
@pytest.mark.parametrize("command", ["calls", "properties", "show offer", "explain WRONG_SIGNER", "--help"])
def test_what_people_read_fits_the_window(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: str, columns: str
) -> None:
    """Given a window and a pipe / When something is listed / Then it fits, without control codes."""
    monkeypatch.setenv("COLUMNS", columns)
    ran = run(*command.split())
    assert (ran.code, ran.errors) == (0, "")
    assert lines_are_narrow(ran.output, int(columns))
    assert CONTROL not in ran.output


@pytest.mark.parametrize("name", list(CALLS))
def test_a_call_is_shown_on_one_screen(run: Run, name: str) -> None:
    """When a call is shown / Then its guards stand in order, with its events, requirements and properties."""
    ran = run("show", name)
    assert ran.code == 0
    places = [ran.output.index(f"  {reason.name} ") for reason in CALLS[name].reasons]
    assert places == sorted(places)
    assert all(event.__name__ in ran.output for event in CALLS[name].events)
    assert "requirements" in ran.output
    assert "properties" in ran.output
    assert len(ran.output.splitlines()) <= max(66, 40 + 2 * len(CALLS[name].reasons))


def test_a_call_is_found_as_a_contract_spells_it(run: Run) -> None:
    """When a call is named in camel case / Then it is the same call."""
    assert run("show", "declareDefault") == run("show", "declare_default")


def test_every_reason_has_advice() -> None:
    """Given the reasons / When advice is looked up / Then each has a sentence."""
    assert set(ADVICE) == set(Reason)
    assert all(text.endswith(".") for text in ADVICE.values())


@pytest.mark.parametrize(
    "name", ["INSUFFICIENT_CASH", "InsufficientCash", "InsufficientCash()", "0xf630766b"]
)
def test_a_reason_is_explained_by_any_of_its_names(run: Run, name: str) -> None:
    """When a reason is named as in Python, as in a contract, or by its selector / Then it is explained."""
    ran = run("explain", name)
    assert ran.code == 0
    assert ran.output.startswith("INSUFFICIENT_CASH: the facility has less idle cash than the call needs.")
    assert "error InsufficientCash(), selector 0xf630766b" in ran.output
    assert "redeem, process_redemption, disburse" in ran.output


def test_a_reason_of_every_call_says_so(run: Run) -> None:
    """When a reason is explained that any call can meet / Then it says so."""
    assert "every call" in run("explain", "TIME_RUNS_BACKWARD").output


def test_peers_are_listed_by_number(run: Run) -> None:
    """When what covers other protocols' properties is listed / Then each has a line."""
    found = json.loads(run("properties", "--peers", "--json").output)
    assert [list(item) for item in found] == [["number", "properties", "reason"]] * len(found)
    known = {item["id"] for item in json.loads(run("properties", "--json").output)}
    assert all(set(item["properties"]) <= known for item in found)
    ran = run("properties", "--peers")
    assert ran.code == 0
    assert lines_are_narrow(ran.output)
    starts = [line.split()[0] for line in ran.output.splitlines() if line[:1].isdigit()]
    assert starts[: len(found)] == [str(item["number"]) for item in found]

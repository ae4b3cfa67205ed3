"""Chapters, calls, events and reasons: each is listed once, and each is used."""

import re
from collections import Counter

import pytest
from pydantic import ValidationError

from lien.invariants.explore.check import REASONS_OF_EVERY_CALL
from lien.protocol.builders import build_action
from lien.protocol.genesis import build_product
from lien.spec.action import ActionKind
from lien.spec.agreement import Accept, Offer
from lien.spec.call import Call, Event, snake_case
from lien.spec.catalogue import CALLS, CHAPTERS, EVENTS
from lien.spec.governance import Pause, Propose
from lien.spec.reasons import Reason
from lien.spec.repayment import Repay
from lien.spec.types import Scope
from tests.lives import make_terms

LOGGED_BY_TOKENS = {"Transferred"}


def test_every_subclass_is_in_the_catalogue() -> None:
    """Given all calls and events that are defined / When the catalogue is compared / Then none is missing."""
    assert set(CALLS.values()) == set(Call.__subclasses__())
    assert set(EVENTS) == {event.event_name() for event in Event.__subclasses__()}


def test_every_reason_is_of_some_call_and_none_is_twice() -> None:
    """Given the reasons / When those of all calls are put together
    / Then they are all, and every call's are unique.
    """
    used = {reason for call in CALLS.values() for reason in call.reasons} | set(REASONS_OF_EVERY_CALL)
    assert used == set(Reason)
    for call in CALLS.values():
        assert max(Counter(call.reasons).values()) == 1
        assert not set(call.reasons) & set(REASONS_OF_EVERY_CALL)


def test_reasons_are_told_apart_by_name_sentence_and_error() -> None:
    """Given the reasons / When their sentences and errors are compared / Then no two are the same."""
    assert len({reason.value for reason in Reason}) == len(Reason)
    assert len({reason.error for reason in Reason}) == len(Reason)
    assert Reason.SENDER_IS_PROTOCOL.error == "SenderIsProtocol"
    assert all(re.fullmatch("[A-Z][A-Za-z]+", reason.error) for reason in Reason)


def test_every_event_is_of_some_call() -> None:
    """Given the events / When those of all calls are put together / Then they are all but the tokens' own."""
    used = {event.event_name() for call in CALLS.values() for event in call.events}
    assert used == set(EVENTS) - LOGGED_BY_TOKENS


@pytest.mark.parametrize("name", CALLS)
def test_a_call_stands_in_its_chapter(name: str) -> None:
    """Given a call / When its chapter is looked up
    / Then it is the module that defines it, and is numbered there.
    """
    call = CALLS[name]
    assert call.__module__ == f"lien.spec.{call.chapter}"
    assert call.__module__ in {module.__name__ for module in CHAPTERS.values()}
    assert call.sender
    assert call.call_name() == name
    assert (call.__doc__ or "").endswith(".")


@pytest.mark.parametrize("number", CHAPTERS)
def test_a_chapter_states_requirements_and_trust(number: int) -> None:
    """Given a chapter / When its text is read
    / Then it bears its number, requirements in order, and what is trusted.
    """
    text = CHAPTERS[number].__doc__ or ""
    assert text.startswith(f"Chapter {number}: ")
    assert "\nTrust: " in text
    name = CHAPTERS[number].__name__.split(".")[-1].upper()
    found = [int(digits) for digits in re.findall(rf"^- {name}-(\d+): ", text, re.MULTILINE)]
    assert found == list(range(1, len(found) + 1))
    assert found


def test_names_are_written_as_users_do() -> None:
    """Given a class's name / When it is turned into a call's / Then in lower case, with underscores."""
    assert snake_case("OpenFacility") == "open_facility"
    assert snake_case("Repay") == "repay"


CALL_EXAMPLES: list[Call] = [
    Offer(application=1, terms=make_terms()),
    Accept(loan=1, deadline=2, signature=b"\x00\xff"),
    Propose(action=build_action(ActionKind.SET_PRODUCT, product=build_product(1))),
    Pause(scope=Scope.GOVERNANCE),
    Repay(loan=1, amount=2**128 - 1, principal_ahead=0, reference=2**256 - 1),
]


@pytest.mark.parametrize("call", CALL_EXAMPLES, ids=lambda call: call.call_name())
def test_a_call_survives_its_json(call: Call) -> None:
    """Given a call / When it is written as JSON and read again / Then it is the same."""
    written = call.model_dump_json()
    assert type(call).model_validate_json(written) == call
    assert type(call).model_validate(call.model_dump()) == call


def test_a_call_is_checked_at_the_edge() -> None:
    """Given unknown, missing or wild fields / When a call is made of them / Then it is refused."""
    sound = {"loan": 1, "amount": 1, "principal_ahead": 0, "reference": 0}
    Repay.model_validate(sound)
    for change in ({"amount": -1}, {"amount": 2**128}, {"loan": True}, {"extra": 1}):
        with pytest.raises(ValidationError):
            Repay.model_validate(sound | change)
    with pytest.raises(ValidationError):
        Repay.model_validate({"loan": 1})


def test_terms_are_checked_at_the_edge_too() -> None:
    """Given terms with a figure out of its range / When they are offered / Then the offer is refused."""
    with pytest.raises(ValidationError):
        Offer(application=1, terms=make_terms(rate=10**20))


@pytest.mark.parametrize("signature", ["0x0", "00", "0xzz", 5, None])
def test_bytes_are_written_in_pairs_of_digits(signature: object) -> None:
    """Given something else than 0x and pairs of digits / When it is read as a signature
    / Then it is refused.
    """
    with pytest.raises(ValidationError):
        Accept.model_validate({"loan": 1, "deadline": 1, "signature": signature})
    assert Accept.model_validate({"loan": 1, "deadline": 1, "signature": "0x00Ff"}).signature == b"\x00\xff"


def test_an_event_lists_its_fields_in_order() -> None:
    """Given an event / When its fields are listed / Then by name, in their order."""
    event = EVENTS["LoanCancelled"](loan=1, collateral=2)  # type: ignore[call-arg]
    assert list(event.fields().items()) == [("loan", 1), ("collateral", 2)]

"""Each property of other lending protocols is covered, or it is said why it cannot apply."""

from lien.cli.properties import covered, described
from lien.invariants.properties.inapplicable import INAPPLICABLE, PEERS


def test_each_is_covered_or_cannot_apply() -> None:
    """When the numbers are listed / Then each is named by a property or has a reason, and never both."""
    found = covered()
    assert [item["number"] for item in found] == list(range(1, PEERS + 1))
    assert [item["number"] for item in found if bool(item["properties"]) == bool(item["reason"])] == []


def test_no_other_number_is_named() -> None:
    """When properties and reasons are listed / Then only those that there are are named, each once."""
    named = [item["peers"] for item in described()]
    assert {number for numbers in named for number in numbers} | set(INAPPLICABLE) == set(range(1, PEERS + 1))
    assert [numbers for numbers in named if len(set(numbers)) != len(numbers)] == []


def test_each_reason_is_one_sentence() -> None:
    """When the reasons are listed / Then each is a sentence of its own."""
    reasons = list(INAPPLICABLE.values())
    assert all(reason[0].isupper() and reason.endswith(".") for reason in reasons)
    assert all(". " not in reason for reason in reasons)
    assert len(set(reasons)) == len(reasons)

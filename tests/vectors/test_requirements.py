"""A call's vectors show requirements: those that its transition cites, and that the chapters state."""

import re

import pytest

from lien.spec.call import Call
from lien.spec.catalogue import CALLS, CHAPTERS
from lien.spec.facility import OpenFacility, Redeem
from lien.vectors.requirements import cited, requirements_of

STATED = {
    name
    for module in CHAPTERS.values()
    for name in re.findall(r"^- ([A-Z]+-\d+): ", module.__doc__ or "", re.MULTILINE)
}


@pytest.mark.parametrize("call", CALLS.values(), ids=lambda call: call.call_name())
def test_a_call_is_traced_to_requirements_that_are_stated(call: type[Call]) -> None:
    """Given a call / When its requirements are read / Then there are some, and chapters state them."""
    found = requirements_of(call, settles=False)
    assert found
    assert set(found) <= STATED


def test_a_facility_is_traced_to_what_is_fixed_and_to_the_lock() -> None:
    """Given the calls of a facility / When their requirements are read / Then these two are among them."""
    assert requirements_of(OpenFacility, settles=False) == ("FACILITY-9",)
    assert requirements_of(Redeem, settles=False) == (
        "FACILITY-1",
        "FACILITY-3",
        "FACILITY-7",
        "FACILITY-13",
    )


def test_a_range_of_requirements_is_each_of_them() -> None:
    """Given a text with a range / When it is read / Then each requirement of the range is cited."""
    assert cited("Pay out (REPAYMENT-1 to -3, ASSETS-6).") == [
        *("REPAYMENT-1", "REPAYMENT-2", "REPAYMENT-3"),
        "ASSETS-6",
    ]
    assert cited(None) == []

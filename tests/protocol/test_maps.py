"""The state's maps: persistent, equal by content, and without a trace of what is zero."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lien.protocol.maps import Figures, Records

entries = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2)), max_size=20)


@given(entries)
def test_figures_are_a_dictionary_in_which_everything_else_is_zero(writes: list[tuple[int, int]]) -> None:
    """Given any writes / When they are made
    / Then the map reads as a dictionary does, and zero takes no room.
    """
    figures, expected = Figures(), dict.fromkeys(range(6), 0)
    for key, figure in writes:
        figures, expected[key] = figures.set(key, figure), figure
    assert {key: figures.get(key) for key in expected} == expected
    kept = {key: figure for key, figure in expected.items() if figure}
    assert list(figures.items()) == sorted(kept.items())


@given(entries)
def test_maps_that_read_the_same_are_equal(writes: list[tuple[int, int]]) -> None:
    """Given two orders of writes that end alike / When the maps are compared
    / Then they and their hashes are equal.
    """
    final = dict(writes)
    one, other = Figures(), Figures()
    for key, figure in writes:
        one = one.set(key, figure)
    for key in sorted(final, reverse=True):
        other = other.set(key, final[key])
    assert one == other
    assert hash(one) == hash(other)
    assert repr(one) == repr(other)


def test_an_old_map_stays_as_it_was() -> None:
    """Given a map / When a key is set / Then only the new map has it."""
    empty, records = Figures(), Records[str]()
    assert (empty.set((1, 2), 3).get((1, 2)), empty.get((1, 2))) == (3, 0)
    assert (records.set(1, "one").contains(1), records.contains(1)) == (True, False)


def test_records_are_read_by_number_and_listed_in_order() -> None:
    """Given two records / When they are read
    / Then by number; a number without one is a fault of the caller.
    """
    records = Records[str]().set(2, "two").set(1, "one")
    assert records.get(2) == "two"
    assert list(records.items()) == [(1, "one"), (2, "two")]
    assert records == Records[str]().set(1, "one").set(2, "two")
    assert hash(records) == hash(Records[str]().set(1, "one").set(2, "two"))
    assert repr(records) == "Records({1: 'one', 2: 'two'})"
    with pytest.raises(KeyError):
        records.get(3)


def test_a_map_equals_no_other_thing() -> None:
    """Given a map / When it is compared with something else / Then they differ."""
    assert Figures() != {}
    assert Records[str]() != {}
    assert Figures() != Records[str]()

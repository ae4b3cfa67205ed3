"""A concrete map read through a symbolic key says what the map says, and a clock what the clock says."""

from dataclasses import dataclass

import pytest
import z3

from lien.invariants.prove.executor import Executor
from lien.invariants.prove.symbols import Int
from lien.protocol.calendar import clock
from lien.protocol.maps import Figures, Records
from lien.spec.types import DayCount
from lien.vectors.search.bridge import KnownFigures, KnownRecords, Unreadable
from lien.vectors.search.clocks import exact_clock
from lien.vectors.stories.terms import day

FIGURES = Figures().set((1, 10), 5).set((1, 20), 6).set((2, 10), 7)
key = z3.Int("key")


def value(number: Int | int, at: int) -> int:
    expression = z3.IntVal(number) if isinstance(number, int) else number.expression
    return int(z3.simplify(z3.substitute(expression, (key, z3.IntVal(at)))).as_long())


@pytest.mark.parametrize("at", [10, 20, 30])
def test_a_figure_of_a_symbolic_key_is_that_of_each_key(at: int) -> None:
    assert value(KnownFigures(FIGURES).get((1, Int(key))), at) == FIGURES.get((1, at))


@pytest.mark.parametrize("at", [10, 20, 30])
def test_the_last_write_counts(at: int) -> None:
    written = KnownFigures(FIGURES).set((1, Int(key)), 8).set((1, 20), 9)
    assert value(written.get((1, at)), at) == FIGURES.set((1, at), 8).set((1, 20), 9).get((1, at))


def test_a_known_key_gives_a_plain_number() -> None:
    assert KnownFigures(FIGURES).get((2, 10)) == 7
    assert KnownFigures(FIGURES).get((2, 20)) == 0


@dataclass(frozen=True)
class Entry:
    amount: int
    amounts: tuple[int, int]


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_field_of_a_symbolic_number_is_that_of_each_number(at: int) -> None:
    """Given two records / When a field is read by a symbol / Then it is each number's, and zero of none."""
    entries = {1: Entry(5, (6, 7)), 2: Entry(8, (9, 10))}
    records, plain = KnownRecords(dict(entries)), Records[Entry]()
    for number, record in entries.items():
        plain = plain.set(number, record)
    places: tuple[Int | int, ...] = (Int(key), at)
    for place in places:
        assert value(records.field(place, "amount"), at) == plain.field(at, "amount")
        assert value(records.place(place, "amounts", 1), at) == plain.place(at, "amounts", 1)


def test_a_number_without_a_record_cannot_be_read() -> None:
    records = KnownRecords({1: "first"})
    assert records.get(1) == "first"
    for number in (2, Int(key)):
        with pytest.raises(Unreadable):
            records.get(number)


@pytest.mark.parametrize("day_count", list(DayCount))
@pytest.mark.parametrize("first", [day(2023, 12, 1), day(2024, 2, 1), day(2027, 12, 15)])
def test_a_clock_is_exact_on_every_day_of_a_window(day_count: DayCount, first: int) -> None:
    executor, window = Executor({}), range(first, first + 120)
    symbol = Int(key, window[0], window[-1])
    reading = exact_clock(executor, clock, (day_count, symbol))
    solver = z3.Solver()
    solver.add(*executor.path.facts)
    for number in window:
        solver.push()
        solver.add(key == number)
        assert solver.check() == z3.sat
        assert solver.model().eval(reading.expression).as_long() == clock(day_count, number)
        solver.pop()

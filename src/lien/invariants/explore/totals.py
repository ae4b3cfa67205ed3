"""Check that each recorded figure is the sum of what it stands for."""

from collections.abc import Callable, Iterator
from typing import Any

from lien.invariants.explore.maps import AnyMap, changed_entries, entries_in, map_of
from lien.invariants.explore.remembered import remembered
from lien.invariants.explore.violation import Violation
from lien.invariants.properties.total import TOTALS, Group, Source, Total, Vector
from lien.protocol.calendar import day_of
from lien.protocol.maps import Records
from lien.protocol.state import State

Sums = dict[Group, Vector]


Weigh = Callable[[Any, Any], tuple[Group, Vector]]


@remembered
def weigh_record(record: Any, key: int, weigh: Weigh) -> tuple[Group, Vector]:
    """Return what a record adds, and to which group."""
    return weigh(key, record)


@remembered
def weigh_all(found: AnyMap, weigh: Weigh) -> tuple[tuple[Group, Vector], ...]:
    """Return what each entry of a map adds, and to which group."""
    if isinstance(found, Records):
        return tuple(weigh_record(record, key, weigh) for key, record in entries_in(found))
    return tuple(weigh(key, figure) for key, figure in entries_in(found))


def add_up(state: State, sources: tuple[Source, ...]) -> Sums:
    """Return the sums by group over all entries of some maps."""
    sums: Sums = {}
    for source in sources:
        for group, vector in weigh_all(map_of(state, source.map), source.weigh):
            sofar = sums.get(group)
            sums[group] = vector if sofar is None else tuple(map(int.__add__, sofar, vector))
    return sums


def is_untouched(total: Total, state: State, before: State | None) -> bool:
    """Return whether neither the maps of a total nor the day differ from the state before."""
    if before is None or day_of(state.timestamp) != day_of(before.timestamp):
        return False
    names = [source.map for source in (total.recorded, *total.parts)]
    return all(map_of(state, name) is map_of(before, name) for name in names)


def violations_of_total(total: Total, state: State, before: State | None) -> Iterator[Violation]:
    """Yield where the two sides differ, and where a sum or what a changed entry adds is out of bounds."""
    recorded, sums = add_up(state, (total.recorded,)), add_up(state, total.parts)
    for group in sorted(recorded.keys() | sums.keys()):
        nothing = (0,) * len(recorded.get(group) or sums[group])
        one_side, other_side = recorded.get(group, nothing), sums.get(group, nothing)
        if one_side != other_side:
            values = {"recorded": one_side, "sum": other_side}
            yield Violation(total.identifier, total.sentence, total.recorded.map, group, values)
    added = [
        (source.map, *source.weigh(key, entry))
        for source in total.parts
        for key, entry in changed_entries(state, before, source.map)
    ]
    today = day_of(state.timestamp)
    for name, group, vector in (*((total.recorded.map, *sum_) for sum_ in recorded.items()), *added):
        if not total.bounds(today, vector) or (total.counts and name == total.counts and vector[0] > 1):
            yield Violation(total.identifier, total.sentence, name, group, {"out of bounds": vector})


def total_violations(state: State, before: State | None) -> Iterator[Violation]:
    """Yield what is wrong with the totals of a state; those that nothing touched are not looked at again."""
    for total in TOTALS:
        if not is_untouched(total, state, before):
            yield from violations_of_total(total, state, before)

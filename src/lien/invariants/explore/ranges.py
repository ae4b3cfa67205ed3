"""Find what lies outside the range that its type gives it, in records, events and maps."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import IntEnum
from functools import lru_cache
from inspect import isclass
from operator import attrgetter, le
from typing import Any, cast

from lien.protocol.maps import Key
from lien.protocol.state import Keyed
from lien.spec.abi import quantity_of
from lien.spec.types import one_each_of

Found = Iterator[tuple[str, object]]  # where, and what stands there
Spans = tuple[tuple[int, ...], tuple[int, ...]]  # the least values, and the greatest


def range_of(annotation: Any) -> tuple[int, int] | None:
    """Return the least and the greatest value of an annotation, if it is that of an integer."""
    quantity = quantity_of(annotation)
    if quantity is not None:
        return quantity.minimum, quantity.maximum
    if isclass(annotation) and issubclass(annotation, IntEnum):
        return min(annotation), max(annotation)
    return None


@dataclass(frozen=True, slots=True)
class Shape:
    """Hold the integers of a kind of record: how to read them all, and the range of each."""

    paths: tuple[str, ...]
    minima: tuple[int, ...]
    maxima: tuple[int, ...]
    read: Callable[[Any], tuple[int, ...]]
    tuples: tuple[tuple[str, int, tuple[int, int]], ...]  # a field, its length, the range of each entry


def integers_of(kind: type[Any], prefix: str = "") -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the path and the range of each integer of a record, those of records within it included."""
    for item in fields(kind):
        span = range_of(item.type)
        if span is not None:
            yield prefix + item.name, span
        elif isclass(item.type) and is_dataclass(item.type):
            yield from integers_of(item.type, f"{prefix}{item.name}.")


def tuples_of(kind: type[Any], prefix: str = "") -> Iterator[tuple[str, int, tuple[int, int]]]:
    """Yield each tuple of a record that an enumeration indexes: path, length, and the range of an entry."""
    for item in fields(kind):
        one_each = one_each_of(item.type)
        span = range_of(one_each.entry) if one_each else None
        if one_each and span:
            yield prefix + item.name, len(one_each.index), span
        elif isclass(item.type) and is_dataclass(item.type):
            yield from tuples_of(item.type, f"{prefix}{item.name}.")


@lru_cache
def shape_of(kind: Any) -> Shape:
    """Return the shape of a kind of record."""
    found = tuple(integers_of(kind))
    paths = tuple(path for path, _ in found)
    getters = tuple(attrgetter(path) for path in paths)
    return Shape(
        paths=paths,
        minima=tuple(span[0] for _, span in found),
        maxima=tuple(span[1] for _, span in found),
        read=attrgetter(*paths) if len(paths) > 1 else lambda record: tuple(get(record) for get in getters),
        tuples=tuple(tuples_of(kind)),
    )


def is_within(figures: tuple[Any, ...], minima: tuple[int, ...], maxima: tuple[int, ...]) -> bool:
    """Return whether each figure is an integer within its range."""
    are_whole = all(isinstance(figure, int) for figure in figures)
    return are_whole and all(map(le, minima, figures)) and all(map(le, figures, maxima))


def misfits_of_record(record: Any) -> Found:
    """Yield the path and the value of each integer of a record that is out of its range."""
    shape = shape_of(cast(Any, type(record)))
    figures = shape.read(record)
    if not is_within(figures, shape.minima, shape.maxima):
        for place in zip(shape.paths, figures, shape.minima, shape.maxima, strict=True):
            path, figure, least, greatest = place
            if not is_within((figure,), (least,), (greatest,)):
                yield path, figure
    for name, length, (least, greatest) in shape.tuples:
        entries = attrgetter(name)(record)
        if len(entries) != length or not is_within(entries, (least,) * length, (greatest,) * length):
            yield name, entries


def as_tuple(key: Key) -> tuple[int, ...]:
    """Return a key of a map of figures as a tuple, also where it is a single number."""
    return key if isinstance(key, tuple) else (key,)


def spans_of(keyed: Keyed) -> Spans:
    """Return the least and the greatest values of the parts of a map's keys, and of its figures."""
    spans = [range_of(annotation) or (0, 0) for annotation in (*keyed.keys, keyed.entry)]
    return tuple(span[0] for span in spans), tuple(span[1] for span in spans)


def misfits_of_figures(entries: Iterable[tuple[tuple[int, ...], int]], spans: Spans) -> Found:
    """Yield each key and figure of which one is out of its range."""
    minima, maxima = spans
    for key, figure in entries:
        row = (*key, figure)
        if len(row) != len(minima) or not is_within(row, minima, maxima):
            yield str(key), figure

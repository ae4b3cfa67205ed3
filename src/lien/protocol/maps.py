"""Keep the state's maps: persistent, so that an old state costs nothing, and never iterated by the protocol.

The executor implements the same two interfaces for symbols. `items` is for what stands outside the protocol:
invariants that sum over a map, the state commitment, and reports.
"""

from collections.abc import Iterator
from operator import itemgetter
from typing import Generic, TypeVar

from immutables import Map

Key = int | tuple[int, ...]
Record = TypeVar("Record")


class Figures:
    """Map keys to integers; what was never set is zero, and zero takes no room: equal maps are equal."""

    __slots__ = ("_entries", "_sorted")

    def __init__(self, entries: Map[Key, int] | None = None) -> None:
        """Start from the given entries, or empty."""
        self._entries: Map[Key, int] = Map() if entries is None else entries
        self._sorted: list[tuple[Key, int]] | None = None  # once they were asked for

    def get(self, key: Key) -> int:
        """Return the figure of the key, or zero."""
        return self._entries.get(key, 0)

    def set(self, key: Key, figure: int) -> "Figures":
        """Return a map in which the key has the figure."""
        if figure:
            return Figures(self._entries.set(key, figure))
        return Figures(self._entries.delete(key)) if key in self._entries else self

    def items(self) -> Iterator[tuple[Key, int]]:
        """Return each key that has a figure other than zero, sorted."""
        if self._sorted is None:
            self._sorted = sorted(self._entries.items())
        return iter(self._sorted)

    def __eq__(self, other: object) -> bool:
        """Compare by content."""
        return isinstance(other, Figures) and self._entries == other._entries

    def __hash__(self) -> int:
        """Hash by content."""
        return hash(self._entries)

    def __repr__(self) -> str:
        """Show the content, sorted."""
        return f"Figures({dict(self.items())})"


class Records(Generic[Record]):
    """Map numbers to records; asking for the record of a number that has none is a fault of the caller."""

    __slots__ = ("_entries", "_sorted")

    def __init__(self, entries: Map[int, Record] | None = None) -> None:
        """Start from the given entries, or empty."""
        self._entries: Map[int, Record] = Map() if entries is None else entries
        self._sorted: list[tuple[int, Record]] | None = None  # once they were asked for

    def contains(self, number: int) -> bool:
        """Return whether the number has a record."""
        return number in self._entries

    def get(self, number: int) -> Record:
        """Return the record of the number."""
        return self._entries[number]

    def field(self, number: int, name: str) -> int:
        """Return one integer field of the record of a number, or zero where the number has none."""
        record = self._entries.get(number)
        figure: int = 0 if record is None else getattr(record, name)
        return figure

    def place(self, number: int, name: str, index: int) -> int:
        """Return one entry of a tuple of the record of a number, or zero where the number has none."""
        record = self._entries.get(number)
        figure: int = 0 if record is None else getattr(record, name)[index]
        return figure

    def set(self, number: int, record: Record) -> "Records[Record]":
        """Return a map in which the number has the record."""
        return Records(self._entries.set(number, record))

    def items(self) -> Iterator[tuple[int, Record]]:
        """Return each number and its record, sorted by number."""
        if self._sorted is None:
            self._sorted = sorted(self._entries.items(), key=itemgetter(0))
        return iter(self._sorted)

    def __eq__(self, other: object) -> bool:
        """Compare by content."""
        return isinstance(other, Records) and self._entries == other._entries

    def __hash__(self) -> int:
        """Hash by content."""
        return hash(self._entries)

    def __repr__(self) -> str:
        """Show the content, sorted."""
        return f"Records({dict(self.items())})"

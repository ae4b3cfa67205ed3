"""Say what did not hold, and where."""

from collections.abc import Mapping
from dataclasses import dataclass, field

# What holds of every call, whatever the properties say.
RANGE = "RANGE", "Every figure and every field of a record lies within the range of its type."
NUMBERS = "NUMBERS", "Records are numbered from one to their count, without a gap."
REASONS = "REASONS", "A call is rejected only for a reason that it declares, or that every call has."
EVENTS = "EVENTS", "A call emits only events that it declares."
UNCHANGED = "UNCHANGED", "A rejected call leaves the very state that it met, and emits nothing."
FRAME = "FRAME", "A call changes only what its kind changes, and only the records that it names."
RAISES = "RAISES", "A call is accepted or rejected; it never raises."


@dataclass(frozen=True, slots=True)
class Violation:
    """Name a property that did not hold, where, and with what values."""

    identifier: str
    sentence: str
    place: str  # the map, or `state`, or the call's name
    key: tuple[int, ...] = ()  # in the map
    values: Mapping[str, object] = field(default_factory=dict[str, object])

    def __str__(self) -> str:
        """Write the violation in one line."""
        key = f"[{', '.join(str(part) for part in self.key)}]" if self.key else ""
        values = "; ".join(f"{name} = {value}" for name, value in self.values.items())
        return f"{self.identifier} at {self.place}{key}: {self.sentence} {values}".rstrip()

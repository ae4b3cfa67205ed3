"""Say what did not hold, and where."""

from collections.abc import Mapping
from dataclasses import dataclass, field


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

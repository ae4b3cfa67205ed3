"""Remember what formulas read of a state, so that what cannot have changed is not evaluated again."""

from dataclasses import dataclass, field
from typing import Any

from lien.protocol.state import Ledger, State

Path = tuple[str, ...]


@dataclass
class Readings:
    """Hold a state of whose entries a formula held, and all that it read of that state besides them."""

    state: State | None = None  # none: nothing is known
    read: dict[Path, object] = field(default_factory=dict[Path, object])

    def are_of(self, before: State | None, state: State) -> bool:
        """Return whether the formula held in the state before, and would read the same in another state."""
        if before is None or before is not self.state:
            return False
        return all(is_same(value, read_at(state, path)) for path, value in self.read.items())


class Watched:
    """Stand for a state, or its ledger, and write down what is read of it; nothing else can be done with it."""

    def __init__(self, record: State | Ledger, read: dict[Path, object], path: Path = ()) -> None:
        """Write into the given readings, under the path of the record."""
        self._record, self._read, self._path = record, read, path

    def __getattr__(self, name: str) -> Any:
        """Return a field that is read first; unless it is the ledger, whose fields count one by one.

        From then on it is an attribute as any other.
        """
        value, path = getattr(self._record, name), (*self._path, name)
        if isinstance(value, Ledger):
            value = Watched(value, self._read, path)
        else:
            self._read[path] = value
        setattr(self, name, value)
        return value


def read_at(state: State, path: Path) -> object:
    """Return what stands at a path."""
    found: Any = state
    for name in path:
        found = getattr(found, name)
    return found


def is_same(one: object, other: object) -> bool:
    """Return whether two values are the same object, or the same number."""
    return one is other or (isinstance(one, int) and one == other)

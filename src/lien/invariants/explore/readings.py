"""Remember what formulas read of a state, so that what cannot have changed is not evaluated again."""

from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter
from typing import Any

from lien.protocol.state import Ledger, State


@dataclass(slots=True)
class Readings:
    """Hold a state of whose entries a formula held, and all that it read of that state besides them."""

    state: State | None = None  # none: nothing is known
    read: dict[str, object] = field(default_factory=dict[str, object])  # by path

    def are_of(self, before: State | None, state: State) -> bool:
        """Return whether the formula held in the state before, and would read the same in another state."""
        if before is None or before is not self.state:
            return False
        for path, value in self.read.items():
            now = reader(path)(state)
            if now is not value and not (isinstance(value, int) and now == value):
                return False
        return True


reader = cache(attrgetter)


class Watched:
    """Stand for a state, or its ledger, and write down what is read of it; it can do nothing else."""

    def __init__(self, record: State | Ledger, read: dict[str, object], path: str = "") -> None:
        """Write into the given readings, under the path of the record."""
        self._record, self._read, self._path = record, read, path

    def __getattr__(self, name: str) -> Any:
        """Return a field that is read first; unless it is the ledger, whose fields count one by one.

        From then on it is an attribute as any other.
        """
        value, path = getattr(self._record, name), self._path + name
        if isinstance(value, Ledger):
            value = Watched(value, self._read, f"{path}.")
        else:
            self._read[path] = value
        setattr(self, name, value)
        return value

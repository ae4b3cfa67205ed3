"""Say how a mutant is looked for, and what came of it."""

from dataclasses import dataclass
from enum import StrEnum

from lien.invariants.mutants.base import Mutant

EXPLORER_CALLS = 20_000  # unless another number is asked for


class Way(StrEnum):
    """Name a way to look for a mutant."""

    PROOF = "proof"
    EXPLORER = "explorer"


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold what came of one way to look for a mutant."""

    result: str  # of the proof, as its cells have it; of the explorer, `violated` or `held`
    fell: str = ""  # the property; none where the mutant was not found
    story: str = ""  # how it fell, or what went wrong
    seconds: float = 0.0  # until it was found, or the search ended
    calls: int = 0  # that the explorer sent

    @property
    def found(self) -> bool:
        """Return whether a property fell."""
        return bool(self.fell)


@dataclass(frozen=True, slots=True)
class Task:
    """Name one search: for which mutant, in which way, and with how many calls where it explores."""

    mutant: Mutant
    way: Way
    calls: int = EXPLORER_CALLS
    seed: int = 0

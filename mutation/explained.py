"""Read why mutants survive: `survivors.yaml` beside this file, which people write and review."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

SURVIVORS = Path(__file__).with_name("survivors.yaml")


@dataclass(frozen=True, slots=True)
class Explained:
    """Say why one mutant survives. It is named by what it changes."""

    module: str  # in the protocol, as a path
    function: str
    change: str  # lines taken out and put in
    why: str


def explanations() -> Iterator[Explained]:
    """Yield the explanations in the order of the file."""
    for entry in yaml.safe_load(SURVIVORS.read_text()):
        for change in entry["changes"]:
            yield Explained(
                entry["module"], entry["function"], change.strip(), " ".join(entry["why"].split())
            )

"""Compare call by call, and keep what came of each, so that a long run can be interrupted."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from joblib import Parallel, delayed

from lien.invariants.explore.pieces import PROVING, digest_of_code
from lien.invariants.explore.resume import Save, kept_first
from lien.invariants.prove.comparison import Compared, compare


@dataclass(frozen=True, slots=True)
class Asked:
    """Say what is compared: how many random calls of one kind, and what all choices follow from."""

    call: str
    times: int
    seed: int

    def file(self, folder: Path) -> Path:
        """Return where the result is kept."""
        return folder / f"compared-{self.call}.json"

    def load(self, folder: Path) -> Compared | None:
        """Return what was kept, if it is of this code and of the same question."""
        try:
            kept: Any = json.loads(self.file(folder).read_text())
            if (kept["code"], kept["asked"]) != (digest_of_code(PROVING), asdict(self)):
                return None
            return Compared(**kept["found"] | {"faults": tuple(kept["found"]["faults"])})
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def text_of(self, found: Compared) -> str:
        """Return a result as it is kept."""
        kept = {"code": digest_of_code(PROVING), "asked": asdict(self), "found": asdict(found)}
        return f"{json.dumps(kept, indent=1)}\n"


def compare_all(asked: list[Asked], jobs: int, folder: Path | None, save: Save) -> Iterator[Compared]:
    """Yield what came of each call, first of those that are kept; keep the others as they come."""

    def load(one: Asked) -> Compared | None:
        return None if folder is None else one.load(folder)

    def run(missing: list[Asked]) -> Generator[tuple[Asked, Compared], None, None]:
        work = (delayed(compare)(one.call, one.times, one.seed) for one in missing)
        yield from zip(missing, Parallel(n_jobs=jobs, return_as="generator", batch_size=1)(work), strict=True)

    def keep(one: Asked, found: Compared) -> None:
        if folder is not None:
            save(one.file(folder), one.text_of(found))

    yield from (found for _, found in kept_first(asked, load, run, keep))

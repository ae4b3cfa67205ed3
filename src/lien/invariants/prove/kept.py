"""Keep what a case gave in a folder, so that it is not proved again while all that it depends on is the same.

Only what is proved is taken up again; what is refuted, unknown or in error is tried anew.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from lien.invariants.explore.resume import Save
from lien.invariants.prove.cases import Case
from lien.invariants.prove.results import CaseResult, Cell, holds
from lien.invariants.prove.sources import digest

FIGURES = ("paths", "queries", "seconds")


@dataclass(frozen=True, slots=True)
class Kept:
    """Keep results in a folder."""

    folder: Path
    save: Save

    def file(self, case: Case, properties: frozenset[str] | None) -> Path:
        """Return where a case is kept; apart from others where only some properties are wanted."""
        parts = [*case.parts]
        if properties is not None:
            parts.append(sha256(repr(sorted(properties)).encode()).hexdigest()[:8])
        return self.folder / f"proved-{'-'.join(parts)}.json"

    def load(self, case: Case, properties: frozenset[str] | None) -> CaseResult | None:
        """Return a case that was kept, if nothing has changed on which it depends."""
        try:
            written: Any = json.loads(self.file(case, properties).read_text())
            if written["code"] != digest(case, properties):
                return None
            cells = [Cell(**cell) for cell in written["cells"]]
            figures = {name: written[name] for name in FIGURES}
            found = CaseResult(case, cells, **figures, reasons=Counter(written["reasons"]), is_kept=True)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return found if is_held(found) else None

    def keep(self, result: CaseResult, properties: frozenset[str] | None) -> None:
        """Write a case down, if all of it is proved."""
        if is_held(result):
            figures = {name: getattr(result, name) for name in FIGURES}
            cells = [asdict(cell) for cell in result.cells]
            written = {"code": digest(result.case, properties), **figures, "reasons": result.reasons}
            text = json.dumps({**written, "cells": cells}, indent=1)
            self.save(self.file(result.case, properties), f"{text}\n")


def is_held(result: CaseResult) -> bool:
    """Return whether every cell of a case is proved."""
    return all(holds(cell) for cell in result.cells)

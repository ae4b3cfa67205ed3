"""Keep what was found, so that a run can be interrupted and taken up again while the code is the same."""

import json
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from lien.invariants.explore.pieces import PROVING, digest_of_code
from lien.invariants.mutants.finding import Finding, Task, Way


def place_of(task: Task, folder: Path) -> Path:
    """Return where the finding of a task is kept."""
    return folder / f"mutant-{task.mutant.identifier}-{task.way}.json"


def digest_of(task: Task) -> str:
    """Return a hash of the code and of all that was asked: what was found holds for these only."""
    asked = (asdict(task.mutant), *((task.calls, task.seed) if task.way is Way.EXPLORER else ()))
    return sha256(f"{digest_of_code(PROVING)} {task.way} {asked}".encode()).hexdigest()


def load_finding(task: Task, folder: Path) -> Finding | None:
    """Return a finding that was kept, if it is of this code and of the same question."""
    try:
        kept: Any = json.loads(place_of(task, folder).read_text())
        return Finding(**kept["finding"]) if kept["asked"] == digest_of(task) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_finding(task: Task, finding: Finding) -> str:
    """Return a finding as it is kept."""
    return f"{json.dumps({'asked': digest_of(task), 'finding': asdict(finding)}, indent=1)}\n"

"""Look for mutants, each in a process of its own, which imports a copy of the package with the mistake."""

import json
import os
import subprocess
import sys
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from lien.invariants.explore.resume import Save, kept_first
from lien.invariants.mutants.finding import Finding, Task
from lien.invariants.mutants.keep import load_finding, place_of, write_finding
from lien.invariants.mutants.seed import MutantError, seed

LONGEST = 1800  # seconds that one search may take


class Searches:
    """Run searches, and end those that still run when the work is given up."""

    def __init__(self) -> None:
        """Begin with nothing running."""
        self._lock, self._is_over = Lock(), False
        self._running: set[subprocess.Popen[str]] = set()

    def run(self, task: Task) -> Finding:
        """Make the mutant and look for it.

        Raises: MutantError, where it cannot be made, or cannot even be imported.
        """
        with TemporaryDirectory(prefix="lien-mutant-") as folder:
            process = self._begin(task, seed(task.mutant, Path(folder)))
            try:
                output, errors = process.communicate(timeout=LONGEST)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
                return Finding("error", story="the search took too long", seconds=LONGEST)
            finally:
                self._running.discard(process)
        if process.returncode != 0:
            last = (errors.strip() or "the search was ended").splitlines()[-1]
            raise MutantError(f"{task.mutant.identifier}: {last}")
        return Finding(**json.loads(output))

    def _begin(self, task: Task, folder: Path) -> subprocess.Popen[str]:
        """Start a process that imports from the folder first, and never from where it is started."""
        mutant, paths = task.mutant, (str(folder), os.environ.get("PYTHONPATH", ""))
        asked = {
            "way": task.way,
            "case": mutant.case,
            "property": mutant.property,
            "calls": task.calls,
            "seed": task.seed,
        }
        with self._lock:
            if self._is_over:
                raise MutantError("the search was given up")
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "lien.invariants.mutants.probe", json.dumps(asked)],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)},
            )
            self._running.add(process)
        return process

    def give_up(self) -> None:
        """Start nothing more, and end what runs."""
        with self._lock:
            self._is_over = True
            for process in self._running:
                process.kill()


def run_tasks(
    tasks: list[Task], jobs: int, folder: Path | None, save: Save
) -> Iterator[tuple[Task, Finding]]:
    """Yield what came of each search, first of those that were kept; keep the others as they come.

    Raises: MutantError.
    """

    def load(task: Task) -> Finding | None:
        return None if folder is None else load_finding(task, folder)

    def keep(task: Task, finding: Finding) -> None:
        if folder is not None:
            save(place_of(task, folder), write_finding(task, finding))

    return kept_first(tasks, load, partial(search, jobs=jobs), keep)


def search(tasks: list[Task], jobs: int) -> Generator[tuple[Task, Finding], None, None]:
    """Yield what came of each search as it ends; what still runs is ended with the generator.

    Raises: MutantError.
    """
    searches = Searches()
    with ThreadPoolExecutor(jobs) as pool:
        futures = {pool.submit(searches.run, task): task for task in tasks}
        try:
            for future in as_completed(futures):
                yield futures[future], future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            searches.give_up()

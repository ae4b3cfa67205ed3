"""Take what was proved to others: write each obligation as a file, and have a second solver check it."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import z3

from lien.invariants.prove.cases import Case
from lien.invariants.prove.executor import Executor
from lien.invariants.prove.relevance import Relevance
from lien.invariants.prove.results import Checked
from lien.invariants.prove.second import Answer, ask_second_solver
from lien.invariants.prove.smtlib import text_of
from lien.invariants.prove.solve import Shown

UNREACHABLE = "UNREACHABLE"  # a path that no state takes
BRANCH, EXCLUDED = "branch", "EXCLUDED"  # a side of a decision that no state takes
UNFINISHED = ".unfinished"  # where the files of a case stand until all of them are there


@dataclass(frozen=True, slots=True)
class Takers:
    """Say who is given each obligation."""

    folder: Path | None = None  # where it is written
    second: bool = False  # whether a second solver is asked


class Evidence:
    """Give away each obligation of a case."""

    def __init__(self, case: Case, takers: Takers, executor: Executor) -> None:
        """Begin with nothing given, and have the executor note what it leaves out."""
        self._takers, self._executor = takers, executor
        self._row = "-".join(case.parts)
        self._relevance, self._given = Relevance(), Counter[str]()
        executor.excluded = []
        self.checked = Checked()

    def give(self, where: str, what: str, shown: list[Shown]) -> None:
        """Give what a proof consists of; nothing, if the goal was true as it stood."""
        for item in shown:
            name = self._name(where, what)
            text = text_of(f"{name}: {what}", item.facts, item.goal, self._relevance)
            self.checked.given += 1
            if self._takers.folder is not None:
                write(self._takers.folder / UNFINISHED / f"{name}.smt2", text)
            if self._takers.second:
                self._ask(name, text)

    def give_excluded(self) -> None:
        """Give which sides of decisions the executor left out since this was last asked."""
        excluded, self._executor.excluded = self._executor.excluded or [], []
        for facts, condition in excluded:
            self.give(BRANCH, EXCLUDED, [Shown(facts, z3.Not(condition))])

    def finish(self) -> None:
        """Put the files of the case in their place, now that all of them are there."""
        folder = self._takers.folder
        if folder is not None and (folder / UNFINISHED / self._row).is_dir():
            (folder / UNFINISHED / self._row).rename(folder / self._row)

    def _name(self, where: str, what: str) -> str:
        """Name an obligation by its case, its path, its property, and a number where there are more."""
        name = f"{self._row}/{where}-{re.sub('[^a-z0-9]+', '-', what.lower()).strip('-')}"
        self._given[name] += 1
        return name if self._given[name] == 1 else f"{name}-{self._given[name]}"

    def _ask(self, name: str, text: str) -> None:
        answer = ask_second_solver(text)
        self.checked.answers[answer.value] += 1
        if answer is Answer.CONTRADICTED:
            self.checked.contradicted.append(name)
        elif answer is Answer.UNDECIDED:
            self.checked.undecided.append(name)


def leave_nothing_unfinished(folder: Path) -> None:
    """Remove the files of cases that were interrupted."""
    shutil.rmtree(folder / UNFINISHED, ignore_errors=True)


def write(path: Path, text: str) -> None:
    """Write a file into a folder that is made where it is not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")

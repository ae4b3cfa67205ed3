"""Prove the matrix: each property on each call, for each status of the loan that the call meets."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator

from joblib import Parallel, delayed

from lien.invariants.explore.resume import kept_first
from lien.invariants.properties.base import PROPERTIES, Property
from lien.invariants.properties.implied import CONTRACT, NEEDS, RANGE, WIDTH
from lien.invariants.properties.total import TOTALS, Total
from lien.invariants.prove.attempts import Verdict
from lien.invariants.prove.cases import Case, all_cases
from lien.invariants.prove.evidence import UNREACHABLE, Evidence, Takers, leave_nothing_unfinished
from lien.invariants.prove.expressions import build, conjuncts, own_context, simplified
from lien.invariants.prove.goal import Goal
from lien.invariants.prove.kept import Kept
from lien.invariants.prove.obligations import paths_with_goals
from lien.invariants.prove.path import Path
from lien.invariants.prove.replay import find_counterexample
from lien.invariants.prove.results import CaseResult, Cell, Matrix, worse
from lien.invariants.prove.run import Explorer, Run
from lien.invariants.prove.solve import Prover
from lien.invariants.prove.story import tell

PROMISED = (RANGE, WIDTH, NEEDS, CONTRACT)


class CaseProof:
    """Prove the properties of one case, or only some of them."""

    def __init__(self, case: Case, properties: frozenset[str] | None, takers: Takers | None = None) -> None:
        """Begin with nothing proved."""
        self.case, self._wanted = case, properties
        self.explorer, self.prover = Explorer(case), Prover()
        self.evidence = None if takers is None else Evidence(case, takers, self.explorer.executor)
        self.cells: dict[str, Cell] = {}
        self.reasons = Counter[str]()
        self._stories: dict[str, str] = {}  # of each property that was refuted, or could not be

    def run(self) -> None:
        """Prove every path."""
        found = paths_with_goals(self.explorer, self._wanted)
        for number, (path, run, goals) in enumerate(found, start=1):
            if self.prover.is_satisfiable(path):
                self.reasons[run.outcome] += 1
                for goal in goals:
                    self._keep(goal, *self._prove(path, run, goal))
                    self._give(number, goal.identifier)
            else:
                self._give(number, UNREACHABLE)
        if self.evidence is not None:
            self.evidence.give_excluded()
            self.evidence.finish()

    def _give(self, path: int, identifier: str) -> None:
        """Give away what was just proved, if anything was, and how the path was found."""
        if self.evidence is not None:
            self.evidence.give_excluded()
            self.evidence.give(f"path-{path:04}", identifier, self.prover.shown)

    def _prove(self, path: Path, run: Run, goal: Goal) -> tuple[str, str, float]:
        """Return the result for one goal, its story, and the seconds; what is proved is a lemma for the next.

        What near facts do not prove is tried on numbers, before the solver has to insist.
        """
        began = time.perf_counter()
        splits = tuple(run.splits)
        verdict, story = self.prover.follows(path, goal, splits), ""
        if verdict is not Verdict.PROVED:
            story = self._refute(goal)
            verdict = Verdict.REFUTED if story else self.prover.insist(path, goal, splits)
        result = verdict.value
        if verdict is Verdict.PROVED:
            path.facts += build(conjuncts, simplified(goal.condition))
        elif not story:
            story = f"{goal.identifier} where the call ends in {run.outcome}: no numbers refute it"
            result = "error" if verdict is Verdict.REFUTED else result  # the two must not differ
        return result, story, time.perf_counter() - began

    def _refute(self, goal: Goal) -> str:
        """Return the story of numbers that refute a property, or nothing."""
        name = goal.property
        if name not in self._stories:
            found = find_counterexample(self.case, name)
            self._stories[name] = "" if found is None else tell(found, sentence_of(found.goal))
        return self._stories[name]

    def _keep(self, goal: Goal, result: str, story: str, seconds: float) -> None:
        cell = Cell(self.case.call, self.case.status, goal.property, result, 1, seconds, story)
        known = self.cells.get(cell.property)
        self.cells[cell.property] = cell if known is None else worse(known, cell)


@own_context()
def prove_case(
    case: Case, properties: frozenset[str] | None = None, takers: Takers | None = None
) -> CaseResult:
    """Prove the properties of one case, or only some of them; give away the obligations where asked."""
    began, proof = time.perf_counter(), CaseProof(case, properties, takers)
    try:
        proof.run()
    except Exception as error:  # one case in error must not hide the others
        proof.cells["EXECUTION"] = Cell(case.call, case.status, "EXECUTION", "error", 1, 0.0, repr(error))
    queries = proof.explorer.executor.queries + proof.prover.queries
    seconds, paths = time.perf_counter() - began, proof.reasons.total()
    checked = None if proof.evidence is None else proof.evidence.checked
    return CaseResult(case, list(proof.cells.values()), paths, queries, seconds, proof.reasons, checked)


def sentence_of(goal: str) -> str:
    """Return what a goal says: the sentence of its property, or what the prover itself asks for."""
    declared: tuple[Property | Total, ...] = (*PROPERTIES, *TOTALS)
    sentences = {item.identifier: item.sentence for item in declared} | dict(PROMISED)
    name, _, what = goal.partition(" ")
    return f"{sentences[name]} ({what})" if what else sentences[name]


def prove(
    calls: Iterable[str] | None = None,
    properties: Iterable[str] | None = None,
    jobs: int = 2,
    progress: Callable[[CaseResult, int, int], None] | None = None,
    kept: Kept | None = None,
    takers: Takers | None = None,
) -> Matrix:
    """Prove the matrix, or the named rows and columns; report each finished case and the count so far.

    What is kept, and depends on nothing that has changed, is not proved again, unless its obligations are
    to be given away: these are not kept.
    """
    wanted = None if calls is None else set(calls)
    cases = [case for case in all_cases() if wanted is None or case.call in wanted]
    only = None if properties is None else frozenset(properties)
    began = time.perf_counter()
    results: list[CaseResult] = []
    try:
        for result in results_of(cases, only, jobs, kept, takers):
            results.append(result)
            if progress is not None:
                progress(result, len(results), len(cases))
    finally:
        if takers is not None and takers.folder is not None:
            leave_nothing_unfinished(takers.folder)
    results.sort(key=lambda result: result.case)
    return Matrix(results, time.perf_counter() - began)


def results_of(
    cases: list[Case],
    properties: frozenset[str] | None,
    jobs: int,
    kept: Kept | None,
    takers: Takers | None = None,
) -> Iterator[CaseResult]:
    """Yield what each case gives, first of those that are kept; keep the others as they come."""

    def load(case: Case) -> CaseResult | None:
        return None if kept is None or takers is not None else kept.load(case, properties)

    def run(missing: list[Case]) -> Generator[tuple[Case, CaseResult], None, None]:
        work = (delayed(prove_case)(case, properties, takers) for case in by_weight(missing))
        results = Parallel(n_jobs=jobs, return_as="generator_unordered", batch_size=1)(work)
        yield from ((result.case, result) for result in results)

    def keep(_: Case, result: CaseResult) -> None:
        if kept is not None:
            kept.keep(result, properties)

    yield from (result for _, result in kept_first(cases, load, run, keep))


def by_weight(cases: list[Case]) -> list[Case]:
    """Return the cases with the longest first, so that no processor waits for the last one."""
    heavy = (
        "restructure",
        "liquidate",
        "disburse",
        "take",
        "margin_call",
        "catch_up",
        "take_payment",
        "repay",
    )
    weights = {call: place for place, call in enumerate(heavy)}
    return sorted(
        cases,
        key=lambda case: (weights.get(case.call, len(heavy)), case.status not in ("ACTIVE", "AGREED"), case),
    )

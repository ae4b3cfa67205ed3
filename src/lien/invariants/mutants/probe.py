"""Look for a mistake in the package that this module is imported from: a copy that holds a mutant.

Run as a module, with what is asked for as JSON; it answers with a finding as JSON.
"""

import json
import sys
from dataclasses import asdict
from time import perf_counter
from typing import Any

from lien.invariants import properties as properties  # noqa: PLC0414  # importing it collects them
from lien.invariants.explore.driver import explore
from lien.invariants.explore.stories import shorten
from lien.invariants.mutants.finding import Finding, Way
from lien.invariants.prove.cases import Case
from lien.invariants.prove.expressions import own_context
from lien.invariants.prove.matrix import prove_case, sentence_of
from lien.invariants.prove.replay import find_counterexample
from lien.invariants.prove.results import holds
from lien.invariants.prove.story import tell


@own_context()
def refute(case: Case, wanted: str) -> str:
    """Return the story of numbers that refute a property, or nothing where none were found."""
    found = find_counterexample(case, wanted)
    return "" if found is None else tell(found, sentence_of(found.goal))


def find_by_proof(case: Case, wanted: str) -> Finding:
    """Refute one property of one case with numbers, or else try to prove it; return whether it falls.

    Where numbers refute it no proof can be; so the paths on which it still holds need none.
    """
    began = perf_counter()
    if story := refute(case, wanted):
        return Finding("refuted", wanted, story, perf_counter() - began)
    result = prove_case(case, frozenset({wanted}))
    cells = {cell.property: cell for cell in result.cells}
    if wanted not in cells:
        story = next(iter(cells.values())).story if cells else f"{wanted} says nothing of this case"
        return Finding("error", "", story, result.seconds)
    cell = cells[wanted]
    return Finding(cell.result, "" if holds(cell) else wanted, cell.story, result.seconds)


def find_by_explorer(calls: int, seed: int) -> Finding:
    """Send random calls until a property is violated, and return which and how."""
    found = explore(calls, seed, stories=1, attempts=0)
    if not found.stories:
        return Finding("held", seconds=found.seconds, calls=found.calls)
    story = shorten(found.stories[0])
    return Finding("violated", story.violation.identifier, str(story), found.seconds, found.calls)


def find(asked: dict[str, Any]) -> Finding:
    """Look in the way that is asked for."""
    if asked["way"] == Way.PROOF:
        return find_by_proof(Case(*asked["case"]), asked["property"])
    return find_by_explorer(asked["calls"], asked["seed"])


if __name__ == "__main__":
    print(json.dumps(asdict(find(json.loads(sys.argv[1])))))

"""Make the mistakes, look for them by tests and by proof, and write what came of it: `python -m mutation`.

It goes on where it was interrupted; `python -m mutation report` writes what has come of it so far. It fails
where a mutant is open or not tried, or an explanation matches no survivor.
"""

import subprocess
import sys
from pathlib import Path

from mutation.copy import ROOT, copy_project

copy_project()  # mutmut reads its settings where it is imported, so that all else is imported after

from mutation.explained import explanations  # noqa: E402  # there
from mutation.proof import fallen  # noqa: E402  # there
from mutation.report import REPORT, Verdict, written  # noqa: E402  # there
from mutation.results import Result, results  # noqa: E402  # there

PROOFS = Path("proofs")


def main(*, runs: bool) -> int:
    """Run what was not run, unless only a report is asked for, and report."""
    reasons = {(item.module, item.function, item.change): item.why for item in explanations()}
    if runs:
        known = (verdict_of(result, reasons, proves=False) for result in results())
        former = [verdict.result.name for verdict in known if verdict.how == "open"]
        run_tests()
        present = {result.name for result in results()}
        if again := [name for name in former if name in present]:
            run_tests(*again)  # tests may have come since
    verdicts = [verdict_of(result, reasons, proves=runs) for result in results()]
    (ROOT / REPORT).parent.mkdir(exist_ok=True)
    (ROOT / REPORT).write_text(written(verdicts))
    matched = {key_of(verdict.result) for verdict in verdicts if verdict.how in ("explained", "not tried")}
    stale = [key for key in reasons if key not in matched]
    for module, function, change in stale:
        print(f"no survivor is as {module}, {function} has it:\n{change}")
    undecided = [verdict for verdict in verdicts if verdict.how in ("open", "not tried")]
    print(f"{len(verdicts):,} mutants, of which {len(undecided):,} are open or not tried: {REPORT}")
    return 1 if stale or undecided else 0


def run_tests(*names: str) -> None:
    """Run mutmut, on all mutants that were not tried or on those of the given names again."""
    command = [sys.executable, "-m", "mutation.run", "run", "--max-children", "1", *names]
    subprocess.run(command, cwd=ROOT, check=True)


def key_of(result: Result) -> tuple[str, str, str]:
    """Return what an explanation names a mutant by."""
    return result.module, result.function, result.change


def verdict_of(result: Result, reasons: dict[tuple[str, str, str], str], *, proves: bool) -> Verdict:
    """Return what notices a mutant, or why nothing does."""
    if result.status == "not checked":
        return Verdict(result, "not tried")
    if not result.survived:
        return Verdict(result, "tests")
    if why := reasons.get(key_of(result)):
        return Verdict(result, "explained", why=why)
    if fell := fallen(result, PROOFS, proves=proves):
        return Verdict(result, "proof", fell=fell)
    return Verdict(result, "open")


if __name__ == "__main__":
    sys.exit(main(runs=sys.argv[1:] != ["report"]))

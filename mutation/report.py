"""Write what came of the mutants, for a reader."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from mutation.results import Result

REPORT = "docs/evidence/mutation.md"
HOW = ("tests", "proof", "explained", "open", "not tried")
HEAD = """\
# Mutation testing

Each mutant is the protocol with one small mistake: a guard, an assignment or a bound left out, a rounding
turned, a comparison, a sign, a number or a branch changed. mutmut makes them and runs the tests that reach
the function. What the tests let pass is proved, in the rows of `lien prove` that the function belongs to.
Where a mutant changes nothing that can be seen, `mutation/survivors.yaml` says why. What remains is open.

`make evidence` writes this page. Not mutated are properties of classes, and what a module computes when it is
imported.

| module | mutants | noticed by tests | by proof alone | explained | open | not tried |
|---|---:|---:|---:|---:|---:|---:|
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Say what notices a mutant: tests, or proof; or why nothing does; or that it is open, or not tried."""

    result: Result
    how: str
    fell: str = ""  # the row and the property
    why: str = ""


def written(verdicts: list[Verdict]) -> str:
    """Return the page."""
    return HEAD + "\n".join((*table(verdicts), *of_kind(verdicts), ""))


def table(verdicts: list[Verdict]) -> Iterator[str]:
    """Yield a row for each module, and the sum."""
    counts = Counter((verdict.result.module, verdict.how) for verdict in verdicts)
    for module in sorted({verdict.result.module for verdict in verdicts}):
        yield row(module, [counts[module, how] for how in HOW])
    total = Counter(verdict.how for verdict in verdicts)
    yield row("**all**", [total[how] for how in HOW])


def row(name: str, counts: list[int]) -> str:
    """Return a row of the table."""
    return f"| {name} | {sum(counts):,} | " + " | ".join(f"{number:,}" for number in counts) + " |"


def of_kind(verdicts: list[Verdict]) -> Iterator[str]:
    """Yield the mutants that no test notices, each with what notices it or why nothing does."""
    titles = {"open": "Open", "explained": "Explained", "proof": "Noticed by proof alone"}
    for how, title in titles.items():
        chosen = [verdict for verdict in verdicts if verdict.how == how]
        if chosen:
            yield f"\n## {title}"
        for verdict in chosen:
            result, told = verdict.result, verdict.why or verdict.fell
            yield f"\n`{result.module}`, `{result.function}`{': ' if told else ''}{told}\n"
            yield f"```diff\n{result.change}\n```"

"""Show that the runner for the EVM leaves nothing out in silence."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.vectors.evm.forge import Project
from tests.vectors.evm.reference import ADAPTER, REFERENCE

Damage = Callable[[Path], None]


def drop(file: str, index: int) -> Damage:
    """Leave a line out."""

    def damage(vectors: Path) -> None:
        lines = (vectors / file).read_text().splitlines(keepends=True)
        del lines[index]
        (vectors / file).write_text("".join(lines))

    return damage


def rewrite(file: str, change: Callable[[str], str]) -> Damage:
    """Change a file's text."""

    def damage(vectors: Path) -> None:
        (vectors / file).write_text(change((vectors / file).read_text()))

    return damage


def remove(file: str) -> Damage:
    """Leave a file out."""
    return lambda vectors: (vectors / file).unlink()


DAMAGED: dict[str, tuple[str, Damage, str]] = {
    "a trace is missing": ("test_traces", drop("trace.hex", 1), "counted 3 traces, the manifest says 4"),
    "the last is missing": ("test_traces", drop("trace.hex", -1), "counted 3 traces, the manifest says 4"),
    "a blank line hides traces": (
        "test_traces",
        rewrite("trace.hex", lambda text: text.replace("\n", "\n\n", 1)),
        "counted 1 traces, the manifest says 4",
    ),
    "there is no trace": ("test_traces", rewrite("trace.hex", lambda _: "\n"), "counted 0 traces"),
    "a trace is cut short": ("test_traces", rewrite("trace.hex", lambda text: text[:-1001]), "CannotRun"),
    "the traces are absent": ("test_traces", remove("trace.hex"), "trace.hex"),
    "an evaluation is missing": (
        "test_arithmetic",
        drop("arithmetic.hex", 0),
        "counted 3 arithmetic vectors, the manifest says 4",
    ),
    "the manifest is absent": ("test_traces", remove("manifest.hex"), "NoVectors"),
    "genesis is absent": ("test_traces", remove("genesis.hex"), "genesis.hex"),
}


@pytest.mark.parametrize(("test", "damage", "reason"), DAMAGED.values(), ids=list(DAMAGED))
def test_a_damaged_set_fails(
    test: str, damage: Damage, reason: str, small_project: Project, tmp_path: Path
) -> None:
    """Given a set of which a part is missing, when Forge runs it, then it fails and says what is missing."""
    copy = small_project.copy(tmp_path / "copy")
    damage(copy.vectors)
    verdict = copy.verdict(REFERENCE, test)
    assert verdict.status == "Failure"
    assert reason in (verdict.reason or ""), verdict


@dataclass(frozen=True)
class Skipping:
    """One way in which a runner or an adapter skips: a text, what stands there instead, and what is said."""

    file: str
    old: str
    new: str
    reason: str


RUNNER = "test/Conformance.sol"
COVERS = """new string[](2);
        covered[0] = "assets";
        covered[1] = "facility";"""
SKIPPING = {
    "stops early": Skipping(
        RUNNER, "length == 0) break;", "length == 0 || number == 3) break;", "counted 2 traces"
    ),
    "passes over a step": Skipping(
        RUNNER, "i < trace.steps.length", "i + 1 < trace.steps.length", " steps, the"
    ),
    "misspells a chapter": Skipping(
        ADAPTER, '= "facility"', '= "facilities"', "is of the chapter facilities"
    ),
    "covers nothing": Skipping(ADAPTER, COVERS, "new string[](0);", "no trace has run"),
}


@pytest.mark.parametrize("skipping", SKIPPING.values(), ids=list(SKIPPING))
def test_a_runner_that_skips_fails(skipping: Skipping, small_project: Project, tmp_path: Path) -> None:
    """Given a runner or an adapter that skips vectors, when Forge runs it, then it fails."""
    copy = small_project.copy(tmp_path / "copy")
    copy.replace(skipping.file, skipping.old, skipping.new)
    verdict = copy.verdict(REFERENCE, "test_traces")
    assert verdict.status == "Failure"
    assert skipping.reason in (verdict.reason or ""), verdict

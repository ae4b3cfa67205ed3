"""Generate all vectors into a folder: nothing is half written, and equal input gives equal bytes."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from joblib import Parallel, delayed

from lien.vectors.arithmetic import operations, vectors_of
from lien.vectors.format import ArithmeticVector, Vector
from lien.vectors.search.find import find
from lien.vectors.store import count_steps, layout
from lien.vectors.stories.signatures import signature_vectors
from lien.vectors.stories.targets import targets
from lien.vectors.stories.tree import scenes
from lien.vectors.story import Scene
from lien.vectors.traces import Named, identifier_of, vector_of

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Explored:
    """Hold the vectors of one target, and how much of it they cover."""

    vectors: tuple[Vector, ...]
    paths: int
    unreached: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """Say what was generated, and what was covered."""

    traces: int
    steps: int
    arithmetic: int
    by_call: dict[str, int]
    by_flag: dict[str, int]
    paths: int
    unreached: tuple[str, ...]  # paths of which no call was found, though there may be one
    reasons: tuple[str, ...]  # of which there is a vector
    seconds: float


def generate(
    out: Path, *, jobs: int = 2, calls: Sequence[str] | None = None, progress: Progress | None = None
) -> Summary:
    """Write all vectors, or those that end in some calls, into a folder; one that is there is replaced."""
    started = time.monotonic()
    wanted = [
        name for name, target in targets().items() if calls is None or target.example.call_name() in calls
    ]
    explored: list[Explored] = []
    for result in search(wanted, jobs):
        explored.append(result)
        if progress is not None:
            progress(len(explored), len(wanted))
    found = [vector for result in explored for vector in result.vectors]
    found += signatures(calls)
    traces = [*stories_of(found, calls), *found]
    arithmetic = [vector for operation in operations() for vector in vectors_of(operation)]
    write(out, layout(traces, arithmetic))
    return summarize(traces, arithmetic, explored, time.monotonic() - started)


def search(wanted: list[str], jobs: int) -> Iterator[Explored]:
    """Yield what was found for each target, in their order."""
    yield from Parallel(n_jobs=jobs, return_as="generator", batch_size=1)(
        delayed(explore)(name) for name in wanted
    )


def explore(name: str) -> Explored:
    """Explore the target of a name; every worker plants the same tree."""
    target = targets()[name]
    result = find(target)
    parent = story_identifier(target.scene)
    vectors = tuple(vector_of(named, parent) for named in result.vectors)
    return Explored(vectors, result.paths, tuple(result.unreached))


def signatures(calls: Sequence[str] | None) -> list[Vector]:
    """Return the vectors with wrong signatures."""
    named = list(signature_vectors())
    return [
        vector_of(item, story_identifier(item.scene.parent) if item.scene.parent else None)
        for item in named
        if calls is None or item.name.split("/", 1)[0] in calls
    ]


# --- stories -----------------------------------------------------------------------------------------------


def told(scene: Scene) -> Named:
    """Return the scene of a story as one that becomes a vector."""
    return Named(f"story/{scene.name}", scene, ("story",), "a step of a story")


def story_identifier(scene: Scene) -> str | None:
    """Return the identifier of a scene's vector; genesis has none."""
    return None if scene.call is None else identifier_of(told(scene))


def stories_of(found: Sequence[Vector], calls: Sequence[str] | None) -> list[Vector]:
    """Return the vectors of all scenes, or of those on which the found vectors stand; parents first."""
    parents = {vector.parent for vector in found}
    told_scenes = [scene for scene in scenes().values() if scene.call is not None]
    needed = {
        ancestor.name
        for scene in told_scenes
        if calls is None or story_identifier(scene) in parents
        for ancestor in scene.line()
    }
    return [
        vector_of(told(scene), story_identifier(scene.parent) if scene.parent else None)
        for scene in told_scenes
        if scene.name in needed
    ]


# --- files and figures -------------------------------------------------------------------------------------


def write(out: Path, texts: dict[str, str]) -> None:
    """Write all files aside, and then put the folder in its place."""
    out.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        for name, text in texts.items():
            path = aside / "new" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        if out.exists():
            out.rename(aside / "old")
        (aside / "new").rename(out)
    finally:
        shutil.rmtree(aside)


def summarize(
    traces: list[Vector], arithmetic: list[ArithmeticVector], explored: list[Explored], seconds: float
) -> Summary:
    """Count what was generated."""
    return Summary(
        traces=len(traces),
        steps=count_steps(traces),
        arithmetic=len(arithmetic),
        by_call=dict(sorted(Counter(vector.id.split("/", 1)[0] for vector in traces).items())),
        by_flag=dict(sorted(Counter(flag for vector in traces for flag in vector.flags).items())),
        paths=sum(result.paths for result in explored),
        unreached=tuple(name for result in explored for name in result.unreached),
        reasons=tuple(sorted({step.reason for vector in traces for step in vector.steps if step.reason})),
        seconds=seconds,
    )

"""Generate, check and show test vectors."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lien.cli.faults import Fault, need_extra, refuse_unknown
from lien.cli.output import count, progress, write_table, write_text

if TYPE_CHECKING:
    from lien.vectors.folder import Folder
    from lien.vectors.generate import Summary

DIFFERS = 1


def generate_vectors(out: Path, jobs: int, calls: list[str] | None) -> None:
    """Write the vectors and say what was covered."""
    from lien.cli.calls import require_call

    need_extra("prove")
    wanted = None if calls is None else [require_call(name) for name in calls]
    summary = write_vectors(out, jobs, wanted)
    write_table(("vectors end in", "number"), summary.by_call.items(), numbers=(1,))
    write_text(f"{sentence(summary)} in {summary.seconds:,.0f} s, in {out}", style="bold")
    for name in summary.unreached:
        write_text(f"no call was found for the path {name}")


def write_vectors(out: Path, jobs: int, calls: list[str] | None = None) -> Summary:
    """Write the vectors, with a line of progress."""
    from lien.cli.workers import quiet_workers
    from lien.vectors.generate import generate

    if out.exists() and not (out / "index.json").is_file() and (not out.is_dir() or any(out.iterdir())):
        raise Fault(f"{out} is there and holds no vectors: name another folder")
    with quiet_workers(), progress("Finding vectors") as report:
        return generate(out, jobs=jobs, calls=calls, progress=lambda done, total: report("", done, total))


def sentence(summary: Summary) -> str:
    """Return what was generated in one sentence."""
    return (
        f"{summary.traces:,} traces of {summary.steps:,} steps and {summary.arithmetic:,} evaluations, "
        f"for {summary.paths:,} paths and {len(summary.reasons)} reasons"
    )


def open_folder(path: Path) -> Folder:
    """Read a folder of vectors.

    Raises: Fault, with file, line and field of the first thing that is not in the form of a vector.
    """
    from lien.vectors.folder import read_folder

    if not (path / "index.json").is_file():
        raise Fault(f"{path} holds no vectors: make some with lien vectors generate --out {path}")
    folder = read_folder(path)
    if folder.problems:
        more = f" (and {len(folder.problems) - 1:,} more)" if len(folder.problems) > 1 else ""
        raise Fault(f"{path}/{folder.problems[0]}{more}")
    return folder


def check_vectors(path: Path) -> None:
    """Check a folder, and fail where a vector differs from what the machine does."""
    from lien.vectors.check import check

    folder = open_folder(path)
    problems = check(path)
    for problem in problems:
        write_text(f"{path}/{problem}")
    if problems:
        raise Fault(f"{count(len(problems), 'differences')} in {path}", DIFFERS)
    traces, evaluations = len(list(folder.traces())), len(list(folder.evaluations()))
    write_text(f"{traces:,} traces and {evaluations:,} evaluations in {path} hold", style="bold")


def show_vector(identifier: str, path: Path) -> None:
    """Tell a vector as a story."""
    from lien.vectors.show import show

    folder = open_folder(path)
    try:
        write_text(show(path, identifier))
    except KeyError as error:
        known = {vector.id: vector.id for _, _, vector in folder.traces()}
        meant = error.args[1]
        if meant:
            named = ", ".join(meant[:3])
            raise Fault(f"{len(meant):,} vectors begin with {identifier!r}: {named} ...") from None
        refuse_unknown("vector", identifier, known, str)

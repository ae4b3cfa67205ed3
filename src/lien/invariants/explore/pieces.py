"""Explore in pieces, each from a seed of its own, so that a long run can be interrupted and taken up again.

A piece that is kept in a folder is not run again while the code is the same. What all pieces found together
depends on their number and the first seed alone, not on who ran them when.
"""

from __future__ import annotations

import gc
import json
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from joblib import Parallel, delayed

import lien
from lien.invariants.explore.driver import Exploration, explore
from lien.invariants.explore.resume import Save, kept_first

RUN = ("spec", "protocol", "invariants/properties", "invariants/explore")  # they import no other package
PROVING = (*RUN, "invariants/prove")  # what a proof, and a comparison with it, runs beside
CALLS_OF_A_PIECE = 20_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Name one piece: how many calls from which seed on."""

    seed: int
    calls: int

    def file(self, folder: Path) -> Path:
        """Return where the piece is kept."""
        return folder / f"explored-{self.seed}.json"


@dataclass(frozen=True, slots=True)
class Found:
    """Hold what came of a piece; each story is told as a text."""

    calls: int
    accepted: dict[str, int]
    rejected: dict[str, dict[str, int]]  # by call and reason
    stories: tuple[str, ...]
    seconds: float


def pieces_of(calls: int, seed: int) -> list[Piece]:
    """Cut a run into pieces."""
    starts = range(0, calls, CALLS_OF_A_PIECE)
    return [Piece(seed + place, min(CALLS_OF_A_PIECE, calls - start)) for place, start in enumerate(starts)]


@cache
def digest_of_code(parts: tuple[str, ...] = RUN) -> str:
    """Return a hash of every module that an exploration runs: what was found holds for this code only."""
    root, digest = Path(lien.__file__).parent, sha256()
    for path in sorted(path for part in parts for path in (root / part).rglob("*.py")):
        digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def run_piece(piece: Piece) -> Found:
    """Run a piece; what was imported is no garbage, and is not searched for any again and again."""
    gc.freeze()
    exploration: Exploration = explore(piece.calls, piece.seed)
    rejected: dict[str, dict[str, int]] = {}
    for (call, reason), times in sorted(exploration.rejected.items()):
        rejected.setdefault(call, {})[reason] = times
    return Found(
        exploration.calls,
        dict(sorted(exploration.accepted.items())),
        rejected,
        tuple(map(str, exploration.stories)),
        exploration.seconds,
    )


def load_piece(piece: Piece, folder: Path) -> Found | None:
    """Return a piece that was kept, if it is of this code and of as many calls."""
    try:
        kept: Any = json.loads(piece.file(folder).read_text())
        same = kept["code"] == digest_of_code() and kept["asked"] == piece.calls
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if not same:
        return None
    return Found(kept["calls"], kept["accepted"], kept["rejected"], tuple(kept["stories"]), kept["seconds"])


def write_piece(piece: Piece, found: Found) -> str:
    """Return a piece as it is kept."""
    kept = {"code": digest_of_code(), "seed": piece.seed, "asked": piece.calls}
    figures = {name: getattr(found, name) for name in ("calls", "accepted", "rejected", "stories", "seconds")}
    return f"{json.dumps(kept | figures, indent=1)}\n"


def run_pieces(pieces: list[Piece], jobs: int, folder: Path | None, save: Save) -> Iterator[Found]:
    """Yield what came of each piece, first of those that were kept; keep the others as they come."""

    def load(piece: Piece) -> Found | None:
        return None if folder is None else load_piece(piece, folder)

    def run(missing: list[Piece]) -> Generator[tuple[Piece, Found], None, None]:
        work = Parallel(n_jobs=jobs, return_as="generator", batch_size=1)
        yield from zip(missing, work(delayed(run_piece)(piece) for piece in missing), strict=True)

    def keep(piece: Piece, found: Found) -> None:
        if folder is not None:
            save(piece.file(folder), write_piece(piece, found))

    yield from (found for _, found in kept_first(pieces, load, run, keep))


def add_up(parts: list[Found]) -> Found:
    """Return what came of all pieces together."""
    accepted, rejected = Counter[str](), dict[str, Counter[str]]()
    for part in parts:
        accepted.update(part.accepted)
        for call, reasons in part.rejected.items():
            rejected.setdefault(call, Counter()).update(reasons)
    return Found(
        sum(part.calls for part in parts),
        dict(accepted),
        {call: dict(reasons) for call, reasons in rejected.items()},
        tuple(story for part in parts for story in part.stories),
        sum(part.seconds for part in parts),
    )

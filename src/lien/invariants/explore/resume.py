"""Take up again what was kept, and keep what comes: the way of every long run that can be interrupted."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeVar

Asked = TypeVar("Asked")
Found = TypeVar("Found")
Save = Callable[[Path, str], None]  # writes a file whole or not at all


def kept_first(
    asked: Iterable[Asked],
    load: Callable[[Asked], Found | None],
    run: Callable[[list[Asked]], Generator[tuple[Asked, Found], None, None]],
    keep: Callable[[Asked, Found], None],
) -> Iterator[tuple[Asked, Found]]:
    """Yield what came of all that is asked: first what is kept, then the rest, kept as it comes.

    `load` returns nothing for what has to be run.
    """
    missing: list[Asked] = []
    for one in asked:
        known = load(one)
        if known is None:
            missing.append(one)
        else:
            yield one, known
    with closing(run(missing)) as results:
        for one, found in results:
            keep(one, found)
            yield one, found

"""Write for a person: tables and text that fit the window, and progress beside them, never in a pipe."""

import json
import os
import tempfile
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from lien.cli.faults import Fault

Report = Callable[[str, int, int], None]  # of what is done, how many, of how many


def console() -> Console:
    """Return standard output as rich writes to it: plain where it is not a terminal."""
    return Console(highlight=False, markup=False, emoji=False)


def write_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], numbers: Iterable[int] = ()
) -> None:
    """Write a table; the columns with the given indices hold numbers, and stand to the right."""
    right = set(numbers)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for index, name in enumerate(columns):
        table.add_column(name, justify="right" if index in right else "left", no_wrap=index in right)
    for row in rows:
        table.add_row(*(Text(f"{cell:,}" if isinstance(cell, int) else str(cell)) for cell in row))
    console().print(table)


def write_rows(columns: Sequence[str], rows: Iterable[Sequence[Text]]) -> None:
    """Write a table whose rows are of many lines, the last of which takes what room there is."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, show_lines=False)
    *first, last = columns
    for name in first:
        table.add_column(name, overflow="fold")
    table.add_column(last, overflow="fold", ratio=1)
    for row in rows:
        table.add_row(*row)
    console().print(table)


def write_part(title: str, lines: Iterable[tuple[str, str]]) -> None:
    """Write a heading, and under it names with what is said of them; nothing where there are none."""
    pairs = list(lines)
    if not pairs:
        return
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for name, text in pairs:
        grid.add_row(Text(f"  {name}", style="cyan"), Text(text))
    out = console()
    out.print(Text(title, style="bold"))
    out.print(grid)


def write_text(text: str, style: str = "") -> None:
    """Write a paragraph."""
    console().print(Text(text, style=style))


def write_json(content: Any) -> None:
    """Write JSON to standard output, whatever the width of the window."""
    print(json.dumps(content, indent=1, ensure_ascii=False))


def require_place(path: Path) -> None:
    """Require that a file can be put where a user wants it, before work is done for it.

    Raises: Fault.
    """
    if path.is_dir() or not path.parent.is_dir():
        raise Fault(
            f"{path}: there is no folder {path.parent}" if not path.is_dir() else f"{path} is a folder"
        )


def require_new_folder(path: Path) -> None:
    """Require that a folder can be made where a user wants it, or is there and empty.

    Raises: Fault.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise Fault(f"{path} is there and not empty: name another folder")
    if not path.absolute().parent.is_dir():
        raise Fault(f"{path}: there is no folder {path.parent}")


def write_aside(path: Path, text: str) -> None:
    """Write a file beside its place and then put it there, so that it is never half written."""
    descriptor, aside = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(aside).chmod(0o644)
        Path(aside).replace(path)
    finally:
        Path(aside).unlink(missing_ok=True)


def count(number: int, plural: str) -> str:
    """Write a number of things; one of them is singular."""
    singular = f"{plural[:-3]}y" if plural.endswith("ies") else plural[:-1]
    return f"{number:,} {singular if number == 1 else plural}"


@contextmanager
def progress(label: str) -> Generator[Report]:
    """Show a bar on standard error while something runs; nothing where that is not a terminal."""
    errors = Console(stderr=True, highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(
        *columns,
        TextColumn("{task.fields[doing]}"),
        console=errors,
        transient=True,
        disable=not errors.is_terminal,
    ) as bar:
        task = bar.add_task(label, total=None, doing="")

        def report(doing: str, done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, doing=doing)

        yield report

"""Lay a copy of the sources and of their tests for mutmut, in a form that it can change."""

import os
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
COPY = ROOT / "build/mutation"
PROTOCOL = ROOT / "src/lien/protocol"
DECORATOR = re.compile(rb"^@(opaque|lru_cache(\(.*\))?)\n", re.MULTILINE)
COPIED = (
    "src",
    "tests/__init__.py",
    "tests/conftest.py",
    "tests/lives.py",
    "tests/protocol",
    "tests/spec",
    "pyproject.toml",
)


def copy_project() -> None:
    """Copy what changed, take out what is gone, and work there."""
    for name in COPIED:
        place = ROOT / name
        for path in [place] if place.is_file() else sorted(place.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                copy_file(path, COPY / path.relative_to(ROOT))
        take_out(COPY / name, place)
        take_out(COPY / "mutants" / name, place)  # mutmut's own copy
    os.chdir(COPY)


def copy_file(path: Path, copy: Path) -> None:
    """Copy a file, unless its copy is the same already.

    mutmut leaves decorated functions alone. On integers `opaque` does nothing, and a cache only spares
    time, so that the protocol goes without them there.
    """
    text = path.read_bytes()
    if path.is_relative_to(PROTOCOL):
        text = DECORATOR.sub(b"", text)
    if not copy.exists() or copy.read_bytes() != text:
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(text)


def take_out(folder: Path, original: Path) -> None:
    """Remove what a folder has and its original has not."""
    for path in folder.rglob("*.py"):
        if not (original / path.relative_to(folder)).exists():
            path.unlink()

"""Lay a copy of the sources and of their tests for mutmut, in a form that it can change."""

import os
from pathlib import Path

ROOT = Path(__file__).parent.parent
COPY = ROOT / "build/mutation"
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
    """Copy what changed, and work there.

    mutmut leaves decorated functions alone; on integers `opaque` does nothing, so that the copy goes without.
    """
    for name in COPIED:
        place = ROOT / name
        for path in [place] if place.is_file() else sorted(place.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                text, copy = path.read_bytes().replace(b"\n@opaque\n", b"\n"), COPY / path.relative_to(ROOT)
                if not copy.exists() or copy.read_bytes() != text:
                    copy.parent.mkdir(parents=True, exist_ok=True)
                    copy.write_bytes(text)
    os.chdir(COPY)

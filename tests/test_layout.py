"""The three links at the top are doors for readers: nothing imports, builds or checks through them."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LINKS = ("spec", "protocol", "invariants")


def imported_modules(source: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


@pytest.mark.parametrize("link", LINKS)
def test_each_link_leads_into_the_package(link: str) -> None:
    assert (ROOT / link).is_symlink()
    assert (ROOT / link).readlink() == Path("src/lien", link)
    assert (ROOT / link).is_dir()


def test_no_module_is_imported_through_a_link() -> None:
    sources = [path for folder in ("src", "tests") for path in (ROOT / folder).rglob("*.py")]
    assert [
        (str(source.relative_to(ROOT)), module)
        for source in sources
        for module in imported_modules(source)
        if module.split(".")[0] in LINKS
    ] == []


@pytest.mark.parametrize("file", ["Makefile", "pyproject.toml", ".ci/run"])
def test_no_command_or_setting_names_a_link(file: str) -> None:
    without_comments = re.sub(r"#.*", "", (ROOT / file).read_text())
    first_parts = {
        word.removeprefix("./").split("/")[0] for word in re.split(r"[\s\"'=,;()\[\]]+", without_comments)
    }
    assert first_parts.isdisjoint(LINKS)


def test_no_merge_was_left_undone() -> None:
    marks = ("<" * 7, ">" * 7, "=" * 7 + "\n")
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    files = [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]
    lines = [(path.name, line) for path in files for line in path.open(errors="replace")]
    assert [found for found in lines if found[1].startswith(marks)] == []


def test_the_development_group_holds_the_extras() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    extras = project["project"]["optional-dependencies"]
    assert set(extras["prove"] + extras["evm"]) <= set(project["dependency-groups"]["dev"])

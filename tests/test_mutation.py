"""Each explanation of a surviving mutant is of code that is there."""

import ast
from pathlib import Path

import pytest
from mutation.explained import Explained, explanations

PROTOCOL = Path(__file__).parent.parent / "src/lien/protocol"
EXPLAINED = list(explanations())
NAMES = [f"{explained.function}-{number}" for number, explained in enumerate(EXPLAINED)]


def lines_of(explained: Explained) -> list[str]:
    """Return the lines of the function, without their indentation."""
    source = (PROTOCOL / explained.module).read_text()
    found: ast.Module | ast.ClassDef | ast.FunctionDef = ast.parse(source)
    for name in explained.function.split("."):
        parts = (node for node in found.body if isinstance(node, ast.ClassDef | ast.FunctionDef))
        found = next(node for node in parts if node.name == name)
    assert isinstance(found, ast.FunctionDef)
    return [line.strip() for line in source.splitlines()[found.lineno - 1 : found.end_lineno]]


@pytest.mark.parametrize("explained", EXPLAINED, ids=NAMES)
def test_what_is_explained_is_there(explained: Explained) -> None:
    """Given an explanation / When its function is looked up / Then what the mutant takes out stands in it."""
    changed = explained.change.splitlines()
    removed = [line[2:] for line in changed if line.startswith("- ")]
    assert removed
    assert set(removed) <= set(lines_of(explained))
    assert all(line[:2] in ("- ", "+ ") for line in changed)
    assert explained.why.endswith(".")


def test_a_mutant_is_explained_once() -> None:
    """Given all explanations / When they are counted / Then no mutant has two."""
    named = [(explained.module, explained.function, explained.change) for explained in EXPLAINED]
    assert len(named) == len(set(named))

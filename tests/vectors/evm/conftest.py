"""Make what the tests on the EVM share: a compiled copy of the Solidity project, and vectors beside it."""

import shutil
from pathlib import Path

import pytest

from lien.vectors.foundry import trace_lines
from lien.vectors.store import genesis_file
from tests.vectors.evm.forge import Project, count_again, make_project, require_tools
from tests.vectors.evm.stories import told

SMALL = 4


@pytest.fixture(scope="session")
def tools() -> None:
    """Skip the test where a tool is missing, before anything is generated for it."""
    require_tools()


@pytest.fixture(scope="session")
def project(tools: None, vectors: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:  # noqa: ARG001
    """Return the project with the generated vectors, and those of our stories."""
    made = make_project(tmp_path_factory.mktemp("evm") / "project")
    made.build()
    shutil.copytree(vectors, made.vectors)
    with (made.vectors / "trace.hex").open("a") as lines:
        lines.write(trace_lines(told(), genesis_file()))
    count_again(made.vectors)
    return made


@pytest.fixture(scope="session")
def small_project(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the project with a few vectors only, of our stories."""
    copy = project.copy(tmp_path_factory.mktemp("evm") / "small")
    for file in ("trace.hex", "arithmetic.hex"):
        lines = (project.vectors / file).read_text().splitlines(keepends=True)
        (copy.vectors / file).write_text("".join(lines[-SMALL:]))
    count_again(copy.vectors)
    return copy

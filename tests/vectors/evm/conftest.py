"""Make what the tests on the EVM share: a compiled copy of the Solidity project, and vectors beside it."""

import pytest

from lien.spec.catalogue import CALLS
from lien.vectors.foundry import trace_lines
from lien.vectors.generate import generate
from lien.vectors.store import genesis_file
from tests.vectors.evm.forge import Project, count_again, make_project
from tests.vectors.evm.reference import COVERED
from tests.vectors.evm.stories import told

SMALL = 4


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the project with generated vectors of a few calls, and those of our stories."""
    made = make_project(tmp_path_factory.mktemp("evm") / "project")
    made.build()
    calls = [name for name, call in CALLS.items() if call.chapter in COVERED]
    generate(made.vectors, jobs=1, calls=calls)
    with (made.vectors / "trace.hex").open("a") as lines:
        lines.write(trace_lines(told(), genesis_file()))
    count_again(made.vectors)
    return made


@pytest.fixture(scope="session")
def small_project(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the project with a few vectors only."""
    copy = project.copy(tmp_path_factory.mktemp("evm") / "small")
    for file in ("trace.hex", "arithmetic.hex"):
        lines = (project.vectors / file).read_text().splitlines(keepends=True)
        (copy.vectors / file).write_text("".join(lines[:SMALL]))
    count_again(copy.vectors)
    return copy

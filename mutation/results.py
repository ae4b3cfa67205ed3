"""Read what mutmut found, and name each mutant by its function and its change, since numbers move."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import libcst as cst
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant, read_functions_from_index
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import walk_mutatable_files

PROTOCOL = Path("src/lien/protocol")
NOTICED = ("killed", "timeout", "segfault")  # a test fails, or does not end, or ends Python


@dataclass(frozen=True, slots=True)
class Result:
    """Hold what came of one mutant."""

    name: str  # as mutmut has it
    module: str  # in the protocol, as a path
    status: str  # as mutmut has it

    @property
    def survived(self) -> bool:
        """Return whether no test notices it."""
        return self.status not in NOTICED

    @property
    def function(self) -> str:
        """Return the function's name."""
        mangled = self.name.rpartition(".")[2].rpartition("__mutmut_")[0]
        return mangled.removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")

    @property
    def change(self) -> str:
        """Return the lines that the mutant takes out and puts in, without what stands around them."""
        lines = get_diff_for_mutant(self.name, path=PROTOCOL / self.module).splitlines()[2:]
        changed = [line for line in lines if line[0] in "-+"]
        return "\n".join(f"{line[0]} {line[1:].strip()}" for line in changed if line[1:].strip())


def results() -> Iterator[Result]:
    """Yield the mutants in the order of their modules."""
    for path in sorted(walk_mutatable_files()):
        data = SourceFileMutationData(path=path)
        data.load()
        for name, code in data.exit_code_by_key.items():
            yield Result(name, path.relative_to(PROTOCOL).as_posix(), status_by_exit_code[code])


def sources_of(result: Result) -> tuple[str, str]:
    """Return the function's text in the copy, and the mutant's."""
    functions = read_functions_from_index(result.name, PROTOCOL / result.module)
    if functions is None:
        raise LookupError(result.name)
    before, after = (cst.Module([function]).code.strip() for function in functions)
    return before, after

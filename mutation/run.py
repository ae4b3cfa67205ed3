"""Run mutmut in the copy, with the mistakes of `operators`: `python -m mutation.run run`, or `show`."""

from collections.abc import Iterable
from pathlib import Path

from mutation.copy import copy_project

copy_project()  # mutmut reads its settings where it is imported, so that all else is imported after

from mutmut.__main__ import cli  # noqa: E402  # there
from mutmut.mutation import mutators  # noqa: E402  # there
from mutmut.runners.harness import PytestRunner  # noqa: E402  # there

from mutation.operators import OPERATORS  # noqa: E402  # there

run_all = PytestRunner.run_tests


def run_nearest_first(runner: PytestRunner, *, mutant_name: str | None, tests: Iterable[str]) -> int:
    """Run the tests of the mutant's own module, and those of all others only where these let it pass."""
    module = (mutant_name or "").rpartition(".")[0].removeprefix("lien.protocol.").replace(".", "/")
    place, chosen = Path("tests/protocol", module), list(tests)
    nearest = place.with_name(f"test_{place.name}.py").as_posix()
    own = [test for test in chosen if test.startswith(nearest)]
    others = [test for test in chosen if not test.startswith(nearest)]
    found = run_all(runner, mutant_name=mutant_name, tests=own) if own else 0
    if found or (own and not others):
        return found
    return run_all(runner, mutant_name=mutant_name, tests=others)


mutators.mutation_operators[:] = OPERATORS  # type: ignore[index]  # the list that mutmut itself goes through
PytestRunner.run_tests = run_nearest_first  # type: ignore[method-assign, assignment]  # mutmut has no other place for it

if __name__ == "__main__":
    cli()

"""Run mutmut in the copy, with the mistakes of `operators`: `python -m mutation.run run`, or any other of its commands."""

from mutation.copy import copy_project

copy_project()  # mutmut reads its settings from where it is imported

from mutmut.mutation import mutators  # noqa: E402

from mutation.operators import OPERATORS  # noqa: E402

mutators.mutation_operators[:] = OPERATORS  # type: ignore[index]  # the list that mutmut itself goes through

if __name__ == "__main__":
    from mutmut.__main__ import cli

    cli()

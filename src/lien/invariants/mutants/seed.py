"""Put the mistake of a mutant into a copy of the package."""

import shutil
from pathlib import Path

import lien
from lien.invariants.mutants.base import Mutant

PACKAGE = Path(lien.__file__).parent


class MutantError(Exception):
    """Say in one line why a mutant cannot be made or run."""


def mutated_text(mutant: Mutant) -> str:
    """Return the text of the mutant's file with the mistake in it.

    Raises: MutantError, where the text to change does not stand exactly once in the file.
    """
    try:
        text = (PACKAGE / mutant.file).read_text(encoding="utf-8")
    except OSError:
        raise MutantError(f"{mutant.identifier}: there is no file {mutant.file}") from None
    times = text.count(mutant.text)
    if times != 1:
        raise MutantError(f"{mutant.identifier}: the text to change stands {times} times in {mutant.file}")
    return text.replace(mutant.text, mutant.replacement)


def seed(mutant: Mutant, folder: Path) -> Path:
    """Put a copy of the package with the mistake in it into a folder, which is then the first to import from.

    Raises: MutantError.
    """
    text = mutated_text(mutant)
    shutil.copytree(PACKAGE, folder / PACKAGE.name)
    (folder / PACKAGE.name / mutant.file).write_text(text, encoding="utf-8", newline="\n")
    return folder

"""Vectors are generated, checked and told."""

from pathlib import Path

from lien.vectors.folder import read_folder
from tests.cli.conftest import Run


def identifiers(folder: Path) -> list[str]:
    return [vector.id for _, _, vector in read_folder(folder).traces()]


def test_generated_vectors_hold(run: Run, vectors: Path) -> None:
    """Given vectors / When they are checked / Then all hold."""
    ran = run("vectors", "check", str(vectors))
    assert (ran.code, ran.errors) == (0, "")
    assert ran.output.replace("\n", " ").rstrip().endswith("hold")


def test_a_vector_is_told_as_a_story(run: Run, vectors: Path) -> None:
    """Given a vector / When it is shown / Then the story names its call and what came of it."""
    identifier = next(name for name in identifiers(vectors) if name.startswith("claim/"))
    ran = run("vectors", "show", identifier, "--from", str(vectors))
    assert ran.code == 0
    assert ran.output.startswith(identifier)
    assert "claim(" in ran.output


def test_an_unknown_vector_names_the_nearest(run: Run, vectors: Path) -> None:
    """Given a name with a slip / When it is shown / Then the nearest names are offered."""
    identifier = next(name for name in identifiers(vectors) if name.startswith("claim/"))
    ran = run("vectors", "show", f"{identifier}x", "--from", str(vectors))
    assert ran.code == 2
    assert identifier in ran.errors
    assert ran.errors.count("\n") == 1


def test_how_a_name_begins_is_enough_where_it_is_the_only_one(run: Run, vectors: Path) -> None:
    """Given the beginning of many names / When it is shown / Then some of them are named."""
    ran = run("vectors", "show", "claim/", "--from", str(vectors))
    assert ran.code == 2
    assert "vectors begin with 'claim/'" in ran.errors


def test_a_call_is_shown_with_its_vectors(run: Run, vectors: Path) -> None:
    """Given a folder / When a call is shown / Then its vectors are counted by outcome."""
    ran = run("show", "claim", "--from", str(vectors))
    assert ran.code == 0
    assert "accepted" in ran.output
    assert "claim/" in ran.output

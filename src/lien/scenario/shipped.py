"""Find the scenarios that come with the package: each YAML file in `lien/scenarios` is one, by its name."""

from pathlib import Path

FOLDER = Path(__file__).parent.parent / "scenarios"


def shipped() -> dict[str, Path]:
    """Return the scenarios by name."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.yaml"))}

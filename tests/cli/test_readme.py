"""What the README says is so."""

import re
from pathlib import Path

import pytest

import lien
from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_the_python_block_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """Given the README's Python / When it runs / Then a deposit is made, and its shares are redeemable."""
    blocks = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len(blocks) == 1
    exec(blocks[0], {})
    printed = capsys.readouterr().out
    assert printed.startswith("Deposited(facility=1, ")
    assert printed.rstrip().endswith(" 5000000000000000")


def test_every_path_that_the_map_names_is_there() -> None:
    """Given the map of the repository / When its paths are looked up / Then each is there."""
    rows = re.findall(r"^\| (`[^|]+) \|", README, re.MULTILINE)
    paths = [path for row in rows for path in re.findall(r"`([^`\s]+/[^`\s]*)`", row)]
    assert "src/lien/spec/" in paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    """Given a page / When its links are followed / Then each leads to a file that is there."""
    links = re.findall(r"\]\(([^)#]+)\)", page.read_text())
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


@pytest.mark.parametrize("command", re.findall(r"`lien ([a-z]+)", README))
def test_every_command_that_is_named_exists(run: Run, command: str) -> None:
    """Given a command of the README / When its help is asked for / Then it is there."""
    assert run(command, "--help").code == 0


@pytest.mark.parametrize("name", [*lien.__all__])
def test_every_name_of_the_api_is_there(name: str) -> None:
    """Given the names of the API / When they are looked up / Then each is there, and listed."""
    assert getattr(lien, name) is not None
    assert name in dir(lien)


def test_a_name_that_is_not_of_the_api_is_refused() -> None:
    """Given another name / When it is looked up / Then it is missing as in any module."""
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        lien.nonsense  # noqa: B018  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]

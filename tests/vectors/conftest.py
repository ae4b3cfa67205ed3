"""What the tests of vectors share: a small set that is generated once."""

from pathlib import Path

import pytest

from lien.vectors.generate import generate

SOME_CALLS = (
    "transfer",
    "skim",
    "open_facility",
    "deposit",
    "redeem",
    "advance_book",
    "wind_down",
    "request_redemption",
    "cancel_redemption",
    "process_redemption",
    "deposit_cover",
    "announce_cover_withdrawal",
    "withdraw_cover",
    "countersign",
)


@pytest.fixture(scope="session")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the vectors of some calls."""
    folder = tmp_path_factory.mktemp("vectors") / "set"
    generate(folder, jobs=1, calls=SOME_CALLS)
    return folder

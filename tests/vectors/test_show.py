"""A vector is shown as a story that fits a screen."""

import json
from pathlib import Path
from typing import Any

import pytest

from lien.vectors.show import show


def vectors_of(vectors: Path, call: str) -> list[Any]:
    found: list[Any] = json.loads((vectors / "trace" / f"{call}.json").read_text())["vectors"]
    return found


def test_a_rejection_names_its_reason_and_what_was_compared(vectors: Path) -> None:
    text = show(vectors, "deposit/funded/shares-below-minimum-boundary-missed")
    assert "SharesBelowMinimum: the deposit buys fewer shares than asked for." in text
    assert "shares = " in text
    assert "2027-11-01 09:01:00  lender: deposit(facility=1, amount=5,000,000,000, minimum_shares=0)" in text


def test_an_accepted_call_shows_events_and_balances(vectors: Path) -> None:
    text = show(vectors, "deposit/funded/accepted")
    assert "Deposited: facility=1, lender=second_lender" in text
    assert "balance of second_lender: 1,000,000,000,000 -> " in text


def test_every_vector_fits_a_screen(vectors: Path) -> None:
    for vector in vectors_of(vectors, "redeem")[::8]:
        assert len(show(vectors, vector["id"]).splitlines()) <= 50


def test_an_unclear_identifier_is_refused_with_what_it_may_mean(vectors: Path) -> None:
    with pytest.raises(KeyError, match="deposit/funded/zero-amount"):
        show(vectors, "deposit/funded")
    with pytest.raises(KeyError):
        show(vectors, "nothing")

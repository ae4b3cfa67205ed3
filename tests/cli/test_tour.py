"""The tour plays loans, proves, writes vectors and ends with one summary."""

from pathlib import Path
from typing import Any

import pytest

from lien.cli.properties import EXPLORER, identifiers
from lien.cli.tour import describe_amount
from lien.cli.tour.loans import choose_shapes
from lien.cli.tour.play import play
from lien.cli.tour.player import Player
from lien.invariants.prove import matrix
from lien.invariants.prove.results import Matrix
from lien.protocol.genesis import DOLLAR, ETHER
from lien.scenario.shipped import shipped
from lien.spec.assets import Claim
from lien.spec.types import DayCount, RepaymentKind
from lien.vectors import generate
from tests.cli.conftest import Run

prove, write = matrix.prove, generate.generate


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the tour play one scenario, prove one call and write the vectors of one."""

    def prove_one(**options: Any) -> Matrix:
        chosen: Any = options | {"calls": ["claim"]}
        return prove(**chosen)

    def write_one(out: Path, **options: Any) -> generate.Summary:
        chosen: Any = options | {"calls": ["claim"]}
        return write(out, **chosen)

    monkeypatch.setattr("lien.scenario.shipped.shipped", lambda: {"sme-loan": shipped()["sme-loan"]})
    monkeypatch.setattr(matrix, "prove", prove_one)
    monkeypatch.setattr(generate, "generate", write_one)


@pytest.mark.usefixtures("short")
def test_the_tour_ends_with_one_summary(run: Run, tmp_path: Path) -> None:
    """When the tour is taken / Then its summary says what was played, moved, checked, proved and written."""
    ran = run("tour", "--jobs", "1", "--out", str(tmp_path / "vectors"))
    assert (ran.code, ran.errors) == (0, "")
    words = " ".join(ran.output.split())
    assert f"Played {len(list(choose_shapes()))} loans to settlement" in words
    assert f"Checked {len(identifiers(EXPLORER))} properties after each of" in words
    assert "all hold" in words
    assert "Scenarios 1, as they are written:" in words
    assert "cells proved" in words
    assert f"in {tmp_path}" in words or str(tmp_path) in words.replace(" ", "")
    assert (tmp_path / "vectors" / "index.json").is_file()


@pytest.mark.usefixtures("short")
def test_a_part_that_fails_is_named_and_does_not_hide_the_others(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Given a proof that breaks / When the tour is taken / Then it says so, goes on, and fails."""

    def broken(**_: Any) -> None:
        raise ArithmeticError("out of luck")

    monkeypatch.setattr(matrix, "prove", broken)
    ran = run("tour", "--jobs", "1", "--out", str(tmp_path / "vectors"))
    assert ran.code == 1
    assert "proof broke: ArithmeticError('out of luck')" in ran.output
    assert "Vectors" in ran.output
    assert ran.errors == "lien: 1 problem: see above\n"


def report_nothing(*_: object) -> None:
    """Let nobody know."""


def test_the_loans_are_of_every_kind_and_day_count_and_end_settled() -> None:
    """When the loans are played / Then all are settled, and no call meets anything unexpected."""
    player = play(report_nothing)
    shapes = list(choose_shapes())
    assert {(shape.terms.kind, shape.terms.day_count) for shape in shapes} == {
        (kind, day_count) for kind in RepaymentKind for day_count in DayCount
    }
    assert (player.problems, player.settled) == ([], len(shapes))
    assert {"accept", "countersign", "cancel", "disburse", "repay", "declare_default"} <= set(player.accepted)
    assert not [loan for _, loan in player.state.loans.items() if loan.collateral]


def test_an_unexpected_rejection_is_a_problem() -> None:
    """Given a call that cannot be accepted / When it is sent as if it could / Then that is noted."""
    player = Player()
    player.send(Claim(asset=DOLLAR, recipient=1), "lender")
    assert player.problems == ["claim by lender on day 0: NOTHING_TO_CLAIM instead of accepted"]


def test_amounts_are_written_in_whole_tokens() -> None:
    """Given amounts in base units / When they are written / Then each has its token's decimals and symbol."""
    assert describe_amount(DOLLAR, 1_234_567_890_000) == "1,234,567.89 dUSD"
    assert describe_amount(ETHER, 2 * 10**18) == "2.00 dETH"

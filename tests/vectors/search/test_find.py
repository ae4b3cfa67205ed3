"""What is found for a target is at the limits, real, and violates one guard alone where it says so."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import z3

from lien.protocol.rejection import Rejection, require
from lien.protocol.state import Context
from lien.protocol.transitions import facility
from lien.spec.facility import Deposit, Redeem
from lien.spec.reasons import Reason
from lien.vectors import story
from lien.vectors.search import realize
from lien.vectors.search.find import Finder, find
from lien.vectors.search.foretold import Unforeseen
from lien.vectors.search.goals import path_goals
from lien.vectors.stories.targets import targets
from lien.vectors.story import Scene
from tests.vectors.lenient import assert_violates_one_guard, clear_rejections


def call_of(target: str, goal: str) -> Any:
    """Return the call that was found for a goal."""
    named = next(item for item in find(targets()[target]).vectors if item.name == f"{target}/{goal}")
    return named.scene.call


def test_shares_at_the_limit_are_neighbours() -> None:
    met, missed = (
        call_of("deposit/funded", f"shares-below-minimum-boundary-{side}") for side in ("met", "missed")
    )
    assert isinstance(met, Deposit)
    assert met.model_copy(update={"minimum_shares": met.minimum_shares + 1}) == missed


def test_the_calls_on_both_sides_of_a_rounded_limit_are_neighbours() -> None:
    met, missed = (call_of("redeem/funded", f"zero-amount-boundary-{side}") for side in ("met", "missed"))
    assert isinstance(met, Redeem)
    assert met.shares == missed.shares + 1


def test_a_rejection_violates_one_guard_alone(vectors: Path) -> None:
    found = clear_rejections(vectors)
    assert len(found) > 50
    for vector in found:
        assert_violates_one_guard(vector)


def test_a_machine_that_differs_from_the_symbols_stops_generation(monkeypatch: pytest.MonkeyPatch) -> None:
    # Given a machine that rejects what the symbols accept
    perform = story.perform

    def other(parent: Scene, name: str, call: Any, context: Context) -> Scene:
        return perform(parent, name, call.model_copy(update={"amount": 0}), context)

    monkeypatch.setattr(realize, "perform", other)
    with pytest.raises(Unforeseen, match="was foretold"):
        find(targets()["deposit/funded"])


def test_a_state_that_differs_from_the_symbols_stops_generation(monkeypatch: pytest.MonkeyPatch) -> None:
    # Given a machine that counts one share too many
    perform: Callable[..., Scene] = story.perform

    def other(*args: Any) -> Scene:
        scene = perform(*args)
        outcome: Any = scene.outcome
        if not hasattr(outcome, "events"):
            return scene
        shares = outcome.state.shares.set((1, scene.context.sender), 1)
        return replace(scene, outcome=replace(outcome, state=replace(outcome.state, shares=shares)))

    monkeypatch.setattr(realize, "perform", other)
    with pytest.raises(Unforeseen, match="shares"):
        find(targets()["deposit/funded"])


def test_the_guards_are_in_place_again_after_a_search() -> None:
    Finder(targets()["deposit/funded"])
    assert vars(facility)["require"] is require
    with pytest.raises(Rejection):
        require(False, Reason.ZERO_AMOUNT)


def test_paths_are_told_apart_by_their_branches() -> None:
    trails = Finder(targets()["redeem/funded"]).trails
    assert len({trail.identity for trail in trails}) == len(trails)
    assert [goal.label for goal in path_goals(trails)].count("accepted") == 1


@contextmanager
def another_solver() -> Generator[None, None, None]:
    """Let Z3 search another way: other seeds, and first values at random."""
    z3.set_param("smt.random_seed", 17)
    z3.set_param("smt.arith.random_initial_value", True)
    z3.set_param("smt.phase_selection", 5)
    try:
        yield
    finally:
        z3.reset_params()


def found(names: tuple[str, ...]) -> list[Any]:
    vectors = [named for name in names for named in find(targets()[name]).vectors]
    return [(named.name, named.scene.call, named.scene.context, named.flags) for named in vectors]


def test_what_is_found_does_not_depend_on_how_the_solver_searches() -> None:
    names = ("deposit/current-second", "redeem/funded", "accept/offered-bullet", "repay/active-bullet")
    before = found(names)
    with another_solver():
        assert found(names) == before

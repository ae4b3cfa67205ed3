"""Find, for the calls that the story of one loan does not have, a state in which each is accepted."""

from collections.abc import Iterator
from random import Random

from benchmarks.scenes import Scene
from lien.invariants.explore.moves.choose import choose_move
from lien.invariants.explore.worlds import choose_world
from lien.protocol.machine import step
from lien.spec.catalogue import CALLS

LIVES, CALLS_OF_A_LIFE = 60, 250


def other_scenes(known: set[str]) -> Iterator[Scene]:
    """Yield the first accepted call of each other kind in random lives, always the same ones."""
    found, dice = set(known), Random(1)
    for _ in range(LIVES):
        _, state, now = choose_world(dice)
        for _ in range(CALLS_OF_A_LIFE):
            if len(found) == len(CALLS):
                return
            move = choose_move(dice, state, now)
            now = max(now, move.context.timestamp)
            scene = Scene(state, move.call, move.context)
            state = step(state, move.call, move.context).state
            if state is not scene.state and scene.name not in found:
                found.add(scene.name)
                yield scene

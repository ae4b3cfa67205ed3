"""Send random calls from random beginnings, for whoever needs many different states."""

from collections.abc import Iterator
from random import Random

from lien.invariants.explore.check import observe
from lien.invariants.explore.moves.choose import choose_move
from lien.invariants.explore.worlds import choose_world
from lien.invariants.properties.base import Observed

CALLS_A_LIFE = 250


def random_calls(seed: int, lives: int) -> Iterator[Observed]:
    """Yield executed calls of random lives."""
    dice = Random(seed)
    for _ in range(lives):
        _, state, now = choose_world(dice)
        for _ in range(CALLS_A_LIFE):
            move = choose_move(dice, state, now)
            now = max(now, move.context.timestamp)
            observed = observe(state, move.call, move.context)
            yield observed
            state = observed.after

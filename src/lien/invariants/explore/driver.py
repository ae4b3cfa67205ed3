"""Run random lives one after the other, check every call, and count."""

from collections import Counter
from dataclasses import dataclass, field
from random import Random
from time import perf_counter

from lien.invariants.explore.moves.choose import choose_move
from lien.invariants.explore.moves.scene import Move
from lien.invariants.explore.stories import ATTEMPTS, Story, execute_move, shorten
from lien.invariants.explore.worlds import choose_world

CALLS_OF_A_LIFE = 250
STORIES = 5  # of different properties, after which a run stops


@dataclass
class Exploration:
    """Hold what came of a run: how often each call was accepted, why it was rejected, what was violated."""

    calls: int = 0
    accepted: Counter[str] = field(default_factory=Counter)
    rejected: Counter[tuple[str, str]] = field(default_factory=Counter)  # by call and reason
    stories: list[Story] = field(default_factory=list)  # the shortest found, one a property
    seconds: float = field(default=0.0, compare=False)

    @property
    def calls_per_second(self) -> float:
        """Return how many calls were chosen, executed and checked a second."""
        return self.calls / self.seconds if self.seconds else 0.0

    @property
    def acceptance(self) -> dict[str, tuple[int, int]]:
        """Return, by call, how often it was accepted and how often it was sent."""
        rejected: Counter[str] = Counter()
        for (call, _), times in self.rejected.items():
            rejected[call] += times
        names = sorted(self.accepted.keys() | rejected.keys())
        return {name: (self.accepted[name], self.accepted[name] + rejected[name]) for name in names}


def explore(calls: int, seed: int, *, stories: int = STORIES, attempts: int = ATTEMPTS) -> Exploration:
    """Execute and check a number of random calls; the same seed gives the same run.

    It stops early with a number of stories, each of which it tries to shorten in a number of attempts.
    """
    found, dice, started = Exploration(), Random(seed), perf_counter()
    while found.calls < calls and len(found.stories) < stories:
        story = live(found, dice, min(CALLS_OF_A_LIFE, calls - found.calls))
        known = {other.violation.identifier for other in found.stories}
        if story is not None and story.violation.identifier not in known:
            found.stories.append(shorten(story, attempts))
    found.seconds = perf_counter() - started
    return found


def live(found: Exploration, dice: Random, calls: int) -> Story | None:
    """Run one life from a genesis on, up to a number of calls or the first violation; return its story."""
    genesis, state, now = choose_world(dice)
    moves: list[Move] = []
    for _ in range(calls):
        move = choose_move(dice, state, now)
        now = max(now, move.context.timestamp)
        moves.append(move)
        observed, violated = execute_move(state, move)
        name = type(move.call).call_name()
        found.calls += 1
        if violated or observed is None:
            return Story(genesis, tuple(moves), violated[0])
        if observed.reason is None:
            found.accepted[name] += 1
        else:
            found.rejected[name, observed.reason.name] += 1
        state = observed.after
    return None

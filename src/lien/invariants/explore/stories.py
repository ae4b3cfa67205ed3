"""Tell how a violation came about, in as few calls as can be found."""

from collections.abc import Sequence
from dataclasses import dataclass

from lien.invariants.explore.check import observe, violations
from lien.invariants.explore.moves.scene import Move
from lien.invariants.explore.violation import RAISES, Violation
from lien.invariants.properties.base import Observed
from lien.protocol.genesis import begin
from lien.protocol.state import State
from lien.spec.genesis import Genesis


@dataclass(frozen=True, slots=True)
class Story:
    """Hold calls from genesis, the last of which breaks a property."""

    genesis: Genesis
    moves: tuple[Move, ...]
    violation: Violation

    def __str__(self) -> str:
        """Write the violation, and the calls before it, one a line."""
        lines = [
            f"{move.context.timestamp} {move.context.sender:#042x} {type(move.call).call_name()} {move.call}"
            for move in self.moves
        ]
        return "\n".join((str(self.violation), *lines))


def execute_move(state: State, move: Move) -> tuple[Observed | None, list[Violation]]:
    """Execute and check a call; without an outcome where it raised."""
    try:
        observed = observe(state, move.call, move.context)
    except Exception as error:  # whatever it is: a call never raises
        return None, [Violation(*RAISES, type(move.call).call_name(), values={"error": repr(error)})]
    return observed, violations(observed)


def replay(genesis: Genesis, moves: Sequence[Move], identifier: str) -> Story | None:
    """Return the story up to the first violation of a property, if there is one."""
    state = begin(genesis)
    for number, move in enumerate(moves, start=1):
        observed, found = execute_move(state, move)
        match = next((violation for violation in found if violation.identifier == identifier), None)
        if match is not None:
            return Story(genesis, tuple(moves[:number]), match)
        if observed is None:
            return None
        state = observed.after
    return None


def shorten(story: Story, attempts: int = 300) -> Story:
    """Return a story of the same violation with fewer calls, within a number of attempts."""
    identifier, size = story.violation.identifier, max(len(story.moves) // 2, 1)
    while attempts > 0:
        for first in range(len(story.moves) - 1 - size, -1, -size):
            moves = (*story.moves[:first], *story.moves[first + size :])
            shorter = replay(story.genesis, moves, identifier)
            attempts -= 1
            if shorter is not None:
                story = shorter
                break
            if attempts <= 0:
                break
        else:
            if size == 1:
                break
            size = size // 2
            continue
        size = min(size, max(len(story.moves) // 2, 1))
    return story

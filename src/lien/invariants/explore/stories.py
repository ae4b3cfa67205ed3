"""Tell how a violation came about, in as few calls as can be found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lien.invariants.explore.check import observe, violations
from lien.invariants.explore.moves.scene import Move
from lien.invariants.explore.violation import Violation
from lien.invariants.properties.base import Observed
from lien.invariants.properties.implied import RAISES
from lien.protocol.genesis import begin
from lien.protocol.state import State
from lien.spec.genesis import Genesis

ATTEMPTS = 300  # to leave calls out


@dataclass(frozen=True, slots=True)
class Story:
    """Hold calls from genesis, the last of which breaks a property."""

    genesis: Genesis
    moves: tuple[Move, ...]
    violation: Violation

    def __str__(self) -> str:
        """Write the violation, and the calls that led to it, one a line."""
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
    """Return the story up to the first violation of a property, without the calls that were rejected."""
    state, kept = begin(genesis), list[Move]()
    for move in moves:
        observed, found = execute_move(state, move)
        match = next((violation for violation in found if violation.identifier == identifier), None)
        if match is not None:
            return Story(genesis, (*kept, move), match)
        if observed is None:
            return None
        if observed.accepted:
            kept.append(move)
            state = observed.after
    return None


def parts_left_out(moves: tuple[Move, ...]) -> Iterator[tuple[Move, ...]]:
    """Yield the calls with ever shorter parts of them left out, late parts first; the last call stays."""
    size = max(len(moves) // 2, 1)
    while size:
        for first in range(len(moves) - 1 - size, -1, -size):
            yield (*moves[:first], *moves[first + size :])
        size //= 2


def shorten(story: Story, attempts: int = ATTEMPTS) -> Story:
    """Return a story of the same violation with fewer calls, within a number of attempts."""
    identifier = story.violation.identifier
    candidates = iter([story.moves])
    for _ in range(attempts):
        moves = next(candidates, None)
        if moves is None:
            break
        shorter = replay(story.genesis, moves, identifier)
        if shorter is not None:
            story, candidates = shorter, parts_left_out(shorter.moves)
    return story

"""Let Hypothesis choose the calls: it repeats, leaves out and reorders more boldly than a die does."""

from collections import Counter
from random import Random
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from lien.invariants.explore.moves.choose import choose_move, propose, weights
from lien.invariants.explore.moves.scene import Move, Scene
from lien.invariants.explore.moves.time import choose_time
from lien.invariants.explore.stories import Story, execute_move, shorten
from lien.invariants.explore.worlds import choose_world
from lien.protocol.state import State
from lien.spec.genesis import Genesis

LONGEST_PAST = 60  # calls
LONGEST_LIFE = 10_000  # calls, or more than there will be
SHOT_IN_THE_DARK = 2  # the weight of a call that can hardly be accepted
# Of one die a call: if Hypothesis chose every number, loans would seldom get as far as repayment.
SEEDS = st.integers(0, 2**32 - 1)


class ProtocolMachine(RuleBasedStateMachine):
    """Send and check calls one after the other: any, or one that the state makes likely."""

    accepted: ClassVar[Counter[str]] = Counter()  # over all runs
    sent: ClassVar[Counter[str]] = Counter()

    genesis: Genesis
    state: State
    now: int
    moves: tuple[Move, ...] = ()

    @initialize(seed=SEEDS, calls=st.integers(0, LONGEST_PAST))
    def begin(self, seed: int, calls: int) -> None:
        """Begin with a world that has a past."""
        dice = Random(seed)
        self.genesis, self.state, self.now = choose_world(dice)
        for _ in range(calls):
            self.execute(choose_move(dice, self.state, self.now))

    def dice(self, seed: int) -> Random:
        """Return a die for the next call, another one after each call even where the seed is the same."""
        return Random(seed * LONGEST_LIFE + len(self.moves))

    def execute(self, move: Move) -> None:
        """Execute and check one call."""
        name = type(move.call).call_name()
        self.moves = (*self.moves, move)
        observed, found = execute_move(self.state, move)
        if found or observed is None:
            raise AssertionError(str(shorten(Story(self.genesis, self.moves, found[0]))))
        self.sent[name] += 1
        self.accepted[name] += observed.accepted
        self.state, self.now = observed.after, max(self.now, move.context.timestamp)

    @rule(seed=SEEDS)
    def pass_time(self, seed: int) -> None:
        """Let time pass."""
        self.now = choose_time(Scene(self.dice(seed), self.state, self.now))

    @rule(seed=SEEDS)
    def send(self, seed: int) -> None:
        """Send any call, at any later time."""
        self.execute(choose_move(self.dice(seed), self.state, self.now))

    @precondition(lambda self: self.likely())
    @rule(seed=SEEDS)
    def send_likely(self, seed: int) -> None:
        """Send a call that the state makes likely, each as often as any other, at once."""
        dice = self.dice(seed)
        self.execute(propose(Scene(dice, self.state, self.now), dice.choice(self.likely())))

    def likely(self) -> list[str]:
        """Return the calls that the state makes more than a shot in the dark."""
        weighed = weights(self.state, self.now)
        return [name for name, weight in weighed.items() if weight > SHOT_IN_THE_DARK]

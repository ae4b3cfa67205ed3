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
    """Send and check calls one after the other; what brings a loan on its way has a rule of its own."""

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

    def send(self, seed: int, name: str) -> None:
        """Execute and check one call of the given name."""
        self.execute(propose(Scene(self.dice(seed), self.state, self.now), name))

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

    def is_likely(self, name: str) -> bool:
        """Return whether the state makes the call more than a shot in the dark."""
        return weights(Scene(Random(0), self.state, self.now))[name] > SHOT_IN_THE_DARK

    @rule(seed=SEEDS)
    def pass_time(self, seed: int) -> None:
        """Let time pass."""
        self.now = choose_time(Scene(self.dice(seed), self.state, self.now))

    @rule(seed=SEEDS)
    def call(self, seed: int) -> None:
        """Send any call, at any later time."""
        self.execute(choose_move(self.dice(seed), self.state, self.now))

    @precondition(lambda self: self.is_likely("claim"))
    @rule(seed=SEEDS)
    def claim(self, seed: int) -> None:
        """Send a claim."""
        self.send(seed, "claim")

    @precondition(lambda self: self.is_likely("offer"))
    @rule(seed=SEEDS)
    def offer(self, seed: int) -> None:
        """Send an offer."""
        self.send(seed, "offer")

    @precondition(lambda self: self.is_likely("accept"))
    @rule(seed=SEEDS)
    def accept(self, seed: int) -> None:
        """Hand in the borrower's signature."""
        self.send(seed, "accept")

    @precondition(lambda self: self.is_likely("countersign"))
    @rule(seed=SEEDS)
    def countersign(self, seed: int) -> None:
        """Hand in the servicer's signature."""
        self.send(seed, "countersign")

    @precondition(lambda self: self.is_likely("disburse"))
    @rule(seed=SEEDS)
    def disburse(self, seed: int) -> None:
        """Disburse a loan."""
        self.send(seed, "disburse")

    @precondition(lambda self: self.is_likely("repay"))
    @rule(seed=SEEDS)
    def repay(self, seed: int) -> None:
        """Send a payment."""
        self.send(seed, "repay")

    @precondition(lambda self: self.is_likely("declare_default"))
    @rule(seed=SEEDS)
    def declare_default(self, seed: int) -> None:
        """Book a default."""
        self.send(seed, "declare_default")

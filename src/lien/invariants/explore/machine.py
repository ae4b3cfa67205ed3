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
SHOT_IN_THE_DARK = 2  # the weight of a call that can hardly be accepted
# One throw a call: a die of which Hypothesis chose every number would seldom get a loan as far as repayment.
DICE = st.integers(0, 2**32 - 1).map(Random)


class ProtocolMachine(RuleBasedStateMachine):
    """Send and check calls one after the other; what brings a loan on its way has a rule of its own."""

    accepted: ClassVar[Counter[str]] = Counter()  # over all runs
    sent: ClassVar[Counter[str]] = Counter()

    genesis: Genesis
    state: State
    now: int
    moves: tuple[Move, ...] = ()

    @initialize(dice=DICE, calls=st.integers(0, LONGEST_PAST))
    def begin(self, dice: Random, calls: int) -> None:
        """Begin with a world that has a past."""
        self.genesis, self.state, self.now = choose_world(dice)
        for _ in range(calls):
            self.execute(choose_move(dice, self.state, self.now))

    def send(self, dice: Random, name: str) -> None:
        """Execute and check one call of the given name."""
        self.execute(propose(Scene(dice, self.state, self.now), name))

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

    @rule(dice=DICE)
    def pass_time(self, dice: Random) -> None:
        """Let time pass."""
        self.now = choose_time(Scene(dice, self.state, self.now))

    @rule(dice=DICE)
    def call(self, dice: Random) -> None:
        """Send any call, at any later time."""
        self.execute(choose_move(dice, self.state, self.now))

    @precondition(lambda self: self.is_likely("offer"))
    @rule(dice=DICE)
    def offer(self, dice: Random) -> None:
        """Send an offer."""
        self.send(dice, "offer")

    @precondition(lambda self: self.is_likely("accept"))
    @rule(dice=DICE)
    def accept(self, dice: Random) -> None:
        """Hand in the borrower's signature."""
        self.send(dice, "accept")

    @precondition(lambda self: self.is_likely("countersign"))
    @rule(dice=DICE)
    def countersign(self, dice: Random) -> None:
        """Hand in the servicer's signature."""
        self.send(dice, "countersign")

    @precondition(lambda self: self.is_likely("disburse"))
    @rule(dice=DICE)
    def disburse(self, dice: Random) -> None:
        """Disburse a loan."""
        self.send(dice, "disburse")

    @precondition(lambda self: self.is_likely("repay"))
    @rule(dice=DICE)
    def repay(self, dice: Random) -> None:
        """Send a payment."""
        self.send(dice, "repay")

    @precondition(lambda self: self.is_likely("declare_default"))
    @rule(dice=DICE)
    def declare_default(self, dice: Random) -> None:
        """Book a default."""
        self.send(dice, "declare_default")

"""Let Hypothesis choose the calls, so that it varies what matters and shortens what fails."""

from collections import Counter
from random import Random
from typing import ClassVar

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from lien.invariants.explore.moves.choose import PROPOSALS, propose, weights
from lien.invariants.explore.moves.scene import Scene
from lien.invariants.explore.moves.time import choose_time
from lien.invariants.explore.stories import execute_move
from lien.invariants.explore.worlds import choose_world
from lien.protocol.state import State

DICE = st.randoms(use_true_random=False)


class ProtocolMachine(RuleBasedStateMachine):
    """Send and check calls one after the other; what brings a loan on its way has a rule of its own."""

    accepted: ClassVar[Counter[str]] = Counter()  # over all runs

    state: State
    now: int

    @initialize(dice=DICE)
    def begin(self, dice: Random) -> None:
        """Begin with a world."""
        _, self.state, self.now = choose_world(dice)

    def send(self, dice: Random, name: str) -> None:
        """Execute and check one call."""
        move = propose(Scene(dice, self.state, self.now), name)
        note(f"{move.context} {move.call}")
        observed, found = execute_move(self.state, move)
        assert not found, "\n".join(str(violation) for violation in found)
        assert observed is not None
        if observed.accepted:
            self.accepted[name] += 1
        self.state, self.now = observed.after, max(self.now, move.context.timestamp)

    def is_likely(self, name: str) -> bool:
        """Return whether the state makes the call more than a shot in the dark."""
        return weights(Scene(Random(0), self.state, self.now))[name] > 1

    @rule(dice=DICE)
    def pass_time(self, dice: Random) -> None:
        """Let time pass."""
        self.now = choose_time(Scene(dice, self.state, self.now))

    @rule(dice=DICE)
    def call(self, dice: Random) -> None:
        """Send any call that the state makes interesting."""
        self.send(dice, dice.choice([name for name in PROPOSALS if self.is_likely(name)]))

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

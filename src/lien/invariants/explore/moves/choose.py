"""Choose the next call by what the state makes possible, and send it."""

from importlib import import_module
from pkgutil import iter_modules
from random import Random

from lien.invariants.explore import moves
from lien.invariants.explore.moves.numbers import once_in
from lien.invariants.explore.moves.proposal import Outlook, Proposal
from lien.invariants.explore.moves.scene import Move, Scene
from lien.invariants.explore.moves.time import choose_time
from lien.invariants.explore.remembered import remembered
from lien.protocol.state import Context, State

MODULES = [import_module(f"{moves.__name__}.{found.name}") for found in iter_modules(moves.__path__)]
UNUSED = Random(0)  # weights do not depend on dice
PROPOSALS: dict[str, Proposal] = {
    name: proposal for module in MODULES for name, proposal in getattr(module, "PROPOSALS", {}).items()
}


@remembered
def weights(state: State, now: int) -> dict[str, int]:
    """Return how often each call is to be proposed in a state, so that each is accepted now and then."""
    outlook = Outlook(Scene(UNUSED, state, now))
    return {name: proposal.weigh(outlook) for name, proposal in PROPOSALS.items()}


def choose_move(dice: Random, state: State, now: int) -> Move:
    """Return the next call, by whom and when it is sent."""
    scene = Scene(dice, state, choose_time(Scene(dice, state, now)))
    weighed = weights(state, scene.now)
    (name,) = dice.choices(list(weighed), list(weighed.values()))
    return propose(scene, name)


def propose(scene: Scene, name: str) -> Move:
    """Return a call of the given name; rarely the protocol sends it, or its time is past."""
    call, sender = PROPOSALS[name].choose(scene)
    if once_in(scene.dice, 200):
        sender = scene.state.settings.protocol
    timestamp = max(scene.now - 1, 0) if once_in(scene.dice, 200) else scene.now
    return Move(call, Context(sender, timestamp))

"""Propose transfers and claims."""

from lien.invariants.explore.maps import entries_of
from lien.invariants.explore.moves.numbers import mostly, once_in, up_to
from lien.invariants.explore.moves.proposal import Proposal
from lien.invariants.explore.moves.scene import Scene
from lien.protocol.genesis import DOLLAR, ETHER
from lien.spec.assets import Claim, Skim, Transfer
from lien.spec.call import Call
from lien.spec.units import MAXIMUM_AMOUNT


def propose_transfer(scene: Scene) -> tuple[Call, int]:
    """Propose a transfer; one in three is a donation to the protocol."""
    dice, asset, sender = scene.dice, scene.asset(), scene.anyone()
    balance = scene.balance(asset, sender)
    amount = mostly(dice, up_to(dice, balance), 0, min(balance + 1, MAXIMUM_AMOUNT), MAXIMUM_AMOUNT)
    recipient = scene.state.settings.protocol if once_in(dice, 3) else scene.anyone()
    return Transfer(asset=asset, recipient=recipient, amount=amount), sender


def propose_claim(scene: Scene) -> tuple[Call, int]:
    """Propose a claim, mostly by someone who has one, for themselves or for another account."""
    asset, claimant = scene.asset(), scene.anyone()
    claims = [key for key, _ in entries_of(scene.state, "claims")]
    if claims and not once_in(scene.dice, 5):
        asset, claimant = scene.dice.choice(claims)
    recipient = claimant if once_in(scene.dice, 4) else scene.anyone()
    return Claim(asset=asset, recipient=recipient), claimant


def propose_skim(scene: Scene) -> tuple[Call, int]:
    """Propose to skim an asset, mostly one of which there is an excess."""
    excess = assets_in_excess(scene)
    usual = excess and not once_in(scene.dice, 4)
    return Skim(asset=scene.dice.choice(excess) if usual else scene.asset()), scene.anyone()


def assets_in_excess(scene: Scene) -> list[int]:
    """Return the assets of which the protocol holds more than it records."""
    ledger = scene.state.ledger
    return [
        asset
        for asset in (DOLLAR, ETHER)
        if ledger.balances.get((asset, ledger.protocol)) > ledger.holdings.get(asset)
    ]


PROPOSALS: dict[str, Proposal] = {
    "transfer": Proposal(propose_transfer, lambda _: 2),
    "skim": Proposal(propose_skim, lambda outlook: 3 if assets_in_excess(outlook.scene) else 1),
    "claim": Proposal(
        propose_claim,
        lambda outlook: 12 if any(outlook.scene.state.ledger.claims.items()) else 1,
    ),
}

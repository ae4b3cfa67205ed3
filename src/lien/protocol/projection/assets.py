"""Chapter 0: assets (`lien.spec.assets`)."""

from dataclasses import replace

from lien.protocol.ledger import move
from lien.protocol.projection.change import recorded
from lien.protocol.state import State
from lien.spec.assets import Claimed, ClaimRecorded, Skimmed, Transferred


def transferred(state: State, event: Transferred, _: int) -> State:
    """Move an amount; what the protocol pays is no longer recorded."""
    ledger = replace(move(state.ledger, event.asset, event.payer, event.payee, event.amount), logs=())
    moved = replace(state, ledger=ledger)
    return recorded(moved, event.asset, -event.amount) if event.payer == ledger.protocol else moved


def claim_recorded(state: State, event: ClaimRecorded, _: int) -> State:
    """Owe the claimant the amount."""
    return with_claim(state, event.asset, event.claimant, event.amount)


def claimed(state: State, event: Claimed, _: int) -> State:
    """Owe the claimant the amount no more."""
    return with_claim(state, event.asset, event.claimant, -event.amount)


def skimmed(state: State, event: Skimmed, _: int) -> State:
    """Record what was in excess; its transfer, or a claim, tells that it left."""
    return recorded(state, event.asset, event.amount)


def with_claim(state: State, asset: int, claimant: int, change: int) -> State:
    """Return the state in which a claim has changed."""
    claims = state.ledger.claims
    claims = claims.set((asset, claimant), claims.get((asset, claimant)) + change)
    return replace(state, ledger=replace(state.ledger, claims=claims))

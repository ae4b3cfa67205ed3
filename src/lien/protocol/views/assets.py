"""Answer what can be claimed."""

from lien.protocol.state import State
from lien.spec.types import Account, Amount, Asset


def claimable(state: State, asset: Asset, account: Account) -> Amount:
    """Return what a claim pays an account, once it can be paid: what could not be delivered."""
    return state.ledger.claims.get((asset, account))

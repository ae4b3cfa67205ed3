"""Move tokens; nothing else does, so that the supply of each asset never changes."""

from dataclasses import replace

from lien.protocol.algebra import any_of, choose
from lien.protocol.rejection import require
from lien.protocol.state import Ledger
from lien.spec.assets import ClaimRecorded, Transferred
from lien.spec.reasons import Reason


def move(ledger: Ledger, asset: int, payer: int, payee: int, amount: int) -> Ledger:
    """Move an amount that the payer is known to hold."""
    balances = ledger.balances
    balances = balances.set((asset, payer), balances.get((asset, payer)) - amount)
    balances = balances.set((asset, payee), balances.get((asset, payee)) + amount)
    transferred = Transferred(asset, payer, payee, amount)
    return replace(ledger, balances=balances, logs=(*ledger.logs, transferred))


def collect(ledger: Ledger, asset: int, payer: int, amount: int) -> Ledger:
    """Take an amount from the payer into the protocol's holdings.

    Raises: INSUFFICIENT_BALANCE.
    """
    balance = ledger.balances.get((asset, payer))
    require(balance >= amount, Reason.INSUFFICIENT_BALANCE, balance=balance, amount=amount)
    moved = move(ledger, asset, payer, ledger.protocol, amount)
    return replace(moved, holdings=moved.holdings.set(asset, moved.holdings.get(asset) + amount))


def deliver(ledger: Ledger, asset: int, payee: int, amount: int) -> Ledger:
    """Pay an amount out of the protocol's holdings; where the payee is refused or frozen, make it claimable.

    Both are logged, with amounts of which one is zero.
    """
    waits = any_of(ledger.refusals.get((asset, payee)) == 1, ledger.frozen.get(payee) == 1)
    left, kept = choose(waits, 0, amount), choose(waits, amount, 0)
    moved = move(ledger, asset, ledger.protocol, payee, left)
    recorded = ClaimRecorded(asset, payee, kept)
    return replace(
        moved,
        holdings=moved.holdings.set(asset, moved.holdings.get(asset) - left),
        claims=moved.claims.set((asset, payee), moved.claims.get((asset, payee)) + kept),
        logs=(*moved.logs, recorded),
    )

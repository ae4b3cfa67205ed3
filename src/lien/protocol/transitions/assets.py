"""Chapter 0: assets (`lien.spec.assets`)."""

from dataclasses import replace

from lien.protocol.algebra import any_of, negate
from lien.protocol.ledger import deliver, move
from lien.protocol.rejection import require
from lien.protocol.state import Context, State
from lien.protocol.transitions.step import Step
from lien.spec.assets import Claim, Claimed, Skim, Skimmed, Transfer
from lien.spec.reasons import Reason


def transfer(state: State, call: Transfer, context: Context) -> Step:
    """Move the sender's tokens to any account (ASSETS-1, ASSETS-4)."""
    ledger = state.ledger
    require(ledger.listed.get(call.asset) == 1, Reason.UNKNOWN_ASSET)
    require(ledger.refusals.get((call.asset, call.recipient)) == 0, Reason.PAYEE_REFUSED)
    balance = ledger.balances.get((call.asset, context.sender))
    require(balance >= call.amount, Reason.INSUFFICIENT_BALANCE, balance=balance, amount=call.amount)
    ledger = move(ledger, call.asset, context.sender, call.recipient, call.amount)
    return Step(replace(state, ledger=ledger), ())


def claim(state: State, call: Claim, context: Context) -> Step:
    """Pay out what the sender can claim (ASSETS-5, ASSETS-6)."""
    ledger = state.ledger
    amount = ledger.claims.get((call.asset, context.sender))
    require(amount > 0, Reason.NOTHING_TO_CLAIM)
    require(call.recipient != state.settings.protocol, Reason.RECIPIENT_IS_PROTOCOL)
    is_frozen = any_of(ledger.frozen.get(context.sender) == 1, ledger.frozen.get(call.recipient) == 1)
    require(negate(is_frozen), Reason.ACCOUNT_FROZEN)
    require(ledger.refusals.get((call.asset, call.recipient)) == 0, Reason.PAYEE_REFUSED)
    ledger = move(ledger, call.asset, ledger.protocol, call.recipient, amount)
    ledger = replace(
        ledger,
        holdings=ledger.holdings.set(call.asset, ledger.holdings.get(call.asset) - amount),
        claims=ledger.claims.set((call.asset, context.sender), 0),
    )
    event = Claimed(call.asset, context.sender, call.recipient, amount)
    return Step(replace(state, ledger=ledger), (event,))


def skim(state: State, call: Skim, context: Context) -> Step:  # noqa: ARG001  # anyone, any time
    """Send the treasury what is held above the recorded figures (ASSETS-3, ASSETS-5, ASSETS-7)."""
    ledger = state.ledger
    require(ledger.listed.get(call.asset) == 1, Reason.UNKNOWN_ASSET)
    recorded = ledger.holdings.get(call.asset)
    excess = ledger.balances.get((call.asset, ledger.protocol)) - recorded
    require(excess > 0, Reason.NOTHING_TO_SKIM)
    ledger = replace(ledger, holdings=ledger.holdings.set(call.asset, recorded + excess))
    ledger = deliver(ledger, call.asset, state.settings.treasury, excess)
    return Step(replace(state, ledger=ledger), (Skimmed(call.asset, excess),))

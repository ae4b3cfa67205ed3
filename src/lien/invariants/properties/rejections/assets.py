"""When exactly transfers and claims are rejected."""

from lien.invariants.properties.base import Observed
from lien.invariants.properties.rejections.table import Conditions, rejects
from lien.protocol.algebra import any_of
from lien.spec.assets import Claim, Skim, Transfer
from lien.spec.reasons import Reason


@rejects(Transfer)
def of_transfer(observed: Observed) -> Conditions:
    """Yield the conditions of a transfer."""
    call, ledger = observed.call, observed.before.ledger
    yield Reason.UNKNOWN_ASSET, ledger.listed.get(call.asset) == 0
    yield Reason.PAYEE_REFUSED, ledger.refusals.get((call.asset, call.recipient)) == 1
    balance = ledger.balances.get((call.asset, observed.context.sender))
    yield Reason.INSUFFICIENT_BALANCE, balance < call.amount


@rejects(Claim)
def of_claim(observed: Observed) -> Conditions:
    """Yield the conditions of a claim."""
    call, ledger = observed.call, observed.before.ledger
    yield Reason.NOTHING_TO_CLAIM, ledger.claims.get((call.asset, observed.context.sender)) == 0
    yield Reason.RECIPIENT_IS_PROTOCOL, call.recipient == observed.before.settings.protocol
    parties = (observed.context.sender, call.recipient)
    yield Reason.ACCOUNT_FROZEN, any_of(*(ledger.frozen.get(party) == 1 for party in parties))
    yield Reason.PAYEE_REFUSED, ledger.refusals.get((call.asset, call.recipient)) == 1


@rejects(Skim)
def of_skim(observed: Observed) -> Conditions:
    """Yield the conditions of skimming."""
    asset, ledger = observed.call.asset, observed.before.ledger
    yield Reason.UNKNOWN_ASSET, ledger.listed.get(asset) == 0
    held = ledger.balances.get((asset, observed.before.settings.protocol))
    yield Reason.NOTHING_TO_SKIM, held <= ledger.holdings.get(asset)

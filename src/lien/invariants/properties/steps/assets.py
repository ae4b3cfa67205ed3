"""What transfers and claims do."""

from lien.invariants.properties.base import Kind, Observed, declare
from lien.invariants.properties.observing import balance_change, claim_change, received
from lien.protocol.algebra import all_of, any_of, choose, implies
from lien.spec.assets import Claim, Claimed, ClaimRecorded, Skim, Transfer


@declare("TRANSFER-EXACT", Kind.STEP, ("assets",), (26,), calls=(Transfer,), every=("asset", "account"))
def transfer_is_exact(observed: Observed, asset: int, account: int) -> bool:
    """A transfer moves exactly its amount from the sender to the recipient; third parties are unchanged."""
    call, sender = observed.call, observed.context.sender
    moved = choose(all_of(asset == call.asset, observed.accepted), call.amount, 0)
    expected = choose(account == call.recipient, moved, 0) - choose(account == sender, moved, 0)
    return balance_change(observed, asset, account) == expected


@declare(
    "DONATION-RECORDS-NOTHING",
    Kind.STEP,
    ("assets", "facility"),
    (72,),
    calls=(Transfer,),
    every=("asset", "account"),
)
def donation_records_nothing(observed: Observed, asset: int, account: int) -> bool:
    """A transfer, to the protocol too, changes no recorded figure: no cash, no claim, no share price."""
    before, after = observed.before, observed.after
    return all_of(
        after.ledger.holdings.get(asset) == before.ledger.holdings.get(asset),
        claim_change(observed, asset, account) == 0,
        after.facilities is before.facilities,
        after.shares is before.shares,
        after.loans is before.loans,
    )


@declare("CLAIM-PAID-ONCE", Kind.STEP, ("assets",), (65,), calls=(Claim,))
def claim_is_paid_once(observed: Observed) -> bool:
    """A claim is paid out wholly and is then zero."""
    call, key = observed.call, (observed.call.asset, observed.context.sender)
    claimed = observed.before.ledger.claims.get(key)
    return implies(
        observed.accepted,
        all_of(
            claimed > 0,
            observed.after.ledger.claims.get(key) == 0,
            balance_change(observed, call.asset, call.recipient) == claimed,
        ),
    )


@declare("CLAIM-GROWS-BY-REFUSAL", Kind.STEP, ("assets",), (), every=("asset", "account"))
def claims_grow_by_refusal(observed: Observed, asset: int, account: int) -> bool:
    """A claim grows only where the token refuses the payee or the payee is frozen.

    It falls only by its owner's claim.
    """
    change = claim_change(observed, asset, account)
    ledger = observed.before.ledger
    waits = any_of(ledger.refusals.get((asset, account)) == 1, ledger.frozen.get(account) == 1)
    is_own = isinstance(observed.call, Claim) and account == observed.context.sender
    return all_of(implies(change > 0, waits), implies(change < 0, is_own))


@declare("CLAIM-LOGGED", Kind.STEP, ("assets",), (), every=("asset", "account"))
def claims_follow_from_events(observed: Observed, asset: int, account: int) -> bool:
    """A claim changes by exactly what the events say: what is recorded of it, less what is paid out."""
    told = 0
    for event in observed.events:
        if isinstance(event, (ClaimRecorded, Claimed)):
            amount = event.amount if isinstance(event, ClaimRecorded) else 0 - event.amount
            told = told + choose(all_of(event.asset == asset, event.claimant == account), amount, 0)
    return claim_change(observed, asset, account) == told


@declare("SKIM-EXACT", Kind.STEP, ("assets",), (7,), calls=(Skim,))
def skim_pays_the_excess(observed: Observed) -> bool:
    """A skim pays the treasury exactly what is held above the records, which stay as they were.

    Afterwards the protocol holds exactly what it records, a claim of the treasury included.
    """
    if not observed.accepted:
        return True
    before, after, asset = observed.before, observed.after, observed.call.asset
    recorded = before.ledger.holdings.get(asset)
    excess = before.ledger.balances.get((asset, before.settings.protocol)) - recorded
    return all_of(
        excess > 0,
        received(observed, asset, before.settings.treasury) == excess,
        after.ledger.holdings.get(asset) == after.ledger.balances.get((asset, before.settings.protocol)),
        after.facilities is before.facilities,
        after.shares is before.shares,
        after.loans is before.loans,
    )


@declare("SKIM-OTHERS", Kind.STEP, ("assets",), (26, 105), calls=(Skim,), every=("asset", "account"))
def skim_touches_no_other(observed: Observed, asset: int, account: int) -> bool:
    """A skim changes nobody's balance or claim but the protocol's and the treasury's, and no other asset."""
    settings = observed.before.settings
    is_party = any_of(account == settings.protocol, account == settings.treasury)
    is_its = all_of(asset == observed.call.asset, is_party)
    is_same = all_of(
        balance_change(observed, asset, account) == 0, claim_change(observed, asset, account) == 0
    )
    return any_of(is_its, is_same)

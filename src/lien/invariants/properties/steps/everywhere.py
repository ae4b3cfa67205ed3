"""Properties of every call: who is debited, whom a token refuses, time and numbers."""

from lien.invariants.properties.base import Kind, Observed, declare
from lien.invariants.properties.observing import balance_change
from lien.protocol.algebra import all_of, any_of, choose, implies
from lien.spec.agreement import Accept, Offer
from lien.spec.application import Apply
from lien.spec.assets import Transfer
from lien.spec.facility import OpenFacility
from lien.spec.identity import AttestIdentity, Freeze, Unfreeze


@declare("DEBIT-AUTHORISED", Kind.STEP, ("assets", "agreement"), (105,), every=("asset", "account"))
def debits_are_authorised(observed: Observed, asset: int, account: int) -> bool:
    """A balance falls only by its owner's call or signature, or because the protocol pays out."""
    context, settings = observed.context, observed.before.settings
    may = any_of(
        account == context.sender, account == settings.protocol, signed_acceptance(observed, account)
    )
    return implies(balance_change(observed, asset, account) < 0, may)


def signed_acceptance(observed: Observed, account: int) -> bool:
    """Return whether the account signed the acceptance that the call hands in."""
    return isinstance(observed.call, Accept) and account == observed.context.signer


@declare("REFUSED-IS-NOT-PAID", Kind.STEP, ("assets",), (112,), every=("asset", "account"))
def refused_payees_receive_nothing(observed: Observed, asset: int, account: int) -> bool:
    """A token never pays whom it refuses."""
    is_refused = observed.before.ledger.refusals.get((asset, account)) == 1
    return implies(
        all_of(is_refused, account != observed.before.settings.protocol),
        balance_change(observed, asset, account) <= 0,
    )


@declare("FROZEN-IS-NOT-PAID", Kind.STEP, ("identity", "assets"), (112,), every=("asset", "account"))
def frozen_accounts_receive_nothing(observed: Observed, asset: int, account: int) -> bool:
    """The protocol never pays a frozen account; a transfer of tokens by their owner is the token's matter."""
    if isinstance(observed.call, Transfer):
        return True
    return implies(
        all_of(observed.before.ledger.frozen.get(account) == 1, account != observed.before.settings.protocol),
        balance_change(observed, asset, account) <= 0,
    )


@declare("FREEZE-NEVER-SPREADS", Kind.STEP, ("identity",), (105,), every=("account",))
def frozen_by_freezing_alone(observed: Observed, account: int) -> bool:
    """An account is frozen and unfrozen by these two calls alone, and only when they name it."""
    change = observed.after.ledger.frozen.get(account) - observed.before.ledger.frozen.get(account)
    if isinstance(observed.call, (Freeze, Unfreeze)) and observed.accepted:
        step = 1 if isinstance(observed.call, Freeze) else -1
        return change == choose(account == observed.call.account, step, 0)
    return change == 0


@declare("TIME-MONOTONE", Kind.STEP, ("assets",), (47,))
def time_never_runs_backward(observed: Observed) -> bool:
    """An accepted call is not older than the one before it, and the state keeps its time."""
    is_later = observed.after.timestamp >= observed.before.timestamp
    return all_of(
        is_later, implies(observed.accepted, observed.after.timestamp == observed.context.timestamp)
    )


@declare("NUMBERS-CONSECUTIVE", Kind.STEP, ("facility", "agreement", "identity"), (107, 94, 101))
def numbers_are_consecutive(observed: Observed) -> bool:
    """Records are numbered one after the other: by their own calls alone.

    An attestation makes an identity where its commitment is new.
    """
    before, after = observed.before, observed.after
    opened = 1 if isinstance(observed.call, OpenFacility) and observed.accepted else 0
    offered = 1 if isinstance(observed.call, Offer) and observed.accepted else 0
    applied = 1 if isinstance(observed.call, Apply) and observed.accepted else 0
    return all_of(
        after.facility_count == before.facility_count + opened,
        after.loan_count == before.loan_count + offered,
        after.application_count == before.application_count + applied,
        identities_are_consecutive(observed),
    )


def identities_are_consecutive(observed: Observed) -> bool:
    """Return whether an identity was numbered exactly where one was made."""
    made = 0
    if isinstance(observed.call, AttestIdentity) and observed.accepted:
        known = observed.before.identity_by_commitment.get(observed.call.commitment)
        made = choose(known == 0, 1, 0)
    return observed.after.identity_count == observed.before.identity_count + made

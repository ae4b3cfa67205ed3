"""Properties of every call: who is debited, whom a token refuses, time and numbers."""

from lien.invariants.properties.base import Kind, Observed, declare
from lien.invariants.properties.observing import balance_change
from lien.protocol.algebra import all_of, any_of, implies
from lien.spec.agreement import Accept, Offer
from lien.spec.facility import OpenFacility


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


@declare("TIME-MONOTONE", Kind.STEP, ("assets",), (47,))
def time_never_runs_backward(observed: Observed) -> bool:
    """An accepted call is not older than the one before it, and the state keeps its time."""
    is_later = observed.after.timestamp >= observed.before.timestamp
    return all_of(
        is_later, implies(observed.accepted, observed.after.timestamp == observed.context.timestamp)
    )


@declare("NUMBERS-CONSECUTIVE", Kind.STEP, ("facility", "agreement"), (107, 94))
def numbers_are_consecutive(observed: Observed) -> bool:
    """Facilities and loans are numbered one after the other, by their own calls alone."""
    before, after = observed.before, observed.after
    opened = 1 if isinstance(observed.call, OpenFacility) and observed.accepted else 0
    offered = 1 if isinstance(observed.call, Offer) and observed.accepted else 0
    return all_of(
        after.facility_count == before.facility_count + opened,
        after.loan_count == before.loan_count + offered,
    )

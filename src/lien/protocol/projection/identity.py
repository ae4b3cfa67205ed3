"""Chapter 2: identity and compliance (`lien.spec.identity`)."""

from dataclasses import replace
from typing import Any

from lien.protocol.state import Identity, State
from lien.spec.identity import AccountFrozen, AccountUnfrozen, IdentityAttested, IdentityRevoked


def identity_attested(state: State, event: IdentityAttested, _: int) -> State:
    """Keep what was attested; what is known of the identity's loans stays."""
    number = event.identity
    attested: dict[str, Any] = {
        "commitment": event.commitment,
        "account": event.account,
        "jurisdiction": event.jurisdiction,
        "tier": event.tier,
        "expiry": event.expiry,
    }
    if state.identities.contains(number):
        identity = replace(state.identities.get(number), **attested)
    else:
        identity = Identity(**attested)
    return replace(
        state,
        identity_count=max(state.identity_count, number),
        identities=state.identities.set(number, identity),
        identity_of=state.identity_of.set(event.account, number),
        identity_by_commitment=state.identity_by_commitment.set(event.commitment, number),
    )


def identity_revoked(state: State, event: IdentityRevoked, _: int) -> State:
    """Take the identity from the account."""
    identity = replace(state.identities.get(event.identity), account=0)
    return replace(
        state,
        identities=state.identities.set(event.identity, identity),
        identity_of=state.identity_of.set(event.account, 0),
    )


def account_frozen(state: State, event: AccountFrozen, _: int) -> State:
    """Freeze the account."""
    return with_freeze(state, event.account, 1)


def account_unfrozen(state: State, event: AccountUnfrozen, _: int) -> State:
    """Thaw the account."""
    return with_freeze(state, event.account, 0)


def with_freeze(state: State, account: int, is_frozen: int) -> State:
    """Return the state in which an account is frozen or is not."""
    ledger = replace(state.ledger, frozen=state.ledger.frozen.set(account, is_frozen))
    return replace(state, ledger=ledger)

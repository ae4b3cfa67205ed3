"""Decide who may draw: who has an identity that holds, of an accepted jurisdiction, and is not frozen."""

from lien.protocol.algebra import all_of
from lien.protocol.rejection import require
from lien.protocol.state import State
from lien.spec.reasons import Reason


def has_identity(state: State, account: int) -> bool:
    """Return whether an identity belongs to the account, expired or not."""
    return state.identity_of.get(account) != 0


def is_identity_current(state: State, account: int, now: int) -> bool:
    """Return whether the account's identity has not expired at a second."""
    return state.identities.field(state.identity_of.get(account), "expiry") > now


def is_jurisdiction_allowed(state: State, account: int) -> bool:
    """Return whether borrowers of the jurisdiction of the account's identity are accepted."""
    jurisdiction = state.identities.field(state.identity_of.get(account), "jurisdiction")
    return state.jurisdictions.get(jurisdiction) == 1


def is_eligible(state: State, account: int, now: int) -> bool:
    """Return whether the account may draw at a second, without forking a path (IDENTITY-7)."""
    return all_of(
        has_identity(state, account),
        is_identity_current(state, account, now),
        is_jurisdiction_allowed(state, account),
        state.ledger.frozen.get(account) == 0,
    )


def require_eligible(state: State, account: int, now: int) -> None:
    """Reject whoever may not draw (IDENTITY-7).

    Raises: IDENTITY_MISSING, IDENTITY_EXPIRED, JURISDICTION_NOT_ALLOWED, ACCOUNT_FROZEN.
    """
    require(has_identity(state, account), Reason.IDENTITY_MISSING)
    require(is_identity_current(state, account, now), Reason.IDENTITY_EXPIRED)
    require(is_jurisdiction_allowed(state, account), Reason.JURISDICTION_NOT_ALLOWED)
    require(state.ledger.frozen.get(account) == 0, Reason.ACCOUNT_FROZEN)

"""Chapter 2: identity and compliance (`lien.spec.identity`)."""

from dataclasses import replace

from lien.protocol.algebra import any_of
from lien.protocol.rejection import require
from lien.protocol.state import Context, Identity, State
from lien.protocol.transitions.step import Step
from lien.spec.identity import (
    AccountFrozen,
    AccountUnfrozen,
    AttestIdentity,
    Freeze,
    IdentityAttested,
    IdentityRevoked,
    RevokeIdentity,
    Unfreeze,
)
from lien.spec.reasons import Reason
from lien.spec.types import Role
from lien.spec.units import MAXIMUM_NUMBER


def attest_identity(state: State, call: AttestIdentity, context: Context) -> Step:
    """Attest, renew or move an identity (IDENTITY-1 to -4, IDENTITY-6)."""
    require(state.roles.get((Role.ATTESTOR, context.sender)) == 1, Reason.NOT_ATTESTOR)
    require(call.account != context.sender, Reason.OWN_ACCOUNT)
    require(call.account != state.settings.protocol, Reason.ACCOUNT_IS_PROTOCOL)
    require(call.commitment != 0, Reason.COMMITMENT_MISSING)
    require(call.expiry > context.timestamp, Reason.EXPIRY_NOT_AHEAD)
    known, owned = state.identity_by_commitment.get(call.commitment), state.identity_of.get(call.account)
    require(any_of(owned == 0, owned == known), Reason.ACCOUNT_TAKEN)
    holder = state.identities.field(known, "account")
    require(any_of(holder == 0, holder == call.account), Reason.COMMITMENT_TAKEN)
    is_new = known == 0
    if is_new:
        require(state.identity_count < MAXIMUM_NUMBER, Reason.TOO_MANY_IDENTITIES)
        number, count = state.identity_count + 1, state.identity_count + 1
        identity = Identity(call.commitment, call.account, call.jurisdiction, call.tier, call.expiry)
    else:
        number, count = known, state.identity_count
        identity = replace(
            state.identities.get(known),
            account=call.account,
            jurisdiction=call.jurisdiction,
            tier=call.tier,
            expiry=call.expiry,
        )

    after = replace(
        state,
        identity_count=count,
        identities=state.identities.set(number, identity),
        identity_of=state.identity_of.set(call.account, number),
        identity_by_commitment=state.identity_by_commitment.set(call.commitment, number),
    )
    event = IdentityAttested(
        identity=number,
        account=call.account,
        commitment=call.commitment,
        jurisdiction=call.jurisdiction,
        tier=call.tier,
        expiry=call.expiry,
        attestor=context.sender,
    )
    return Step(after, (event,))


def revoke_identity(state: State, call: RevokeIdentity, context: Context) -> Step:
    """Take the identity from an account, and nothing from the record (IDENTITY-1, IDENTITY-4)."""
    require(state.roles.get((Role.ATTESTOR, context.sender)) == 1, Reason.NOT_ATTESTOR)
    require(call.account != context.sender, Reason.OWN_ACCOUNT)
    number = state.identity_of.get(call.account)
    require(number != 0, Reason.IDENTITY_MISSING)

    revoked = replace(state.identities.get(number), account=0)
    after = replace(
        state,
        identities=state.identities.set(number, revoked),
        identity_of=state.identity_of.set(call.account, 0),
    )
    return Step(after, (IdentityRevoked(number, call.account, context.sender),))


def freeze(state: State, call: Freeze, context: Context) -> Step:
    """Let what is owed to an account wait (IDENTITY-1, IDENTITY-5, IDENTITY-6)."""
    require(may_freeze(state, context.sender), Reason.MAY_NOT_FREEZE)
    require(call.account != context.sender, Reason.OWN_ACCOUNT)
    require(call.account != state.settings.protocol, Reason.ACCOUNT_IS_PROTOCOL)
    require(state.ledger.frozen.get(call.account) == 0, Reason.ACCOUNT_FROZEN)
    ledger = replace(state.ledger, frozen=state.ledger.frozen.set(call.account, 1))
    return Step(replace(state, ledger=ledger), (AccountFrozen(call.account, context.sender),))


def unfreeze(state: State, call: Unfreeze, context: Context) -> Step:
    """Let an account be paid again (IDENTITY-1, IDENTITY-5)."""
    require(may_freeze(state, context.sender), Reason.MAY_NOT_FREEZE)
    require(call.account != context.sender, Reason.OWN_ACCOUNT)
    require(state.ledger.frozen.get(call.account) == 1, Reason.ACCOUNT_NOT_FROZEN)
    ledger = replace(state.ledger, frozen=state.ledger.frozen.set(call.account, 0))
    return Step(replace(state, ledger=ledger), (AccountUnfrozen(call.account, context.sender),))


def may_freeze(state: State, sender: int) -> bool:
    """Return whether the sender is an attestor or a member of the council."""
    return any_of(state.roles.get((Role.ATTESTOR, sender)) == 1, state.council.get(sender) == 1)

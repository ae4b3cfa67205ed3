"""When exactly the calls of attestors and of those who freeze are rejected."""

from lien.invariants.properties.base import Observed
from lien.invariants.properties.rejections.table import Conditions, rejects
from lien.protocol.algebra import all_of
from lien.spec.identity import AttestIdentity, Freeze, RevokeIdentity, Unfreeze
from lien.spec.reasons import Reason
from lien.spec.types import Role
from lien.spec.units import MAXIMUM_NUMBER


def is_no_attestor(observed: Observed) -> bool:
    """Return whether the sender is not entrusted with attesting."""
    return observed.before.roles.get((Role.ATTESTOR, observed.context.sender)) == 0


def is_own(observed: Observed) -> bool:
    """Return whether the sender acts on themself."""
    subject: int = observed.call.account
    return subject == observed.context.sender


def is_no_officer(observed: Observed) -> bool:
    """Return whether the sender is neither an attestor nor in the council."""
    return all_of(is_no_attestor(observed), observed.before.council.get(observed.context.sender) == 0)


@rejects(AttestIdentity)
def of_attest_identity(observed: Observed) -> Conditions:
    """Yield the conditions of an attestation."""
    call, before = observed.call, observed.before
    yield Reason.NOT_ATTESTOR, is_no_attestor(observed)
    yield Reason.OWN_ACCOUNT, is_own(observed)
    yield Reason.ACCOUNT_IS_PROTOCOL, call.account == before.settings.protocol
    yield Reason.COMMITMENT_MISSING, call.commitment == 0
    yield Reason.EXPIRY_NOT_AHEAD, call.expiry <= observed.context.timestamp
    owned = before.identity_of.get(call.account)
    known = before.identity_by_commitment.get(call.commitment)
    yield Reason.ACCOUNT_TAKEN, all_of(owned != 0, owned != known)
    holder = before.identities.field(known, "account")
    yield Reason.COMMITMENT_TAKEN, all_of(known != 0, holder != 0, holder != call.account)
    yield Reason.TOO_MANY_IDENTITIES, all_of(known == 0, before.identity_count >= MAXIMUM_NUMBER)


@rejects(RevokeIdentity)
def of_revoke_identity(observed: Observed) -> Conditions:
    """Yield the conditions of a revocation."""
    yield Reason.NOT_ATTESTOR, is_no_attestor(observed)
    yield Reason.OWN_ACCOUNT, is_own(observed)
    yield Reason.IDENTITY_MISSING, observed.before.identity_of.get(observed.call.account) == 0


@rejects(Freeze)
def of_freeze(observed: Observed) -> Conditions:
    """Yield the conditions of a freeze."""
    call, before = observed.call, observed.before
    yield Reason.MAY_NOT_FREEZE, is_no_officer(observed)
    yield Reason.OWN_ACCOUNT, is_own(observed)
    yield Reason.ACCOUNT_IS_PROTOCOL, call.account == before.settings.protocol
    yield Reason.ACCOUNT_FROZEN, before.ledger.frozen.get(call.account) == 1


@rejects(Unfreeze)
def of_unfreeze(observed: Observed) -> Conditions:
    """Yield the conditions of lifting a freeze."""
    yield Reason.MAY_NOT_FREEZE, is_no_officer(observed)
    yield Reason.OWN_ACCOUNT, is_own(observed)
    yield Reason.ACCOUNT_NOT_FROZEN, observed.before.ledger.frozen.get(observed.call.account) == 0

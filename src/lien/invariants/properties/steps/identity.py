"""What attesting, revoking and freezing do."""

from lien.invariants.properties.base import Kind, Observed, declare
from lien.protocol.algebra import all_of, any_of
from lien.protocol.state import Identity
from lien.spec.identity import AttestIdentity, Freeze, RevokeIdentity, Unfreeze
from lien.spec.types import Role

ON_AN_ACCOUNT = (AttestIdentity, RevokeIdentity, Freeze, Unfreeze)
NOBODY = Identity(commitment=0, account=0, jurisdiction=1, tier=0, expiry=0)  # without a record


@declare("IDENTITY-AUTHORISED", Kind.STEP, ("identity",), (104, 105), calls=ON_AN_ACCOUNT)
def identity_needs_an_office(observed: Observed) -> bool:
    """Only attestors attest and revoke; they and the council freeze and unfreeze; nobody acts on themself."""
    if not observed.accepted:
        return True
    before, sender = observed.before, observed.context.sender
    is_attestor = before.roles.get((Role.ATTESTOR, sender)) == 1
    may = is_attestor
    if isinstance(observed.call, (Freeze, Unfreeze)):
        may = any_of(is_attestor, before.council.get(sender) == 1)
    return all_of(may, observed.call.account != sender)


def identity_of_call(observed: Observed) -> int:
    """Return the number of the identity that an accepted attestation or revocation is about."""
    if isinstance(observed.call, AttestIdentity):
        return observed.after.identity_by_commitment.get(observed.call.commitment)
    return observed.before.identity_of.get(observed.call.account)


@declare("ATTEST-EXACT", Kind.STEP, ("identity",), (107,), calls=(AttestIdentity,))
def attestation_is_exact(observed: Observed) -> bool:
    """An attestation says of the account exactly what it names, until a time that has not come."""
    if not observed.accepted:
        return True
    call, number = observed.call, identity_of_call(observed)
    identity = observed.after.identities.get(number)
    return all_of(
        identity.commitment == call.commitment,
        identity.account == call.account,
        identity.jurisdiction == call.jurisdiction,
        identity.tier == call.tier,
        identity.expiry == call.expiry,
        identity.expiry > observed.context.timestamp,
        observed.after.identity_of.get(call.account) == number,
    )


@declare("ATTEST-TAKES-NOTHING", Kind.STEP, ("identity",), (105,), every=("account", "commitment"))
def attestation_takes_nothing_from_others(observed: Observed, account: int, commitment: int) -> bool:
    """An account's identity changes only by a call that names the account, and a commitment keeps its own."""
    before, after = observed.before, observed.after
    is_same = after.identity_of.get(account) == before.identity_of.get(account)
    known = before.identity_by_commitment.get(commitment)
    if isinstance(observed.call, (AttestIdentity, RevokeIdentity)) and observed.accepted:
        is_same = any_of(is_same, account == observed.call.account)
    return all_of(is_same, any_of(known == 0, after.identity_by_commitment.get(commitment) == known))


@declare("RECORD-KEPT", Kind.STEP, ("identity", "credit"), (107,), calls=(AttestIdentity, RevokeIdentity))
def credit_record_is_kept(observed: Observed) -> bool:
    """Neither attesting nor revoking changes anything of a credit record; a new identity has none."""
    if not observed.accepted:
        return True
    number = identity_of_call(observed)
    after = observed.after.identities.get(number)
    if observed.after.identity_count is not observed.before.identity_count:
        return has_same_record(NOBODY, after)
    before = observed.before.identities.get(number)
    return all_of(before.commitment == after.commitment, has_same_record(before, after))


def has_same_record(first: Identity, second: Identity) -> bool:
    """Return whether two identities have the same credit record."""
    return all_of(
        first.settled_on_time == second.settled_on_time,
        first.settled_late == second.settled_late,
        first.defaulted == second.defaulted,
        first.repaid_volume == second.repaid_volume,
        *(one == other for one, other in zip(first.live_loans, second.live_loans, strict=True)),
    )


@declare("REVOKE-EXACT", Kind.STEP, ("identity",), (107,), calls=(RevokeIdentity,))
def revocation_is_exact(observed: Observed) -> bool:
    """A revocation takes the identity from the account, and keeps all else that was attested."""
    if not observed.accepted:
        return True
    number = identity_of_call(observed)
    old, new = observed.before.identities.get(number), observed.after.identities.get(number)
    return all_of(
        old.account == observed.call.account,
        new.account == 0,
        observed.after.identity_of.get(observed.call.account) == 0,
        new.commitment == old.commitment,
        new.jurisdiction == old.jurisdiction,
        new.tier == old.tier,
        new.expiry == old.expiry,
    )


@declare("FREEZE-MOVES-NOTHING", Kind.STEP, ("identity",), (111,), calls=(Freeze, Unfreeze))
def freezing_moves_nothing(observed: Observed) -> bool:
    """Freezing and unfreezing change nothing but whether the account is frozen: no balance, claim or loan."""
    before, after = observed.before, observed.after
    return all_of(
        after.ledger.balances is before.ledger.balances,
        after.ledger.claims is before.ledger.claims,
        after.ledger.holdings is before.ledger.holdings,
        after.loans is before.loans,
        after.facilities is before.facilities,
        after.identities is before.identities,
    )

"""Chapter 2: identity and compliance.

An attestor says of an account that a person stands behind it: a commitment to what was checked, the
jurisdiction, how thoroughly it was checked, and until when this holds. No personal data is in the state,
ever: the commitment is a hash that tells nothing to whoever does not know what it hides.

A commitment names one identity for good, and with it the credit record of a person. It belongs to one account
at a time: it goes to another only after it was revoked, and then takes the record along, so that a new
account does not wipe it. An attestation is a fact; which jurisdictions are accepted is policy, asked of
whoever draws.

An account that is frozen can pay, and cannot draw: what the protocol owes it waits as a claim.

Requirements:

- IDENTITY-1: only an attestor attests and revokes; an attestor or a member of the council freezes and
  unfreezes; nobody does any of it to their own account.
- IDENTITY-2: one commitment belongs to one account at a time, and one account has one commitment at most.
- IDENTITY-3: an identity is never attested until a time that has come, nor with a commitment of zero.
- IDENTITY-4: neither attesting nor revoking changes anything of the credit record.
- IDENTITY-5: freezing turns payments into claims and does nothing else; a freeze never delays a settlement.
- IDENTITY-6: the protocol's own account has no identity and is never frozen.
- IDENTITY-7: whoever draws needs an identity that has not expired, of an accepted jurisdiction, and is not
  frozen.

Trust: what an attestor says is believed. A malicious one can admit whom they like, give a person two
commitments, and revoke or freeze anyone: nobody loses funds by that, but claims wait and new loans are
refused until it is undone. An attestor never speaks of themself; two who collude can speak of each other.
"""

from dataclasses import dataclass

from lien.spec.call import Call, Event
from lien.spec.reasons import Reason
from lien.spec.types import Account, Commitment, IdentityId, Jurisdiction, Tier, Timestamp


@dataclass(frozen=True, slots=True)
class IdentityAttested(Event):
    """Tell what an attestor said of an account."""

    identity: IdentityId
    account: Account
    commitment: Commitment
    jurisdiction: Jurisdiction
    tier: Tier
    expiry: Timestamp
    attestor: Account


@dataclass(frozen=True, slots=True)
class IdentityRevoked(Event):
    """Tell that an identity no longer belongs to an account."""

    identity: IdentityId
    account: Account
    attestor: Account


@dataclass(frozen=True, slots=True)
class AccountFrozen(Event):
    """Tell that what is owed to an account waits."""

    account: Account
    officer: Account


@dataclass(frozen=True, slots=True)
class AccountUnfrozen(Event):
    """Tell that an account is paid again, and can claim what has waited."""

    account: Account
    officer: Account


class AttestIdentity(Call):
    """Attest a new identity, renew one, or give one that was revoked to another account."""

    chapter = "identity"
    sender = "an attestor"
    reasons = (
        Reason.NOT_ATTESTOR,
        Reason.OWN_ACCOUNT,
        Reason.ACCOUNT_IS_PROTOCOL,
        Reason.COMMITMENT_MISSING,
        Reason.EXPIRY_NOT_AHEAD,
        Reason.ACCOUNT_TAKEN,
        Reason.COMMITMENT_TAKEN,
        Reason.TOO_MANY_IDENTITIES,
    )
    events = (IdentityAttested,)

    account: Account
    commitment: Commitment
    jurisdiction: Jurisdiction
    tier: Tier
    expiry: Timestamp  # the first second at which it no longer holds


class RevokeIdentity(Call):
    """Take the identity from an account; the record stays with the commitment."""

    chapter = "identity"
    sender = "an attestor"
    reasons = (Reason.NOT_ATTESTOR, Reason.OWN_ACCOUNT, Reason.IDENTITY_MISSING)
    events = (IdentityRevoked,)

    account: Account


class Freeze(Call):
    """Let what the protocol owes an account wait."""

    chapter = "identity"
    sender = "an attestor or a member of the council"
    reasons = (
        Reason.MAY_NOT_FREEZE,
        Reason.OWN_ACCOUNT,
        Reason.ACCOUNT_IS_PROTOCOL,
        Reason.ACCOUNT_FROZEN,
    )
    events = (AccountFrozen,)

    account: Account


class Unfreeze(Call):
    """Let an account be paid again."""

    chapter = "identity"
    sender = "an attestor or a member of the council"
    reasons = (Reason.MAY_NOT_FREEZE, Reason.OWN_ACCOUNT, Reason.ACCOUNT_NOT_FROZEN)
    events = (AccountUnfrozen,)

    account: Account

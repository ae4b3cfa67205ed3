"""Chapter 0: assets.

Tokens are plain: a transfer moves exactly its amount, there is no callback, no fee on transfer and no
rebasing. A token may refuse to pay an account. The only source of tokens is genesis.

What the protocol records as its cash, collateral and claims is its own figure, never its token balance, so
that whoever sends it tokens changes nothing but that balance.

Requirements:

- ASSETS-1: a transfer moves exactly its amount; no third account is affected.
- ASSETS-2: the supply of each asset never changes.
- ASSETS-3: the protocol holds at least what it records for others.
- ASSETS-4: a donation to the protocol changes no recorded figure.
- ASSETS-5: what a token refuses to deliver, and what is owed to a frozen account, becomes claimable; a claim
  is paid exactly once, never to the protocol itself, and waits while its owner or the recipient is frozen.
- ASSETS-6: an event tells of each claim that arises, and of each that is paid.
- ASSETS-7: what the protocol holds above its recorded figures goes to the treasury, when anyone asks for it.

Trust: a token may refuse any payee, and whoever may freeze can freeze any; all that this can do is to turn a
payment into a claim. Transfers are the token's own matter, which no freeze touches.
"""

from dataclasses import dataclass
from typing import ClassVar

from lien.spec.call import Call, Event
from lien.spec.reasons import Reason
from lien.spec.types import Account, Amount, Asset


@dataclass(frozen=True, slots=True)
class Transferred(Event):
    """Tell that a token moved an amount; logged by the token."""

    asset: Asset
    payer: Account
    payee: Account
    amount: Amount


@dataclass(frozen=True, slots=True)
class ClaimRecorded(Event):
    """Tell that a refused or frozen payee can now claim the amount; precedes the call's own events."""

    asset: Asset
    claimant: Account
    amount: Amount


@dataclass(frozen=True, slots=True)
class Claimed(Event):
    """Tell that a claim was paid out."""

    asset: Asset
    claimant: Account
    recipient: Account
    amount: Amount


@dataclass(frozen=True, slots=True)
class Skimmed(Event):
    """Tell that what was held above the recorded figures went to the treasury."""

    asset: Asset
    amount: Amount


class Transfer(Call):
    """Move the sender's tokens to any account, the protocol included: then it is a donation."""

    chapter = "assets"
    sender = "anyone"
    reasons = (Reason.UNKNOWN_ASSET, Reason.PAYEE_REFUSED, Reason.INSUFFICIENT_BALANCE)
    events: ClassVar[tuple[type[Event], ...]] = ()

    asset: Asset
    recipient: Account
    amount: Amount


class Claim(Call):
    """Pay out all that the sender can claim of an asset, to another account than the protocol's."""

    chapter = "assets"
    sender = "anyone"
    reasons = (
        Reason.NOTHING_TO_CLAIM,
        Reason.RECIPIENT_IS_PROTOCOL,
        Reason.ACCOUNT_FROZEN,
        Reason.PAYEE_REFUSED,
    )
    events = (Claimed,)

    asset: Asset
    recipient: Account


class Skim(Call):
    """Send the treasury what the protocol holds of an asset above its recorded figures."""

    chapter = "assets"
    sender = "anyone"
    reasons = (Reason.UNKNOWN_ASSET, Reason.NOTHING_TO_SKIM)
    events = (ClaimRecorded, Skimmed)

    asset: Asset

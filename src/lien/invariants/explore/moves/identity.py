"""Propose attestations, revocations and freezes."""

from lien.invariants.explore.maps import entries_of
from lien.invariants.explore.moves.numbers import mostly, once_in, up_to, wild
from lien.invariants.explore.moves.proposal import Outlook, Proposal
from lien.invariants.explore.moves.scene import Scene, named_account
from lien.protocol.genesis import ACTORS, ATTESTOR, COUNCIL, GERMANY, REVIEWERS, SWITZERLAND
from lien.spec.call import Call
from lien.spec.identity import AttestIdentity, Freeze, RevokeIdentity, Unfreeze
from lien.spec.types import Commitment, Jurisdiction, LoanStatus, Tier
from lien.spec.units import MAXIMUM_TIMESTAMP, SECONDS_PER_DAY

FRANCE = 250  # which no default genesis accepts
FEW = 3  # identities, below which attestations are urgent


def attestor(scene: Scene) -> int:
    """Return the attestor's account, rarely another."""
    return scene.anyone() if once_in(scene.dice, 20) else named_account(ATTESTOR)


def officer(scene: Scene) -> int:
    """Return an account that may freeze, rarely another."""
    name = scene.dice.choice((ATTESTOR, *COUNCIL))
    return scene.anyone() if once_in(scene.dice, 20) else named_account(name)


def subject(scene: Scene, sender: int) -> int:
    """Return an account to act on, often one that is about to borrow, rarely the sender's own."""
    loans = scene.state.loans.items()
    borrowers = [loan.borrower for _, loan in loans if loan.status < LoanStatus.CANCELLED]
    if borrowers and once_in(scene.dice, 2):
        return scene.dice.choice(borrowers)
    return sender if once_in(scene.dice, 8) else scene.anyone()


def propose_attest_identity(scene: Scene) -> tuple[Call, int]:
    """Propose to attest an account: with a commitment of its own, or with another's."""
    dice, sender = scene.dice, attestor(scene)
    actors = [named_account(name) for name in (*ACTORS, *REVIEWERS)]
    account = subject(scene, sender) if once_in(dice, 3) else dice.choice(actors)
    own = actors.index(account) + 1 if account in actors else dice.randint(1, 20)
    ahead = scene.now + mostly(dice, 400, 30) * SECONDS_PER_DAY
    expiry = mostly(dice, ahead, MAXIMUM_TIMESTAMP, scene.now + 1, scene.now)
    call = AttestIdentity(
        account=account,
        commitment=mostly(dice, own, up_to(dice, 20), wild(dice, Commitment)),
        jurisdiction=mostly(dice, dice.choice((SWITZERLAND, GERMANY)), FRANCE, wild(dice, Jurisdiction)),
        tier=mostly(dice, 2, 0, wild(dice, Tier)),
        expiry=min(expiry, MAXIMUM_TIMESTAMP),
    )
    return call, sender


def propose_revoke_identity(scene: Scene) -> tuple[Call, int]:
    """Propose to revoke an identity, mostly one that an account has."""
    sender = attestor(scene)
    owners: list[int] = [key[0] for key, _ in entries_of(scene.state, "identity_of")]
    is_usual = owners and not once_in(scene.dice, 4)
    return RevokeIdentity(account=scene.dice.choice(owners) if is_usual else subject(scene, sender)), sender


def propose_freeze(scene: Scene) -> tuple[Call, int]:
    """Propose to freeze an account."""
    sender = officer(scene)
    return Freeze(account=subject(scene, sender)), sender


def propose_unfreeze(scene: Scene) -> tuple[Call, int]:
    """Propose to unfreeze an account, mostly one that is frozen."""
    sender = officer(scene)
    frozen: list[int] = [key[0] for key, _ in entries_of(scene.state, "frozen")]
    is_usual = frozen and not once_in(scene.dice, 8)
    return Unfreeze(account=scene.dice.choice(frozen) if is_usual else subject(scene, sender)), sender


def weigh_attestation(outlook: Outlook) -> int:
    """Propose attestations until a few accounts have one, and now and then a renewal."""
    attested = sum(1 for _ in outlook.scene.state.identity_of.items())
    return 40 if attested < FEW else 4


def weigh_unfreezing(outlook: Outlook) -> int:
    """Propose to unfreeze while an account is frozen, so that most are paid."""
    return 8 if any(outlook.scene.state.ledger.frozen.items()) else 1


PROPOSALS: dict[str, Proposal] = {
    "attest_identity": Proposal(propose_attest_identity, weigh_attestation),
    "revoke_identity": Proposal(propose_revoke_identity, lambda _: 1),
    "freeze": Proposal(propose_freeze, lambda _: 2),
    "unfreeze": Proposal(propose_unfreeze, weigh_unfreezing),
}

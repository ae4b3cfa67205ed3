"""Tell what stands between an application and a loan: a pause, a doubtful borrower, a default elsewhere."""

from __future__ import annotations

from typing import Any

from lien.protocol.genesis import GERMANY, SWITZERLAND
from lien.spec.application import Review
from lien.spec.call import Call
from lien.spec.facility import WindDown
from lien.spec.genesis import account_of
from lien.spec.governance import Pause
from lien.spec.identity import AttestIdentity, Freeze, RevokeIdentity, Unfreeze
from lien.spec.types import CycleUnit, RepaymentKind, Scope
from lien.spec.units import SECONDS_PER_DAY
from lien.vectors.stories.applications import EXPIRY, TIER, application_for, approved, attestation, attested
from lien.vectors.stories.loans import Parties, accepted, agreed, offered
from lien.vectors.stories.terms import WINDOW_START, day, terms_of
from lien.vectors.story import NOON, Scene, follow
from lien.vectors.world import ATTESTOR, GUARDIAN, LOW_RATE, OF_THREE_VOTES, REVIEWER

DATES: dict[str, Any] = {"periods": 3, "first_due_day": WINDOW_START + 30}
DAILY: dict[str, Any] = {
    "cycle_unit": CycleUnit.DAY,
    "cycle_length": 30,
    "maturity_day": WINDOW_START + 20_000,
    "rate": LOW_RATE,
    "collateral_amount": 0,
}
MONTHLY: dict[str, Any] = {
    "cycle_unit": CycleUnit.MONTH,
    "cycle_length": 1,
    "maturity_day": WINDOW_START + 91,
}
BORROWER = account_of("borrower")
LAPSES = WINDOW_START * SECONDS_PER_DAY + NOON
OTHER_COMMITMENT = 99
SECOND_APPLICATION = day(2027, 12, 28)
SECOND_WINDOW = day(2028, 1, 8)  # begins before the first loan is in default, and ends after


def doubtful_scenes(planted: list[Scene]) -> list[Scene]:
    """Return all of them, after scenes that are planted already."""
    known = {scene.name: scene for scene in planted}
    return [
        *applications(known["attested-borrower"]),
        *attested(known["funded"], "servicer", "servicer"),
        *votes(known["attested-borrower"]),
        *pauses(known),
        *doubts(known["attested-borrower"], "known"),
        *doubts(known["offered-balloon"], "offered"),
        *doubts(known["agreed-balloon"], "agreed"),
        *frozen(known["active-strict"]),
        *twice(known["active-balloon"]),
    ]


def applications(root: Scene) -> list[Scene]:
    """Return applications for loans that are offered: long ones at a low rate, and monthly ones."""
    low = terms_of(RepaymentKind.BULLET, **DATES, **DAILY)
    monthly = terms_of(RepaymentKind.ANNUITY, **DATES, **MONTHLY)
    found = [*approved(root, "low", low, "borrower"), *approved(root, "monthly", monthly, "borrower")]
    return [*found, follow(found[-1], "approved-winding-down", WindDown(facility=1), "servicer")]


def votes(root: Scene) -> list[Scene]:
    """Return an application of the reviewer, and one that needs three votes and has one."""
    own = follow(root, "attested-reviewer", attestation(REVIEWER), ATTESTOR)
    terms = terms_of(RepaymentKind.ANNUITY)
    call = application_for(root.state, 1, terms).model_copy(update={"product": OF_THREE_VOTES})
    applied = follow(root, "applied-votes", call, "borrower")
    vote = Review(application=1, approves=1, rating=60)
    return [
        own,
        follow(own, "applied-reviewer", call, REVIEWER),
        applied,
        follow(applied, "voted-votes", vote, REVIEWER),
    ]


def pauses(known: dict[str, Scene]) -> list[Scene]:
    """Return pauses of origination and of deposits."""
    origination, deposits = Pause(scope=Scope.ORIGINATION), Pause(scope=Scope.DEPOSITS)
    roots = ("attested-borrower", "approved-balloon", "offered-balloon", "accepted-balloon", "agreed-balloon")
    found = [follow(known[name], f"paused-{name}", origination, GUARDIAN) for name in roots]
    return [*found, follow(known["funded"], "paused-funded", deposits, GUARDIAN)]


def doubts(root: Scene, name: str) -> list[Scene]:
    """Return what makes a borrower doubtful: an identity that lapses, moves or ends, and a freeze."""
    revoke = RevokeIdentity(account=BORROWER)
    revoked = follow(root, f"revoked-{name}", revoke, ATTESTOR)
    other = AttestIdentity(
        account=BORROWER, commitment=OTHER_COMMITMENT, jurisdiction=SWITZERLAND, tier=TIER, expiry=EXPIRY
    )
    calls: dict[str, Call] = {
        "lapsing": attestation("borrower", expiry=LAPSES),
        "untiered": attestation("borrower", tier=0),
        "moved": attestation("borrower", jurisdiction=GERMANY),
        "frozen": Freeze(account=BORROWER),
    }
    found = [follow(root, f"{label}-{name}", call, ATTESTOR) for label, call in calls.items()]
    return [*found, revoked, follow(revoked, f"other-{name}", other, ATTESTOR)]


def frozen(active: Scene) -> list[Scene]:
    """Return a freeze of who has something to claim, and its end."""
    begun = follow(active, "frozen-strict", Freeze(account=BORROWER), ATTESTOR)
    return [begun, follow(begun, "unfrozen-strict", Unfreeze(account=BORROWER), ATTESTOR)]


def twice(active: Scene) -> list[Scene]:
    """Return a second loan of a borrower whose first comes to default before it is disbursed."""
    terms = terms_of(
        RepaymentKind.BULLET,
        collateral_amount=0,
        window_start_day=SECOND_WINDOW,
        first_due_day=SECOND_WINDOW + 60,
        maturity_day=SECOND_WINDOW + 60,
    )
    name, parties = "twice", Parties()
    scenes = approved(active, name, terms, parties.borrower, day=SECOND_APPLICATION)
    offer = offered(scenes[-1], name, terms, parties)
    acceptance = accepted(offer, name, parties)
    return [*scenes, offer, acceptance, agreed(acceptance, name, parties)]

"""Tell what lenders and servicers do beside loans: queue, put cover in and take it out, wind down."""

from __future__ import annotations

from lien.protocol.genesis import DOLLAR
from lien.spec.assets import Transfer
from lien.spec.facility import (
    AdvanceBook,
    AnnounceCoverWithdrawal,
    CancelRedemption,
    Deposit,
    DepositCover,
    OpenFacility,
    ProcessRedemption,
    RequestRedemption,
    WindDown,
)
from lien.spec.genesis import account_of
from lien.spec.units import DAYS_OF_AN_ADVANCE, REDEMPTION_LOCK_DAYS, VIRTUAL_SHARES
from lien.vectors.stories.terms import START
from lien.vectors.story import Scene, follow
from lien.vectors.world import STRICT_DOLLAR, world

UNLOCKED = START + REDEMPTION_LOCK_DAYS
SOME_SHARES, SOME_DOLLARS = 10**14, 100 * 10**6
DUST = VIRTUAL_SHARES // 2
COVER = 50 * 10**6


def lender_scenes(planted: list[Scene]) -> list[Scene]:
    """Return all of them, after scenes that are planted already."""
    known = {scene.name: scene for scene in planted}
    return [
        *donations(known["genesis"]),
        *queues(known["funded"]),
        *short_queue(known["active-bullet"]),
        *refused_queue(known["funded-strict"]),
        *covers(known),
        *advances(known["active-annuity"]),
        *endings(known["genesis"], known["funded"], known["agreed-balloon"]),
    ]


def request(root: Scene, name: str, shares: int, by: str = "lender", day: int | None = None) -> Scene:
    """Return the scene of a request in the first facility."""
    return follow(root, name, RequestRedemption(facility=1, shares=shares), by, day)


def donations(genesis: Scene) -> list[Scene]:
    """Return gifts to the protocol, in a plain token and in one that refuses the treasury."""
    return [
        follow(genesis, f"donated-{name}", gift(asset), "stranger", START)
        for name, asset in (("dollar", DOLLAR), ("strict", STRICT_DOLLAR))
    ]


def gift(asset: int) -> Transfer:
    """Return a donation."""
    return Transfer(asset=asset, recipient=world().protocol, amount=COVER // 2)


def queues(funded: Scene) -> list[Scene]:
    """Return a request that waits, one that was taken back, and one of dust."""
    queued = request(funded, "queued", SOME_SHARES, day=UNLOCKED)
    cancelled = follow(queued, "queued-cancelled", CancelRedemption(facility=1, position=1), "lender")
    return [queued, cancelled, request(funded, "queued-dust", DUST, day=UNLOCKED)]


def short_queue(active: Scene) -> list[Scene]:
    """Return a request for all shares while a loan is out; then a part is paid, or the book falls behind."""
    shares = active.state.shares.get((1, account_of("lender")))
    queued = request(active, "queued-short", shares)
    return [
        queued,
        follow(queued, "queued-part", ProcessRedemption(facility=1), "stranger"),
        follow(queued, "queued-behind", AdvanceBook(facility=1), "stranger", queued.day + 30),
    ]


def refused_queue(strict: Scene) -> list[Scene]:
    """Return a request by a lender whom the token refuses."""
    deposit = Deposit(facility=1, amount=SOME_DOLLARS, minimum_shares=0)
    deposited = follow(strict, "funded-strict-refused", deposit, "borrower")
    return [deposited, request(deposited, "queued-strict", SOME_SHARES, "borrower", UNLOCKED)]


def covers(known: dict[str, Scene]) -> list[Scene]:
    """Return cover of which twice as much is announced: without a loan, with one, with one in default."""
    found: list[Scene] = []
    roots = {"funded": "funded", "active": "active-bullet", "defaulted": "defaulted-bullet"}
    for name, root in ((name, known[scene]) for name, scene in roots.items()):
        covered = follow(root, f"covered-{name}", DepositCover(facility=1, amount=COVER), "servicer")
        announce = AnnounceCoverWithdrawal(facility=1, amount=2 * COVER)
        found += [covered, follow(covered, f"announced-{name}", announce, "servicer")]
    return found


def advances(active: Scene) -> list[Scene]:
    """Return the calls that move a book on to the stop day of its loan, which is not booked."""
    stop_day, advance = active.state.loans.get(1).stop_day, AdvanceBook(facility=1)
    days = stop_day - active.state.facilities.get(1).current_day
    found = [active]
    for number in range(1, -(-days // DAYS_OF_AN_ADVANCE) + 1):
        found.append(follow(found[-1], f"advanced-{number}", advance, "stranger", stop_day))
    return found[1:]


def endings(genesis: Scene, funded: Scene, agreed: Scene) -> list[Scene]:
    """Return a facility of one lender, and facilities that wind down, one with an agreed loan."""
    bilateral = OpenFacility(asset=DOLLAR, interest_fee=0, lender=account_of("lender"))
    wind_down = WindDown(facility=1)
    return [
        follow(genesis, "facility-bilateral", bilateral, "servicer", START),
        follow(funded, "winding-down", wind_down, "servicer"),
        follow(agreed, "agreed-winding-down", wind_down, "servicer"),
    ]

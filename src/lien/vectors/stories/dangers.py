"""Tell of loans in danger: prices that fall, margin calls, liquidations, auctions, impairments and losses."""

from __future__ import annotations

from lien.protocol.genesis import DOLLAR, ETHER
from lien.spec.facility import DepositCover
from lien.spec.governance import Pause
from lien.spec.liquidation import Liquidate, MarginCall, Recover, StartAuction, Take, WriteOff
from lien.spec.repayment import Impair, TopUpCollateral
from lien.spec.types import Scope
from lien.spec.units import AUCTION_WAIT_DAYS, WRITE_OFF_DAYS
from lien.vectors.stories.applications import PRICE, priced
from lien.vectors.stories.restructurings import restructured
from lien.vectors.stories.terms import COLLATERAL, PRINCIPAL
from lien.vectors.story import Scene, follow
from lien.vectors.world import GUARDIAN

PAIR = (ETHER, DOLLAR)
FALLEN, CRASHED = PRICE * 3 // 4, PRICE * 5 // 8  # above the margin call limit, and the liquidation limit
SMALL, SMALL_COLLATERAL = PRINCIPAL // 10, COLLATERAL // 10
IMPAIRED = PRINCIPAL // 4
PAUSE = Pause(scope=Scope.LIQUIDATION)
COVER = PRINCIPAL // 20


def dangerous_scenes(planted: list[Scene]) -> list[Scene]:
    """Return all of them, after scenes that are planted already."""
    known = {scene.name: scene for scene in planted}
    impair = Impair(loan=1, amount=IMPAIRED)
    return [
        *margin(known["active-bullet"]),
        *liquidations(known["active-bullet"]),
        *auctions(known),
        *losses(known["defaulted-balloon"]),
        restructured(known["overdue-interest-only"]),
        follow(known["active-interest-only"], "impaired", impair, "servicer"),
    ]


def margin(active: Scene) -> list[Scene]:
    """Return a margin call, the day after the price has fallen, and a top-up that does not cure it."""
    fallen = priced(active, "fallen", PAIR, FALLEN, active.day + 1)
    called = follow(fallen[-1], "called", MarginCall(loan=1), "stranger", active.day + 2)
    top_up = TopUpCollateral(loan=1, amount=1)
    paused = follow(fallen[-1], "paused-fallen", PAUSE, GUARDIAN)
    return [*fallen, paused, called, follow(called, "topped-up", top_up, "borrower")]


def liquidations(active: Scene) -> list[Scene]:
    """Return a liquidation of a part, the day after the price has fallen further."""
    crashed = priced(active, "crashed", PAIR, CRASHED, active.day + 1)
    liquidate = Liquidate(loan=1, amount=SMALL, minimum_collateral=1)
    paused = follow(crashed[-1], "paused-crashed", PAUSE, GUARDIAN)
    return [*crashed, paused, follow(crashed[-1], "liquidated", liquidate, "lender", active.day + 2)]


def auctions(known: dict[str, Scene]) -> list[Scene]:
    """Return auctions with a price, that of what is lent in itself, and without; in each a part is sold."""
    start, take = StartAuction(loan=1), Take(loan=1, amount=SMALL, minimum_collateral=1)
    started = follow(known["defaulted-interest-only"], "auction-interest-only", start, "stranger")
    in_default = known["defaulted-bullet"]
    waited = follow(in_default, "auction-bullet", start, "stranger", in_default.day + AUCTION_WAIT_DAYS)
    over = follow(waited, "again-bullet", start, "stranger", waited.day + 10)
    return [
        follow(known["defaulted-interest-only"], "paused-defaulted", PAUSE, GUARDIAN),
        started,
        follow(started, "paused-auction", PAUSE, GUARDIAN),
        follow(started, "sold-interest-only", take, "lender"),
        waited,
        follow(waited, "sold-bullet", take, "lender", waited.day + 1),
        over,
    ]


def losses(in_default: Scene) -> list[Scene]:
    """Return a loan that is written off, at the cost of cover and lenders, and then recovered."""
    covered = follow(in_default, "covered-lost", DepositCover(facility=1, amount=COVER), "servicer")
    lost = follow(
        covered, "written-off-balloon", WriteOff(loan=1), "servicer", in_default.day + WRITE_OFF_DAYS
    )
    part, rest = Recover(loan=1, amount=SMALL), Recover(loan=1, amount=PRINCIPAL)
    recovered = follow(lost, "recovered", part, "second_lender")
    return [covered, lost, recovered, follow(recovered, "recovered-all", rest, "second_lender")]

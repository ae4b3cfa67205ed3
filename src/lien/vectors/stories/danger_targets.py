"""Say which calls on loans in danger are explored: margin calls, liquidations, auctions, losses.

Every call on a loan meets a loan in auction and one that is written off. The calls of this module meet the
other statuses in loans of one kind, on the scene's day and the next, and are explored where they are natural.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

from lien.spec.call import Call
from lien.spec.liquidation import Liquidate, MarginCall, Recover, StartAuction, Take, WriteOff
from lien.spec.repayment import Impair, LiftImpairment, TopUpCollateral
from lien.spec.terms import Terms
from lien.spec.types import DayCount
from lien.spec.units import AUCTION_WAIT_DAYS, MARGIN_CALL_DAYS, WRITE_OFF_DAYS
from lien.vectors.search.target import Target
from lien.vectors.stories.after import after
from lien.vectors.stories.dangers import IMPAIRED, SMALL, SMALL_COLLATERAL
from lien.vectors.stories.loan_targets import PLAIN, natural_calls
from lien.vectors.stories.restructurings import restructuring
from lien.vectors.stories.tree import scenes

KIND = "interest-only"  # whose collateral is what is lent, so that it needs no price
OF_ONE_KIND = tuple(f"{status}-{KIND}" for status in PLAIN)
OF_EVERY_CALL = (f"auction-{KIND}", "written-off-balloon")
RESTRUCTURED = ("restructured", "active-equal-principal", "overdue-annuity", "defaulted-balloon", "called")
OPEN = ("principal", "collateral_amount")  # of the terms that are explored
NATURAL: tuple[tuple[Call, str], ...] = (
    (TopUpCollateral(loan=1, amount=SMALL_COLLATERAL), "borrower"),
    (Impair(loan=1, amount=IMPAIRED), "servicer"),
    (LiftImpairment(loan=1), "servicer"),
    (MarginCall(loan=1), "stranger"),
    (Liquidate(loan=1, amount=SMALL, minimum_collateral=1), "lender"),
    (StartAuction(loan=1), "stranger"),
    (Take(loan=1, amount=SMALL, minimum_collateral=1), "lender"),
    (WriteOff(loan=1), "servicer"),
    (Recover(loan=1, amount=SMALL), "second_lender"),
)

# Where each call is explored besides, and on which days after the scene's; there limits and terms are met too
# where that is said.
BESIDES: dict[type[Call], dict[str, tuple[int, ...]]] = {
    TopUpCollateral: {"called": (0,), "active-balloon": (0,)},
    Impair: {"impaired": (0,)},
    LiftImpairment: {"impaired": (0,)},
    MarginCall: {
        "priced-fallen": (0, 1),
        "called": (0,),
        "active-bullet": (0, 3),
        "active-balloon": (0,),
        "paused-fallen": (0,),
    },
    Liquidate: {
        "priced-crashed": (0,),
        "active-bullet": (0, 3),
        "active-balloon": (0,),
        "paused-crashed": (0,),
    },
    StartAuction: {
        "defaulted-bullet": (0, AUCTION_WAIT_DAYS),
        "defaulted-balloon": (0,),
        "auction-bullet": (0, 10),
        "paused-defaulted": (0,),
    },
    Take: {"auction-bullet": (1, 3, 4, 10), "again-bullet": (0,), "paused-auction": (0,)},
    WriteOff: {
        "defaulted-balloon": (WRITE_OFF_DAYS, WRITE_OFF_DAYS - 1),
        "covered-lost": (WRITE_OFF_DAYS,),
        "defaulted-bullet": (WRITE_OFF_DAYS,),
    },
    Recover: {"recovered": (0, 1), "recovered-all": (0,)},
}
FULL: dict[type[Call], tuple[str, ...]] = {
    TopUpCollateral: ("called",),
    Impair: ("impaired",),
    MarginCall: ("priced-fallen",),
    Liquidate: ("priced-crashed",),
    StartAuction: ("defaulted-bullet",),
    Take: (f"auction-{KIND}",),
    WriteOff: ("defaulted-balloon",),
    Recover: ("recovered",),
}


def danger_targets() -> Iterator[Target]:
    """Yield all of them."""
    for call, sender in natural_calls(1):
        for name in OF_EVERY_CALL:
            yield only_paths(name, call, sender, 0)
    for name in ("called", "liquidated"):
        for call, sender in natural_calls(1)[-2:]:
            yield only_paths(name, call, sender, 0, MARGIN_CALL_DAYS, MARGIN_CALL_DAYS + 1)
    yield from restructuring_targets((*OF_ONE_KIND, *OF_EVERY_CALL, *RESTRUCTURED))
    for call, sender in NATURAL:
        besides = BESIDES[type(call)]
        for name in dict.fromkeys((*OF_ONE_KIND, *OF_EVERY_CALL, *besides)):
            target = only_paths(name, call, sender, *besides.get(name, (0,)))
            yield replace(target, only_paths=name not in FULL.get(type(call), ()))


def only_paths(name: str, call: Call, sender: str, *days: int) -> Target:
    """Return the target of a call after a scene, some days later, of which the paths are followed."""
    today = scenes()[name].day
    return after(name, call, sender, *(today + number for number in days), only_paths=True)


def restructuring_targets(names: tuple[str, ...]) -> Iterator[Target]:
    """Yield the targets of a restructuring of the first loan of scenes, each on its day."""
    for name in names:
        yield restructuring_target(name, name)
    yield restructuring_target("day-count", "active-balloon", day_count=DayCount.ACTUAL_ACTUAL)


def restructuring_target(name: str, scene: str, **changes: Any) -> Target:
    """Return the target of a restructuring after a scene, with some terms given instead."""
    root = scenes()[scene]
    natural = restructuring(root.state, 1)
    call = natural.model_copy(update={"terms": replace(natural.terms, **changes)})
    known = frozenset(f"terms.{item.name}" for item in fields(Terms) if item.name not in OPEN)
    return Target(f"restructure/{name}", root, call, "stranger", (root.day,), known, only_paths=True)

"""Say which calls of lenders and servicers are explored beside loans, after which scenes."""

from __future__ import annotations

from collections.abc import Iterator

from lien.protocol.genesis import DOLLAR
from lien.spec.assets import Skim
from lien.spec.facility import (
    AdvanceBook,
    AnnounceCoverWithdrawal,
    CancelRedemption,
    Deposit,
    DepositCover,
    ProcessRedemption,
    Redeem,
    RequestRedemption,
    WindDown,
    WithdrawCover,
)
from lien.spec.units import COVER_NOTICE_DAYS, COVER_WINDOW_DAYS
from lien.vectors.search.target import Target
from lien.vectors.stories.after import after
from lien.vectors.stories.lenders import COVER, SOME_DOLLARS, SOME_SHARES, UNLOCKED
from lien.vectors.stories.terms import START
from lien.vectors.stories.tree import scenes
from lien.vectors.world import STRICT_DOLLAR


def lender_targets() -> Iterator[Target]:
    """Yield all of them."""
    yield after("donated-dollar", Skim(asset=DOLLAR), "stranger")
    yield after("donated-strict", Skim(asset=STRICT_DOLLAR), "stranger", only_paths=True)
    yield from queue_targets()
    yield from cover_targets()
    yield from book_targets()
    yield from limited_deposits()


def queue_targets() -> Iterator[Target]:
    """Yield the targets of the queue; where a loan accrues, on one day, since a price is a quotient then."""
    request = RequestRedemption(facility=1, shares=SOME_SHARES)
    yield after("funded", request, "lender", UNLOCKED, UNLOCKED - 1, START)
    yield after("queued", request, "lender", only_paths=True)
    cancel = CancelRedemption(facility=1, position=1)
    yield after("queued", cancel, "lender")
    yield after("queued-cancelled", cancel, "lender", only_paths=True)
    process = ProcessRedemption(facility=1)
    for name in ("funded", "queued", "queued-cancelled", "queued-dust", "queued-strict"):
        yield after(name, process, "stranger", only_paths=name != "queued")
    for name in ("queued-short", "queued-part", "queued-behind"):
        yield after(name, process, "stranger", scenes()[name].day)
    redeem = Redeem(facility=1, shares=SOME_SHARES, minimum_amount=1)
    yield after("queued", redeem, "lender", only_paths=True)


def cover_targets() -> Iterator[Target]:
    """Yield the targets of first-loss cover and of winding down."""
    yield after("funded", DepositCover(facility=1, amount=COVER), "servicer")
    yield after("covered-funded", AnnounceCoverWithdrawal(facility=1, amount=COVER), "servicer")
    withdraw = WithdrawCover(facility=1, amount=COVER)
    opens = START + COVER_NOTICE_DAYS
    closes = opens + COVER_WINDOW_DAYS
    yield after("announced-funded", withdraw, "servicer", opens, opens - 1, closes - 1, closes)
    while_active = scenes()["announced-active"].day + COVER_NOTICE_DAYS
    yield after("announced-active", withdraw, "servicer", while_active, only_paths=True)
    in_default = scenes()["announced-defaulted"].day + COVER_NOTICE_DAYS
    yield after("announced-defaulted", withdraw, "servicer", in_default, only_paths=True)
    for name in ("funded", "winding-down"):
        yield after(name, WindDown(facility=1), "servicer", only_paths=name != "funded")


def book_targets() -> Iterator[Target]:
    """Yield the targets of moving a book on: as far as it goes, and where a loan stands in the way."""
    advance = AdvanceBook(facility=1)
    active, stopped = scenes()["active-annuity"].day, scenes()["advanced-3"].day
    yield after("active-annuity", advance, "stranger", active + 1, active, only_paths=True)
    yield after("advanced-2", advance, "stranger", stopped, only_paths=True)
    yield after("advanced-3", advance, "stranger", stopped, only_paths=True)
    yield after("funded", advance, "stranger", only_paths=True)


def limited_deposits() -> Iterator[Target]:
    """Yield deposits that a facility limits: to one lender, to a cap, or altogether."""
    deposit = Deposit(facility=1, amount=SOME_DOLLARS, minimum_shares=1)
    yield after("facility-bilateral", deposit, "lender")
    yield after("winding-down", deposit, "lender", only_paths=True)
    yield after("active-full", deposit, "borrower", scenes()["active-full"].day)

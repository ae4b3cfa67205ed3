"""Choose what to observe after a step: what it touched, every aggregate, and entries that must not change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lien.protocol.calendar import day_of
from lien.protocol.maps import Figures, Key, Records
from lien.protocol.state import Ledger, State
from lien.spec.genesis import account_of
from lien.vectors.story import Scene
from lien.vectors.views import VIEWS, Question

BYSTANDER = "second_borrower"


def changed(before: Figures | Records[Any], after: Figures | Records[Any]) -> list[Key]:
    """Return the keys whose entries differ, sorted."""
    old, new = dict(before.items()), dict(after.items())
    return sorted((key for key in {*old, *new} if old.get(key) != new.get(key)), key=str)


def questions_of(scene: Scene, chapters: tuple[str, ...]) -> tuple[Question, ...]:
    """Return the view calls after a scene that a contract with the given chapters can answer."""
    asked = [question for question in _ask(scene) if VIEWS[question.view].chapter in chapters]
    return tuple(dict.fromkeys(asked))


def _ask(scene: Scene) -> Iterator[Question]:
    before, after = scene.before, scene.state
    yield from _ask_ledger(scene, before.ledger, after.ledger)
    yield from _ask_prices(before, after)
    yield from _ask_identities(scene, before, after)
    yield from _ask_facilities(scene, before, after)
    yield from _ask_applications(before, after)
    yield from _ask_loans(before, after)


def _ask_ledger(scene: Scene, before: Ledger, after: Ledger) -> Iterator[Question]:
    sender, protocol = scene.context.sender, after.protocol
    bystander = account_of(BYSTANDER)
    touched = [key for key in changed(before.balances, after.balances) if isinstance(key, tuple)]
    assets = dict.fromkeys([asset for asset, _ in touched] or _assets_named(scene))
    for asset in assets:
        accounts = [account for token, account in touched if token == asset]
        for account in dict.fromkeys((*accounts, sender, protocol, bystander)):
            yield Question("balanceOf", (account,), asset)
        yield Question("holdingsOf", (asset,))
    for key in changed(before.claims, after.claims):
        if isinstance(key, tuple):
            yield Question("claimableOf", key)


def _assets_named(scene: Scene) -> list[int]:
    """Return the listed asset that a call names, so that one that moves nothing is seen to move nothing."""
    asset = getattr(scene.call, "asset", 0)
    return [asset] if scene.state.ledger.listed.get(asset) else []


def _ask_facilities(scene: Scene, before: State, after: State) -> Iterator[Question]:
    today = day_of(scene.context.timestamp)
    yield Question("facilityCount", ())
    for number in numbers(before.facilities, after.facilities):
        yield Question("facilities", (number,))
        yield Question("netAssetsOf", (number, today))
        yield Question("netAssetsOf", (number, today + 1))
        yield Question("sharePriceOf", (number, today))
    positions = changed(before.shares, after.shares) + changed(before.deposit_days, after.deposit_days)
    for key in positions:
        if isinstance(key, tuple):
            yield Question("sharesOf", key)
            yield Question("depositDayOf", key)
    for key in changed(before.queued_shares, after.queued_shares):
        if isinstance(key, tuple):
            yield Question("queuedSharesOf", key)
            yield Question("queuedByOf", key)


def _ask_prices(before: State, after: State) -> Iterator[Question]:
    for key in changed(before.feed_of, after.feed_of):
        if isinstance(key, tuple):
            yield Question("feedOf", key)
    for number in numbers(before.feeds, after.feeds):
        yield Question("feeds", (number,))


def _ask_identities(scene: Scene, before: State, after: State) -> Iterator[Question]:
    known = changed(before.identity_of, after.identity_of)
    stopped = changed(before.ledger.frozen, after.ledger.frozen)
    for account in (*known, *stopped, scene.context.sender):
        if isinstance(account, int):
            yield Question("identityOf", (account,))
            yield Question("isFrozen", (account,))
    for number in numbers(before.identities, after.identities):
        yield Question("identities", (number,))


def _ask_applications(before: State, after: State) -> Iterator[Question]:
    yield Question("applicationCount", ())
    for number in numbers(before.applications, after.applications):
        yield Question("applications", (number,))


def _ask_loans(before: State, after: State) -> Iterator[Question]:
    yield Question("loanCount", ())
    for number in numbers(before.loans, after.loans):
        loan = after.loans.get(number)
        yield Question("loans", (number,))
        yield Question("nonceOf", (loan.borrower, number))
        yield Question("nonceOf", (after.facilities.get(loan.facility).servicer, number))


def numbers(before: Records[Any], after: Records[Any]) -> list[int]:
    """Return the numbers of the records that differ, and where any does the first that does not."""
    touched = [number for number in changed(before, after) if isinstance(number, int)]
    untouched = [number for number, _ in after.items() if number not in touched]
    return touched + untouched[:1] if touched else []

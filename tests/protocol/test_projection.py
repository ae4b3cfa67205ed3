"""The state is rebuilt from the log alone: from what the protocol's events and the tokens' transfers tell."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import IntEnum
from functools import lru_cache
from itertools import chain
from typing import Any

import pytest

from lien import Entry as EntryOfTheLibrary
from lien import rebuild as rebuild_of_the_library
from lien.invariants.explore.lives import CALLS_A_LIFE, random_calls
from lien.protocol.builders import build_action
from lien.protocol.genesis import COUNCIL, DOLLAR, GUARDIAN
from lien.protocol.log import Entry
from lien.protocol.projection import project, projector_named, projector_of, rebuild
from lien.protocol.state import State
from lien.spec.action import ActionKind
from lien.spec.assets import Skim, Transfer, Transferred
from lien.spec.call import Event
from lien.spec.catalogue import CALLS, EVENTS
from lien.spec.facility import (
    CancelRedemption,
    Deposit,
    Deposited,
    OpenFacility,
    ProcessRedemption,
    Redeem,
    RequestRedemption,
)
from lien.spec.governance import Approve, Execute, Pause, Propose
from lien.spec.liquidation import DeclareDefault
from lien.spec.types import LoanStatus, Scope
from lien.spec.units import GOVERNANCE_TIMELOCK, SECONDS_PER_DAY, VIRTUAL_SHARES
from tests.lives import (
    CASH,
    FIRST_DUE,
    MATURITY,
    SECOND_DUE,
    START,
    Life,
    account,
    active_life,
    funded_life,
    new_life,
)
from tests.protocol.transitions.test_governance import decide
from tests.protocol.transitions.test_margin import called_life
from tests.protocol.transitions.test_restructuring import late_life, restructuring

LIVES = 24  # random ones, in which every event occurs
LOGGED = sorted(
    {event.event_name() for call in CALLS.values() for event in call.events} | {Transferred.event_name()}
)
TELLS_ONLY = {  # what people want to know of an event, and the state does not hold or already follows
    ("Claimed", "recipient"),  # the transfer names them
    ("LoanDisbursed", "origination_fee"),  # as does that to the treasury
    ("PricePosted", "feeder"),  # the seat's
    ("Paused", "guardian"),
    ("IdentityAttested", "attestor"),
    ("IdentityRevoked", "attestor"),
    ("AccountFrozen", "officer"),
    ("AccountUnfrozen", "officer"),
    ("DefaultBooked", "principal"),  # all of it follows from the dates
    ("DefaultBooked", "interest"),
    ("DefaultBooked", "impairment"),
    ("DefaultBooked", "default_day"),
    ("DefaultBooked", "identity"),
    ("DefaultBooked", "is_counted"),
    ("LoanSettled", "identity"),  # all of it is in the loan
    ("LoanSettled", "is_counted"),
    ("LoanSettled", "is_late"),
    ("MarginCalled", "price"),
    ("CollateralToppedUp", "payer"),
    ("Liquidated", "liquidator"),
    ("Liquidated", "price"),
    ("AuctionStarted", "collateral"),
    ("CollateralTaken", "taker"),
    ("WrittenOff", "principal"),
    ("WrittenOff", "lender_loss"),  # what the cover does not bear
    ("Recovered", "payer"),
    ("ImpairmentLifted", "impairment"),
    ("Restructured", "late_fees"),  # those that were owed
}


Step = tuple[State, Entry, State]


@lru_cache
def random_lives() -> tuple[tuple[Step, ...], ...]:
    """Return the accepted calls of random lives, by life: the state before, the log, the state after."""
    steps = [
        (observed.before, Entry(observed.after.timestamp, observed.transfers, observed.events), observed)
        for observed in random_calls(seed=11, lives=LIVES)
    ]
    return tuple(
        tuple(
            (before, entry, observed.after)
            for before, entry, observed in steps[first : first + CALLS_A_LIFE]
            if observed.accepted
        )
        for first in range(0, len(steps), CALLS_A_LIFE)
    )


def resumed_life() -> Life:
    """Pause, and have the council resume: a council of random members is hardly ever that quick."""
    life = new_life()
    life.send(Propose(action=build_action(ActionKind.RESUME, number=Scope.LIQUIDATION)), COUNCIL[0])
    life.send(Approve(proposal=1), COUNCIL[1])
    life.now += GOVERNANCE_TIMELOCK
    life.send(Pause(scope=Scope.LIQUIDATION), GUARDIAN)
    life.now += 60
    life.send(Execute(proposal=1))
    return life


def steps_by_hand() -> Iterator[Step]:
    """Yield the calls of lives with events that random ones do not have, or not so that they tell."""
    late = late_life()
    late.send(restructuring(late))
    decided = new_life()
    decide(decided, build_action(ActionKind.SET_JURISDICTION, number=250))
    for life in (resumed_life(), decided, called_life(), late):
        before = new_life().state
        for entry in life.log:
            yield before, entry, (before := project(before, entry))


@lru_cache
def occurrences() -> dict[str, list[tuple[Step, int]]]:
    """Return, by event, the calls that logged it, and its places in their logs."""
    found: dict[str, list[tuple[Step, int]]] = {name: [] for name in LOGGED}
    for step in chain(*random_lives(), steps_by_hand()):
        for place, event in enumerate((*step[1].transfers, *step[1].events)):
            found[event.event_name()].append((step, place))
    return found


# every event


@pytest.mark.parametrize("name", LOGGED)
def test_every_event_is_projected(name: str) -> None:
    """Given an event that a call or a token logs / When its projection is looked up / Then there is one."""
    assert callable(projector_of(EVENTS[name]))


@pytest.mark.parametrize("name", LOGGED)
def test_every_event_occurs(name: str) -> None:
    """Given many lives / When their logs are read / Then every event is in them."""
    assert occurrences()[name] != []


@pytest.mark.parametrize("name", LOGGED)
def test_every_figure_of_an_event_tells(name: str) -> None:
    """Given an event with one figure that is wrong / When it is projected
    / Then the state is another one, somewhere at least, but for figures that are there for people.
    """
    unnoticed = {item.name for item in fields(EVENTS[name])}
    for step, place in occurrences()[name]:
        unnoticed = {item for item in unnoticed if not is_noticed(step, place, item)}
    assert {(name, item) for item in unnoticed} == {pair for pair in TELLS_ONLY if pair[0] == name}


@pytest.mark.parametrize("name", LOGGED)
def test_no_event_can_be_left_out(name: str) -> None:
    """Given a log without one of its events / When it is projected
    / Then the state is another one, somewhere at least: some calls set what was set before.
    """
    assert any(projected(step, place) != step[2] for step, place in occurrences()[name])


def is_noticed(step: Step, place: int, field: str) -> bool:
    """Return whether another figure in one field of one event of a log leads to another state, or nowhere."""
    event = (*step[1].transfers, *step[1].events)[place]
    wrong = replace(event, **{field: another(getattr(event, field))})
    return projected(step, place, wrong) != step[2]


def another(figure: Any) -> Any:
    """Return something of the same kind that is not the same."""
    if isinstance(figure, IntEnum):
        return next(member for member in type(figure) if member != figure)
    if is_dataclass(figure):
        first = next(iter(figure.__dataclass_fields__))
        return replace(figure, **{first: another(getattr(figure, first))})  # type: ignore[type-var]
    return figure + 1


def projected(step: Step, place: int, *instead: Any) -> State | None:
    """Return the state to which a log leads that has something else, or nothing, instead of one event.

    It is nothing where the log makes no sense.
    """
    before, entry, _ = step
    transfers = len(entry.transfers)
    if place < transfers:
        logged = (*entry.transfers[:place], *instead, *entry.transfers[place + 1 :])
        entry = replace(entry, transfers=logged)
    else:
        events = entry.events[: place - transfers], entry.events[place - transfers + 1 :]
        entry = replace(entry, events=(*events[0], *instead, *events[1]))
    try:
        return project(before, entry)
    except (LookupError, ValueError):
        return None


@pytest.mark.parametrize("chapter", ["settlement", "nowhere"])
def test_an_event_that_is_not_projected_is_named(chapter: str) -> None:
    """Given an event without a projection, or of no chapter / When that is looked up
    / Then the error names both.
    """
    told = rf"the event LoanLost is not projected: lien\.protocol\.projection\.{chapter} has no loan_lost"
    with pytest.raises(LookupError, match=told):
        projector_named(chapter, "LoanLost")


# whole lives


@pytest.mark.parametrize("number", range(LIVES))
def test_a_random_life_is_rebuilt(number: int) -> None:
    """Given the genesis and the log of a random life / When it is rebuilt / Then the state is the same."""
    steps = random_lives()[number]
    assert rebuild(steps[0][0], (entry for _, entry, _ in steps)) == steps[-1][2]


def test_a_loan_that_is_repaid_is_rebuilt() -> None:
    """Given a loan paid early, late, ahead and off / When the log is read / Then the state is the same."""
    life, before = from_now_on(active_life(prepayment_fee_rate=10**16))
    life.on(FIRST_DUE - 5).repay(312_000)
    life.on(SECOND_DUE + 3).repay(100_000, "stranger")
    life.on(SECOND_DUE + 5).repay(400_000, ahead=100_000)
    life.on(MATURITY).repay(10**9)
    assert life.loan().status == LoanStatus.SETTLED
    assert rebuild(before, life.log) == life.state


def test_a_default_and_a_late_payoff_are_rebuilt() -> None:
    """Given a loan in default, in part paid / When the log is read / Then the state is the same."""
    life, before = from_now_on(active_life())
    life.on(FIRST_DUE + 11).send(DeclareDefault(loan=1))
    life.on(SECOND_DUE).repay(1_000)
    assert life.loan().status == LoanStatus.DEFAULTED
    assert rebuild(before, life.log) == life.state
    life.on(MATURITY).repay(10**9)
    assert rebuild(before, life.log) == life.state


def from_now_on(life: Life) -> tuple[Life, State]:
    """Return a life whose log begins now, and the state of now."""
    life.log.clear()
    return life, life.state


def test_deposits_a_queue_and_what_is_refused_are_rebuilt() -> None:
    """Given lenders who queue, one of whom the token refuses, and a donation
    / When the log is read / Then the state is the same.
    """
    refuses: dict[str, tuple[str, ...]] = {"dUSD": ("lender",)}
    life = active_life_of(refuses)
    life.send(Transfer(asset=DOLLAR, recipient=life.state.settings.protocol, amount=77), "stranger")
    life.send(Skim(asset=DOLLAR))
    for shares in (5, CASH * VIRTUAL_SHARES // 3, 1_000):
        life.send(RequestRedemption(facility=1, shares=shares), "lender")
    life.send(CancelRedemption(facility=1, position=3), "lender")
    for _ in range(3):
        life.send(ProcessRedemption(facility=1))
    life.send(Redeem(facility=1, shares=10**9, minimum_amount=0), "lender")
    assert life.state.ledger.claims.get((DOLLAR, account("lender"))) > CASH // 3
    assert rebuild(new_life(refuses).state, life.log) == life.state


def active_life_of(refuses: dict[str, tuple[str, ...]]) -> Life:
    """Go on until a lender whom a token refuses can redeem."""
    life = new_life(refuses)
    life.send(OpenFacility(asset=DOLLAR, interest_fee=0, lender=0), "servicer")
    life.send(Deposit(facility=1, amount=CASH, minimum_shares=0), "lender")
    return life.on(START + 5)


def test_a_transfer_of_nothing_is_an_entry_of_its_second_alone() -> None:
    """Given a call that logs nothing / When the log is read / Then the state is the same."""
    life = new_life()
    life.send(Transfer(asset=DOLLAR, recipient=1, amount=0), "lender")
    assert life.log == [Entry(life.now, (), ())]
    assert rebuild(new_life().state, life.log) == life.state


def test_nothing_is_rebuilt_from_nothing() -> None:
    """Given an empty log / When it is read / Then the state is that of genesis."""
    genesis = new_life().state
    assert rebuild(genesis, ()) is genesis


def test_a_wrong_figure_is_noticed() -> None:
    """Given a log with a deposit of one share too few / When it is read / Then the state is another one."""
    life = funded_life()
    log = [
        replace(entry, events=tuple(one_share_less(event) for event in entry.events)) for entry in life.log
    ]
    assert log != life.log
    assert rebuild(new_life().state, life.log) == life.state
    assert rebuild(new_life().state, log) != life.state


def one_share_less(event: Event) -> Event:
    """Return a deposit with one share less, and any other event as it is."""
    return replace(event, shares=event.shares - 1) if isinstance(event, Deposited) else event


def test_a_wrong_second_is_noticed() -> None:
    """Given a log with a deposit of the day before / When it is read / Then its lock ends a day early."""
    life = funded_life()
    *before, last = life.log
    early = replace(last, timestamp=last.timestamp - SECONDS_PER_DAY)
    rebuilt = rebuild(new_life().state, [*before, early])
    assert rebuilt.deposit_days.get((1, account("lender"))) == life.today - 1


def test_the_library_offers_it() -> None:
    """Given the library / When its names are looked up / Then they are these."""
    assert (EntryOfTheLibrary, rebuild_of_the_library) == (Entry, rebuild)

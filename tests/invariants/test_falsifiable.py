"""Each property can be false: something that never was, or a seeded mistake, violates it."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from functools import cache
from inspect import isfunction
from itertools import count, islice, product
from random import Random
from typing import Any, cast
from unittest.mock import patch

import pytest

from lien.invariants.explore.check import fault_of, outcome_violations, properties_of
from lien.invariants.explore.lives import random_calls
from lien.invariants.explore.maps import LEDGER_MAPS, MAPS, as_key, entries_of, map_of
from lien.invariants.mutants.catalogue import collect_mutants
from lien.invariants.properties.base import Kind, Observed, Property, of_kind
from lien.invariants.prove.cases import cases_of_relation
from lien.invariants.prove.expressions import conjuncts, own_context, simplified
from lien.invariants.prove.run import Explorer
from lien.invariants.prove.symbols import condition
from lien.protocol.state import State
from lien.spec.catalogue import CALLS
from tests.invariants.test_prove_faults import FAULTS
from tests.invariants.test_relations import asked

LIVES = 12
OFTEN = 4  # accepted calls and rejected ones of each kind that are changed
# What no changed number violates; a seeded mistake does.
BY_MISTAKES = ("AUCTION-CLOCK", "PAUSE-STOPS", "LIQUIDATION-GRACE")
# Relations of what random calls seldom leave: that there is something to prove of them is all that is shown.
RARE = (
    "AUCTION-ENDS-AT-ONE",
    "PRICE-COMES",
    "TIME-LOWERS-NO-DEBT",
    "VIEW-NEXT-STALE",
    "VIEW-LOAN-TO-VALUE",
)
PLACES, CHANGES, TRIES = 3, 60, 40  # which answers of a function are wrong, how, and for how many arguments
NUDGES = (-1, 1, 10**40)
FORMULAS = (Kind.STEP, Kind.REJECTION, Kind.LIVENESS)
OF_STATES = (Kind.ENTRY, Kind.LINK, Kind.GLOBAL)


@cache
def observations() -> dict[str, list[Observed]]:
    """Return some accepted and some rejected calls of each kind."""
    met: dict[tuple[str, bool], list[Observed]] = {}
    for observed in random_calls(seed=3, lives=LIVES):
        known = met.setdefault((observed.call.call_name(), observed.accepted), [])
        if len(known) < OFTEN:
            known.append(observed)
    return {name: [*met.get((name, True), ()), *met.get((name, False), ())] for name in CALLS}


def nudged(entry: Any, by: int) -> Iterator[Any]:
    """Yield a figure or a record with one number changed."""
    if isinstance(entry, int):
        yield entry + by
        yield 0
    elif isinstance(entry, tuple):
        parts = list(cast("tuple[object, ...]", entry))
        for place, part in enumerate(parts):
            yield from ((*parts[:place], new, *parts[place + 1 :]) for new in nudged(part, by))
    elif is_dataclass(entry) and not isinstance(entry, type):
        for item in fields(entry):
            yield from (replace(entry, **{item.name: new}) for new in nudged(getattr(entry, item.name), by))


def with_entry(state: State, name: str, key: Any, entry: Any) -> State:
    """Return the state with another entry in a map."""
    entries: Any = map_of(state, name)
    key = as_key(cast("tuple[int, ...]", key)) if isinstance(key, tuple) else key
    if name in LEDGER_MAPS:
        return replace(state, ledger=replace(state.ledger, **{name: entries.set(key, entry)}))
    return replace(state, **{name: entries.set(key, entry)})


def changed_keys(before: State, after: State) -> Iterator[tuple[str, Any, Any]]:
    """Yield each entry that a call changed."""
    for name in MAPS:
        old = dict(entries_of(before, name))
        yield from ((name, key, new) for key, new in entries_of(after, name) if old.get(key) != new)


def nudged_figures(state: State) -> Iterator[State]:
    """Yield the state with another number outside of its maps, or with a frozen protocol."""
    yield with_entry(state, "frozen", (state.settings.protocol,), 1)
    for part in fields(State):
        if part.name not in MAPS:
            for by in NUDGES:
                yield from (
                    replace(state, **{part.name: new}) for new in nudged(getattr(state, part.name), by)
                )


def never_was(observed: Observed, others: list[Observed]) -> Iterator[Observed]:
    """Yield what did not come of a call: other outcomes, other calls, other numbers."""
    kind = CALLS[observed.call.call_name()]
    before, after = observed.before, observed.after
    for reason in kind.reasons:
        yield replace(observed, reason=reason, after=before, events=())
    yield replace(observed, reason=None)
    yield replace(observed, reason=None, after=before, events=())
    yield replace(observed, before=after)
    for other in others:
        yield replace(observed, after=other.after, events=other.events, reason=None)
        yield replace(observed, call=other.call, context=other.context, reason=None)
        yield replace(observed, call=other.call, context=other.context)
    if observed.accepted:
        yield from (replace(observed, after=wrong) for wrong in nudged_figures(after))
        for name, key, entry in changed_keys(before, after):
            for new in nudged(entry, 1):
                yield replace(observed, after=with_entry(after, name, key, new))


@cache
def violated_by_calls() -> frozenset[str]:
    """Return which properties of calls something violates that never came of one."""
    found = set[str]()
    for call, met in observations().items():
        wanted = {item.identifier for item in properties_of(call) if item.calls} - {*BY_MISTAKES}
        for observed in met:
            for wrong in never_was(observed, met):
                if wanted <= found:
                    break
                with suppress(RuntimeError):  # of a formula that looks for what has to be there
                    found |= {violation.identifier for violation in outcome_violations(wrong)}
    return frozenset(found)


@pytest.mark.parametrize("kind", FORMULAS)
def test_a_property_of_calls_can_be_false(kind: Kind) -> None:
    """Given what never came of a call / When its properties are checked / Then each is violated."""
    assert {item.identifier for item in of_kind(kind)} - violated_by_calls() - {*BY_MISTAKES} == set()


def test_what_takes_more_than_one_number_falls_by_a_mistake() -> None:
    """Given properties that no changed number violates / When mutants are asked / Then each has one."""
    assert {*BY_MISTAKES} <= {mutant.property for mutant in (*collect_mutants().values(), *FAULTS)}


def is_violated(item: Property, arguments: tuple[Any, ...]) -> bool:
    """Return whether a property does not hold; numbers that no date has are no answer."""
    with suppress(ValueError):
        return fault_of(item, *arguments) is not None
    return False


def wrong_cases(item: Property, state: State) -> Iterator[tuple[Any, ...]]:
    """Yield what a property of states is asked of, with numbers that are wrong."""
    if item.kind is Kind.GLOBAL:
        yield from ((wrong,) for wrong in nudged_figures(state))
        return
    entries = [(key, new) for key, entry in entries_of(state, item.over)[:2] for new in wrong_entries(entry)]
    if not MAPS[item.over].count:
        stranger = (state.settings.protocol, 2**31)
        entries += [(key, 1) for key in product(stranger, repeat=len(MAPS[item.over].keys))]
    yield from ((new,) if item.kind is Kind.ENTRY else (state, key, new) for key, new in entries)


def wrong_entries(entry: Any) -> list[Any]:
    """Return a figure or a record with one number changed in each way."""
    return [new for by in NUDGES for new in nudged(entry, by)]


@cache
def violated_by_states() -> frozenset[str]:
    """Return which properties of records and states do not hold where one number is another."""
    found, dice = set[str](), Random(5)
    states = [observed.after for met in observations().values() for observed in met if observed.accepted]
    for item in of_kind(*OF_STATES):
        for state in dice.sample(states, len(states)):
            if any(is_violated(item, case) for case in wrong_cases(item, state)):
                found.add(item.identifier)
                break
    return frozenset(found)


@pytest.mark.parametrize("kind", OF_STATES)
def test_a_property_of_states_can_be_false(kind: Kind) -> None:
    """Given records with a number changed / When their properties are checked / Then each is violated."""
    assert {item.identifier for item in of_kind(kind)} - violated_by_states() == set()


# --- relations: they fall where one answer of a function that they ask is wrong ----------------------


def asked_by(item: Property) -> dict[str, Callable[..., Any]]:
    """Return the protocol's functions that a relation can ask, but for those of logic."""
    named: dict[str, Any] = vars(sys.modules[item.formula.__module__])
    return {
        name: value
        for name, value in named.items()
        if isfunction(value)
        and value.__module__.startswith("lien.protocol.")
        and value.__module__ != "lien.protocol.algebra"
    }


def wrong_once(function: Callable[..., Any], place: int, which: int) -> Callable[..., Any]:
    """Return a function of which one answer, the first or a later one, has a number changed."""
    places = count()

    def answer(*arguments: Any, **named: Any) -> Any:
        right = function(*arguments, **named)
        if next(places) != place:
            return right
        return next(islice(wrong_entries(right), which, None), right) if right is not True else False

    return answer


def falls(item: Property, arguments: list[Any]) -> bool:
    """Return whether a relation falls where one answer is wrong."""
    for name, function in asked_by(item).items():
        for place, which in product(range(PLACES), range(CHANGES)):
            wrong = {name: wrong_once(function, place, which)}
            with patch.dict(vars(sys.modules[item.formula.__module__]), wrong), suppress(Exception):
                if not item.formula(*arguments):
                    return True
    return False


@own_context()
def is_asked_on_symbols(item: Property) -> bool:
    """Return whether there is something to prove of a relation, for some loan and on some path."""
    runs = (run for case in cases_of_relation(item) for _, run in Explorer(case).paths())
    return any(conjuncts(simplified(condition(run.related))) for run in runs)


def test_a_relation_can_be_false() -> None:
    """Given a wrong answer of a function / When relations are asked / Then each falls, once at least."""
    fallen, tried = set[str](), Counter[str]()
    for item, arguments in asked(seed=21, lives=6):
        name = item.identifier
        if name not in fallen | {*RARE} and tried[name] < TRIES:
            tried[name] += 1
            if falls(item, arguments):
                fallen.add(name)
    relations = of_kind(Kind.RELATIONAL)
    assert {item.identifier for item in relations} - fallen == {*RARE}
    assert all(is_asked_on_symbols(item) for item in relations if item.identifier in RARE)

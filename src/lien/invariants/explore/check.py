"""Evaluate every property on one executed call: what is found is a fault of the protocol or of a property."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from lien.invariants import properties as properties  # noqa: PLC0414  # importing it collects them
from lien.invariants.explore.domains import Choices, domains_of
from lien.invariants.explore.frame import frame_violations
from lien.invariants.explore.maps import MAPS, Entries, changed_entries, entries_of, map_of
from lien.invariants.explore.ranges import misfits_of_figures, misfits_of_record, spans_of
from lien.invariants.explore.readings import Readings, Watched
from lien.invariants.explore.rebuilt import rebuilt_violations
from lien.invariants.explore.totals import total_violations
from lien.invariants.explore.violation import Violation
from lien.invariants.properties.base import Kind, Observed, Property, of_kind
from lien.invariants.properties.implied import EVENTS, NUMBERS, RANGE, REASONS, UNCHANGED
from lien.protocol.machine import Outcome, step
from lien.protocol.signatures import recover_signers
from lien.protocol.state import COUNTS, Context, State
from lien.spec.call import Call
from lien.spec.catalogue import CALLS
from lien.spec.reasons import Reason

KNOWN: dict[str, Readings] = {}  # by the identifier of a property of entries and the rest of the state
SPANS = {name: spans_of(keyed) for name, keyed in MAPS.items() if not keyed.count}
REASONS_OF_EVERY_CALL = (Reason.SENDER_IS_PROTOCOL, Reason.TIME_RUNS_BACKWARD)


def observe(state: State, call: Call, context: Context) -> Observed:
    """Execute a call and return it with what was before it, who signed it, and what came of it."""
    signer, second_signer = recover_signers(state, call)
    context = replace(context, signer=signer, second_signer=second_signer)
    outcome = step(state, call, context)
    if isinstance(outcome, Outcome):
        return Observed(state, call, context, outcome.state, outcome.events, None, outcome.transfers)
    return Observed(state, call, context, outcome.state, (), outcome.reason)


def violations(observed: Observed) -> list[Violation]:
    """Return every property that does not hold of an executed call; all must hold of the state before it."""
    found = call_violations(observed)
    if observed.after is not observed.before:
        found += state_violations(observed.after, observed.before)
    return found


def call_violations(observed: Observed) -> list[Violation]:
    """Return what is wrong with what an executed call did, whatever the state is that it left."""
    found = [*intrinsic_violations(observed), *outcome_violations(observed)]
    if observed.after is not observed.before:
        found += [*frame_violations(observed), *rebuilt_violations(observed)]
    return found


def state_violations(state: State, before: State | None = None) -> list[Violation]:
    """Return every property that does not hold of a state.

    Records that are the same object in a state before, of which all properties held, are not checked again
    for what concerns them alone; without a state before, everything is checked.
    """
    return [
        *entry_violations(state, before),
        *link_violations(state, before),
        *global_violations(state),
        *total_violations(state, before),
        *range_violations(state, before),
        *number_violations(state, before),
    ]


def intrinsic_violations(observed: Observed) -> Iterator[Violation]:
    """Yield what is wrong with the form of an outcome: its reason, its events, what a rejection left."""
    call, name = observed.call, observed.call.call_name()
    if observed.reason is not None:
        if observed.reason not in (*call.reasons, *REASONS_OF_EVERY_CALL):
            yield Violation(*REASONS, name, values={"reason": observed.reason.name})
        if observed.after is not observed.before or observed.events:
            yield Violation(*UNCHANGED, name, values={"reason": observed.reason.name})
    for event in observed.events:
        if type(event) not in call.events:
            yield Violation(*EVENTS, name, values={"event": event.event_name()})
        for path, figure in misfits_of_record(event):
            yield Violation(*RANGE, event.event_name(), values={path: figure})


@cache
def properties_of_kind(kind: Kind) -> tuple[Property, ...]:
    """Return the properties of a kind, all of which are declared by now."""
    return tuple(of_kind(kind))


@cache
def properties_of(name: str) -> tuple[Property, ...]:
    """Return the properties that say what a call of a name does, or when it is rejected."""
    declared = of_kind(Kind.STEP, Kind.REJECTION, Kind.LIVENESS)
    return tuple(item for item in declared if not item.calls or CALLS[name] in item.calls)


def outcome_violations(observed: Observed) -> Iterator[Violation]:
    """Yield the properties of what calls do, and of when they are rejected, that do not hold."""
    chosen_for = Choices(domains_of(observed))
    for item in properties_of(observed.call.call_name()):
        for chosen in chosen_for[item.every]:
            error = fault_of(item, observed, *chosen)
            if error is not None:
                outcome = observed.reason.name if observed.reason else "accepted"
                values: dict[str, object] = {"outcome": outcome, **dict(zip(item.every, chosen, strict=True))}
                yield violation_of(item, observed.call.call_name(), (), values | error)


def fault_of(item: Property, *arguments: object) -> dict[str, object] | None:
    """Return nothing where a property holds, else the error, if any: a formula that fails does not hold."""
    try:
        return None if item.formula(*arguments) else {}
    except (ArithmeticError, LookupError) as error:
        return {"error": repr(error)}


def violation_of(
    item: Property, place: str, key: int | tuple[int, ...], values: dict[str, object]
) -> Violation:
    """Return the violation of a property."""
    return Violation(item.identifier, item.sentence, place, key if isinstance(key, tuple) else (key,), values)


def judge(
    item: Property, arguments: tuple[object, ...], place: str, key: int | tuple[int, ...]
) -> Iterator[Violation]:
    """Yield the violation of a property of an entry, which is the last of what its formula is given."""
    error = fault_of(item, *arguments)
    if error is not None:
        yield violation_of(item, place, key, {"entry": arguments[-1]} | error)


@cache
def properties_by_map() -> dict[str, list[Property]]:
    """Return the properties of single entries, by the map in which these are."""
    by_map: dict[str, list[Property]] = {}
    for item in of_kind(Kind.ENTRY):
        by_map.setdefault(item.over, []).append(item)
    return by_map


def entry_violations(state: State, before: State | None) -> Iterator[Violation]:
    """Yield the properties of single entries that do not hold; entries that are unchanged are left out."""
    for name, items in properties_by_map().items():
        for key, entry in changed_entries(state, before, name):
            for item in items:
                yield from judge(item, (entry,), name, key)


def link_violations(state: State, before: State | None) -> Iterator[Violation]:
    """Yield the properties of entries and the rest of the state that do not hold.

    Where all that a formula read of the state before is the same now, entries that are unchanged are left
    out: of them it would read what it read when it held.
    """
    for item in properties_of_kind(Kind.LINK):
        known = KNOWN.pop(item.identifier, None)
        readings = known if known is not None and known.are_of(before, state) else Readings()
        entries = changed_entries(state, readings.state, item.over)
        found = violations_of_link(item, Watched(state, readings.read), entries) if entries else []
        if not found:
            readings.state, KNOWN[item.identifier] = state, readings
        yield from found


def violations_of_link(item: Property, watched: Watched, entries: Entries) -> list[Violation]:
    """Return where a property of entries and the rest of the state does not hold of some entries."""
    return [found for key, entry in entries for found in judge(item, (watched, key, entry), item.over, key)]


def global_violations(state: State) -> Iterator[Violation]:
    """Yield the properties of the state's own figures that do not hold."""
    for item in properties_of_kind(Kind.GLOBAL):
        error = fault_of(item, state)
        if error is not None:
            yield violation_of(item, "state", (), {"timestamp": state.timestamp} | error)


def range_violations(state: State, before: State | None) -> Iterator[Violation]:
    """Yield what is out of the range of its type, in every map and among the state's own figures."""
    for path, figure in misfits_of_record(state):
        yield Violation(*RANGE, "state", values={path: figure})
    for name, spans in SPANS.items():
        for path, figure in misfits_of_figures(changed_entries(state, before, name), spans):
            yield Violation(*RANGE, name, values={path: figure})
    for name in COUNTS:
        for number, record in changed_entries(state, before, name):
            for path, figure in misfits_of_record(record):
                yield Violation(*RANGE, name, (number,), {path: figure})


def number_violations(state: State, before: State | None) -> Iterator[Violation]:
    """Yield the maps of records whose numbers do not run from one to their count."""
    for name, count in COUNTS.items():
        expected = getattr(state, count)
        if before and map_of(state, name) is map_of(before, name) and expected == getattr(before, count):
            continue
        numbers = [number for number, _ in entries_of(state, name)]
        if len(numbers) != expected or numbers != list(range(1, expected + 1)):
            yield Violation(*NUMBERS, name, values={"numbers": numbers, "count": expected})

"""List what has to be proved on a path: each property, as a goal under the facts of the path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, cast

import z3

from lien.invariants.explore.maps import MAPS, maps_of
from lien.invariants.properties import base
from lien.invariants.properties.base import Kind, Observed, Property, is_one_of
from lien.invariants.prove.arbitrary import arbitrary_record
from lien.invariants.prove.executor import Executor
from lien.invariants.prove.expressions import conjuncts, number_of, simplified
from lien.invariants.prove.goal import Goal
from lien.invariants.prove.path import Path
from lien.invariants.prove.run import Applied, Explorer, Run
from lien.invariants.prove.symbols import Expression, Int, condition, integer
from lien.invariants.prove.totals import assume_totals, share_of, total_goals
from lien.protocol.algebra import all_of
from lien.protocol.state import COUNTS, Keyed, State, keyed_of
from lien.spec.abi import quantity_of
from lien.spec.types import OneEach, one_each_of

Wanted = frozenset[str] | None  # the identifiers of properties; none: of all
# By which total the range of a figure follows: what it is a part of, or what it records, is bounded.
RANGE_BY_TOTAL = {
    "balances": "TOTAL-SUPPLY",
    "holdings": "TOTAL-HOLDINGS",
    "claims": "TOTAL-HOLDINGS",
    "cash": "TOTAL-HOLDINGS",
    "cover": "TOTAL-HOLDINGS",
    "shares": "TOTAL-SHARES",
    "queued_shares": "TOTAL-SHARES",
    "principal": "TOTAL-LOANS",
    "loans": "TOTAL-LOANS",
    "accruing": "TOTAL-ACCRUING",
    "impairment": "TOTAL-LOANS",
    "stops": "TOTAL-STOPS",
    "defaulted_loans": "TOTAL-LOANS",
    "interest_paid": "TOTAL-LOANS",
    "slopes": "TOTAL-LOANS",
    "offsets": "TOTAL-LOANS",
    "carry": "TOTAL-LOANS",
    "approval_counts": "TOTAL-APPROVALS",
}


def written_records(state: Any) -> Iterator[tuple[str, Int, Any]]:
    """Yield each record that a call wrote: the map, the number and the record."""
    for name in COUNTS:
        last: dict[int, tuple[Expression, Any]] = {}
        for number, record in getattr(state, name).written:
            last[number_of(number)] = (number, record)
        for number, record in last.values():
            yield name, Int(number), record


def entry_goals(run: Run) -> Iterator[Goal]:
    """Yield what every written record must satisfy, by itself and beside the rest of the state."""
    after = cast("Observed", run.observed).after
    for map_name, number, record in written_records(after):
        near = run.rests if map_name == "facilities" else {}
        for goal in range_goals(record):
            rest = near.get(RANGE_BY_TOTAL.get(goal.identifier.split()[1], ""), ())
            yield Goal(goal.identifier, goal.condition, tuple(rest))
        for item in base.of_kind(Kind.ENTRY, Kind.LINK):
            if item.over == map_name:
                yield Goal(item.identifier, condition(item.formula_of(after, number, record)))


def range_goals(record: Any) -> Iterator[Goal]:
    """Yield that each field of a record is within the range that its annotation gives."""
    for item in fields(record):
        value, quantity = getattr(record, item.name), quantity_of(item.type)
        if is_dataclass(value) and not isinstance(value, type):
            yield from range_goals(value)
        elif isinstance(value, tuple):
            entry = quantity_of(cast("OneEach", one_each_of(item.type)).entry)
            parts = cast("tuple[object, ...]", value)
            yield from (Goal(f"RANGE {item.name}", within(part, entry)) for part in parts)
        elif quantity is not None:
            yield Goal(f"RANGE {item.name}", within(value, quantity))


def within(value: Any, quantity: Any) -> Expression:
    """Return whether a value lies within a quantity's range."""
    expression = integer(value).expression
    return z3.And(expression >= quantity.minimum, expression <= quantity.maximum)


def state_goals(after: State) -> Iterator[Goal]:
    """Yield that the state's own figures are within the ranges of their types."""
    for item in fields(State):
        quantity = quantity_of(item.type)
        if quantity is not None:
            yield Goal(f"RANGE {item.name}", within(getattr(after, item.name), quantity))


def figure_goals(run: Run) -> Iterator[Goal]:
    """Yield what every written figure must satisfy, and the link properties of figures for any key."""
    observed = cast("Observed", run.observed)
    before, after = observed.before, observed.after
    maps = {name: entries for name, entries in maps_of(after).items() if name not in COUNTS}
    for name in sorted(maps, key=lambda name: (name != "balances", name != "holdings", name)):
        quantity = quantity_of(MAPS[name].entry)
        rest = tuple(run.rests.get(RANGE_BY_TOTAL.get(name, ""), ()))
        for write in maps[name].writes:
            yield from link_goals(name, tuple(Int(part) for part in write.key), before, after)
            yield Goal(f"RANGE {name}", within(Int(write.figure), quantity), rest)
    for name in maps:
        arity = len(MAPS[name].keys)
        key = tuple(Int(z3.Int(f"any.{name}.{index}")) for index in range(arity))
        yield from link_goals(name, key, before, after)


def link_goals(name: str, key: tuple[Int, ...], before: State, after: State) -> Iterator[Goal]:
    """Yield that the link properties of a map of figures still hold at a key."""
    for item in base.of_kind(Kind.LINK):
        if item.over == name:
            old = item.formula(before, key, maps_of(before)[name].get(key))
            new = item.formula(after, key, maps_of(after)[name].get(key))
            yield Goal(item.identifier, z3.Implies(condition(old), condition(new)))


def witness_goals(run: Run, executor: Executor) -> Iterator[Goal]:
    """Yield the link properties of one arbitrary record that the call left: a global may break them."""
    observed = cast("Observed", run.observed)
    before, after = observed.before, observed.after
    for part in fields(State):
        if part.name not in COUNTS:
            continue
        links = [item for item in base.of_kind(Kind.LINK) if item.over == part.name]
        number = executor.fresh(f"untouched.{part.name}.number", 1)
        kind = cast("type[Any]", cast("Keyed", keyed_of(part.type)).entry)
        record = arbitrary_record(executor, kind, f"untouched.{part.name}", {})
        records = getattr(after, part.name)
        touched = [key for key, _ in (*records.originals, *records.written)]
        apart = [number.expression != key for key in touched]
        counted = share_of(run, part.name, number, record)
        held = z3.And(*apart, *counted, *[condition(item.formula(before, number, record)) for item in links])
        for item in links:
            yield Goal(item.identifier, z3.Implies(held, condition(item.formula(after, number, record))))


def step_goals(run: Run, wanted: Wanted, *, early: bool) -> Iterator[Goal]:
    """Yield what the call does, or why it was rejected."""
    observed = cast("Observed", run.observed)
    kinds = (Kind.STEP, Kind.REJECTION, Kind.LIVENESS)
    for item in base.of_kind(*kinds):
        if item.early != early or (wanted is not None and item.identifier not in wanted):
            continue
        if not item.calls or type(observed.call) in item.calls:
            anything = [Int(z3.Int(f"any.{name}")) for name in item.every]
            formula = said_of_a_step(item, observed, *anything)
            parts = conjuncts(simplified(formula)) if early else []  # each is a lemma for the next
            yield from (Goal(item.identifier, part) for part in parts or [formula])


def said_of_a_step(item: Property, *arguments: Any) -> Expression:
    """Return what a property says; where it divides by what may be zero it does not hold, as on integers."""
    try:
        return condition(item.formula(*arguments))
    except ZeroDivisionError:
        return z3.BoolVal(False)


def arithmetic_goals(path: Path) -> Iterator[Goal]:
    """Yield that every intermediate fits 256 bits and that every contract was met with what it needs."""
    for width in path.widths:
        yield Goal(width.label, width.condition, early=width.known)
    for needed in path.requirements:
        yield Goal(f"NEEDS {needed.label}", needed.condition, known=needed.known)


def paths_with_goals(explorer: Explorer, wanted: Wanted) -> Iterator[tuple[Path, Run, list[Goal]]]:
    """Yield each path with what it made and its goals: those of some properties, or of all."""

    def goals(path: Path, run: Run) -> list[Goal]:
        found = goals_of(path, run, explorer.executor, wanted)
        return found if wanted is None else [goal for goal in found if goal.property in wanted]

    yield from ((path, run, path.outcome) for path, run in explorer.paths(goals))


def goals_of(path: Path, run: Run, executor: Executor, wanted: Wanted) -> list[Goal]:
    """Return the goals of a path, in an order in which each may rely on those before it.

    What a step does is asked only of the properties that are wanted.
    """
    if run.case.relation:
        parts = conjuncts(simplified(condition(run.related)))  # each alone is easier
        return [Goal(run.case.relation, part) for part in parts or [z3.BoolVal(True)]]
    executor.require_widths()
    computed = list(arithmetic_goals(path))
    if run.observed is None:
        goals = contract_goals(run)
    else:
        assume_totals(run, executor)
        run.note_reads()
        goals = [*step_goals(run, wanted, early=True), *step_goals(run, wanted, early=False)]
    if run.observed is not None and run.observed.accepted:
        goals = [
            *step_goals(run, wanted, early=True),
            *figure_goals(run),
            *total_goals(run),
            *entry_goals(run),
            *witness_goals(run, executor),
            *state_goals(run.observed.after),
            *(
                Goal(item.identifier, condition(item.formula(run.observed.after)))
                for item in base.of_kind(Kind.GLOBAL)
            ),
            *step_goals(run, wanted, early=False),
        ]
    return [*goals, *computed]


def contract_facts(shown: Applied) -> dict[str, Any]:
    """Return all that is relied on where a contract is met, beside the properties of a loan."""
    contract, before, after = shown.contract, shown.loan, shown.after
    given = (before, *shown.arguments, shown.beside, after)
    exact = contract.exact(*given)
    kept = {item.name for item in fields(before)} - {"status", "terms", *contract.changed, *exact}
    always = {
        "the status is foreseen": is_one_of(after.status, contract.statuses[before.status]),
        "the terms are kept": after.terms is before.terms,
        "the rest is kept": all_of(*(getattr(after, name) == getattr(before, name) for name in sorted(kept))),
    }
    exactly = {f"{name} is exact": getattr(after, name) == value for name, value in exact.items()}
    return dict(**contract.promise(*given), **exactly, **always)  # raises where two have one label


def contract_goals(run: Run) -> list[Goal]:
    """Return that a contract's function keeps every property of a loan and does what it promises."""
    shown = cast("Applied", run.shown)
    loan, contract = shown.after, shown.contract
    facts = contract_facts(shown)
    entries = [Goal(item.identifier, condition(item.formula(loan))) for item in contract.kept]
    lemmas = contract.lemmas(shown.loan, *shown.arguments, shown.beside, loan)
    others = {label: fact for label, fact in facts.items() if label not in lemmas}
    ordered = others | lemmas | {label: facts[label] for label in lemmas if label in facts}
    promised = [Goal(f"CONTRACT {label}", condition(fact)) for label, fact in ordered.items()]
    beside = [] if contract.beside is None else list(range_goals(shown.beside))
    return [*beside, *promised, *entries, *range_goals(loan)]

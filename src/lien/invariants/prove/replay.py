"""Show that a property is false in fact: find numbers that refute it, and run the call on them.

The solver refutes with symbols, some of which stand for what contracts answer, for clocks and for sums over
records that were never looked at. A counterexample has none of these: bodies instead of contracts, a calendar
of daily cycles, and the sums as real entries. It counts only if every property holds of its state, if the
call on integers does what the path foretells, and if the property does not hold of that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Any

import z3

from lien.invariants.explore.check import state_violations
from lien.invariants.explore.maps import LEDGER_MAPS, RECORDS, entries_of, map_of
from lien.invariants.explore.totals import add_up
from lien.invariants.properties.base import Kind, Observed, of_kind
from lien.invariants.properties.implied import NUMBERS
from lien.invariants.properties.total import TOTALS
from lien.invariants.prove.arbitrary import ANY, Fixed
from lien.invariants.prove.cases import Case
from lien.invariants.prove.expressions import new_solver
from lien.invariants.prove.goal import Goal
from lien.invariants.prove.obligations import paths_with_goals
from lien.invariants.prove.path import Path
from lien.invariants.prove.reading import Numbers, Reading, Situation, concrete
from lien.invariants.prove.realisable import nothing_unread, what_can_be_made
from lien.invariants.prove.run import Explorer, Run, observe, relation_of
from lien.invariants.prove.symbols import Expression
from lien.protocol.algebra import interpreted_by
from lien.protocol.state import NO_LOANS, State
from lien.spec.call import Call
from lien.spec.types import CycleUnit, DayCount
from lien.spec.units import WAD

RESOURCES = 2_000_000  # for one path; numbers that exist are found with less
HANGING = 6_000  # milliseconds; not everything in the solver counts resources
MOST_PATHS = 60  # that are tried with as much fixed; what fails, fails on one of the first
HOLDER = 2**160 - 0xB0B  # who holds what the call does not look at
OPEN = {"TOTAL-SUPPLY": "balances", "TOTAL-HOLDINGS": "claims", "TOTAL-SHARES": "shares"}  # and where
DAILY: Fixed = {"day_count": DayCount.ACTUAL_365, "cycle_unit": CycleUnit.DAY, "cycle_length": 30}
RATES: Fixed = {
    "rate": WAD // 10,
    "default_rate": WAD // 20,
    "usury_cap": WAD // 5,
    "prepayment_fee_rate": WAD // 100,
}
ONE_LOAN: Fixed = {"live_loans": (ANY, *NO_LOANS[1:])}  # any of eight could be any other: too many paths
# What is fixed of loans and facilities: first much, so that little is left to multiply, at last the calendar.
SIMPLER: tuple[dict[str, Fixed], ...] = (
    {
        "loans": {
            "principal": 1_000,
            "terms": {**DAILY, **RATES, "principal": 1_000, "minimum_principal": 10},
        },
        "facilities": {"shares": 10**9, "interest_fee": WAD // 10},
        "identities": ONE_LOAN,
    },
    {
        "loans": {"terms": {**DAILY, **RATES}},
        "facilities": {"interest_fee": WAD // 10},
        "identities": ONE_LOAN,
    },
    {"loans": {"terms": DAILY}, "identities": ONE_LOAN},
)


@dataclass(frozen=True, slots=True)
class Counterexample:
    """Hold a situation in which a property does not hold, and what came of the call."""

    goal: str  # the property, or what of it
    function: str  # the call's or the contract's
    situation: Situation
    observed: Observed | None = None  # none for a contract or a relation
    answers: tuple[Any, ...] = ()  # what a contract's function returned


def find_counterexample(case: Case, identifier: str) -> Counterexample | None:
    """Return numbers that refute a property in a case, or none where none were found."""
    for simpler in SIMPLER:
        paths = paths_with_goals(Explorer(case, simpler), frozenset({identifier}))
        for path, run, goals in islice(paths, MOST_PATHS):
            for goal in goals:
                found = refute(path, run, goal)
                if found is not None:
                    return found
    return None


def refute(path: Path, run: Run, goal: Goal) -> Counterexample | None:
    """Return numbers that take a path and refute a goal, if the solver finds some and they replay."""
    condition = z3.simplify(goal.condition)
    if z3.is_true(condition):
        return None
    wanted = [*path.facts, z3.Not(condition), *what_can_be_made(run, condition)]
    for model in models([*wanted, *nothing_unread(run)], wanted):
        with interpreted_by(None):
            situation = put_together(run, model)
            values = partial(value_of, model)
            found = confirm(Reading(path, run).at(situation, values), goal)
        if found is not None:
            return found
    return None


def models(*questions: list[Expression]) -> Iterator[Any]:
    """Yield models of each list of facts, by a quick solver and by one that leaves fewer open."""
    for facts in questions:
        for quick in (True, False):
            solver = new_solver(RESOURCES, quick=quick)
            solver.set("timeout", HANGING)
            solver.add(*facts)
            result = solver.check()
            if result == z3.sat:
                yield solver.model()
            if result == z3.unsat:
                break


def confirm(numbers: Numbers, goal: Goal) -> Counterexample | None:
    """Return the counterexample, if it begins with what may be and the run on integers is the path's."""
    situation, run = numbers.situation, numbers.reading.run
    if not numbers.is_taken() or numbers.value(z3.simplify(goal.condition)) or not may_be(situation):
        return None
    if situation.call is not None:
        observed = observe(situation.state, situation.call, situation.context)
        is_same = not any(numbers.differences(observed))
        return Counterexample(goal.identifier, run.case.call, situation, observed) if is_same else None
    if run.shown is None:
        holds = relation_of(run.case).formula(*situation.given)
        return None if holds else Counterexample(goal.identifier, run.case.call, situation)
    answers = run.shown.contract.answers(*situation.given)
    is_same = numbers.real((run.shown.beside, run.shown.after)) == answers
    return Counterexample(goal.identifier, run.case.call, situation, None, answers) if is_same else None


def may_be(situation: Situation) -> bool:
    """Return whether every property holds of the state before a call, or of the records that are given."""
    if situation.call is not None:
        return all(found.identifier == NUMBERS[0] for found in state_violations(situation.state))
    return all(
        item.formula(record)
        for item in of_kind(Kind.ENTRY)
        for record in situation.given
        if RECORDS.get(type(record)) == item.over
    )


# --- from a model to a situation ---------------------------------------------------------------------


def put_together(run: Run, model: Any) -> Situation:
    """Return the situation that a model describes."""

    def number(expression: Expression) -> int:
        return value_of(model, expression)

    call: Call | None = run.call
    if call is not None:
        arguments = {name: concrete(value, number) for name, value in call.arguments().items()}
        call = type(call).model_construct(**arguments)
    state = with_approvers(with_holder(concrete(run.state, number)))
    return Situation(state, call, concrete(run.context, number), concrete(run.given, number))


def value_of(model: Any, expression: Expression) -> int:
    """Return the value that a model gives to a number."""
    return int(model.eval(expression, model_completion=True).as_long())


def with_holder(state: State) -> State:
    """Return the state in which a holder has what is recorded and what nobody has that the call looks at."""
    for total in TOTALS:
        if total.identifier not in OPEN:
            continue
        recorded, sums = add_up(state, (total.recorded,)), add_up(state, total.parts)
        name = OPEN[total.identifier]
        figures: Any = map_of(state, name)
        for group, (figure,) in recorded.items():
            rest = figure - sums.get(group, (0,))[0]
            figures = figures.set((*group, HOLDER), rest)
        holder: Any = state.ledger if name in LEDGER_MAPS else state
        changed = replace(holder, **{name: figures})
        state = changed if holder is state else replace(state, ledger=changed)
    return state


def with_approvers(state: State) -> State:
    """Return the state in which members gave the approvals that are counted and not looked at.

    Approvals whose count was not looked at are taken away: only a property of any entry reads such.
    """
    total = next(total for total in TOTALS if total.identifier == "TOTAL-APPROVALS")
    recorded, sums = add_up(state, (total.recorded,)), add_up(state, total.parts)
    approvals, council = state.approvals, state.council
    for place, (figure,) in recorded.items():
        for member in range(HOLDER, HOLDER + figure - sums.get(place, (0,))[0]):
            approvals, council = approvals.set((*place, member), 1), council.set(member, 1)
    for key in [key for key, _ in entries_of(state, "approvals") if key[:2] not in recorded]:
        approvals = approvals.set(key, 0)
    return replace(state, approvals=approvals, council=council)

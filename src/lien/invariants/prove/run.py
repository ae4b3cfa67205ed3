"""Run one case on symbols: any state that satisfies the properties, any call, any context, every path."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import z3

from lien.invariants.explore.maps import RECORDS, maps_of
from lien.invariants.properties import base
from lien.invariants.properties.base import Kind, Observed, Property
from lien.invariants.properties.loan import terms_are_sound
from lien.invariants.prove.arbitrary import (
    Fixed,
    arbitrary_call,
    arbitrary_context,
    arbitrary_record,
    arbitrary_state,
    arbitrary_value,
)
from lien.invariants.prove.calendar import Calendar, identity
from lien.invariants.prove.cases import Case
from lien.invariants.prove.contracts import CONTRACTS, WITHIN, WITHIN_CALLS
from lien.invariants.prove.contracts.base import Contract
from lien.invariants.prove.exact import exact_due_day
from lien.invariants.prove.executor import Executor
from lien.invariants.prove.expressions import conjuncts, simplified
from lien.invariants.prove.maps import SymbolicFigures
from lien.invariants.prove.path import Path
from lien.invariants.prove.symbols import Expression, condition, integer, known_value
from lien.protocol.machine import execute
from lien.protocol.rejection import Rejection
from lien.protocol.state import COUNTS, Context, Loan, State
from lien.spec.call import Call
from lien.spec.catalogue import CALLS
from lien.spec.types import LIVE, DayCount, LoanStatus


@dataclass(frozen=True, slots=True)
class Applied:
    """Hold what a contract was asked on a path, and what it answered."""

    contract: Contract
    loan: Loan
    arguments: tuple[Any, ...]
    beside: Any
    after: Loan

    @property
    def result(self) -> Any:
        """Return what the contract's function returns."""
        return self.after if self.contract.beside is None else (self.beside, self.after)


@dataclass
class Run:
    """Hold what one path made: the arbitrary beginning, what was read of it, and what came of it."""

    case: Case
    state: Any = None
    call: Any = None
    context: Any = None
    observed: Observed | None = None  # of a call
    given: tuple[Any, ...] = ()  # to the function of a contract, or to a relation
    related: Any = None  # whether a relation holds
    shown: Applied | None = None  # of a contract that is shown on its body
    applied: dict[Any, Applied] = field(default_factory=dict[Any, Applied])  # contracts that were relied on
    chosen: list[tuple[Expression, int, LoanStatus]] = field(
        default_factory=list
    )  # which answer, which status
    kept: list[Any] = field(default_factory=list[Any])  # what the keys of the above are numbers of
    schedules: dict[str, Any] = field(default_factory=dict[str, Any])  # of the calendar's functions
    splits: list[Any] = field(default_factory=list)  # symbols of which only a few values exist
    reads: set[tuple[str, tuple[int, ...]]] = field(
        default_factory=set[tuple[str, tuple[int, ...]]]
    )  # the figures that the call and its totals read, by map and key
    rests: dict[str, list[Any]] = field(default_factory=dict)  # of each total, what the call did not meet

    def note_reads(self) -> None:
        """Note which figures have been read by now."""
        self.reads = {
            (name, key)
            for name, entries in maps_of(self.state).items()
            if isinstance(entries, SymbolicFigures)
            for key in entries.reads
        }

    @property
    def outcome(self) -> str:
        """Return how the path ends: accepted, or the reason of the rejection."""
        reason = self.observed.reason if self.observed is not None else None
        return "accepted" if reason is None else reason.name


def observe(state: State, call: Call, context: Context) -> Observed:
    """Execute a call whose signer the context names, on symbols or on integers."""
    try:
        after, events = execute(state, call, context)
    except Rejection as rejection:
        return Observed(state, call, context, state, (), rejection.reason)
    return Observed(state, call, context, after, events, None)


def relation_of(case: Case) -> Property:
    """Return the relational property of a case."""
    return next(item for item in base.of_kind(Kind.RELATIONAL) if item.identifier == case.relation)


class Explorer:
    """Explore the paths of a case."""

    def __init__(self, case: Case, simpler: Mapping[str, Fixed] | None = None) -> None:
        """Meet calendar functions through their contracts and, in a call, the contracts of the protocol.

        With `simpler`, which fixes fields of loans and facilities, everything is met by its body instead, and
        the calendar exactly, so that every model can be made real; the terms then have daily cycles.
        """
        self.case, self._simpler = case, simpler
        self.calendar = Calendar()
        contracts: dict[str, Any] = {"clock": self.calendar.clock, "due_day": self.calendar.due_day}
        if simpler is not None:
            contracts = {"clock": self._exact_clock, "due_day": exact_due_day}
        else:
            relied_on = WITHIN_CALLS if case.call in CALLS else WITHIN.get(case.call, ())
            contracts |= dict.fromkeys(relied_on, self._rely_on)
        self.executor = Executor(contracts, quick=simpler is None)
        self.run = Run(case)

    def paths(self, conclude: Callable[[Path, Run], Any] | None = None) -> Iterator[tuple[Path, Run]]:
        """Yield each path with what it made; its outcome is what is concluded at its end, which may fork."""
        body = self._run_call if self.case.call in CALLS else self._run_contract
        body = self._run_relation if self.case.relation else body

        def function() -> Any:
            body()
            self.run.schedules = self.calendar.schedules
            return None if conclude is None else conclude(self.executor.path, self.run)

        for path in self.executor.explore(function):
            yield path, self.run

    # what is assumed

    def _on_entry(self, map_name: str, key: Any, entry: Any) -> None:
        """Assume of an entry that was read what the properties say of it."""
        if map_name == "loans":
            self._require_one_loan()
            self._on_loan(entry)
        for item in base.of_kind(Kind.ENTRY, Kind.LINK):
            if item.over == map_name:
                self.executor.assume(item.formula_of(self.run.state, key, entry))

    def _require_one_loan(self) -> None:
        """Require that no second loan is read whole: what the case fixes, it would fix of that one too.

        Numbers that refute may be as simple as that; a proof may not.
        """
        is_proof, state = self._simpler is None, self.run.state
        if is_proof and self.case.fixed_loan and state is not None and state.loans.originals:
            raise TypeError("a case fixes the status of one loan; read only fields of others")

    def _on_loan(self, loan: Loan) -> None:
        """Assume what the calendar promises of sound terms."""
        if self._simpler is None:
            self.calendar.rely_on(self.executor, loan.terms)
            self.run.splits.append((integer(loan.terms.day_count).expression, tuple(DayCount)))

    def _rely_on_new_terms(self, observed: Observed) -> None:
        """Assume the same of terms that a call gave a live loan, where the path required each part of it."""
        loans: Any = observed.after.loans
        for _, loan in loans.written if observed.accepted and self._simpler is None else ():
            if loan.status in LIVE and not self.calendar.relies_on(loan.terms):
                parts = conjuncts(simplified(condition(terms_are_sound(loan))))
                if not any(self.executor.is_possible(z3.Not(part)) for part in parts):
                    self.calendar.rely_on(self.executor, loan.terms)

    def _begin(self) -> None:
        self.run = Run(self.case)
        fixed = {**(self._simpler or {}), "loans": self._fixed_loan()}
        self.run.state = arbitrary_state(self.executor, fixed, self._on_entry)
        self.run.context = arbitrary_context(self.executor)
        for item in base.of_kind(Kind.GLOBAL):
            self.executor.assume(item.formula(self.run.state))

    def _fixed_loan(self) -> dict[str, Any]:
        """Return what is fixed of a loan, by the case and for simplicity."""
        return {"terms": {}, **(self._simpler or {}).get("loans", {}), **self.case.fixed_loan}

    def _exact_clock(self, executor: Executor, function: Any, arguments: tuple[Any, ...]) -> Any:
        """Read a clock that counts every day alike by its body; no loan runs by another."""
        is_simple = known_value(arguments[0]) in (DayCount.ACTUAL_365, DayCount.ACTUAL_360)
        return function(*arguments) if is_simple else self.calendar.clock(executor, function, arguments)

    def _value(self, annotation: Any, name: str) -> Any:
        return arbitrary_value(self.executor, annotation, name, {})

    # what is run

    def _run_call(self) -> None:
        self._begin()
        run = self.run
        run.call = arbitrary_call(self.executor, self.case.call_type, {"terms": self._fixed_loan()["terms"]})
        run.observed = observe(run.state, run.call, run.context)
        self._rely_on_new_terms(run.observed)
        if self._simpler is not None:  # every record has to become real
            for records in COUNTS:
                getattr(run.state, records).complete()

    def _run_contract(self) -> None:
        """Run the body on any loan that satisfies the properties, and any arguments that it may be given."""
        self._begin()
        contract = CONTRACTS[self.case.call]
        loan = self._arbitrary_loan(contract.kept)
        arguments = tuple(self._value(kind, name) for name, kind in contract.arguments.items())
        for needed in contract.needs(loan, *arguments).values():
            self.executor.assume(needed)
        beside, after = contract.answers(loan, *arguments)
        self.run.given, self.run.shown = (
            (loan, *arguments),
            Applied(contract, loan, arguments, beside, after),
        )

    def _arbitrary_loan(self, entries: list[Property] | None = None) -> Loan:
        """Return any loan of the case that satisfies the properties, or only those given."""
        loan: Loan = arbitrary_record(self.executor, Loan, "loan", self._fixed_loan())
        self._on_loan(loan)
        if entries is None:
            self._on_entry("loans", self.executor.fresh("number", 1, None), loan)
        for item in entries or ():
            self.executor.assume(item.formula(loan))
        return loan

    def _run_relation(self) -> None:
        """Ask a relational property of any records, and any further arguments."""
        self._begin()
        item = relation_of(self.case)
        arguments: list[Any] = []
        for name, kind in item.parameters.items():
            if kind is Loan:
                arguments.append(self._arbitrary_loan())
            elif kind in RECORDS:
                record = arbitrary_record(self.executor, kind, name, {})
                self._on_entry(RECORDS[kind], self.executor.fresh("number", 1, None), record)
                arguments.append(record)
            else:
                arguments.append(self._value(kind, name))
        self.run.given, self.run.related = tuple(arguments), item.formula(*arguments)

    # what is relied on

    def _rely_on(self, executor: Executor, function: Any, arguments: tuple[Any, ...]) -> Any:
        """Return what a contract answers: the same to the same question."""
        contract, run = CONTRACTS[function.__name__], self.run
        loan, *others = arguments
        key = (contract.name, *(identity(argument, run.kept) for argument in arguments))
        if key not in run.applied:
            for label, needed in contract.needs(loan, *others).items():
                executor.require(f"{contract.name}: {label}", needed)
            for item in contract.kept:
                executor.require(f"{contract.name}: {item.identifier}", item.formula(loan))
            run.applied[key] = self._answer(contract, loan, tuple(others))
        return run.applied[key].result

    def _answer(self, contract: Contract, loan: Loan, arguments: tuple[Any, ...]) -> Applied:
        """Return anything that keeps the properties of a loan and the promise."""
        status = self._choose_status(contract, LoanStatus(loan.status))
        beside = None
        if contract.beside is not None:
            beside = arbitrary_record(self.executor, contract.beside, f"{contract.name}.beside", {})
        types = Loan.__dataclass_fields__
        changed = {
            name: self._value(types[name].type, f"{contract.name}.{name}") for name in contract.changed
        }
        after = replace(loan, status=status, **changed)
        after = replace(
            after, **self._define(contract, after, contract.exact(loan, *arguments, beside, after))
        )
        for item in contract.kept:
            self.executor.assume(item.formula(after))
        for fact in contract.promise(loan, *arguments, beside, after).values():
            self.executor.assume(fact)
        return Applied(contract, loan, arguments, beside, after)

    def _define(self, contract: Contract, after: Loan, exact: dict[str, int]) -> dict[str, Any]:
        """Say what the fields that follow from others stand for; those that are symbols already, directly."""
        direct: dict[str, Any] = {}
        for name, value in exact.items():
            expression = integer(value).expression
            if name in contract.changed and not z3.is_const(expression):
                symbol = integer(getattr(after, name)).expression
                self.executor.define(symbol, symbol == expression)
            else:
                direct[name] = value
        return direct

    def _choose_status(self, contract: Contract, before: LoanStatus) -> LoanStatus:
        """Return each status that may come of it, on a path of its own."""
        *others, last = contract.statuses[before]
        for status in others:
            answer = z3.Bool(self.executor.number(f"{contract.name} gives {status.name}"))
            self.run.chosen.append((answer, len(self.run.applied), status))
            if self.executor.decide(answer):
                return status
        return last

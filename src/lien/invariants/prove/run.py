"""Run one case on symbols: any state that satisfies the properties, any call, any context, every path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lien.invariants.properties import base
from lien.invariants.properties.base import Kind, Observed
from lien.invariants.prove.arbitrary import (
    arbitrary_call,
    arbitrary_context,
    arbitrary_record,
    arbitrary_state,
    arbitrary_value,
)
from lien.invariants.prove.cases import CATCH_UP, CONTRACTS, TAKE_PAYMENT, Case
from lien.invariants.prove.contracts import (
    AFTER_CATCH_UP,
    AFTER_PAYMENT,
    CHANGED_BY_CATCH_UP,
    CHANGED_BY_PAYMENT,
    Calendar,
    caught_up_promise,
    identity,
    payment_promise,
)
from lien.invariants.prove.executor import Executor, Path
from lien.invariants.prove.symbols import integer
from lien.protocol.accrual import accrue, catch_up
from lien.protocol.calendar import due_day
from lien.protocol.machine import execute
from lien.protocol.rejection import Rejection
from lien.protocol.state import Loan
from lien.protocol.waterfall import Payment, take_payment
from lien.spec.repayment import Repay
from lien.spec.types import DayCount, LoanStatus
from lien.spec.units import UNIT


@dataclass
class Run:
    """Hold what one path made: the arbitrary beginning, what was read of it, and what came of it."""

    case: Case
    state: Any = None
    call: Any = None
    context: Any = None
    caught_up: dict[Any, Any] = field(default_factory=dict)
    paid: dict[Any, Any] = field(default_factory=dict)
    observed: Observed | None = None
    splits: list[Any] = field(default_factory=list)  # symbols of which only a few values exist
    rests: dict[str, list[Any]] = field(default_factory=dict)  # of each total, what the call did not meet
    promise: dict[str, bool] = field(default_factory=dict)
    after_loan: Any = None
    payment: Any = None

    @property
    def outcome(self) -> str:
        """Return how the path ends: accepted, or the reason of the rejection."""
        reason = self.observed.reason if self.observed is not None else None
        return "accepted" if reason is None else reason.name


class Explorer:
    """Explore the paths of a case."""

    def __init__(self, case: Case) -> None:
        """Meet calendar functions and catching up through their contracts."""
        self.case = case
        self.calendar = Calendar()
        contracts: dict[str, Any] = {"clock": self.calendar.clock, "due_day": self.calendar.due_day}
        if case.call not in CONTRACTS:
            contracts |= {"catch_up": self._catch_up, "take_payment": self._take_payment}
        self.executor = Executor(contracts)
        self.run = Run(case)

    def paths(self) -> Iterator[tuple[Path, Run]]:
        """Yield each path with what it made."""
        contracts = {CATCH_UP: self._run_catch_up, TAKE_PAYMENT: self._run_take_payment}
        function = contracts.get(self.case.call, self._run_call)
        for path in self.executor.explore(function):
            yield path, self.run

    # what is assumed

    def _on_entry(self, map_name: str, key: Any, entry: Any) -> None:
        """Assume of an entry that was read what the properties say of it."""
        if map_name == "loans":
            self.calendar.rely_on(self.executor, entry.terms)
            self.run.splits.append((entry.terms.day_count.expression, tuple(DayCount)))
        for item in base.of_kind(Kind.ENTRY, Kind.LINK):
            if item.over == map_name:
                self.executor.assume(item.formula_of(self.run.state, key, entry))

    def _begin(self) -> None:
        self.run = Run(self.case)
        self.run.state = arbitrary_state(self.executor, {"loans": self.case.fixed_loan}, self._on_entry)
        for item in base.of_kind(Kind.GLOBAL):
            self.executor.assume(item.formula(self.run.state))

    # what is run

    def _run_call(self) -> None:
        self._begin()
        run = self.run
        fixed = {"terms": self.case.fixed_loan.get("terms", {})}
        run.call = arbitrary_call(self.executor, self.case.call_type, fixed)
        run.context = arbitrary_context(self.executor)
        try:
            after, events = execute(run.state, run.call, run.context)
        except Rejection as rejection:
            run.observed = Observed(run.state, run.call, run.context, run.state, (), rejection.reason)
        else:
            run.observed = Observed(run.state, run.call, run.context, after, events, None)

    def _arbitrary_loan(self) -> Loan:
        """Return any loan of the case that satisfies the properties."""
        self._begin()
        loan: Loan = arbitrary_record(self.executor, Loan, "loan", self.case.fixed_loan)
        self.run.context = arbitrary_context(self.executor)
        self._on_entry("loans", self.executor.fresh("number", 1, None), loan)
        return loan

    def _run_catch_up(self) -> None:
        loan = self._arbitrary_loan()
        day = arbitrary_value(self.executor, Loan.__dataclass_fields__["since"].type, "day", {})
        self.executor.assume(day >= loan.since)
        after = catch_up(loan, day)
        self.run.after_loan, self.run.promise = after, caught_up_promise(loan, day, after)
        self.run.promise["accrual is exact"] = after.interest == accrue(loan, day).interest

    def _run_take_payment(self) -> None:
        loan = self._arbitrary_loan()
        if loan.status == LoanStatus.ACTIVE:  # it is caught up: nothing is due before today
            self.executor.assume(loan.since <= due_day(loan.terms, loan.period))
        amounts = [
            arbitrary_value(self.executor, Repay.__annotations__[name], name, {})
            for name in ("amount", "principal_ahead")
        ]
        self.executor.assume(amounts[0] >= 1)
        payment, after = take_payment(loan, *amounts)
        self.run.payment = payment
        self.run.after_loan, self.run.promise = after, payment_promise(loan, amounts[0], payment, after)

    def _take_payment(self, executor: Executor, _: Any, arguments: tuple[Any, ...]) -> Any:
        """Return any payment and loan that keep the properties and the promise."""
        loan, amount, ahead = arguments
        key = (identity(loan), identity(amount), identity(ahead))
        if key not in self.run.paid:
            executor.require("take_payment: the amount is positive", amount >= 1)
            self.run.paid[key] = self._paid(loan, amount)
        return self.run.paid[key]

    def _paid(self, loan: Loan, amount: int) -> tuple[Payment, Loan]:
        status = self.executor.one_of("paid.status", AFTER_PAYMENT[LoanStatus(loan.status)])
        payment = arbitrary_record(self.executor, Payment, "payment", {})
        types = Loan.__dataclass_fields__
        changed = {
            name: arbitrary_value(self.executor, types[name].type, f"paid.{name}", {})
            for name in CHANGED_BY_PAYMENT
        }
        if status == LoanStatus.SETTLED:
            changed |= {"collateral": 0}
        else:
            kept = loan.interest - payment.interest * UNIT
            self.executor.define(
                changed["interest"].expression, changed["interest"].expression == kept.expression
            )
        after = replace(loan, status=status, **changed)
        for item in base.of_kind(Kind.ENTRY):
            if item.over == "loans":
                self.executor.assume(item.formula(after))
        for fact in payment_promise(loan, amount, payment, after).values():
            self.executor.assume(fact)
        return payment, after

    # the contract of catching up

    def _catch_up(self, executor: Executor, _: Any, arguments: tuple[Any, ...]) -> Any:
        """Return any loan that keeps the properties and the promise."""
        loan, day = arguments
        key = (identity(loan), identity(day))
        if key not in self.run.caught_up:
            executor.require("catch_up: the day is not before the loan's", loan.since <= day)
            self.run.caught_up[key] = self._caught_up(loan, day)
        return self.run.caught_up[key]

    def _caught_up(self, loan: Loan, day: int) -> Loan:
        status = self.executor.one_of("caught_up.status", AFTER_CATCH_UP[LoanStatus(loan.status)])
        types = Loan.__dataclass_fields__
        changed = {
            name: arbitrary_value(self.executor, types[name].type, f"caught_up.{name}", {})
            for name in CHANGED_BY_CATCH_UP
        }
        exact = integer(accrue(loan, day).interest)
        self.executor.define(
            changed["interest"].expression, changed["interest"].expression == exact.expression
        )
        after = replace(loan, status=status, **(changed | {"since": day}))
        for item in base.of_kind(Kind.ENTRY):
            if item.over == "loans":
                self.executor.assume(item.formula(after))
        for fact in caught_up_promise(loan, day, after).values():
            self.executor.assume(fact)
        return after

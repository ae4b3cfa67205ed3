"""Follow paths as the proofs do, and note what makes goals: branches, guards with their reason, terms."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from inspect import currentframe
from typing import Any, cast

import z3

from lien.invariants.prove.exact import exact_due_day
from lien.invariants.prove.executor import Executor, Infeasible
from lien.invariants.prove.path import Decision, Path
from lien.invariants.prove.symbols import (
    Bool,
    Expression,
    Int,
    integer,
    is_symbolic,
    known_value,
    use_executor,
)
from lien.protocol.algebra import Algebra, interpreted_by
from lien.protocol.rejection import Rejection, require
from lien.spec.reasons import Reason
from lien.spec.units import SECONDS_PER_DAY
from lien.vectors.search.clocks import exact_clock

PROTOCOL = "lien.protocol"
BENEATH = ("lien.protocol.algebra", "lien.protocol.arithmetic", "lien.protocol.rejection")


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """Name a place in the protocol's source: the function, and the line within it."""

    function: str
    line: int

    def __str__(self) -> str:
        """Show it for identifiers."""
        return f"{self.function}.{self.line}"


@dataclass(frozen=True, slots=True)
class Branch:
    """Note a branch: where, for which reason if it is a guard, on what condition, and whether that held."""

    source: Source
    reason: Reason | None
    condition: Expression
    holds: bool


@dataclass(frozen=True, slots=True)
class Term:
    """Note a choice between two numbers that forks no path."""

    source: Source
    condition: Expression


class Tracer(Executor):
    """Explore one call on a concrete state."""

    def __init__(self) -> None:
        """Read clocks and dates exactly, and run everything else through its body."""
        super().__init__({"clock": exact_clock, "due_day": exact_due_day})
        self.branches: list[Branch] = []
        self.terms: list[Term] = []
        self.decided: set[int] = set()  # the facts that say which sides were taken, by their place
        self.lifted: int | None = None  # the branch whose guard is passed although it fails
        self.now: tuple[Int, Any] | None = None  # the context's time and its day

    def explore_from(self, function: Callable[[], Any], start: list[Decision]) -> Iterator[Path]:
        """Yield every feasible path that begins with the given decisions."""
        self._todo = [start]
        while self._todo:
            self.begin_path(self._todo.pop())
            self.branches, self.terms, self.decided = [], [], set()
            before = use_executor(self)
            try:
                with interpreted_by(cast("Algebra", self)), guarded_by(self):
                    self.path.outcome = function()
                yield self.path
            except Infeasible:
                continue
            finally:
                use_executor(before)

    def new_solver(self) -> z3.Solver:
        """Return one that always decides: with most numbers known, it can."""
        return z3.Solver()

    def guard(self, condition: Any, reason: Reason, **compared: Any) -> None:
        """Reject as `require` does, and note the guard; the lifted one rejects nothing."""
        is_symbol = isinstance(condition, Bool)
        holds = self._take(condition.expression) if is_symbol else bool(condition)
        self.branches.append(
            Branch(_source(), reason, condition.expression if is_symbol else z3.BoolVal(holds), holds)
        )
        if not holds and self.lifted != len(self.branches) - 1:
            raise Rejection(reason, **compared)

    def decide(self, expression: Expression) -> bool:
        """Take a side, and note the branch."""
        holds = self._take(expression)
        self.branches.append(Branch(_source(), None, expression, holds))
        return holds

    def _take(self, expression: Expression) -> bool:
        """Take a side, and note which facts say so."""
        before = len(self.path.facts)
        holds = super().decide(expression)
        self.decided.update(range(before, len(self.path.facts)))
        return holds

    def quotient(self, numerator: Any, divisor: Any) -> Any:
        """Know the day of the context's time without dividing."""
        if self.now is not None and isinstance(numerator, Int) and isinstance(divisor, int):
            time, day = self.now
            if divisor == SECONDS_PER_DAY and numerator.expression.eq(time.expression):
                return day
        return super().quotient(numerator, divisor)

    def wide_product(self, amount: Any, ratio: Any) -> Any:
        """Multiply numbers whose value is known as numbers."""
        known = (known_value(amount), known_value(ratio))
        return super().wide_product(
            amount if known[0] is None else known[0], ratio if known[1] is None else known[1]
        )

    def minimum(self, first: Any, second: Any) -> Any:
        """Return the smaller, and note the choice."""
        if is_symbolic(first, second):
            self._note(integer(first).expression <= integer(second).expression)
        return super().minimum(first, second)

    def maximum(self, first: Any, second: Any) -> Any:
        """Return the greater, and note the choice."""
        if is_symbolic(first, second):
            self._note(integer(first).expression >= integer(second).expression)
        return super().maximum(first, second)

    def choose(self, chosen_by: Any, when_true: Any, when_false: Any) -> Any:
        """Return one of the two, and note the choice."""
        if is_symbolic(chosen_by):
            self._note(chosen_by.expression)
        return super().choose(chosen_by, when_true, when_false)

    def _note(self, condition: Expression) -> None:
        simple = z3.simplify(condition)
        if not z3.is_true(simple) and not z3.is_false(simple):
            self.terms.append(Term(_source(), condition))


@contextmanager
def guarded_by(tracer: Tracer) -> Generator[None, None, None]:
    """Let a tracer stand in for `require` wherever the protocol uses it."""
    users = [
        module
        for name, module in sorted(sys.modules.items())
        if name.startswith(PROTOCOL) and name not in BENEATH and vars(module).get("require") is require
    ]
    for module in users:
        vars(module)["require"] = tracer.guard
    try:
        yield
    finally:
        for module in users:
            vars(module)["require"] = require


def _source() -> Source:
    """Return where in the protocol the code is: the nearest frame that is not of its algebra."""
    frame = currentframe()
    while frame is not None:
        name = frame.f_globals["__name__"]
        if name.startswith(PROTOCOL) and name not in BENEATH:
            code = frame.f_code
            function = code.co_qualname.replace(".<locals>", "").replace(".<genexpr>", "")
            return Source(function, frame.f_lineno - code.co_firstlineno)
        frame = frame.f_back
    return Source("start", 0)

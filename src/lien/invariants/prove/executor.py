"""Follow every path through protocol code: run it on symbols, and fork where a condition can go both ways.

The code is run again from its start for each path, with the decisions that lead there. A decision that is met
again must be the same condition; if it is not, the code is not deterministic, which is an error. What
protocol code calls minimum, choose, quotient or scale becomes a named term and forks nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from inspect import currentframe
from typing import Any

import z3

from lien.invariants.prove.algebra import SymbolicAlgebra
from lien.invariants.prove.expressions import add_facts, build, forget, new_solver, number_of, simplified
from lien.invariants.prove.path import Decision, Path
from lien.invariants.prove.symbols import Expression, use_executor
from lien.protocol.algebra import interpreted_by

# Solver resources, not seconds, so that results do not depend on the machine.
FEASIBILITY_RESOURCES = 100_000


class NotDeterministic(Exception):  # noqa: N818  # named for what the code is
    """Say that protocol code decided differently when it was run again."""


class Infeasible(Exception):  # noqa: N818  # a path that ends is no error
    """Leave a path of which no state exists."""


Excluded = tuple[list[Expression], Expression]  # facts, and a condition that cannot hold under them
Contract = Callable[["Executor", Callable[..., Any], tuple[Any, ...]], Any]


class Executor(SymbolicAlgebra):
    """Interpret protocol code on symbols, and explore all its paths."""

    def __init__(self, contracts: dict[str, Contract] | None = None, *, quick: bool = True) -> None:
        """Meet the named opaque functions through their contracts, and all others through their bodies.

        Where much is fixed, decide branches by the solver that is less quick and leaves fewer sides open.
        """
        super().__init__()
        self._is_quick = quick
        self.contracts = contracts or {}
        self.queries = 0
        self.excluded: list[Excluded] | None = None  # which sides were left out, where someone asks
        self._todo: list[list[Decision]] = []
        self._solver: z3.Solver  # knows all facts but those that are pending
        self._model: Any  # of all facts but, perhaps, those that are pending
        self.begin_path([])
        forget()

    def explore(self, function: Callable[[], Any]) -> Iterator[Path]:
        """Yield every feasible path of a function, with its outcome."""
        self._todo = [[]]
        while self._todo:
            self.begin_path(self._todo.pop())
            before = use_executor(self)
            try:
                with interpreted_by(self):
                    self.path.outcome = function()
                    if len(self.path.decisions) < len(self.path.prefix):
                        raise NotDeterministic("a run ended before the decisions that led to it")
                    yield self.path
            except Infeasible:
                continue
            finally:
                use_executor(before)

    def begin_path(self, prefix: list[Decision]) -> None:
        """Begin a path with nothing known but the decisions that lead to it."""
        self.path = Path(prefix)
        self._solver, self._pending, self._model = self.new_solver(), [], None

    def new_solver(self) -> z3.Solver:
        """Return what decides whether a side of a branch is possible."""
        return new_solver(FEASIBILITY_RESOURCES, quick=self._is_quick)

    def decide(self, expression: Expression) -> bool:
        """Take a side of a condition; queue the other if it is possible too."""
        expression = simplified(expression)
        site = _call_site()
        if z3.is_true(expression) or z3.is_false(expression):
            return bool(z3.is_true(expression))
        self.require_widths()
        position = len(self.path.decisions)
        if position < len(self.path.prefix):
            decision = self.path.prefix[position]
            if number_of(decision.condition) != number_of(expression):
                raise NotDeterministic(f"{site}: {decision.condition} became {expression}")
        else:
            decision = Decision(site, expression, self._choose_side(site, expression))
        self.path.decisions.append(decision)
        self.assume(expression if decision.taken else build(z3.Not, expression))
        return decision.taken

    def _choose_side(self, site: str, expression: Expression) -> bool:
        opposite = build(z3.Not, expression)
        for side in (True, False):
            if number_of(simplified(expression if side else opposite)) in self.path.known:
                return side
        known = self._side_in_model(expression)
        can_fail = known is False or self.is_possible(opposite)
        can_hold = known is True or self.is_possible(expression)  # last, since its model is of the side taken
        if not can_hold and not can_fail:
            raise Infeasible
        if can_hold and can_fail:
            self._todo.append([*self.path.decisions, Decision(site, expression, False)])
        return can_hold

    def is_possible(self, expression: Expression) -> bool:
        """Return whether the condition can hold here, as far as light facts tell; unknown is yes."""
        self.queries += 1
        add_facts(self._solver, self._pending)
        self._pending.clear()
        answer = self._solver.check(expression)
        if answer == z3.sat:
            self._model = self._solver.model()
        elif answer == z3.unsat and self.excluded is not None:
            self.excluded.append((list(self._solver.assertions()), expression))
        return bool(answer != z3.unsat)

    def _side_in_model(self, expression: Expression) -> bool | None:
        """Return on which side of a condition the last model is, if it is a model still."""
        if self._model is not None and not all(self._is_true(fact) for fact in self._pending):
            self._model = None
        return None if self._model is None else self._is_true(expression)

    def _is_true(self, expression: Expression) -> bool:
        return bool(z3.is_true(self._model.eval(expression, model_completion=True)))

    def apply(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        """Meet an opaque function through its contract, or run its body where it has none here."""
        contract = self.contracts.get(function.__name__)
        return function(*arguments) if contract is None else contract(self, function, arguments)


def _call_site() -> str:
    """Return where in the protocol a decision is taken: file and line of the first frame outside."""
    frame = currentframe()
    while frame is not None and "/prove/" in frame.f_code.co_filename:
        frame = frame.f_back
    assert frame is not None, "only code outside the prover takes decisions"
    name = frame.f_code.co_filename.rsplit("/lien/", 1)[-1]
    return f"{name}:{frame.f_lineno}"

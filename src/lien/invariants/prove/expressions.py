"""Build each expression of the solver once: every path is run again from its start, and builds the same.

Nothing depends on what is remembered here but time.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import Any

import z3

SIMPLEX = 2  # the older arithmetic, by its number in the solver's options

_known: dict[tuple[object, ...], tuple[Any, tuple[Any, ...]]] = {}


def forget() -> None:
    """Forget all expressions."""
    _known.clear()


@contextmanager
def own_context() -> Generator[None, None, None]:
    """Give the solver a context of its own: what it finds then depends on nothing that was asked before."""
    before = z3.z3._main_ctx
    z3.z3._main_ctx = z3.Context()
    forget()
    try:
        yield
    finally:
        z3.z3._main_ctx = before
        forget()


def new_solver(resources: int, *, quick: bool) -> z3.Solver:
    """Return a solver that knows nothing yet, and gives up after so many resources.

    A quick one takes the older arithmetic and prepares nothing: it takes a third of the time where it finds a
    proof, but is weak on products.
    """
    solver = z3.SimpleSolver() if quick else z3.Solver()
    if quick:
        solver.set("arith.solver", SIMPLEX)
    solver.set("rlimit", resources)
    return solver


def number_of(expression: Any) -> int:
    """Return a number that no other living expression has: the solver keeps equal ones at one address."""
    number: int = expression.ast.value
    return number


def build(operation: Callable[..., Any], *parts: Any) -> Any:
    """Return what an operation of the solver gives for expressions, integers or names."""
    key = (operation, *[number_of(part) if isinstance(part, z3.AstRef) else (part,) for part in parts])
    known = _known.get(key)
    if known is None:
        # The parts are kept, since the solver reuses the addresses of dead ones.
        known = _known[key] = (operation(*parts), parts)
    return known[0]


def simplified(expression: Any) -> Any:
    """Return an expression in the solver's own form."""
    return build(z3.simplify, expression)


def add_facts(solver: z3.Solver, facts: Sequence[Any]) -> None:
    """Add conditions to a solver at once, which is many times quicker than its own method for it."""
    if facts:
        context = solver.ctx.ref()
        parts = (z3.Ast * len(facts))(*(fact.as_ast() for fact in facts))
        z3.Z3_solver_assert(context, solver.solver, z3.Z3_mk_and(context, len(facts), parts))


def add(first: Any, second: Any) -> Any:
    """Add two terms."""
    return build(operator.add, first, second)


def at_most(first: Any, second: Any) -> Any:
    """Return whether a term is at most another; one of them can be an integer."""
    return build(operator.le, first, second)


def less(first: Any, second: Any) -> Any:
    """Return whether a term is less than another; one of them can be an integer."""
    return build(operator.lt, first, second)


def equal(first: Any, second: Any) -> Any:
    """Return whether two terms are equal; the second can be an integer."""
    return build(operator.eq, first, second)


def both(*conditions: Any) -> Any:
    """Return whether all conditions hold."""
    return build(z3.And, *conditions)


def implied(condition: Any, conclusion: Any) -> Any:
    """Return whether a conclusion holds wherever a condition does."""
    return build(z3.Implies, condition, conclusion)


def chosen(condition: Any, when_true: Any, when_false: Any) -> Any:
    """Return one of two terms by a condition; one of them can be an integer."""
    return build(z3.If, condition, when_true, when_false)


def conjuncts(expression: Any) -> list[Any]:
    """Return the parts of a conjunction: each alone is a smaller fact, near to fewer goals."""
    if z3.is_true(expression):
        return []
    if z3.is_and(expression):
        return [part for child in expression.children() for part in conjuncts(child)]
    return [expression]

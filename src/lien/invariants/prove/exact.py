"""Read the calendar exactly where it is simple enough: a counterexample must hold on the real one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lien.invariants.prove.executor import Executor
from lien.invariants.prove.symbols import known_value
from lien.spec.types import CycleUnit
from lien.spec.units import MAXIMUM_DAY


def exact_due_day(executor: Executor, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    """Return a due date: by the body for a known schedule, by formula for daily cycles."""
    terms, period = arguments
    if known_value(terms.periods) is not None and known_value(period) is not None:
        return function(terms, known_value(period))
    if known_value(terms.cycle_unit) != CycleUnit.DAY:
        raise TypeError("a schedule on symbols has daily cycles")
    number = executor.maximum(period, 0)
    regular = executor.minimum(terms.first_due_day + executor.scale(number, terms.cycle_length), MAXIMUM_DAY)
    is_last = executor.disjunction((period >= terms.periods - 1, terms.periods <= 1))
    return executor.choose(is_last, terms.maturity_day, regular)

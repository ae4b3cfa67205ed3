"""Interpret the few operations whose meaning depends on what a number is.

Protocol code runs unchanged on three kinds of numbers: integers (the reference implementation), symbolic
integers (the proofs) and exact fractions (the comparison with published schedules). Plain `+ - *`,
comparisons and `if` need no help; what is here is what must not fork a path on symbols, or must not round on
fractions. On integers, which is the default, each function is the obvious one.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from fractions import Fraction
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Algebra(Protocol):
    """Say what an interpretation other than the integers defines."""

    def minimum(self, first: int, second: int, /) -> int:
        """Return the smaller."""
        ...

    def maximum(self, first: int, second: int, /) -> int:
        """Return the greater."""
        ...

    def choose(self, condition: bool, when_true: int, when_false: int, /) -> int:
        """Return one of the two, by the condition."""
        ...

    def conjunction(self, conditions: tuple[bool, ...], /) -> bool:
        """Return whether all conditions hold."""
        ...

    def disjunction(self, conditions: tuple[bool, ...], /) -> bool:
        """Return whether one of the conditions holds."""
        ...

    def negation(self, condition: bool, /) -> bool:
        """Return whether the condition does not hold."""
        ...

    def quotient(self, numerator: int, divisor: int, /) -> int:
        """Return the quotient, rounded to minus infinity where numbers are whole."""
        ...

    def scale(self, amount: int, ratio: int, /) -> int:
        """Return the product of an amount and a ratio, which fits 256 bits."""
        ...

    def wide_product(self, amount: int, ratio: int, /) -> int:
        """Return the product of an amount and a ratio, which fits 512 bits."""
        ...

    def apply(self, function: Callable[..., Any], arguments: tuple[Any, ...], /) -> Any:
        """Return the function's value, or what its contract says of it."""
        ...


_active: Algebra | None = None


@contextmanager
def interpreted_by(algebra: Algebra | None) -> Generator[None]:
    """Run protocol code under another interpretation than the integers; under none, on the integers again."""
    global _active  # noqa: PLW0603  # one interpretation holds for all code that runs inside
    previous, _active = _active, algebra
    try:
        yield
    finally:
        _active = previous


def minimum(first: int, second: int) -> int:
    """Return the smaller of two numbers."""
    if _active is None:
        return first if first <= second else second
    return _active.minimum(first, second)


def maximum(first: int, second: int) -> int:
    """Return the greater of two numbers."""
    if _active is None:
        return first if first >= second else second
    return _active.maximum(first, second)


def choose(condition: bool, when_true: int, when_false: int) -> int:
    """Return one of two numbers, without forking a path."""
    if _active is None:
        return when_true if condition else when_false
    return _active.choose(condition, when_true, when_false)


def all_of(*conditions: bool) -> bool:
    """Return whether all conditions hold, without forking a path."""
    if _active is None:
        return all(conditions)
    return _active.conjunction(conditions)


def any_of(*conditions: bool) -> bool:
    """Return whether one of the conditions holds, without forking a path."""
    if _active is None:
        return any(conditions)
    return _active.disjunction(conditions)


def negate(condition: bool) -> bool:
    """Return whether the condition does not hold, without forking a path."""
    if _active is None:
        return not condition
    return _active.negation(condition)


def implies(premise: bool, conclusion: bool) -> bool:
    """Return whether the conclusion holds where the premise does, without forking a path."""
    return any_of(negate(premise), conclusion)


def equivalent(first: bool, second: bool) -> bool:
    """Return whether both conditions hold or neither does, without forking a path."""
    return all_of(implies(first, second), implies(second, first))


def count_true(*conditions: bool) -> int:
    """Count the conditions that hold, without forking a path."""
    return sum(choose(condition, 1, 0) for condition in conditions)


def quotient_down(numerator: int, divisor: int) -> int:
    """Divide and round to minus infinity; the divisor must be positive."""
    if _active is None:
        return numerator // divisor
    return _active.quotient(numerator, divisor)


def scale(amount: int, ratio: int) -> int:
    """Multiply an amount by a ratio and leave the product undivided; as a term of its own on symbols."""
    if _active is None:
        return amount * ratio
    return _active.scale(amount, ratio)


def wide_product(amount: int, ratio: int) -> int:
    """Multiply an amount by a ratio where the product is divided next, and may be 512 bits wide."""
    if _active is None:
        return amount * ratio
    return _active.wide_product(amount, ratio)


def opaque(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a function that symbols meet through its contract, which is proved on this very body."""

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        if _active is None:
            return function(*args, **kwargs)
        result: R = _active.apply(function, args)
        return result

    return call


class Fractions:
    """Interpret protocol code on exact fractions: nothing is rounded."""

    def minimum(self, first: int, second: int) -> int:
        """Return the smaller."""
        return min(first, second)

    def maximum(self, first: int, second: int) -> int:
        """Return the greater."""
        return max(first, second)

    def choose(self, condition: bool, when_true: int, when_false: int) -> int:
        """Return one of the two, by the condition."""
        return when_true if condition else when_false

    def conjunction(self, conditions: tuple[bool, ...]) -> bool:
        """Return whether all conditions hold."""
        return all(conditions)

    def disjunction(self, conditions: tuple[bool, ...]) -> bool:
        """Return whether one of the conditions holds."""
        return any(conditions)

    def negation(self, condition: bool) -> bool:
        """Return whether the condition does not hold."""
        return not condition

    def quotient(self, numerator: int, divisor: int) -> int:
        """Return the exact quotient."""
        return Fraction(numerator) / divisor  # type: ignore[return-value]  # a fraction stands for an integer

    def scale(self, amount: int, ratio: int) -> int:
        """Return the product."""
        return amount * ratio

    wide_product = scale

    def apply(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        """Run the function itself."""
        return function(*arguments)

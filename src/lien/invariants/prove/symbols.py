"""Stand in for integers and booleans: symbolic numbers that remember their range, and forking truth values.

Nothing may slip through in silence: a symbol has no hash, no bare `//`, and no truth but by the executor's
decision.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, TypeAlias, cast

import z3

from lien.invariants.prove.expressions import add, at_most, build, equal, less, simplified

Expression: TypeAlias = Any  # z3 has no types of its own
Bound: TypeAlias = int | None

_executor: Any = None  # the executor that runs at present; set by `Executor.explore`


def use_executor(executor: Any) -> Any:
    """Make an executor the one that decides truth values; return the one before."""
    global _executor
    before, _executor = _executor, executor
    return before


def add_bounds(first: Bound, second: Bound) -> Bound:
    """Add two bounds, where both exist."""
    return None if first is None or second is None else first + second


def product_range(first: Int, second: Int) -> tuple[Bound, Bound]:
    """Return the range of a product."""
    if first.low is None or first.high is None or second.low is None or second.high is None:
        is_positive = first.low is not None and second.low is not None and first.low >= 0 and second.low >= 0
        return (0 if is_positive else None), None
    corners = [a * b for a in (first.low, first.high) for b in (second.low, second.high)]
    return min(corners), max(corners)


class Int:
    """Wrap an integer expression and the range in which it is known to lie."""

    __slots__ = ("expression", "high", "low")

    def __init__(self, expression: Expression, low: Bound = None, high: Bound = None) -> None:
        """Wrap the expression; the range must follow from what the executor assumes."""
        self.expression, self.low, self.high = expression, low, high

    def _computed(self, expression: Expression, low: Bound, high: Bound) -> Int:
        result = Int(expression, low, high)
        _executor.note_intermediate(result)
        return result

    def __add__(self, other: Int | int) -> Int:
        """Add."""
        right = integer(other)
        low, high = add_bounds(self.low, right.low), add_bounds(self.high, right.high)
        return self._computed(add(self.expression, right.expression), low, high)

    __radd__ = __add__

    def __neg__(self) -> Int:
        """Negate."""
        low = None if self.high is None else -self.high
        high = None if self.low is None else -self.low
        return Int(build(operator.neg, self.expression), low, high)

    def __sub__(self, other: Int | int) -> Int:
        """Subtract."""
        return self + (-integer(other))

    def __rsub__(self, other: Int | int) -> Int:
        """Subtract from."""
        return integer(other) + (-self)

    def __mul__(self, other: Int | int) -> Int:
        """Multiply."""
        right = integer(other)
        return self._computed(
            build(operator.mul, self.expression, right.expression), *product_range(self, right)
        )

    __rmul__ = __mul__

    def __lt__(self, other: Int | int) -> Bool:
        """Compare."""
        return Bool(less(self.expression, raw(other)))

    def __le__(self, other: Int | int) -> Bool:
        """Compare."""
        return Bool(at_most(self.expression, raw(other)))

    def __gt__(self, other: Int | int) -> Bool:
        """Compare."""
        return Bool(build(operator.gt, self.expression, raw(other)))

    def __ge__(self, other: Int | int) -> Bool:
        """Compare."""
        return Bool(build(operator.ge, self.expression, raw(other)))

    def __eq__(self, other: object) -> Bool:  # type: ignore[override]  # undecided until it is asked
        """Compare."""
        return Bool(equal(self.expression, raw(other)))

    def __ne__(self, other: object) -> Bool:  # type: ignore[override]  # undecided until it is asked
        """Compare."""
        return Bool(build(operator.ne, self.expression, raw(other)))

    def __hash__(self) -> int:
        """Refuse: a set or dictionary of symbols would compare by identity."""
        raise TypeError("a symbol has no hash")

    def __bool__(self) -> bool:
        """Refuse: a number is no condition."""
        raise TypeError("a symbolic integer has no truth value; compare it")

    def __floordiv__(self, other: object) -> Int:
        """Refuse: divisions go through the arithmetic module, where the rounding is in the name."""
        raise TypeError("divide symbols by quotient_down or quotient_up")

    __rfloordiv__ = __truediv__ = __mod__ = __floordiv__

    def __index__(self) -> int:
        """Refuse: a symbol selects no entry of a tuple."""
        raise TypeError("a symbolic integer is no index")

    def __repr__(self) -> str:
        """Show the expression."""
        return f"Int({self.expression})"


class Bool:
    """Wrap a condition; asked for its truth, it has the executor decide and fork."""

    __slots__ = ("expression",)

    def __init__(self, expression: Expression) -> None:
        """Wrap the condition."""
        self.expression = expression

    def __bool__(self) -> bool:
        """Decide: take one side of the condition now, the other on a path of its own."""
        return bool(_executor.decide(self.expression))

    def __eq__(self, other: object) -> bool:
        """Refuse: say `equivalent`."""
        raise TypeError("compare conditions by equivalent")

    def __hash__(self) -> int:
        """Refuse, as for integers."""
        raise TypeError("a symbol has no hash")

    def __repr__(self) -> str:
        """Show the condition."""
        return f"Bool({self.expression})"


def is_symbolic(*values: object) -> bool:
    """Return whether one of the values is a symbol."""
    return any(isinstance(value, (Int, Bool)) for value in values)


def raw(value: object) -> Expression:
    """Return the expression of a symbol, or the value itself."""
    if isinstance(value, (Int, Bool)):
        return value.expression
    return int(value) if isinstance(value, int) and not isinstance(value, bool) else value


def integer(value: Any) -> Int:
    """Return a number or an expression as a symbol; a constant knows its range."""
    if isinstance(value, Int):
        return value
    if isinstance(value, z3.ArithRef):
        return Int(value)
    if not isinstance(value, int):
        raise TypeError(f"{value!r} is no integer")
    return Int(build(z3.IntVal, int(value)), int(value), int(value))


def condition(value: object) -> Expression:
    """Return a truth value as an expression."""
    if isinstance(value, z3.BoolRef):
        return value
    return value.expression if isinstance(value, Bool) else build(z3.BoolVal, bool(value))


def known_value(number: Any) -> int | None:
    """Return a number's value, or none where it is a symbol without one."""
    if isinstance(number, int):
        return int(number)
    expression = simplified(integer(number).expression)
    return int(expression.as_long()) if z3.is_int_value(expression) else None


def leaves(value: Any) -> Iterator[Any]:
    """Yield the numbers inside a value, symbols or not, in the order of its fields."""
    if is_dataclass(value):
        for item in fields(value):
            yield from leaves(getattr(value, item.name))
    elif isinstance(value, tuple):
        for part in cast("tuple[object, ...]", value):
            yield from leaves(part)
    elif isinstance(value, (Int, int)):
        yield value

"""Interpret what protocol code computes as named terms, which fork nothing (an `Algebra`)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import z3

from lien.invariants.prove.expressions import (
    at_most,
    both,
    build,
    chosen,
    equal,
    number_of,
    simplified,
)
from lien.invariants.prove.facts import Facts
from lien.invariants.prove.symbols import (
    Bool,
    Expression,
    Int,
    condition,
    integer,
    is_symbolic,
    product_range,
)


class SymbolicAlgebra(Facts, ABC):
    """Name each term, and say what it stands for."""

    @abstractmethod
    def decide(self, expression: Expression) -> bool:
        """Take a side of a condition; who explores paths says which."""

    def minimum(self, first: Any, second: Any) -> Any:
        """Return the smaller, as a term."""
        if not is_symbolic(first, second):
            return min(first, second)
        left, right = integer(first), integer(second)
        lows = (left.low, right.low)
        highs = [bound for bound in (left.high, right.high) if bound is not None]
        low = None if None in lows else min(bound for bound in lows if bound is not None)
        smaller = chosen(condition(left <= right), left.expression, right.expression)
        return self._term("minimum", smaller, low, min(highs, default=None))

    def maximum(self, first: Any, second: Any) -> Any:
        """Return the greater, as a term."""
        if not is_symbolic(first, second):
            return max(first, second)
        left, right = integer(first), integer(second)
        lows = [bound for bound in (left.low, right.low) if bound is not None]
        highs = (left.high, right.high)
        high = None if None in highs else max(bound for bound in highs if bound is not None)
        greater = chosen(condition(left >= right), left.expression, right.expression)
        return self._term("maximum", greater, max(lows, default=None), high)

    def choose(self, chosen_by: Any, when_true: Any, when_false: Any) -> Any:
        """Return one of the two, as a term."""
        if not is_symbolic(chosen_by):
            return when_true if chosen_by else when_false
        yes, no = integer(when_true), integer(when_false)
        low = None if yes.low is None or no.low is None else min(yes.low, no.low)
        high = None if yes.high is None or no.high is None else max(yes.high, no.high)
        return self._term("choose", chosen(condition(chosen_by), yes.expression, no.expression), low, high)

    def _term(self, label: str, expression: Expression, low: int | None, high: int | None) -> Any:
        """Name a term, unless it is one already; small terms keep queries small."""
        expression = simplified(expression)
        if build(z3.is_int_value, expression):
            return expression.as_long()
        if build(_is_short, expression):
            return Int(expression, low, high)
        symbol, is_new = self.named(label, (expression,), low, high)
        if is_new:
            self.define(symbol.expression, equal(symbol.expression, expression))
            self.assume_range(symbol)
        return symbol

    def _short(self, label: str, value: Any) -> Any:
        """Return a number, named where it is more than a symbol: products of names keep polynomials small."""
        return self._term(label, value.expression, value.low, value.high) if isinstance(value, Int) else value

    def conjunction(self, conditions: tuple[Any, ...]) -> Any:
        """Return whether all hold, as a term."""
        if not is_symbolic(*conditions):
            return all(conditions)
        return _truth(both(*[condition(item) for item in conditions]))

    def disjunction(self, conditions: tuple[Any, ...]) -> Any:
        """Return whether one holds, as a term."""
        if not is_symbolic(*conditions):
            return any(conditions)
        return _truth(build(z3.Or, *[condition(item) for item in conditions]))

    def negation(self, negated: Any) -> Any:
        """Return whether it does not hold, as a term."""
        return _truth(build(z3.Not, negated.expression)) if isinstance(negated, Bool) else not negated

    def quotient(self, numerator: Any, divisor: Any) -> Any:
        """Return a quotient's floor: q with q d <= n < q d + d, one symbol for the same division."""
        if not is_symbolic(numerator, divisor):
            return numerator // divisor
        n, d = integer(numerator), integer(self._short("divisor", divisor))
        if not (d.low is not None and d.low > 0) and not self.decide(d.expression > 0):
            raise ZeroDivisionError("the divisor is not positive")
        expression = simplified(n.expression)
        if isinstance(divisor, int):
            low = None if n.low is None else n.low // divisor
            high = None if n.high is None else n.high // divisor
        else:
            low, high = (0 if n.low is not None and n.low >= 0 else None), None
            if low == 0 and n.high is not None:
                high = n.high // max(d.low or 1, 1)
        symbol, is_new = self.named("quotient", (expression, d.expression), low, high)
        if is_new:
            divides = build(_divides, symbol.expression, expression, d.expression)
            self.define(symbol.expression, divides, light=isinstance(divisor, int))
            self.assume_range(symbol)
        return symbol

    def scale(self, amount: Any, ratio: Any) -> Any:
        """Return a product that has to fit 256 bits, as a named term."""
        product = self.wide_product(amount, ratio)
        if isinstance(product, Int):
            self.note_intermediate(product)
        return product

    def wide_product(self, amount: Any, ratio: Any) -> Any:
        """Return a product as a named term, with two tautologies that spare the solver a long search.

        For 0 <= b <= top: a1 <= a2 gives 0 <= a2 b - a1 b <= (a2 - a1) top.
        """
        if not is_symbolic(amount) or not is_symbolic(ratio):
            product = amount * ratio
            if (
                isinstance(product, Int)
                and self.path.intermediates
                and self.path.intermediates[-1] is product
            ):
                self.path.intermediates.pop()
            return product
        amount, ratio = self._short("factor", amount), self._short("factor", ratio)
        if not is_symbolic(amount) or not is_symbolic(ratio):
            return amount * ratio
        a, b = amount.expression, ratio.expression
        low, high = product_range(amount, ratio)
        symbol, is_new = self.named("product", (a, b), low, high)
        if is_new:
            self.define(symbol.expression, build(_is_product, symbol.expression, a, b), light=False)
            self.assume_range(symbol)
            if ratio.high is not None:
                self._relate_product(a, ratio, symbol.expression, ratio.high)
        return symbol

    def _relate_product(self, a: Expression, ratio: Int, product: Expression, top: int) -> None:
        """Say that a product grows with its first factor, by at most the greatest ratio for each one."""
        b, zero = ratio.expression, build(z3.IntVal, 0)
        sign = build(z3.BoolVal, True) if ratio.low is not None and ratio.low >= 0 else at_most(0, b)
        known = [entry for entry in self.path.products if number_of(entry[1].expression) == number_of(b)]
        for other, _, other_product in [*known, (zero, ratio, zero)]:
            self.assume(build(_rises, sign, other, a, other_product, product, top))
            self.assume(build(_rises, sign, a, other, product, other_product, top))
        self.path.products.append((a, ratio, product))


# What follows is asked for on every path, and built once.


def _truth(expression: Expression) -> Any:
    """Return a constant truth value as such, else as a symbol."""
    return build(_simple_truth, simplified(expression))


def _simple_truth(expression: Expression) -> Any:
    if z3.is_true(expression) or z3.is_false(expression):
        return z3.is_true(expression)
    return Bool(expression)


def _is_short(expression: Expression) -> bool:
    """Return whether a term is a symbol, or one with numbers alone beside it."""
    return z3.is_const(expression) or all(z3.is_int_value(part) for part in expression.children()[1:])


def _divides(quotient: Expression, numerator: Expression, divisor: Expression) -> Expression:
    """Return that a quotient is that of a numerator, rounded down."""
    multiple = quotient * divisor
    return z3.And(multiple <= numerator, numerator < multiple + divisor)


def _is_product(product: Expression, first: Expression, second: Expression) -> Expression:
    """Return that a product is that of two factors."""
    return product == first * second


def _rises(  # two products by one factor, of which the sign and a bound are known
    sign: Expression, low: Expression, high: Expression, lesser: Expression, greater: Expression, top: int
) -> Expression:
    """Return that the product of the greater factor is no less, by at most the bound for each one."""
    rise = greater - lesser
    return z3.Implies(z3.And(sign, low <= high), z3.And(rise >= 0, rise <= (high - low) * top))

"""Ask for one model, symbol by symbol: what can hold decides, not what the solver happens to find."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import z3

from lien.invariants.prove.symbols import Expression
from lien.vectors.search.inputs import Symbol


class Undecided(Exception):  # noqa: N818
    """Say that the solver gave no answer, on which a choice may not depend."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Ask for a model: what has to hold, what is preferred, what to make great to be nearest to a limit."""

    constraint: Expression
    preferred: Mapping[str, int] = field(default_factory=dict[str, int])
    overshoot: Expression | None = None
    about: Expression | None = None  # what decides which symbols may have to change, if not the constraint
    changes_two: bool = False  # two symbols are not natural, where changing one is not enough


def ask(solver: Any, *assumed: Expression) -> bool:
    """Return whether what the solver knows can hold together with what is assumed."""
    answer = solver.check(*assumed)
    if answer == z3.unknown:
        raise Undecided(str(solver.reason_unknown()))
    return bool(answer == z3.sat)


class Question:
    """Settle the symbols one after the other, so that a wish holds."""

    def __init__(self, solver: Any, wish: Wish, anywhere: Callable[[], Any]) -> None:
        """Ask a solver that knows a path, and where a limit lies one that knows what holds on all paths."""
        self.solver, self.wish, self._anywhere = solver, wish, anywhere
        self._pins: list[Expression] = []
        solver.add(wish.constraint)

    def holds(self, *assumed: Expression) -> bool:
        """Return whether the wish can hold together with what is assumed."""
        return ask(self.solver, *assumed)

    def pin(self, *pins: Expression) -> None:
        """Keep what was chosen."""
        self.solver.add(*pins)
        self._pins += pins

    def settle(self, symbols: list[Symbol]) -> dict[str, int]:
        """Give the symbols what they like best, the earlier ones first; whole groups at once if possible."""
        if not symbols:
            return {}
        liked = {symbol.name: self.wish.preferred.get(symbol.name, symbol.preferred[0]) for symbol in symbols}
        pins = [symbol.expression == liked[symbol.name] for symbol in symbols]
        if self.holds(*pins):
            self.pin(*pins)
            return liked
        if len(symbols) > 1:
            half = len(symbols) // 2
            return self.settle(symbols[:half]) | self.settle(symbols[half:])
        value = self._choose(symbols[0])
        self.pin(symbols[0].expression == value)
        return {symbols[0].name: value}

    def nearest(self, symbol: Symbol) -> tuple[int, int] | None:
        """Return the value that comes nearest to the limit, and a number that is greater where nearer."""
        overshoot = self.wish.overshoot
        if overshoot is None or not self.holds():
            return None
        value = self._nearest(symbol, self._liked(symbol), overshoot)
        self.pin(symbol.expression == value)
        return (value, self._value(overshoot)) if self.holds() else None

    def _choose(self, symbol: Symbol) -> int:
        """Return the only possible value, else the one nearest to a limit, else a liked one."""
        self.holds()
        some = self._value(symbol.expression)
        if not self.holds(symbol.expression != some):
            return some
        liked = self._liked(symbol)
        if self.wish.overshoot is None or not symbol.is_amount:
            return liked
        return self._nearest(symbol, liked, self.wish.overshoot)

    def _value(self, expression: Expression) -> int:
        return int(self.solver.model().eval(expression, model_completion=True).as_long())

    def _liked(self, symbol: Symbol) -> int:
        """Return the most liked value, else the least."""
        for value in symbol.preferred:
            if self.holds(symbol.expression == value):
                return value
        self.holds()
        return self._least(symbol.expression, self._value(symbol.expression))

    def _nearest(self, symbol: Symbol, liked: int, overshoot: Expression) -> int:
        """Return the greatest value if more leads over the limit, the least if less does, else the liked one.

        A model is asked only for what is the same in all of them: how near the limit a liked value comes.
        """
        self.holds(symbol.expression == liked)
        beyond = (*self._pins, overshoot > self._value(overshoot))
        if ask(self._anywhere(), symbol.expression > liked, *beyond):
            return symbol.high - self._least(symbol.high - symbol.expression, symbol.high - liked)
        if ask(self._anywhere(), symbol.expression < liked, *beyond):
            return self._least(symbol.expression, liked)
        return liked

    def _least(self, expression: Expression, high: int) -> int:
        """Return the least value, which is at least zero, given some possible one."""
        low = 0
        while low < high:
            middle = (low + high) // 2
            if self.holds(expression <= middle):
                high = self._value(expression)
            else:
                low = middle + 1
        return high

"""Choose a model that does not depend on the solver: as close to the natural call as the goal allows.

Only whether a condition can hold is asked of Z3, never which model it likes, so that the choice is the same
on every machine. Days are put in as numbers before anything is asked. Where there are many symbols, all but
one or two are put in.
"""

from __future__ import annotations

from collections.abc import Iterator

import z3

from lien.invariants.prove.symbols import Expression
from lien.vectors.search.expressions import names_in, number_of
from lien.vectors.search.inputs import DAY, SECOND, Symbol
from lien.vectors.search.question import Wish
from lien.vectors.search.setting import RESOURCES, Found, Setting

FEW = 12  # symbols that can all be left open at once


class Chooser:
    """Choose models under the facts of one path."""

    def __init__(
        self,
        facts: tuple[Expression, ...],
        definitions: tuple[Expression, ...],
        symbols: tuple[Symbol, ...],
    ) -> None:
        """Begin with nothing asked."""
        self.facts, self.definitions, self.symbols = z3.And(*facts), z3.And(*definitions), symbols
        self.has_many = len(symbols) > FEW
        self._mentioned = [names_in(fact) for fact in facts] if self.has_many else []
        self._settings: dict[tuple[object, ...], Setting] = {}  # by what is put in as numbers

    def find(self, wish: Wish) -> Found | None:
        """Return the chosen model of a wish, or none where there is none."""
        return next(self._by_deviation(wish) if self.has_many else self._by_day(wish), None)

    def nearest(self, wish: Wish) -> Found | None:
        """Return the call nearest to a limit that no call is exactly at: one symbol is not natural."""
        liked, best = self._liked(wish), None
        for symbol in self._relevant(wish.constraint) if self.has_many else ():
            near = self._with_open((symbol,), liked).nearest(wish, symbol)
            if near is not None and (best is None or near[0] > best[0]):
                best = near
        return None if best is None else best[1]

    def is_possible(self) -> bool:
        """Return whether the path has any model, on whatever day; not knowing counts as yes."""
        solver = z3.Solver()
        solver.set("rlimit", RESOURCES)
        solver.add(self.facts)
        return bool(solver.check() != z3.unsat)

    def _by_day(self, wish: Wish) -> Iterator[Found]:
        """Yield a model on each day that the target prefers, with the other symbols open."""
        days = [symbol for symbol in self.symbols if symbol.name == DAY]
        rest = [symbol for symbol in self.symbols if symbol.name != DAY]
        choices: list[dict[Symbol, int]] = [{day: number} for day in days for number in day.preferred]
        for values in choices or [{}]:
            found = self._setting(values).find(wish, rest)
            if found is not None:
                yield found

    def _by_deviation(self, wish: Wish) -> Iterator[Found]:
        """Yield models in which at most one symbol, that the wish is about, is not natural; or two."""
        liked = self._liked(wish)
        about = self._relevant(wish.constraint if wish.about is None else wish.about)
        ones: list[tuple[Symbol, ...]] = [(), *((symbol,) for symbol in about)]
        for left in self._pairs(about) if wish.changes_two else ones:
            setting = self._with_open(left, liked)
            # Of a product of two unknowns the solver may know nothing.
            found = setting.find(wish, list(left)) if len(left) < 2 or setting.is_linear else None  # noqa: PLR2004
            if found is not None:
                yield found

    def _pairs(self, about: list[Symbol]) -> list[tuple[Symbol, ...]]:
        """Return each symbol that a wish is about with each other amount of the call."""
        others = [symbol for symbol in self.symbols if symbol.is_amount and symbol.name not in (DAY, SECOND)]
        return [(first, other) for first in about for other in others if other is not first]

    def _liked(self, wish: Wish) -> dict[Symbol, int]:
        return {symbol: wish.preferred.get(symbol.name, symbol.preferred[0]) for symbol in self.symbols}

    def _with_open(self, left: tuple[Symbol, ...], liked: dict[Symbol, int]) -> Setting:
        """Return the setting in which all symbols but some have their liked value."""
        return self._setting({symbol: value for symbol, value in liked.items() if symbol not in left})

    def _setting(self, values: dict[Symbol, int]) -> Setting:
        telling = {symbol.name: value for symbol, value in values.items() if symbol.name in (DAY, SECOND)}
        key = (*(symbol.name for symbol in values), *telling.items())
        if key not in self._settings:
            self._settings[key] = Setting(self.facts, self.definitions, values)
        return self._settings[key]

    def _relevant(self, constraint: Expression) -> list[Symbol]:
        """Return the symbols on which a constraint depends, through all names for something computed."""
        wanted, grew = names_in(constraint), True
        while grew:
            grew = False
            for names in self._mentioned:
                newest = max((name for name in names if "#" in name), key=number_of, default=None)
                if newest in wanted and not names <= wanted:
                    wanted |= names
                    grew = True
        return [symbol for symbol in self.symbols if symbol.expression.decl().name() in wanted]

"""Follow every path through protocol code: run it on symbols, and fork where a condition can go both ways.

The code is run again from its start for each path, with the decisions that lead there. A decision that is met
again must be the same condition; if it is not, the code is not deterministic, which is an error. What
protocol code calls minimum, choose, quotient or scale becomes a named term and forks nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from inspect import currentframe
from typing import Any

import z3

from lien.invariants.prove.expressions import (
    add_facts,
    at_most,
    both,
    build,
    chosen,
    equal,
    forget,
    number_of,
    quick_solver,
    simplified,
)
from lien.invariants.prove.symbols import (
    Bool,
    Expression,
    Int,
    condition,
    integer,
    is_symbolic,
    product_range,
    use_executor,
)
from lien.protocol.algebra import interpreted_by

# Solver resources, not seconds, so that results do not depend on the machine.
FEASIBILITY_RESOURCES = 100_000
WIDTH = 2**255  # what an intermediate may reach, either sign, to fit a contract's 256 bits


class NotDeterministic(Exception):  # noqa: N818  # named for what the code is
    """Say that protocol code decided differently when it was run again."""


class Infeasible(Exception):  # noqa: N818  # a path that ends is no error
    """Leave a path of which no state exists."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Record one branch: where in the source, on what condition, and which side was taken."""

    site: str
    condition: Expression
    taken: bool


@dataclass(frozen=True, slots=True)
class Requirement:
    """Hold what a contract needs, and how many facts of the path were known before it answered."""

    label: str
    condition: Expression
    known: int


@dataclass
class Path:
    """Hold what is known on one path."""

    prefix: list[Decision]
    decisions: list[Decision] = field(default_factory=list)
    facts: list[Expression] = field(default_factory=list)
    known: set[int] = field(default_factory=set)  # the facts that were assumed, by their numbers
    intermediates: list[Int] = field(default_factory=list)
    definitions: dict[int, list[Expression]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    names: dict[tuple[Any, ...], tuple[Int, Any]] = field(default_factory=dict)
    products: list[tuple[Expression, Int, Expression]] = field(default_factory=list)
    requirements: list[Requirement] = field(default_factory=list)
    outcome: Any = None

    @property
    def signature(self) -> tuple[tuple[str, bool], ...]:
        """Return the path's identity: the sequence of branch decisions in the source."""
        return tuple((decision.site, decision.taken) for decision in self.decisions)


Terms = tuple[Expression, ...]
Excluded = tuple[list[Expression], Expression]  # facts, and a condition that cannot hold under them
Contract = Callable[["Executor", Callable[..., Any], tuple[Any, ...]], Any]


class Executor:
    """Interpret protocol code on symbols (an `Algebra`), and explore all its paths."""

    def __init__(self, contracts: dict[str, Contract] | None = None) -> None:
        """Meet the named opaque functions through their contracts, and all others through their bodies."""
        self.contracts = contracts or {}
        self.queries = 0
        self.excluded: list[Excluded] | None = None  # which sides were left out, where someone asks
        self._todo: list[list[Decision]] = []
        self._places: dict[tuple[Any, ...], tuple[int, Terms]] = {}  # of each term that has a name
        self._solver: z3.Solver
        self._pending: list[Expression]  # facts that the solver has not been told yet
        self._model: Any  # of all facts but, perhaps, those that are pending
        self.begin_path([])
        forget()

    def explore(self, function: Callable[[], Any]) -> Iterator[Path]:
        """Yield every feasible path of a function, with its outcome."""
        self._todo = [[]]
        while self._todo:
            self.begin_path(self._todo.pop())
            self._solver.set("rlimit", FEASIBILITY_RESOURCES)
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
        self._solver, self._pending, self._model = quick_solver(), [], None

    # what is known

    def assume(self, fact: object, *, light: bool = True) -> None:
        """Add a fact; a light one helps to decide branches, a heavy one waits for the obligations."""
        parts = build(conjuncts, simplified(condition(fact)))
        self.path.facts += parts
        self.path.known.update(map(number_of, parts))
        if light:
            self._pending += parts

    def define(self, symbol: Expression, fact: Expression, *, light: bool = True) -> None:
        """Add a fact that says what a symbol stands for."""
        self.assume(fact, light=light)
        self.path.definitions.setdefault(number_of(symbol), []).extend(build(conjuncts, simplified(fact)))

    def require(self, label: str, needed: object) -> None:
        """Keep a condition that a contract needs, to be proved of what is known before it answers.

        What of it is a fact already needs no proof.
        """
        needs = conjuncts(simplified(condition(needed)))
        parts = [part for part in needs if number_of(part) not in self.path.known]
        if parts:
            self.path.requirements.append(Requirement(label, build(z3.And, *parts), len(self.path.facts)))

    def note_intermediate(self, value: Int) -> None:
        """Keep a computed value whose range does not show that it fits 256 bits."""
        if value.low is None or value.high is None or value.low < -WIDTH or value.high >= WIDTH:
            self.path.intermediates.append(value)

    def fresh(self, label: str, low: int | None = None, high: int | None = None) -> Int:
        """Return a new symbol within a range; labels are numbered, so that each run names alike."""
        symbol = Int(build(z3.Int, self.number(label)), low, high)
        if low is not None:
            self.assume(at_most(low, symbol.expression))
        if high is not None:
            self.assume(at_most(symbol.expression, high))
        return symbol

    def number(self, label: str) -> str:
        """Return the label, or with a number where it was used before."""
        count = self.path.counts.get(label, 0)
        self.path.counts[label] = count + 1
        return f"{label}!{count}" if count else label

    def named(self, label: str, term: Terms, low: int | None, high: int | None) -> tuple[Int, bool]:
        """Return a term's symbol, and whether it is new to the path; on all paths it has one name."""
        key = (label, *(number_of(part) for part in term))
        known = self.path.names.get(key)
        if known is not None:
            return known[0], False
        # The term is kept, since the solver reuses numbers of dead ones.
        place, _ = self._places.setdefault(key, (len(self._places), term))
        symbol = Int(build(z3.Int, f"{label}#{place}"), low, high)
        self.path.names[key] = (symbol, term)
        return symbol, True

    # decisions

    def decide(self, expression: Expression) -> bool:
        """Take a side of a condition; queue the other if it is possible too."""
        expression = simplified(expression)
        site = _call_site()
        if z3.is_true(expression) or z3.is_false(expression):
            return bool(z3.is_true(expression))
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

    # the algebra

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
        if z3.is_int_value(expression):
            return expression.as_long()
        is_short = z3.is_const(expression) or all(z3.is_int_value(part) for part in expression.children()[1:])
        if is_short:
            return Int(expression, low, high)
        symbol, is_new = self.named(label, (expression,), low, high)
        if is_new:
            self.define(symbol.expression, equal(symbol.expression, expression))
            self._assume_range(symbol)
        return symbol

    def _assume_range(self, symbol: Int) -> None:
        if symbol.low is not None:
            self.assume(at_most(symbol.low, symbol.expression))
        if symbol.high is not None:
            self.assume(at_most(symbol.expression, symbol.high))

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
            multiple = symbol.expression * d.expression
            is_light = isinstance(divisor, int)
            divides = z3.And(multiple <= expression, expression < multiple + d.expression)
            self.define(symbol.expression, divides, light=is_light)
            self._assume_range(symbol)
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
            self.define(symbol.expression, symbol.expression == a * b, light=False)
            self._assume_range(symbol)
            if ratio.high is not None:
                self._relate_product(a, ratio, symbol.expression, ratio.high)
        return symbol

    def _relate_product(self, a: Expression, ratio: Int, product: Expression, top: int) -> None:
        """Say that a product grows with its first factor, by at most the greatest ratio for each one."""
        b = ratio.expression
        sign = True if ratio.low is not None and ratio.low >= 0 else b >= 0
        known = [entry for entry in self.path.products if number_of(entry[1].expression) == number_of(b)]
        for other, _, other_product in [*known, (z3.IntVal(0), ratio, z3.IntVal(0))]:
            for low, high, rise in ((other, a, product - other_product), (a, other, other_product - product)):
                within = z3.And(rise >= 0, rise <= (high - low) * top)
                self.assume(z3.Implies(z3.And(sign, low <= high), within))
        self.path.products.append((a, ratio, product))

    def apply(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        """Meet an opaque function through its contract, or run its body where it has none here."""
        contract = self.contracts.get(function.__name__)
        return function(*arguments) if contract is None else contract(self, function, arguments)


def conjuncts(expression: Expression) -> list[Expression]:
    """Return the parts of a conjunction: each alone is a smaller fact, near to fewer goals."""
    if z3.is_true(expression):
        return []
    if z3.is_and(expression):
        return [part for child in expression.children() for part in conjuncts(child)]
    return [expression]


def _truth(expression: Expression) -> Any:
    """Return a constant truth value as such, else as a symbol."""
    expression = simplified(expression)
    if z3.is_true(expression) or z3.is_false(expression):
        return z3.is_true(expression)
    return Bool(expression)


def _call_site() -> str:
    """Return where in the protocol a decision is taken: file and line of the first frame outside."""
    frame = currentframe()
    while frame is not None and "/prove/" in frame.f_code.co_filename:
        frame = frame.f_back
    assert frame is not None, "only code outside the prover takes decisions"
    name = frame.f_code.co_filename.rsplit("/lien/", 1)[-1]
    return f"{name}:{frame.f_lineno}"

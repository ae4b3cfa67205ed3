"""Write what was shown as SMT-LIB 2: the facts and the negated goal, which contradict each other."""

from __future__ import annotations

from collections.abc import Sequence

import z3

from lien.invariants.prove.relevance import Relevance
from lien.invariants.prove.symbols import Expression


def text_of(title: str, facts: Sequence[Expression], goal: Expression, relevance: Relevance) -> str:
    """Return a file that a solver answers with `unsat` if the goal follows from the facts."""
    solver = z3.Solver()
    for fact in facts:
        solver.add(fact)
    solver.add(z3.Not(goal))
    logic = logic_of([*facts, goal], relevance)
    comment = (
        f"; {title}\n; The last assertion is the negated goal: unsat says that it follows from the rest.\n"
    )
    return f"{comment}(set-logic {logic})\n{solver.sexpr()}(check-sat)\n"


def logic_of(expressions: Sequence[Expression], relevance: Relevance) -> str:
    """Return the logic of some conditions on integers: with functions or not, with products or not."""
    is_linear = all(relevance.describe(expression).is_linear for expression in expressions)
    return f"QF_UF{'L' if is_linear else 'N'}IA"

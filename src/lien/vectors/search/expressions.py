"""Look into the solver's expressions."""

from __future__ import annotations

from collections.abc import Iterator

import z3

from lien.invariants.prove.symbols import Expression


def parts_of(expression: Expression) -> Iterator[Expression]:
    """Yield an expression and all that it is made of, each once."""
    todo, seen = [expression], set[int]()
    while todo:
        part = todo.pop()
        if part.get_id() not in seen:
            seen.add(part.get_id())
            todo.extend(part.children())
            yield part


def is_linear(expression: Expression) -> bool:
    """Return whether no two unknowns are multiplied."""
    products = (part for part in parts_of(expression) if z3.is_mul(part))
    return all(sum(not z3.is_int_value(factor) for factor in part.children()) <= 1 for part in products)


def names_in(expression: Expression) -> set[str]:
    """Return the names of the unknowns in an expression."""
    unknown = z3.Z3_OP_UNINTERPRETED
    return {
        part.decl().name()
        for part in parts_of(expression)
        if z3.is_const(part) and part.decl().kind() == unknown
    }


def number_of(name: str) -> int:
    """Return the number of a name that stands for something computed; it rises with each new one."""
    return int(name.rsplit("#", 1)[1])

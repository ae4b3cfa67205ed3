"""Say of which models a state can be made: there, what the call does not look at can be made to fit."""

from __future__ import annotations

from collections.abc import Iterator

import z3

from lien.invariants.explore.maps import MAPS, maps_of
from lien.invariants.prove.expressions import number_of
from lien.invariants.prove.maps import SymbolicFigures, equal_keys
from lien.invariants.prove.relevance import Relevance
from lien.invariants.prove.run import Run
from lien.invariants.prove.symbols import Expression
from lien.spec.abi import quantity_of

OF_LOANS = ("TOTAL-LOANS", "TOTAL-ACCRUING", "TOTAL-STOPS")  # whose rests stand for loans that nothing makes


def what_can_be_made(run: Run, goal: Expression) -> list[Expression]:
    """Return what must hold of a model: there are no other loans, no odd keys, and nothing elsewhere."""
    no_other_loans = [rest == 0 for total in OF_LOANS for rest in run.rests.get(total, ())]
    return [*no_other_loans, *keys_in_range(run), *nothing_elsewhere(run, goal)]


def figures_of(run: Run) -> Iterator[tuple[str, SymbolicFigures]]:
    """Yield the maps of figures, by their names."""
    for name, entries in maps_of(run.state).items():
        if isinstance(entries, SymbolicFigures):
            yield name, entries


def keys_in_range(run: Run) -> list[Expression]:
    """Return that each key under which a figure other than zero was read is one that may be."""
    return [
        z3.Implies(
            entries.original(key).expression != 0,
            z3.And(part >= quantity.minimum, part <= quantity.maximum),
        )
        for name, entries in figures_of(run)
        for key in entries.reads.values()
        for part, annotation in zip(key, MAPS[name].keys, strict=True)
        if (quantity := quantity_of(annotation)) is not None
    ]


def nothing_elsewhere(run: Run, goal: Expression) -> list[Expression]:
    """Return that no figure is there under an arbitrary key of which the goal does not speak.

    Other goals read it; a figure there would need records that nothing makes.
    """
    spoken_of = Relevance().describe(goal).symbols
    return [
        entries.original(key).expression == 0
        for _, entries in figures_of(run)
        for key in list(entries.reads.values())
        if any(is_arbitrary(part) and number_of(part) not in spoken_of for part in key)
    ]


def is_arbitrary(part: Expression) -> bool:
    """Return whether a part of a key is one for which a property is shown in general."""
    return z3.is_const(part) and str(part).startswith("any.")


def nothing_unread(run: Run) -> list[Expression]:
    """Return that a figure that only a property read is zero, or one that the call read too.

    Then nothing else has to fit it.
    """
    found: list[Expression] = []
    for name, entries in figures_of(run):
        keys = list(entries.reads.items())
        read = [key for identity, key in keys if (name, identity) in run.reads]
        found += (
            z3.Or(entries.original(key).expression == 0, *(equal_keys(key, other) for other in read))
            for identity, key in keys
            if (name, identity) not in run.reads
        )
    return found

"""Trace a call to what it shows: requirements, by its transition's docstring; properties, by chapter."""

import re
from functools import lru_cache
from inspect import getmembers, isfunction

from lien.invariants.properties import base  # importing from the package collects all properties
from lien.protocol import waterfall
from lien.protocol.transitions import TRANSITIONS, settlement
from lien.spec.call import Call
from lien.spec.catalogue import CHAPTERS

CITED = re.compile(r"([A-Z]+)-(\d+)(?: to -(\d+))?")
ASSETS = "assets"  # every contract has a ledger
SETTLEMENT = "settlement"


def chapter_names() -> list[str]:
    """Return the names of the chapters, in their order."""
    return [module.__name__.rsplit(".", 1)[-1] for _, module in sorted(CHAPTERS.items())]


def cited(text: str | None) -> list[str]:
    """Return the requirements that a docstring cites; `REPAYMENT-1 to -3` are three."""
    found: list[str] = []
    for chapter, first, last in CITED.findall(text or ""):
        found += [f"{chapter}-{number}" for number in range(int(first), int(last or first) + 1)]
    return found


@lru_cache
def requirements_of(kind: type[Call], settles: bool) -> tuple[str, ...]:
    """Return the requirements that a call's vectors show."""
    found = cited(TRANSITIONS[kind].__doc__)
    if settles:
        texts = [
            function.__doc__
            for module in (settlement, waterfall)
            for _, function in getmembers(module, isfunction)
        ]
        found += sorted(name for text in texts for name in cited(text) if name.startswith("SETTLEMENT-"))
    return tuple(dict.fromkeys(found))


@lru_cache
def properties_of(kind: type[Call], settles: bool) -> tuple[str, ...]:
    """Return the properties that speak of a call: by name, or of its chapter."""
    chapters = {kind.chapter, SETTLEMENT} if settles else {kind.chapter}
    return tuple(
        sorted(
            item.identifier
            for item in base.PROPERTIES
            if kind in item.calls or (not item.calls and chapters.intersection(item.chapters))
        )
    )

"""Collect the mutants of all incidents, and the incidents that are not expressed."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from lien.invariants.mutants import incidents
from lien.invariants.mutants.base import Mutant


def mutants_by_module() -> Iterator[tuple[str, list[Mutant]]]:
    """Yield the mutants of each module, with its name."""
    for module in iter_modules(incidents.__path__):
        yield module.name, import_module(f"{incidents.__name__}.{module.name}").MUTANTS


def collect_mutants() -> dict[str, Mutant]:
    """Return every mutant by its identifier, in the order of these.

    Raises: ValueError, where two have the same.
    """
    found: dict[str, Mutant] = {}
    for _, mutants in mutants_by_module():
        for mutant in mutants:
            add_once(found, mutant.identifier, mutant)
    return dict(sorted(found.items()))


def collect_not_expressed() -> dict[str, str]:
    """Return why an incident is no mutant, by the incident's identifier.

    Raises: ValueError, where one is a mutant.
    """
    found: dict[str, Any] = dict(collect_mutants())
    for identifier, reason in incidents.NOT_EXPRESSED.items():
        add_once(found, identifier, reason)
    return dict(incidents.NOT_EXPRESSED)


def add_once(found: dict[str, Any], identifier: str, content: Mutant | str) -> None:
    """Add what an incident is or is not, once.

    Raises: ValueError.
    """
    if identifier in found:
        raise ValueError(f"{identifier} is named twice")
    found[identifier] = content

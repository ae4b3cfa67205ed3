"""Collect the mutants of all modules beside this one, and the incidents that are not expressed."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from lien.invariants import mutants
from lien.invariants.mutants.base import Mutant

INCIDENTS = "incidents_"  # how the name of a module of mutants begins


def modules() -> Iterator[ModuleType]:
    """Yield the modules of mutants, in the order of their names."""
    for found in iter_modules(mutants.__path__):
        if found.name.startswith(INCIDENTS):
            yield import_module(f"{mutants.__name__}.{found.name}")


def collect_mutants() -> dict[str, Mutant]:
    """Return every mutant by its identifier.

    Raises: ValueError, where two have the same.
    """
    found: dict[str, Mutant] = {}
    for module in modules():
        for mutant in module.MUTANTS:
            add_once(found, mutant.identifier, mutant)
    return found


def collect_not_expressed() -> dict[str, str]:
    """Return why an incident is no mutant, by the incident's identifier.

    Raises: ValueError, where one is named twice, or is a mutant.
    """
    found: dict[str, Any] = dict(collect_mutants())
    for module in modules():
        for identifier, reason in getattr(module, "NOT_EXPRESSED", {}).items():
            add_once(found, identifier, reason)
    return {identifier: reason for identifier, reason in found.items() if isinstance(reason, str)}


def add_once(found: dict[str, Any], identifier: str, content: Mutant | str) -> None:
    """Add what an incident is or is not, once.

    Raises: ValueError.
    """
    if identifier in found:
        raise ValueError(f"{identifier} is named twice")
    found[identifier] = content

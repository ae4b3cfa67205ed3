"""Tell on which sources the result of a case depends, and give their digest.

A case runs the prover, one transition or contract, and the properties that speak of it; with each module go
those that it imports. Three modules only gather what others declare: a case meets its own part of that alone,
so what they gather is not followed. Whatever a registry gives a case must be named in `modules_of`.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from inspect import unwrap
from pathlib import Path
from typing import Any

import lien
from lien.invariants.properties.base import PROPERTIES, Kind, Property
from lien.invariants.properties.rejections.table import TABLES
from lien.invariants.prove.cases import RELATIONS, Case
from lien.invariants.prove.contracts import CONTRACTS
from lien.protocol.transitions import TRANSITIONS

PACKAGE = Path(lien.__file__).parent
PROVER = "lien.invariants.prove.matrix"
GATHERERS = ("lien.spec.catalogue", "lien.protocol.transitions", "lien.invariants.properties")
OF_RECORDS = (Kind.ENTRY, Kind.LINK, Kind.GLOBAL)  # what is assumed before every run
TOOLS = ("z3-solver", "cvc5", "immutables", "pydantic")


@cache
def modules() -> dict[str, Path]:
    """Return where each module of the package stands."""
    return {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def name_of(path: Path) -> str:
    """Return the name of the module in a file."""
    parts = ("lien", *path.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imported(module: str) -> frozenset[str]:
    """Return the modules of the package that a module needs to be run: what it imports, and its package."""
    named = (
        set(imports_in(ast.parse(modules()[module].read_bytes()))) if module not in GATHERERS else set[str]()
    )
    return frozenset((named | {module.rpartition(".")[0]}) & modules().keys())


def imports_in(node: ast.AST) -> Iterator[str]:
    """Yield what is imported anywhere in a source, but for the sake of types alone."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom) and child.module:
            yield child.module
            yield from (f"{child.module}.{alias.name}" for alias in child.names)
        elif not (isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"):
            yield from imports_in(child)


def closure(roots: Iterable[str]) -> set[str]:
    """Return modules and all that they import, however far down."""
    found, todo = set[str](), list(roots)
    while todo:
        module = todo.pop()
        if module not in found:
            found.add(module)
            todo += imported(module)
    return found


def homes_of(function: Callable[..., Any]) -> set[str]:
    """Return where a function is defined, and where what it wraps is."""
    return {function.__module__, name_of(Path(unwrap(function).__code__.co_filename))}


def properties_met(case: Case) -> list[Property]:
    """Return the properties that a case assumes or shows, in the order in which they were declared."""
    if case.call == RELATIONS or case.call in CONTRACTS:
        return [item for item in PROPERTIES if item.kind in OF_RECORDS or item.identifier == case.relation]
    return [
        item
        for item in PROPERTIES
        if item.kind is not Kind.RELATIONAL and (not item.calls or case.call_type in item.calls)
    ]


def modules_of(case: Case) -> set[str]:
    """Return the modules on which the result of a case depends."""
    roots = {PROVER}
    for item in properties_met(case):
        roots |= homes_of(item.formula)
    if case.call in CONTRACTS:
        roots |= homes_of(CONTRACTS[case.call].function)
    elif case.call != RELATIONS:
        roots |= {case.call_type.__module__} | homes_of(TRANSITIONS[case.call_type])
        roots |= homes_of(TABLES[case.call_type])
    return closure(roots)


@cache
def digest_of(module: str) -> bytes:
    """Return a hash of a module's source."""
    return sha256(modules()[module].read_bytes()).digest()


def digest(case: Case, properties: frozenset[str] | None) -> str:
    """Return a hash of all on which the result of a case depends."""
    wanted = None if properties is None else sorted(properties)
    order = [item.identifier for item in properties_met(case)]
    found = sha256(
        repr((case, wanted, order, sys.version, [(name, release(name)) for name in TOOLS])).encode()
    )
    for module in sorted(modules_of(case)):
        found.update(f"\0{module}\0".encode() + digest_of(module))
    return found.hexdigest()


def release(package: str) -> str:
    """Return the version of an installed package."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""

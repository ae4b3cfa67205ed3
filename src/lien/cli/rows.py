"""Choose the rows and columns of the proof that a user names."""

from __future__ import annotations

from collections.abc import Iterable

from lien.cli.faults import require_known


def known_calls(names: Iterable[str] | None) -> list[str] | None:
    """Return the rows that a user names: calls, contracts, or the relations between two runs."""
    from lien.invariants.prove.cases import RELATIONS
    from lien.invariants.prove.contracts import CONTRACTS
    from lien.spec.catalogue import CALLS

    rows = (*CALLS, *CONTRACTS, RELATIONS)
    return None if names is None else [require_known("call", name, rows) for name in names]


def known_properties(names: Iterable[str] | None) -> list[str] | None:
    """Return the properties that a user names."""
    from lien.cli.properties import PROOF, identifiers

    known = identifiers(PROOF)
    return None if names is None else [require_known("property", name, known, str.upper) for name in names]

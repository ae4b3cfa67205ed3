"""An executable, formally verified specification of blockchain lending.

What is named here is the Python API; it is loaded when it is first used, so that no command of the command
line pays for what it does not need.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lien.protocol import views as views
    from lien.protocol.builders import accept_by as accept_by
    from lien.protocol.builders import build_terms as build_terms
    from lien.protocol.builders import countersign_by as countersign_by
    from lien.protocol.builders import percent as percent
    from lien.protocol.commitment import extend_chain as extend_chain
    from lien.protocol.commitment import state_commitment as state_commitment
    from lien.protocol.genesis import begin as begin
    from lien.protocol.genesis import build_genesis as build_genesis
    from lien.protocol.log import Entry as Entry
    from lien.protocol.machine import Outcome as Outcome
    from lien.protocol.machine import Rejected as Rejected
    from lien.protocol.machine import step as step
    from lien.protocol.projection import rebuild as rebuild
    from lien.protocol.state import Context as Context
    from lien.protocol.state import State as State
    from lien.spec.catalogue import CALLS as CALLS
    from lien.spec.genesis import Genesis as Genesis
    from lien.spec.genesis import account_of as account_of
    from lien.spec.reasons import Reason as Reason

HOMES = {
    "CALLS": "spec.catalogue",
    "Context": "protocol.state",
    "Entry": "protocol.log",
    "Genesis": "spec.genesis",
    "Outcome": "protocol.machine",
    "Reason": "spec.reasons",
    "Rejected": "protocol.machine",
    "State": "protocol.state",
    "accept_by": "protocol.builders",
    "account_of": "spec.genesis",
    "begin": "protocol.genesis",
    "build_genesis": "protocol.genesis",
    "build_terms": "protocol.builders",
    "countersign_by": "protocol.builders",
    "extend_chain": "protocol.commitment",
    "percent": "protocol.builders",
    "rebuild": "protocol.projection",
    "state_commitment": "protocol.commitment",
    "step": "protocol.machine",
}

__all__ = [
    "CALLS",
    "Context",
    "Entry",
    "Genesis",
    "Outcome",
    "Reason",
    "Rejected",
    "State",
    "accept_by",
    "account_of",
    "begin",
    "build_genesis",
    "build_terms",
    "countersign_by",
    "extend_chain",
    "percent",
    "rebuild",
    "state_commitment",
    "step",
    "views",
]


def __getattr__(name: str) -> Any:
    """Load a name of the API from its one place."""
    if name == "views":
        return import_module("lien.protocol.views")
    if name not in HOMES:
        raise AttributeError(f"module 'lien' has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"lien.{HOMES[name]}"), name)
    return found


def __dir__() -> list[str]:
    """List the API."""
    return sorted(__all__)

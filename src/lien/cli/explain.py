"""Explain a rejection."""

from lien.cli.advice import ADVICE
from lien.cli.faults import require_known
from lien.cli.output import write_part, write_text
from lien.spec.abi import encode_error
from lien.spec.catalogue import CALLS
from lien.spec.reasons import Reason

OF_EVERY_CALL = (Reason.SENDER_IS_PROTOCOL, Reason.TIME_RUNS_BACKWARD)


def fold(name: str) -> str:
    """Make the ways to spell a reason alike: as in Python, as in a contract, with or without brackets."""
    return name.replace("_", "").replace("-", "").removesuffix("()").lower()


def require_reason(name: str) -> Reason:
    """Return the reason that a user names, by its name, its error's, or its error's selector."""
    by_selector = {selector(reason): reason for reason in Reason}
    if name.lower() in by_selector:
        return by_selector[name.lower()]
    return Reason[require_known("reason", name, (reason.name for reason in Reason), fold)]


def selector(reason: Reason) -> str:
    """Return the first four bytes of the revert data."""
    return f"0x{encode_error(reason).hex()}"


def callers(reason: Reason) -> str:
    """Return the calls that can be rejected for a reason."""
    if reason in OF_EVERY_CALL:
        return "every call"
    return ", ".join(name for name, kind in CALLS.items() if reason in kind.reasons)


def explain_reason(name: str) -> None:
    """Say what a reason means and what to do."""
    reason = require_reason(name)
    write_text(f"{reason.name}: {reason.value}.", style="bold")
    lines = {
        "in a contract": f"error {reason.error}(), selector {selector(reason)}",
        "rejects": callers(reason),
        "what to do": ADVICE[reason],
    }
    write_part("", lines.items())

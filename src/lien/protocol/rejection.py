"""Reject a call: one exception that carries one reason and the values that were compared."""

from lien.spec.reasons import Reason


class Rejection(Exception):  # noqa: N818  # a rejection is an outcome of the protocol, not an error
    """Carry the reason for which a call has no effect."""

    def __init__(self, reason: Reason, **compared: int) -> None:
        """Keep the reason and, by name, what was compared."""
        super().__init__(reason.name)
        self.reason = reason
        self.compared = compared


def require(condition: bool, reason: Reason, **compared: int) -> None:
    """Reject the call for the reason, unless the condition holds."""
    if not condition:
        raise Rejection(reason, **compared)

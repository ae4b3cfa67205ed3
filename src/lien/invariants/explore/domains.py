"""Choose for which assets, accounts, facilities and loans a property of a call is evaluated.

What holds for every account is trivial for those that the call neither names nor changes; one such stands for
all of them.
"""

from collections.abc import Iterator
from functools import cache
from itertools import product

from lien.invariants.explore.maps import entries_of, map_of
from lien.invariants.properties.base import Observed
from lien.spec.call import Call
from lien.spec.types import Role, Scope
from lien.spec.units import FEED_SEATS, MAXIMUM_JURISDICTION

COLUMNS = {  # of the keys of each map that calls write
    "balances": ("asset", "account"),
    "claims": ("asset", "account"),
    "frozen": ("account",),
    "identity_of": ("account",),
    "identity_by_commitment": ("commitment",),
    "votes": ("application", "account"),
    "shares": ("facility", "account"),
    "deposit_days": ("facility", "account"),
    "queued_shares": ("facility", "position"),
    "queued_by": ("facility", "position"),
    "nonces": ("account", "loan"),
    "feed_of": ("asset", "asset"),
    "council": ("account",),
    "roles": ("role", "account"),
    "feeders": ("seat",),
    "seated_at": ("seat",),
    "jurisdictions": ("jurisdiction",),
    "approvals": ("proposal", "epoch", "account"),
    "approval_counts": ("proposal", "epoch"),
    "ready_at": ("proposal", "epoch"),
    "paused_until": ("scope",),
    "references": ("account", "loan", "reference"),
}
FIELDS = {  # of calls
    "asset": "asset",
    "collateral_asset": "asset",
    "loan_asset": "asset",
    "recipient": "account",
    "borrower": "account",
    "account": "account",
    "commitment": "commitment",
    "application": "application",
    "facility": "facility",
    "position": "position",
    "loan": "loan",
    "proposal": "proposal",
    "scope": "scope",
}
UNTOUCHED: dict[str, int] = {
    "asset": 0xA55E7,
    "account": 0xACC0,
    "facility": 2**32 - 1,
    "loan": 2**32 - 1,
    "role": max(Role),
    "seat": FEED_SEATS,
    "jurisdiction": MAXIMUM_JURISDICTION,
    "proposal": 2**32 - 1,
    "position": 2**32 - 1,
    "application": 2**32 - 1,
    "commitment": 0xC0,
    "epoch": 2**32 - 1,
    "scope": max(Scope),
}


def domains_of(observed: Observed) -> dict[str, list[int]]:
    """Return, for each name that a property can quantify over, the values that matter."""
    settings, context = observed.before.settings, observed.context
    call: Call = observed.call
    values = {name: {untouched} for name, untouched in UNTOUCHED.items()}
    values["account"] |= {
        settings.protocol,
        settings.treasury,
        context.sender,
        context.signer,
        context.second_signer,
    }
    for field, name in fields_of(type(call)):
        values[name].add(getattr(call, field))
    for name, number in changed_columns(observed):
        values.setdefault(name, set()).add(number)
    return {name: sorted(numbers) for name, numbers in values.items()}


@cache
def fields_of(kind: type[Call]) -> tuple[tuple[str, str], ...]:
    """Return the fields of a kind of call that name what a property can quantify over, and what they name."""
    return tuple((field, name) for field, name in FIELDS.items() if field in kind.model_fields)


def changed_columns(observed: Observed) -> Iterator[tuple[str, int]]:
    """Yield the parts of each key whose figure differs before and after the call."""
    before, after = observed.before, observed.after
    if after is before:
        return
    for name, columns in COLUMNS.items():
        if map_of(before, name) is not map_of(after, name):
            for key, _ in set(entries_of(before, name)) ^ set(entries_of(after, name)):
                yield from zip(columns, key, strict=True)


class Choices(dict[tuple[str, ...], tuple[tuple[int, ...], ...]]):
    """Hold every choice of values for the names that properties quantify over, made once for all of them."""

    def __init__(self, domains: dict[str, list[int]]) -> None:
        """Choose from the given values."""
        super().__init__()
        self._domains = domains

    def __missing__(self, every: tuple[str, ...]) -> tuple[tuple[int, ...], ...]:
        """Make the choices for some names."""
        found = self[every] = tuple(product(*(self._domains[name] for name in every)))
        return found

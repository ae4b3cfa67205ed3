"""Define the view calls by which a contract is compared, and what they return in a state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from eth_abi import encode
from eth_utils import keccak  # type: ignore[attr-defined]

from lien.protocol.state import Facility, Keyed, State
from lien.protocol.valuation import amount_for, net_assets
from lien.spec.abi import abi_type, abi_value, encode_record, quantity_of
from lien.spec.units import WAD


@dataclass(frozen=True, slots=True)
class View:
    """Describe a view: the chapter that a contract needs for it, its argument types, what it returns."""

    chapter: str
    types: tuple[str, ...]
    encode: Callable[[State, tuple[int, ...]], bytes]


@dataclass(frozen=True, slots=True, order=True)
class Question:
    """Name a view with arguments, and for a token's view the token."""

    view: str
    arguments: tuple[int, ...]
    token: int = 0


def word(kind: str, read: Callable[..., int]) -> Callable[[State, tuple[int, ...]], bytes]:
    """Return an encoder of one word."""
    return lambda state, arguments: encode([kind], [read(state, *arguments)])


def facility_type(annotation: Any) -> str:
    """Return the ABI type of a facility's field; what is kept by day count is an array."""
    keyed = next((item for item in getattr(annotation, "__metadata__", ()) if isinstance(item, Keyed)), None)
    if keyed is None:
        return abi_type(annotation)
    (index,), quantity = keyed.keys, quantity_of(keyed.entry)
    return f"{quantity.abi if quantity else ''}[{len(list(index))}]"  # type: ignore[call-overload]


def encode_facility(state: State, arguments: tuple[int, ...]) -> bytes:
    """Return a facility as a contract's view returns it."""
    facility = state.facilities.get(arguments[0])
    kinds = [facility_type(item.type) for item in fields(Facility)]
    values = [abi_value(getattr(facility, item.name), kind) for item, kind in zip(fields(Facility), kinds, strict=True)]
    return encode([f"({','.join(kinds)})"], [tuple(values)])


def share_price(state: State, number: int, day: int) -> int:
    """Return what a WAD of shares redeems for on a day."""
    facility = state.facilities.get(number)
    return amount_for(facility, net_assets(facility, day), WAD)


VIEWS: dict[str, View] = {
    "balanceOf": View("assets", ("address",), lambda state, at: encode(["uint256"], [state.ledger.balances.get(at)])),
    "holdingsOf": View("assets", ("address",), word("uint256", lambda state, asset: state.ledger.holdings.get(asset))),
    "claimableOf": View(
        "assets", ("address", "address"), word("uint256", lambda state, *key: state.ledger.claims.get(key))
    ),
    "facilityCount": View("facility", (), word("uint256", lambda state: state.facility_count)),
    "facilities": View("facility", ("uint32",), encode_facility),
    "sharesOf": View("facility", ("uint32", "address"), word("uint256", lambda state, *key: state.shares.get(key))),
    "depositDayOf": View(
        "facility", ("uint32", "address"), word("uint256", lambda state, *key: state.deposit_days.get(key))
    ),
    "netAssetsOf": View(
        "facility",
        ("uint32", "uint32"),
        word("uint256", lambda state, number, day: net_assets(state.facilities.get(number), day)),
    ),
    "sharePriceOf": View("facility", ("uint32", "uint32"), word("uint256", share_price)),
    "loanCount": View("agreement", (), word("uint256", lambda state: state.loan_count)),
    "loans": View("agreement", ("uint32",), lambda state, arguments: encode_record(state.loans.get(arguments[0]))),
    "nonceOf": View("agreement", ("address", "uint32"), word("uint256", lambda state, *key: state.nonces.get(key))),
}


@lru_cache
def selector(view: str) -> bytes:
    """Return the first four bytes of a view's calldata."""
    return keccak(text=f"{view}({','.join(VIEWS[view].types)})")[:4]


def calldata_of(question: Question) -> bytes:
    """Return the calldata of a view call."""
    types = VIEWS[question.view].types
    values = [abi_value(value, kind) for value, kind in zip(question.arguments, types, strict=True)]
    return selector(question.view) + encode(types, values)


def answer(state: State, question: Question) -> bytes:
    """Return the bytes that a view call returns in a state."""
    arguments = (question.token, *question.arguments) if question.token else question.arguments
    return VIEWS[question.view].encode(state, arguments)

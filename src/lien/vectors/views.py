"""Define the view calls by which a contract is compared, and what they return in a state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from eth_abi.abi import encode
from eth_utils import keccak  # type: ignore[attr-defined]

from lien.protocol.state import State
from lien.protocol.views import claimable, net_assets_on, share_price_on
from lien.spec.abi import abi_value, encode_record


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
    return lambda state, arguments: encode([kind], [abi_value(read(state, *arguments), kind)])


def records(name: str) -> Callable[[State, tuple[int, ...]], bytes]:
    """Return an encoder of a record of one of the state's maps, as a contract's view returns it."""
    return lambda state, arguments: encode_record(getattr(state, name).get(arguments[0]))


def balance_of(state: State, token: int, account: int) -> int:
    """Return what an account holds of a token."""
    return state.ledger.balances.get((token, account))


def holdings_of(state: State, asset: int) -> int:
    """Return what the protocol records of an asset."""
    return state.ledger.holdings.get(asset)


def facility_count(state: State) -> int:
    """Return the number of the last facility."""
    return state.facility_count


def shares_of(state: State, number: int, lender: int) -> int:
    """Return a lender's shares of a facility."""
    return state.shares.get((number, lender))


def deposit_day_of(state: State, number: int, lender: int) -> int:
    """Return the day of a lender's last deposit into a facility."""
    return state.deposit_days.get((number, lender))


def queued_shares_of(state: State, number: int, position: int) -> int:
    """Return the shares that wait at a place of a facility's queue."""
    return state.queued_shares.get((number, position))


def queued_by(state: State, number: int, position: int) -> int:
    """Return the lender who waits at a place of a facility's queue."""
    return state.queued_by.get((number, position))


def application_count(state: State) -> int:
    """Return the number of the last application."""
    return state.application_count


def loan_count(state: State) -> int:
    """Return the number of the last loan."""
    return state.loan_count


def nonce_of(state: State, account: int, number: int) -> int:
    """Return an account's nonce for a loan."""
    return state.nonces.get((account, number))


def identity_of(state: State, account: int) -> int:
    """Return the number of the identity that belongs to an account."""
    return state.identity_of.get(account)


def is_frozen(state: State, account: int) -> int:
    """Return whether an account is frozen."""
    return state.ledger.frozen.get(account)


def feed_of(state: State, collateral_asset: int, loan_asset: int) -> int:
    """Return the number of the feed of a pair of assets."""
    return state.feed_of.get((collateral_asset, loan_asset))


ONE, POSITION, PAIR = ("uint32",), ("uint32", "address"), ("uint32", "uint32")
ACCOUNT, PAIR_OF_ASSETS = ("address",), ("address", "address")

VIEWS: dict[str, View] = {
    "balanceOf": View("assets", ("address",), word("uint256", balance_of)),
    "holdingsOf": View("assets", ("address",), word("uint256", holdings_of)),
    "claimableOf": View("assets", ("address", "address"), word("uint256", claimable)),
    "feedOf": View("oracle", PAIR_OF_ASSETS, word("uint256", feed_of)),
    "feeds": View("oracle", ONE, records("feeds")),
    "identityOf": View("identity", ACCOUNT, word("uint256", identity_of)),
    "identities": View("identity", ONE, records("identities")),
    "isFrozen": View("identity", ACCOUNT, word("bool", is_frozen)),
    "facilityCount": View("facility", (), word("uint256", facility_count)),
    "facilities": View("facility", ONE, records("facilities")),
    "sharesOf": View("facility", POSITION, word("uint256", shares_of)),
    "depositDayOf": View("facility", POSITION, word("uint256", deposit_day_of)),
    "queuedSharesOf": View("facility", PAIR, word("uint256", queued_shares_of)),
    "queuedByOf": View("facility", PAIR, word("uint256", queued_by)),
    "netAssetsOf": View("facility", PAIR, word("int256", net_assets_on)),
    "sharePriceOf": View("facility", PAIR, word("uint256", share_price_on)),
    "applicationCount": View("application", (), word("uint256", application_count)),
    "applications": View("application", ONE, records("applications")),
    "loanCount": View("agreement", (), word("uint256", loan_count)),
    "loans": View("agreement", ONE, records("loans")),
    "nonceOf": View("agreement", ("address", "uint32"), word("uint256", nonce_of)),
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

"""Define the genesis document: the only source of tokens, and the names by which accounts are known.

A document is JSON or YAML; every field is checked, and a fault names the field. Actors are named accounts
with published keys, so that whoever replays a scenario can sign for them.
"""

from functools import cache
from itertools import pairwise
from typing import Annotated, Self

from eth_utils.crypto import keccak
from pydantic import BaseModel, ConfigDict, Field, model_validator

from lien.spec.product import Product
from lien.spec.types import Account, Amount, Asset, ChainId, Jurisdiction
from lien.spec.units import FEED_SEATS, MAXIMUM_AMOUNT, MAXIMUM_COUNCIL, MAXIMUM_QUORUM

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
Symbol = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9]{0,11}$")]


def private_key(name: str) -> bytes:
    """Return the published key of a named actor: the hash of a sentence with the name."""
    return keccak(text=f"lien actor {name}")


@cache
def account_of(name: str) -> int:
    """Return the account of a named actor."""
    from eth_account import Account as KeyPair  # it takes long to load

    return int(KeyPair.from_key(private_key(name)).address, 16)


class Document(BaseModel):
    """Refuse fields that are not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class AssetGenesis(Document):
    """Issue an asset: where it lives, who holds how much, and whom its token refuses to pay."""

    symbol: Symbol
    address: Asset
    decimals: Annotated[int, Field(ge=0, le=36)] = 18  # for people; the protocol never looks at it
    balances: dict[Name, Amount] = {}
    refuses: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def check_supply(self) -> Self:
        """Refuse a supply that a balance could not hold."""
        if sum(self.balances.values()) > MAXIMUM_AMOUNT:
            raise ValueError(f"the balances of {self.symbol} add up to more than the maximum amount")
        return self


class Council(Document):
    """Name the council, and how many of its members it takes to decide."""

    members: Annotated[tuple[Name, ...], Field(max_length=MAXIMUM_COUNCIL)]
    threshold: Annotated[int, Field(ge=1)]

    @model_validator(mode="after")
    def check_threshold(self) -> Self:
        """Refuse a threshold that the members cannot reach, and members named twice."""
        twice = next((name for name in self.members if self.members.count(name) > 1), None)
        if twice is not None:
            raise ValueError(f"the member {twice} is named twice")
        if self.threshold > len(self.members):
            raise ValueError(f"the threshold is {self.threshold}, of {len(self.members)} members")
        return self


class Offices(Document):
    """Name who holds which role from the beginning; feeders in the order of their seats."""

    guardians: tuple[Name, ...] = ()
    attestors: tuple[Name, ...] = ()
    reviewers: tuple[Name, ...] = ()
    feeders: Annotated[tuple[Name, ...], Field(max_length=FEED_SEATS)] = ()

    @model_validator(mode="after")
    def check_seats(self) -> Self:
        """Refuse a feeder with two seats."""
        twice = next((name for name in self.feeders if self.feeders.count(name) > 1), None)
        if twice is not None:
            raise ValueError(f"the feeder {twice} has two seats")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name."""
        return (*self.guardians, *self.attestors, *self.reviewers, *self.feeders)


def fault_of(product: Product) -> str:
    """Return what is wrong with a product by itself, or nothing."""
    faults = {
        "the minimum principal is zero": product.minimum_principal == 0,
        "the minimum principal is above the maximum": product.minimum_principal > product.maximum_principal,
        f"the quorum is not from 1 to {MAXIMUM_QUORUM}": not 1 <= product.quorum <= MAXIMUM_QUORUM,
        "the least scores do not fall from grade to grade": any(
            better <= worse for better, worse in pairwise(product.least_scores)
        ),
    }
    return next((fault for fault, is_found in faults.items() if is_found), "")


class Genesis(Document):
    """Fix a chain, the protocol's place on it, its treasury, its actors and assets, and who decides what."""

    chain_id: ChainId = 1
    protocol: Account
    treasury: Name
    actors: tuple[Name, ...]
    assets: tuple[AssetGenesis, ...]
    council: Council | None = None
    offices: Offices = Offices()
    jurisdictions: tuple[Jurisdiction, ...] = ()  # from which borrowers are accepted
    products: tuple[Product, ...] = ()

    @model_validator(mode="after")
    def check_names(self) -> Self:
        """Refuse names that are used twice or are not among the actors."""
        for label, names in (
            ("actor", self.actors),
            ("asset symbol", tuple(asset.symbol for asset in self.assets)),
            ("asset address", tuple(f"0x{asset.address:040x}" for asset in self.assets)),
        ):
            twice = next((name for name in names if names.count(name) > 1), None)
            if twice is not None:
                raise ValueError(f"the {label} {twice} is named twice")
        used = [self.treasury, *(name for asset in self.assets for name in (*asset.balances, *asset.refuses))]
        used += [*(self.council.members if self.council else ()), *self.offices.names]
        unknown = next((name for name in used if name not in self.actors), None)
        if unknown is not None:
            raise ValueError(f"{unknown} is not among the actors {', '.join(self.actors)}")
        if self.protocol in {account_of(name) for name in self.actors}:
            raise ValueError("the protocol's account is that of an actor")
        return self

    @model_validator(mode="after")
    def check_products(self) -> Self:
        """Refuse products that lend nothing, have no quorum, confuse grades or name an unknown asset."""
        listed = {asset.address for asset in self.assets}
        for number, product in enumerate(self.products, 1):
            fault = fault_of(product)
            if product.asset not in listed:
                fault = "the asset is not among the assets"
            if fault:
                raise ValueError(f"{fault} in product {number}")
        return self

    def asset(self, symbol: str) -> int:
        """Return the address of an asset by its symbol."""
        return next(asset.address for asset in self.assets if asset.symbol == symbol)

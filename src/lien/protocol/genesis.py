"""Begin: turn a genesis document into the first state, and spare a user the long form of the document."""

from dataclasses import replace
from typing import Any

from lien.protocol.maps import Figures, Records
from lien.protocol.state import Ledger, Settings, State
from lien.spec.genesis import AssetGenesis, Council, Genesis, Offices, account_of
from lien.spec.product import Product
from lien.spec.types import Role
from lien.spec.units import FEED_SEATS, MAXIMUM_AMOUNT, MAXIMUM_DAY, WAD

PROTOCOL = 0x11E0_0000_0000_0000_0000_0000_0000_0000_0000_0001
DOLLAR = 0xD011_0000_0000_0000_0000_0000_0000_0000_0000_0002
ETHER = 0xE7E0_0000_0000_0000_0000_0000_0000_0000_0000_0003
COUNCIL = ("first_councillor", "second_councillor", "third_councillor")
GUARDIAN, ATTESTOR = "guardian", "attestor"
REVIEWERS = ("first_reviewer", "second_reviewer", "third_reviewer")
FEEDERS = tuple(f"feeder_{seat}" for seat in range(1, FEED_SEATS + 1))
OFFICERS = (*COUNCIL, GUARDIAN, ATTESTOR, *REVIEWERS, *FEEDERS)  # who hold no tokens
SWITZERLAND, GERMANY = 756, 276
ACTORS = ("treasury", "servicer", "lender", "second_lender", "borrower", "second_borrower", "stranger")


def begin(genesis: Genesis) -> State:
    """Return the state in which nothing has happened yet."""
    listed = supply = balances = refusals = Figures()
    for asset in genesis.assets:
        listed = listed.set(asset.address, 1)
        supply = supply.set(asset.address, sum(asset.balances.values()))
        for name, amount in asset.balances.items():
            balances = balances.set((asset.address, account_of(name)), amount)
        for name in asset.refuses:
            refusals = refusals.set((asset.address, account_of(name)), 1)
    offices = genesis.offices
    roles = Figures()
    for role, names in (
        (Role.GUARDIAN, offices.guardians),
        (Role.ATTESTOR, offices.attestors),
        (Role.REVIEWER, offices.reviewers),
    ):
        for name in names:
            roles = roles.set((role, account_of(name)), 1)
    council, feeders, jurisdictions, products = Figures(), Figures(), Figures(), Records[Product]()
    members = genesis.council.members if genesis.council else ()
    for name in members:
        council = council.set(account_of(name), 1)
    for seat, name in enumerate(offices.feeders, 1):
        feeders = feeders.set(seat, account_of(name))
    for jurisdiction in genesis.jurisdictions:
        jurisdictions = jurisdictions.set(jurisdiction, 1)
    for number, product in enumerate(genesis.products, 1):
        products = products.set(number, product)
    settings = Settings(genesis.chain_id, genesis.protocol, account_of(genesis.treasury))
    ledger = Ledger(
        protocol=genesis.protocol,
        listed=listed,
        supply=supply,
        balances=balances,
        refusals=refusals,
        holdings=Figures(),
        claims=Figures(),
    )
    return State(
        settings=settings,
        timestamp=0,
        ledger=ledger,
        council=council,
        council_size=len(members),
        council_threshold=genesis.council.threshold if genesis.council else 0,
        roles=roles,
        feeders=feeders,
        jurisdictions=jurisdictions,
        product_count=len(genesis.products),
        products=products,
    )


def build_genesis(
    *,
    dollars: int = 10**15,
    ether: int = 10**24,
    actors: tuple[str, ...] = ACTORS,
    refuses: dict[str, tuple[str, ...]] | None = None,
) -> Genesis:
    """Return a document in which all actors but the treasury hold dUSD (6 decimals) and dETH (18 decimals).

    Officers, who hold nothing, fill every role.

    `refuses` names, by symbol, the actors that the token refuses to pay.
    """
    refused = refuses or {}
    holders = [name for name in actors if name != "treasury"]
    assets = (
        AssetGenesis(
            symbol="dUSD",
            address=DOLLAR,
            decimals=6,
            balances=dict.fromkeys(holders, dollars),
            refuses=refused.get("dUSD", ()),
        ),
        AssetGenesis(
            symbol="dETH",
            address=ETHER,
            decimals=18,
            balances=dict.fromkeys(holders, ether),
            refuses=refused.get("dETH", ()),
        ),
    )
    return Genesis(
        protocol=PROTOCOL,
        treasury="treasury",
        actors=(*actors, *OFFICERS),
        assets=assets,
        council=Council(members=COUNCIL, threshold=2),
        offices=Offices(guardians=(GUARDIAN,), attestors=(ATTESTOR,), reviewers=REVIEWERS, feeders=FEEDERS),
        jurisdictions=(SWITZERLAND, GERMANY),
        products=(build_product(DOLLAR), build_product(ETHER)),
    )


def build_product(asset: int, **changes: Any) -> Product:
    """Return a product without narrow limits; any field of `Product` can be given instead of its default."""
    usual = Product(
        asset=asset,
        is_open=1,
        minimum_principal=1,
        maximum_principal=MAXIMUM_AMOUNT,
        maximum_days=MAXIMUM_DAY,
        minimum_tier=0,
        allows_unsecured=1,
        quorum=2,
        impairment_ratio=WAD // 2,
        least_scores=(750, 600, 450, 300),
        rates=(WAD * 8 // 100, WAD * 10 // 100, WAD * 12 // 100, WAD * 15 // 100),
        origination_limits=(WAD * 70 // 100, WAD * 60 // 100, WAD * 50 // 100, WAD * 40 // 100),
    )
    return replace(usual, **changes)

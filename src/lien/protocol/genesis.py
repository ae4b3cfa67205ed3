"""Begin: turn a genesis document into the first state, and spare a user the long form of the document."""

from lien.protocol.maps import Figures
from lien.protocol.state import Ledger, Settings, State
from lien.spec.genesis import AssetGenesis, Genesis, account_of

PROTOCOL = 0x11E0_0000_0000_0000_0000_0000_0000_0000_0000_0001
DOLLAR = 0xD011_0000_0000_0000_0000_0000_0000_0000_0000_0002
ETHER = 0xE7E0_0000_0000_0000_0000_0000_0000_0000_0000_0003
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
    return State(settings=settings, timestamp=0, ledger=ledger)


def build_genesis(
    *,
    dollars: int = 10**15,
    ether: int = 10**24,
    actors: tuple[str, ...] = ACTORS,
    refuses: dict[str, tuple[str, ...]] | None = None,
) -> Genesis:
    """Return a document in which all actors hold two assets: dUSD (6 decimals) and dETH (18 decimals).

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
    return Genesis(protocol=PROTOCOL, treasury="treasury", actors=actors, assets=assets)

"""Fix the genesis that all vectors share."""

from functools import lru_cache

from lien.protocol.genesis import DOLLAR, ETHER, PROTOCOL, begin
from lien.protocol.state import State
from lien.spec.genesis import AssetGenesis, Genesis
from lien.spec.units import MAXIMUM_AMOUNT

STRICT_DOLLAR = 0x5D01_0000_0000_0000_0000_0000_0000_0000_0000_0004  # refuses the treasury and a borrower
HUGE = 0xB160_0000_0000_0000_0000_0000_0000_0000_0000_0005  # its supply is the greatest amount
UNLISTED = 0xDEAD_0000_0000_0000_0000_0000_0000_0000_0000_0006

WEALTHY = ("servicer", "lender", "second_lender", "borrower", "second_borrower")
ACTORS = ("treasury", *WEALTHY, "stranger")

MILLION_DOLLARS = 10**12
STRANGERS_DOLLARS = 50 * 10**6


@lru_cache(maxsize=1)
def world() -> Genesis:
    """Return the genesis document of all vectors."""
    dollars = dict.fromkeys(WEALTHY, MILLION_DOLLARS) | {"stranger": STRANGERS_DOLLARS}
    ether = dict.fromkeys(WEALTHY, 10**21) | {"stranger": 10**18}
    huge = {"lender": MAXIMUM_AMOUNT // 2, "second_lender": MAXIMUM_AMOUNT - MAXIMUM_AMOUNT // 2}
    refusing = ("treasury", "borrower")
    return Genesis(
        protocol=PROTOCOL,
        treasury="treasury",
        actors=ACTORS,
        assets=(
            AssetGenesis(symbol="dUSD", address=DOLLAR, decimals=6, balances=dollars),
            AssetGenesis(symbol="dETH", address=ETHER, decimals=18, balances=ether),
            AssetGenesis(
                symbol="sUSD", address=STRICT_DOLLAR, decimals=6, balances=dollars, refuses=refusing
            ),
            AssetGenesis(symbol="HUGE", address=HUGE, decimals=18, balances=huge),
        ),
    )


@lru_cache(maxsize=1)
def first_state() -> State:
    """Return the state in which nothing has happened yet."""
    return begin(world())

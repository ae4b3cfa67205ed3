"""Fix the genesis that all vectors share."""

from functools import lru_cache

from lien.protocol.builders import percent
from lien.protocol.genesis import DOLLAR, ETHER, PROTOCOL, SWITZERLAND, begin, build_product
from lien.protocol.state import State
from lien.spec.genesis import AssetGenesis, Genesis, Offices
from lien.spec.product import Product
from lien.spec.units import MAXIMUM_AMOUNT, MAXIMUM_RATE, PRICE_QUORUM

STRICT_DOLLAR = 0x5D01_0000_0000_0000_0000_0000_0000_0000_0000_0004  # refuses the treasury and a borrower
HUGE = 0xB160_0000_0000_0000_0000_0000_0000_0000_0000_0005  # its supply is the greatest amount
UNLISTED = 0xDEAD_0000_0000_0000_0000_0000_0000_0000_0000_0006

WEALTHY = ("servicer", "lender", "second_lender", "borrower", "second_borrower")
PARTIES = ("treasury", *WEALTHY, "stranger")
GUARDIAN, ATTESTOR, REVIEWER = "guardian", "attestor", "reviewer"
FEEDERS = tuple(f"feeder_{seat}" for seat in range(1, PRICE_QUORUM + 1))
ACTORS = (*PARTIES, GUARDIAN, ATTESTOR, REVIEWER, *FEEDERS)

SECURED_DAYS = 730
OF_ANOTHER_ASSET, OF_THREE_VOTES, CLOSED = 3, 5, 6  # products
LOW_RATE = percent(1) // 4  # at which a period as long as the calendar brings less than its principal

MILLION_DOLLARS = 10**12
STRANGERS_DOLLARS = 50 * 10**6


def products() -> tuple[Product, ...]:
    """Return a product with limits for secured loans, for each asset one that limits little, and two more.

    One vote decides, and its rating alone, since no facility is approved and no loan counts in a credit
    record: so a rating chooses any rate of the second kind. Of the last two, one needs more votes, and one
    is closed.
    """
    secured = build_product(
        DOLLAR,
        minimum_principal=10**6,
        maximum_days=SECURED_DAYS,
        minimum_tier=1,
        allows_unsecured=0,
        quorum=1,
    )
    rates = (0, LOW_RATE, percent(12), MAXIMUM_RATE)
    limits = (percent(50),) * len(rates)
    scores = (600, 450, 300, 210)
    lenient = {"quorum": 1, "least_scores": scores, "rates": rates, "origination_limits": limits}
    assets = (build_product(asset, **lenient) for asset in (DOLLAR, STRICT_DOLLAR, HUGE))
    return secured, *assets, build_product(DOLLAR, quorum=3), build_product(DOLLAR, is_open=0)


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
        offices=Offices(guardians=(GUARDIAN,), attestors=(ATTESTOR,), reviewers=(REVIEWER,), feeders=FEEDERS),
        jurisdictions=(SWITZERLAND,),
        products=products(),
    )


@lru_cache(maxsize=1)
def first_state() -> State:
    """Return the state in which nothing has happened yet."""
    return begin(world())

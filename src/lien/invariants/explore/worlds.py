"""Choose the world in which a random life begins: who holds how much, whom tokens refuse, what day it is."""

from functools import lru_cache
from random import Random

from lien.protocol.builders import percent
from lien.protocol.genesis import ACTORS, DOLLAR, ETHER, begin, build_genesis, build_product
from lien.protocol.state import State
from lien.spec.genesis import Genesis
from lien.spec.units import MAXIMUM_AMOUNT, MAXIMUM_DAY, MAXIMUM_RATE, SECONDS_PER_DAY

GREATEST = MAXIMUM_AMOUNT // (len(ACTORS) - 1)  # so that the supply is within its maximum
USUAL = 10**15, 10**24  # dollars and ether of each holder
WEALTH = (USUAL, USUAL, (GREATEST, GREATEST), (1000, 10**6))
REFUSALS: tuple[dict[str, tuple[str, ...]], ...] = (
    {},
    {},
    {"dUSD": ("treasury",)},
    {"dUSD": ("borrower", "lender"), "dETH": ("borrower",)},
    {"dETH": ("borrower", "treasury", "second_borrower")},
)
NARROW = (  # products that refuse much
    build_product(DOLLAR, is_open=0),
    build_product(DOLLAR, minimum_tier=2, allows_unsecured=0, quorum=1, least_scores=(900, 800, 700, 600)),
)
PRICES = (0, 1, percent(12), MAXIMUM_RATE)  # a year, by grade: from nothing to the most
WIDE = tuple(  # products of which one reviewer decides
    build_product(asset, quorum=1, **changes)
    for asset in (DOLLAR, ETHER)
    for changes in ({}, {"rates": PRICES, "least_scores": (600, 450, 300, 1), "maximum_days": 1500})
)
LAST_START = MAXIMUM_DAY - 4000  # later, hardly a loan fits the calendar


@lru_cache
def world(wealth: int, refusals: int) -> tuple[Genesis, State]:
    """Return a genesis document and its first state."""
    dollars, ether = WEALTH[wealth]
    genesis = build_genesis(dollars=dollars, ether=ether, refuses=REFUSALS[refusals])
    genesis = genesis.model_copy(update={"products": (*genesis.products, *NARROW, *WIDE)})
    return genesis, begin(genesis)


def choose_world(dice: Random) -> tuple[Genesis, State, int]:
    """Return a genesis document, its first state, and the time at which its life begins."""
    genesis, state = world(dice.randrange(len(WEALTH)), dice.randrange(len(REFUSALS)))
    early, late = dice.choice((0, dice.randint(1, LAST_START))), dice.randint(LAST_START, MAXIMUM_DAY - 1)
    day = dice.choice((19_740, 19_740, early, late))
    return genesis, state, day * SECONDS_PER_DAY + dice.choice((0, 43_200, SECONDS_PER_DAY - 1))

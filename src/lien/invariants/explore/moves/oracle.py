"""Propose prices: near the last, far from it, by feeders and by others."""

from lien.invariants.explore.moves.numbers import around, mostly, once_in, wild
from lien.invariants.explore.moves.proposal import Outlook, Proposal
from lien.invariants.explore.moves.scene import Scene
from lien.protocol.genesis import DOLLAR, ETHER
from lien.protocol.prices import feed_for, usable_price
from lien.spec.call import Call
from lien.spec.oracle import PostPrice
from lien.spec.types import LoanStatus, Price
from lien.spec.units import FEED_SEATS, MAXIMUM_PRICE, PRICE_SCALE, STEP_LIMIT, WAD

USUAL = {(ETHER, DOLLAR): 2 * PRICE_SCALE // 10**9}  # 2,000 dollars of 6 decimals for an ether of 18


def choose_price(scene: Scene, pair: tuple[int, int]) -> int:
    """Return a price near the one that a post is compared with, at the step limit, or far away."""
    dice = scene.dice
    feed = feed_for(scene.state, *pair)
    last = usable_price(scene.state, *pair, scene.now) or feed.reference or max(feed.prices)
    last = last or USUAL.get(pair, PRICE_SCALE)
    near = last * dice.randint(95, 105) // 100
    step = last * STEP_LIMIT // WAD
    bound = around(dice, last + dice.choice((step, -step)))
    price = mostly(dice, near, bound, last * 57 // 100, 2 * last, wild(dice, Price))
    return min(max(price, 1), MAXIMUM_PRICE)


def propose_post_price(scene: Scene) -> tuple[Call, int]:
    """Propose a price, mostly of ether in dollars, by the feeder of a seat."""
    dice = scene.dice
    pair = (scene.asset(), scene.asset()) if once_in(dice, 8) else (ETHER, DOLLAR)
    seat = dice.randint(1, FEED_SEATS)
    feeder = scene.state.feeders.get(seat) or scene.anyone()
    sender = scene.anyone() if once_in(dice, 12) else feeder
    price = 0 if once_in(dice, 25) else choose_price(scene, pair)
    return PostPrice(collateral_asset=pair[0], loan_asset=pair[1], seat=seat, price=price), sender


def weigh_post_price(outlook: Outlook) -> int:
    """Propose prices above all where there is none, and a loan waits for one."""
    scene = outlook.scene
    if usable_price(scene.state, ETHER, DOLLAR, scene.now):
        return 3
    waits = any(
        loan.status == LoanStatus.AGREED and scene.is_timely(loan) and not scene.has_price(loan)
        for loan in outlook.loans
    )
    return 120 if waits else 6


PROPOSALS: dict[str, Proposal] = {"post_price": Proposal(propose_post_price, weigh_post_price)}

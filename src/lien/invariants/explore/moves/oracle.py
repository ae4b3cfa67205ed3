"""Propose prices: near the last, far from it, by feeders and by others."""

from lien.invariants.explore.moves.numbers import around, mostly, once_in, wild
from lien.invariants.explore.moves.proposal import Outlook, Proposal
from lien.invariants.explore.moves.scene import Scene, current, known_price
from lien.protocol.genesis import DOLLAR, ETHER
from lien.protocol.margin import compute_debt, compute_needed_value
from lien.protocol.prices import feed_for, fresh_slots, seated_since
from lien.protocol.state import Loan
from lien.spec.call import Call
from lien.spec.oracle import PostPrice
from lien.spec.types import LIVE, LoanStatus, Price
from lien.spec.units import FEED_SEATS, MAXIMUM_PRICE, PRICE_SCALE, STEP_LIMIT, WAD

USUAL = {(ETHER, DOLLAR): 2 * PRICE_SCALE // 10**9}  # 2,000 dollars of 6 decimals for an ether of 18


def choose_price(scene: Scene, pair: tuple[int, int]) -> int:
    """Return a price near the one that a post is compared with, at the step limit, or far away."""
    dice = scene.dice
    feed = feed_for(scene.state, *pair)
    last = known_price(scene.state, *pair, scene.now) or feed.reference or max(feed.prices)
    last = last or USUAL.get(pair, PRICE_SCALE)
    near = last * dice.randint(95, 105) // 100
    step = last * STEP_LIMIT // WAD
    bound = around(dice, last + dice.choice((step, -step)))
    others = (bound, last * 57 // 100, 2 * last, wild(dice, Price), *critical_prices(scene, pair))
    price = mostly(dice, near, *others)
    return min(max(price, 1), MAXIMUM_PRICE)


def secured_loans(scene: Scene) -> list[tuple[tuple[int, int], Loan]]:
    """Return the live loans that hold collateral of another asset than their own, each with its pair."""
    live = [
        ((loan.terms.collateral_asset, scene.state.facilities.get(loan.facility).asset), loan)
        for _, loan in scene.state.loans.items()
        if loan.status in LIVE and loan.collateral
    ]
    return [(pair, loan) for pair, loan in live if pair[0] != pair[1]]


def critical_prices(scene: Scene, pair: tuple[int, int]) -> list[int]:
    """Return the prices at which the debt of a live loan on a pair is at a limit of the value."""
    loans = [current(loan, scene.today) for its_pair, loan in secured_loans(scene) if its_pair == pair]
    return [
        around(scene.dice, compute_needed_value(limit, compute_debt(loan)) * PRICE_SCALE // loan.collateral)
        for loan in loans
        for limit in (loan.terms.margin_call_limit, loan.terms.liquidation_limit)
    ]


def choose_pair(scene: Scene) -> tuple[int, int]:
    """Return a pair of assets, mostly one on which a loan is secured."""
    if once_in(scene.dice, 8):
        return (scene.asset(), scene.asset())
    return scene.dice.choice([*(pair for pair, _ in secured_loans(scene)), (ETHER, DOLLAR)])


def choose_seat(scene: Scene, pair: tuple[int, int]) -> int:
    """Return a seat, mostly one of which there is no fresh price."""
    feed = feed_for(scene.state, *pair)
    fresh = fresh_slots(feed, seated_since(scene.state, feed), scene.now)
    stale = [seat for seat, is_fresh in zip(feed.seats, fresh, strict=True) if not is_fresh]
    any_seat = scene.dice.randint(1, FEED_SEATS)
    return scene.dice.choice(stale) if stale and not once_in(scene.dice, 4) else any_seat


def propose_post_price(scene: Scene) -> tuple[Call, int]:
    """Propose a price, mostly of ether in dollars, by the feeder of a seat."""
    dice = scene.dice
    pair = choose_pair(scene)
    seat = choose_seat(scene, pair)
    feeder = scene.state.feeders.get(seat) or scene.anyone()
    sender = scene.anyone() if once_in(dice, 12) else feeder
    price = 0 if once_in(dice, 25) else choose_price(scene, pair)
    return PostPrice(collateral_asset=pair[0], loan_asset=pair[1], seat=seat, price=price), sender


def weigh_post_price(outlook: Outlook) -> int:
    """Propose prices above all where there is none, and a loan waits for one or is secured."""
    scene = outlook.scene
    waits = any(
        loan.status == LoanStatus.AGREED and scene.is_timely(loan) and not scene.has_price(loan)
        for loan in outlook.loans
    )
    pairs = {pair for pair, _ in secured_loans(scene)}
    if waits or any(known_price(scene.state, *pair, scene.now) == 0 for pair in pairs):
        return 120
    return 3 if pairs or known_price(scene.state, ETHER, DOLLAR, scene.now) else 6


PROPOSALS: dict[str, Proposal] = {"post_price": Proposal(propose_post_price, weigh_post_price)}

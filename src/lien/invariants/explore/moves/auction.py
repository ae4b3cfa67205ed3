"""Propose auctions of the collateral of loans in default, and purchases from them."""

from collections.abc import Callable

from lien.invariants.explore.moves.agreement import known_loan
from lien.invariants.explore.moves.numbers import around, mostly, once_in, up_to
from lien.invariants.explore.moves.proposal import Outlook, Proposal
from lien.invariants.explore.moves.scene import Scene, current, known_price
from lien.protocol.auction import Lot, compute_lot, elapsed_seconds, is_over
from lien.protocol.pauses import is_liquidation_closed
from lien.protocol.state import Loan
from lien.protocol.waterfall import compute_payoff
from lien.spec.call import Call
from lien.spec.liquidation import StartAuction, Take
from lien.spec.types import LIVE, LoanStatus
from lien.spec.units import AUCTION_WAIT_DAYS, MAXIMUM_AMOUNT

Condition = Callable[[Scene, Loan], bool]


def is_running(scene: Scene, loan: Loan) -> bool:
    """Return whether a loan's auction has a round that is not over."""
    elapsed = elapsed_seconds(scene.state, loan, scene.now)
    return loan.status == LoanStatus.AUCTION and not is_over(loan, elapsed)


def may_start(scene: Scene, loan: Loan) -> bool:
    """Return whether a round of an auction of the loan's collateral can begin."""
    if loan.status not in LIVE or not loan.collateral:
        return False
    if loan.status == LoanStatus.AUCTION:
        return not is_running(scene, loan)
    today = current(loan, scene.today)
    asset = scene.state.facilities.get(loan.facility).asset
    has_price = known_price(scene.state, loan.terms.collateral_asset, asset, scene.now) > 0
    has_waited = scene.today >= today.default_day + AUCTION_WAIT_DAYS
    return today.status == LoanStatus.DEFAULTED and (has_price or has_waited)


def fitting(scene: Scene, condition: Condition) -> list[int]:
    """Return the numbers of the loans of which a condition holds."""
    return [number for number, loan in scene.state.loans.items() if condition(scene, loan)]


def propose_start_auction(scene: Scene) -> tuple[Call, int]:
    """Propose to start an auction, mostly one that can start."""
    possible = fitting(scene, may_start)
    usual = possible and not once_in(scene.dice, 6)
    number = scene.dice.choice(possible) if usual else scene.loan(LoanStatus.DEFAULTED, LoanStatus.AUCTION)
    return StartAuction(loan=number), scene.anyone()


def propose_take(scene: Scene) -> tuple[Call, int]:
    """Propose to buy what covers the debt, the whole lot, a part, or nearly one of these."""
    dice, running = scene.dice, fitting(scene, is_running)
    number = dice.choice(running) if running and not once_in(dice, 6) else scene.loan(LoanStatus.AUCTION)
    loan = known_loan(scene, number)
    if loan is None or loan.status != LoanStatus.AUCTION:
        return Take(loan=number, amount=dice.choice((0, 1)), minimum_collateral=0), scene.anyone()
    asset = scene.state.facilities.get(loan.facility).asset
    sender = loan.borrower if once_in(dice, 12) else scene.holder(asset)
    debt = compute_payoff(current(loan, scene.today), 0).taken
    lot = compute_lot(loan, debt, elapsed_seconds(scene.state, loan, scene.now))
    amount = choose_amount(scene, loan, lot, debt)
    sold = lot.collateral * min(amount, lot.ask, max(debt, 0)) // lot.ask
    minimum = mostly(dice, 0, sold, min(sold + 1, MAXIMUM_AMOUNT), MAXIMUM_AMOUNT)
    return Take(loan=number, amount=min(amount, MAXIMUM_AMOUNT), minimum_collateral=minimum), sender


def choose_amount(scene: Scene, loan: Loan, lot: Lot, debt: int) -> int:
    """Return what to offer: often a part that leaves the minimum, else the debt or the ask, or about that."""
    dice = scene.dice
    least = min(lot.ask, max(debt, 0))
    part = up_to(dice, max(loan.principal - loan.terms.minimum_principal, 1))
    return dice.choice((part, part, least, around(dice, least), up_to(dice, max(least, 1)), MAXIMUM_AMOUNT))


def weigh(outlook: Outlook, condition: Condition, usual: int) -> int:
    """Propose what is possible often, while liquidation is closed rarely, and else hardly ever."""
    if not fitting(outlook.scene, condition):
        return 1
    return 4 if is_liquidation_closed(outlook.scene.state, outlook.scene.now) else usual


def weigh_start_auction(outlook: Outlook) -> int:
    """Propose starts where one can be."""
    return weigh(outlook, may_start, 40)


def weigh_take(outlook: Outlook) -> int:
    """Propose purchases while a round runs."""
    return weigh(outlook, is_running, 80)


PROPOSALS: dict[str, Proposal] = {
    "start_auction": Proposal(propose_start_auction, weigh_start_auction),
    "take": Proposal(propose_take, weigh_take),
}

"""Propose top-ups, margin calls and liquidations."""

from collections.abc import Callable

from lien.invariants.explore.moves.agreement import known_loan
from lien.invariants.explore.moves.numbers import around, mostly, once_in, up_to
from lien.invariants.explore.moves.proposal import Outlook, Proposal
from lien.invariants.explore.moves.scene import Scene, current, known_price
from lien.protocol.margin import compute_debt, compute_most_repaid, is_above, is_liquidatable
from lien.protocol.state import Loan
from lien.spec.call import Call
from lien.spec.liquidation import Liquidate, MarginCall
from lien.spec.repayment import TopUpCollateral
from lien.spec.types import ACCRUING, LIVE
from lien.spec.units import MAXIMUM_AMOUNT

Fits = Callable[[Scene, Loan], bool]  # of a loan that is caught up


def price_of(scene: Scene, loan: Loan) -> int:
    """Return the usable price of a loan's collateral, zero where there is none."""
    asset = scene.state.facilities.get(loan.facility).asset
    return known_price(scene.state, loan.terms.collateral_asset, asset, scene.now)


def can_be_called(scene: Scene, loan: Loan) -> bool:
    """Return whether a margin call can be made."""
    price = price_of(scene, loan)
    is_free = loan.status in ACCRUING and loan.margin_day == 0
    return price > 0 and is_free and is_above(loan, loan.terms.margin_call_limit, price)


def can_be_liquidated(scene: Scene, loan: Loan) -> bool:
    """Return whether some of the loan's collateral can be seized."""
    price = price_of(scene, loan)
    return price > 0 and loan.collateral > 0 and is_liquidatable(loan, price)


def has_open_call(_: Scene, loan: Loan) -> bool:
    """Return whether a margin call is open."""
    return loan.margin_day > 0


def fitting(scene: Scene, fits: Fits) -> list[int]:
    """Return the secured live loans of which something holds today."""
    return [
        number
        for number, loan in scene.state.loans.items()
        if loan.status in LIVE and loan.terms.collateral_amount and fits(scene, current(loan, scene.today))
    ]


def choose_loan(scene: Scene, fits: Fits) -> int:
    """Return a loan of which something holds, if there is one, rarely any other."""
    found = fitting(scene, fits)
    return scene.dice.choice(found) if found and not once_in(scene.dice, 8) else scene.loan(*LIVE)


def propose_top_up(scene: Scene) -> tuple[Call, int]:
    """Propose a top-up, mostly of what cures a margin call, or of what the payer has."""
    dice, number = scene.dice, choose_loan(scene, has_open_call)
    loan = known_loan(scene, number)
    if loan is None:
        return TopUpCollateral(loan=number, amount=1), scene.anyone()
    payer = scene.holder(loan.terms.collateral_asset)
    some = up_to(dice, scene.balance(loan.terms.collateral_asset, payer))
    usual = around(dice, loan.margin_top_up) if loan.margin_day else some
    amount = mostly(dice, usual, some, 0, MAXIMUM_AMOUNT)
    return TopUpCollateral(loan=number, amount=min(amount, MAXIMUM_AMOUNT)), payer


def propose_margin_call(scene: Scene) -> tuple[Call, int]:
    """Propose a margin call, mostly on a loan above its limit."""
    return MarginCall(loan=choose_loan(scene, can_be_called)), scene.anyone()


def propose_liquidate(scene: Scene) -> tuple[Call, int]:
    """Propose a liquidation, mostly of what one call may repay, by somebody who can pay."""
    dice, number = scene.dice, choose_loan(scene, can_be_liquidated)
    loan = known_loan(scene, number)
    if loan is None or loan.status not in LIVE:
        return Liquidate(loan=number, amount=1, minimum_collateral=0), scene.anyone()
    holder = scene.holder(scene.state.facilities.get(loan.facility).asset)
    payer = loan.borrower if once_in(dice, 12) else holder
    caught_up = current(loan, scene.today)
    debt = compute_debt(caught_up)
    most = compute_most_repaid(caught_up, debt)
    amount = mostly(dice, most, around(dice, most), up_to(dice, debt), MAXIMUM_AMOUNT, 0)
    least = mostly(dice, 0, up_to(dice, loan.collateral), loan.collateral)
    return Liquidate(loan=number, amount=min(amount, MAXIMUM_AMOUNT), minimum_collateral=least), payer


def weigh(fits: Fits, weight: int) -> Callable[[Outlook], int]:
    """Return a weight where a loan fits, else the least."""
    return lambda outlook: weight if fitting(outlook.scene, fits) else 1


PROPOSALS: dict[str, Proposal] = {
    "top_up_collateral": Proposal(
        propose_top_up,
        lambda outlook: 30 if fitting(outlook.scene, has_open_call) else 2 if outlook.live else 1,
    ),
    "margin_call": Proposal(propose_margin_call, weigh(can_be_called, 60)),
    "liquidate": Proposal(propose_liquidate, weigh(can_be_liquidated, 40)),
}

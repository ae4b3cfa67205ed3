"""Propose impairments, write-offs, and what comes back after them."""

from lien.invariants.explore.moves.agreement import known_loan
from lien.invariants.explore.moves.numbers import around, mostly, once_in, up_to, wild
from lien.invariants.explore.moves.proposal import Outlook, Proposal
from lien.invariants.explore.moves.scene import Scene, current, servicer_of
from lien.protocol.losses import compute_unrecovered
from lien.protocol.state import Loan
from lien.spec.call import Call
from lien.spec.liquidation import Recover, WriteOff
from lien.spec.repayment import Impair, LiftImpairment
from lien.spec.types import ACCRUING, LIVE, Amount, LoanStatus
from lien.spec.units import MAXIMUM_AMOUNT, WRITE_OFF_DAYS


def choose_loan(scene: Scene, fitting: list[int]) -> tuple[int, Loan | None, int]:
    """Return a loan's number, its record if there is one, and mostly its facility's servicer."""
    number = scene.loan(*LIVE)
    if fitting and not once_in(scene.dice, 6):
        number = scene.dice.choice(fitting)
    loan = known_loan(scene, number)
    if loan is None:
        return number, None, scene.anyone()
    return number, loan, mostly(scene.dice, servicer_of(scene.state, loan), scene.anyone())


def propose_impair(scene: Scene) -> tuple[Call, int]:
    """Propose an impairment above the one there is, or at a bound of what is allowed."""
    dice, (number, loan, sender) = scene.dice, choose_loan(scene, [])
    if loan is None or loan.status not in LIVE:
        return Impair(loan=number, amount=wild(dice, Amount)), sender
    loan = current(loan, scene.today)
    usual = loan.impairment + up_to(dice, loan.principal - loan.impairment)
    bounds = (around(dice, loan.impairment), around(dice, loan.principal), MAXIMUM_AMOUNT)
    return Impair(loan=number, amount=min(mostly(dice, usual, *bounds), MAXIMUM_AMOUNT)), sender


def impaired(scene: Scene) -> list[int]:
    """Return the numbers of the loans that are impaired, and not in default today."""
    return [
        number
        for number, loan in scene.state.loans.items()
        if loan.impairment and current(loan, scene.today).status in ACCRUING
    ]


def propose_lift_impairment(scene: Scene) -> tuple[Call, int]:
    """Propose to lift an impairment, mostly one that can be lifted."""
    number, _, sender = choose_loan(scene, impaired(scene))
    return LiftImpairment(loan=number), sender


def in_default(scene: Scene) -> dict[int, Loan]:
    """Return the loans that are in default today, caught up, by number."""
    loans = {number: current(loan, scene.today) for number, loan in scene.state.loans.items()}
    return {number: loan for number, loan in loans.items() if loan.status == LoanStatus.DEFAULTED}


def written_off_next(scene: Scene) -> list[int]:
    """Return the numbers of the loans that can be written off today."""
    return [
        number
        for number, loan in in_default(scene).items()
        if not loan.collateral and scene.today >= loan.default_day + WRITE_OFF_DAYS
    ]


def propose_write_off(scene: Scene) -> tuple[Call, int]:
    """Propose a write-off, mostly one that is due, else of a loan in default."""
    number, _, sender = choose_loan(scene, written_off_next(scene) or list(in_default(scene)))
    return WriteOff(loan=number), sender


def written_off(scene: Scene) -> dict[int, Loan]:
    """Return the loans that are written off, by number."""
    loans = scene.state.loans.items()
    return {number: loan for number, loan in loans if loan.status == LoanStatus.WRITTEN_OFF}


def propose_recover(scene: Scene) -> tuple[Call, int]:
    """Propose to pay a part of what was lost, all of it, or more."""
    dice, (number, loan, _) = scene.dice, choose_loan(scene, list(written_off(scene)))
    if loan is None:
        return Recover(loan=number, amount=wild(dice, Amount)), scene.anyone()
    asset = scene.state.facilities.get(loan.facility).asset
    sender = mostly(dice, scene.holder(asset), scene.anyone())
    left = compute_unrecovered(loan)
    lenders = max(loan.lender_loss - loan.recovered, 0)
    usual = min(dice.choice((left, up_to(dice, left))), scene.balance(asset, sender))
    amount = mostly(dice, usual, around(dice, lenders), around(dice, left), 0, MAXIMUM_AMOUNT)
    return Recover(loan=number, amount=min(amount, MAXIMUM_AMOUNT)), sender


def weigh_write_off(outlook: Outlook) -> int:
    """Propose a write-off where it is due, and sometimes too early or too much."""
    if written_off_next(outlook.scene):
        return 20
    return 3 if in_default(outlook.scene) else 1


def weigh_recover(outlook: Outlook) -> int:
    """Propose a recovery where something was lost, rarely where all of it has come back."""
    lost = written_off(outlook.scene).values()
    if any(compute_unrecovered(loan) for loan in lost):
        return 24
    return 3 if lost else 1


PROPOSALS: dict[str, Proposal] = {
    "impair": Proposal(propose_impair, lambda outlook: 6 if outlook.live else 1),
    "lift_impairment": Proposal(
        propose_lift_impairment, lambda outlook: 20 if impaired(outlook.scene) else 1
    ),
    "write_off": Proposal(propose_write_off, weigh_write_off),
    "recover": Proposal(propose_recover, weigh_recover),
}

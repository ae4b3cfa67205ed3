"""Propose restructurings: new terms for a live loan, signed by both parties, or nearly so."""

from dataclasses import replace

from lien.invariants.explore.moves.agreement import choose_deadline, garbage, known_loan
from lien.invariants.explore.moves.numbers import mostly, once_in, wild
from lien.invariants.explore.moves.proposal import Proposal
from lien.invariants.explore.moves.scene import Scene, current, known_price, named_account, servicer_of
from lien.invariants.explore.moves.spoiled import spoiled_terms
from lien.invariants.explore.moves.terms import Budget, sound_terms
from lien.protocol.builders import sign_restructuring
from lien.protocol.genesis import ACTORS
from lien.protocol.restructuring import compute_carried
from lien.protocol.state import Loan
from lien.spec.call import Call
from lien.spec.repayment import Restructure
from lien.spec.terms import Terms
from lien.spec.types import LIVE, DayCount
from lien.spec.units import MAXIMUM_AMOUNT


def propose_restructure(scene: Scene) -> tuple[Call, int]:
    """Propose new terms for a live loan, handed in by anyone."""
    dice, number = scene.dice, choose_loan(scene)
    loan = known_loan(scene, number)
    if loan is None:
        terms, most = sound_terms(dice, Budget(scene.today, 1, scene.asset(), 0)), 0
    else:
        loan = current(loan, scene.today)
        terms, most = choose_terms(scene, loan), choose_most(scene, loan)
    call = Restructure(
        loan=number,
        terms=terms,
        maximum_capitalised=most,
        deadline=choose_deadline(scene),
        borrower_signature=b"",
        servicer_signature=b"",
    )
    return (call if loan is None else signed(scene, call, loan)), scene.anyone()


def choose_loan(scene: Scene) -> int:
    """Return the number of a live loan, mostly one that has no collateral or whose collateral has a price."""
    fitting = [
        number
        for number, loan in scene.state.loans.items()
        if loan.status in LIVE and (not loan.collateral or has_price(scene, loan))
    ]
    return scene.dice.choice(fitting) if fitting and not once_in(scene.dice, 8) else scene.loan(*LIVE)


def has_price(scene: Scene, loan: Loan) -> bool:
    """Return whether a price of the loan's collateral can be used now."""
    asset = scene.state.facilities.get(loan.facility).asset
    return known_price(scene.state, loan.terms.collateral_asset, asset, scene.now) > 0


def choose_terms(scene: Scene, loan: Loan) -> Terms:
    """Return terms that fit a loan: mostly for all that is owed, with all its collateral."""
    dice, owed = scene.dice, loan.principal + compute_carried(loan).capitalised
    principal = min(max(owed, 1), MAXIMUM_AMOUNT)
    terms = sound_terms(dice, Budget(scene.today, principal, loan.terms.collateral_asset, loan.collateral))
    least = mostly(dice, loan.collateral, 0, loan.collateral // 2, min(loan.collateral + 1, MAXIMUM_AMOUNT))
    terms = replace(
        terms,
        principal=mostly(dice, principal, MAXIMUM_AMOUNT, max(principal - 1, 0)),
        day_count=dice.choice(list(DayCount)) if once_in(dice, 12) else loan.terms.day_count,
        collateral_asset=scene.asset() if once_in(dice, 20) else loan.terms.collateral_asset,
        collateral_amount=least,
    )
    return spoiled_terms(dice, terms) if once_in(dice, 4) else terms


def choose_most(scene: Scene, loan: Loan) -> int:
    """Return the most that may become principal: mostly what has accrued, or anything."""
    owed = min(max(compute_carried(loan).capitalised, 0), MAXIMUM_AMOUNT)
    annotation = Restructure.__annotations__["maximum_capitalised"]
    return mostly(scene.dice, owed, MAXIMUM_AMOUNT, max(owed - 1, 0), wild(scene.dice, annotation))


def signed(scene: Scene, call: Restructure, loan: Loan) -> Restructure:
    """Return a restructuring with the signatures of both parties, rarely another's or garbage."""
    names = {named_account(name): name for name in ACTORS}
    signatures: list[bytes] = []
    for party in (loan.borrower, servicer_of(scene.state, loan)):
        name = scene.dice.choice(ACTORS) if once_in(scene.dice, 30) else names.get(party)
        if name is None or once_in(scene.dice, 40):
            signatures.append(garbage(scene.dice))
        else:
            signatures.append(sign_restructuring(scene.state, call, name))
    by_borrower, by_servicer = signatures
    return Restructure.model_validate(
        {**call.arguments(), "borrower_signature": by_borrower, "servicer_signature": by_servicer}
    )


PROPOSALS: dict[str, Proposal] = {
    "restructure": Proposal(propose_restructure, lambda outlook: 8 if outlook.live else 1),
}

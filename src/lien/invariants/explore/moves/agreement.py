"""Propose offers, acceptances, countersignatures and cancellations."""

from random import Random

from lien.invariants.explore.moves.facility import known_facility
from lien.invariants.explore.moves.numbers import mostly, once_in
from lien.invariants.explore.moves.proposal import Outlook, Proposal
from lien.invariants.explore.moves.scene import Scene, named_account, servicer_of
from lien.invariants.explore.moves.spoiled import spoiled_terms
from lien.invariants.explore.moves.terms import Budget, sound_terms
from lien.protocol.builders import sign
from lien.protocol.genesis import ACTORS
from lien.protocol.state import Loan
from lien.spec.agreement import Accept, Cancel, Countersign, Offer
from lien.spec.call import Call
from lien.spec.types import LoanStatus
from lien.spec.units import MAXIMUM_AMOUNT, MAXIMUM_TIMESTAMP, SECONDS_PER_DAY

OPEN_LOANS = 6  # from which on new offers are rare


def propose_offer(scene: Scene) -> tuple[Call, int]:
    """Propose a loan to an actor, mostly one that the facility can fund and the borrower can secure."""
    dice, number, secured_by = scene.dice, scene.facility(), scene.asset()
    facility = known_facility(scene, number)
    servicer, cash = (facility.servicer, facility.cash) if facility else (scene.anyone(), 0)
    borrower = scene.holder(secured_by)
    if borrower == servicer and not once_in(dice, 10):
        borrower = scene.anyone()
    balance = scene.balance(secured_by, borrower)
    budget = Budget(
        today=scene.today,
        principal=mostly(dice, cash, cash, cash + 1, MAXIMUM_AMOUNT),
        collateral_asset=secured_by,
        collateral=mostly(dice, balance // dice.choice((1, 4, 10)), MAXIMUM_AMOUNT),
    )
    terms = sound_terms(dice, budget)
    if once_in(dice, 4):
        terms = spoiled_terms(dice, terms)
    sender = scene.anyone() if once_in(dice, 20) else servicer
    return Offer(facility=number, borrower=borrower, terms=terms), sender


def propose_accept(scene: Scene) -> tuple[Call, int]:
    """Propose an acceptance, handed in by anyone."""
    number, deadline = scene.loan(LoanStatus.OFFERED), choose_deadline(scene)
    loan = known_loan(scene, number)
    borrower = loan.borrower if loan else 0
    signature = choose_signature(scene, number, borrower, deadline)
    return Accept(loan=number, deadline=deadline, signature=signature), scene.anyone()


def propose_countersign(scene: Scene) -> tuple[Call, int]:
    """Propose a countersignature, handed in by anyone."""
    number, deadline = scene.loan(LoanStatus.ACCEPTED), choose_deadline(scene)
    loan = known_loan(scene, number)
    servicer = servicer_of(scene.state, loan) if loan else 0
    signature = choose_signature(scene, number, servicer, deadline)
    return Countersign(loan=number, deadline=deadline, signature=signature), scene.anyone()


def propose_cancel(scene: Scene) -> tuple[Call, int]:
    """Propose to cancel a loan, mostly by one of its parties."""
    unborn = (LoanStatus.OFFERED, LoanStatus.ACCEPTED, LoanStatus.AGREED)
    loans = scene.state.loans.items()
    outdated = [number for number, loan in loans if loan.status in unborn and not scene.is_timely(loan)]
    number = scene.dice.choice(outdated) if outdated else scene.loan(*unborn)
    return Cancel(loan=number), choose_party(scene, number)


def known_loan(scene: Scene, number: int) -> Loan | None:
    """Return the loan of a number, if there is one."""
    return scene.state.loans.get(number) if scene.state.loans.contains(number) else None


def choose_party(scene: Scene, number: int) -> int:
    """Return the borrower or the servicer of a loan, rarely anyone."""
    loan = known_loan(scene, number)
    if loan is None or once_in(scene.dice, 6):
        return scene.anyone()
    return scene.dice.choice((loan.borrower, servicer_of(scene.state, loan)))


def choose_deadline(scene: Scene) -> int:
    """Return a deadline, mostly ahead, rarely this very second or past."""
    now = scene.now
    ahead = scene.dice.choice((now + 1, now + SECONDS_PER_DAY, MAXIMUM_TIMESTAMP))
    deadline = scene.dice.choice((now, now - 1, 0)) if once_in(scene.dice, 12) else ahead
    return min(max(deadline, 0), MAXIMUM_TIMESTAMP)


def choose_signature(scene: Scene, number: int, signer: int, deadline: int) -> bytes:
    """Return the signer's signature, rarely another's, one for another deadline, a damaged one or garbage."""
    dice = scene.dice
    names = {named_account(name): name for name in ACTORS}
    if not scene.state.loans.contains(number) or signer not in names:
        return garbage(dice)
    if once_in(dice, 15):
        return garbage(dice)
    name = dice.choice(ACTORS) if once_in(dice, 15) else names[signer]
    signature = sign(scene.state, number, name, deadline + (1 if once_in(dice, 30) else 0))
    if once_in(dice, 30):
        place = dice.randrange(len(signature))
        return signature[:place] + bytes([signature[place] ^ 1]) + signature[place + 1 :]
    return signature


def garbage(dice: Random) -> bytes:
    """Return bytes that are no signature."""
    return bytes(dice.randrange(256) for _ in range(dice.choice((0, 1, 64, 65, 66))))


def weigh_offer(outlook: Outlook) -> int:
    """Propose an offer while there is cash and there are few loans."""
    is_busy = outlook.live + outlook.unborn >= OPEN_LOANS
    return 2 if not outlook.has_idle_cash or is_busy else 20


PROPOSALS: dict[str, Proposal] = {
    "offer": Proposal(propose_offer, weigh_offer),
    "accept": Proposal(propose_accept, lambda outlook: 24 if LoanStatus.OFFERED in outlook.ready else 1),
    "countersign": Proposal(
        propose_countersign, lambda outlook: 24 if LoanStatus.ACCEPTED in outlook.ready else 1
    ),
    "cancel": Proposal(
        propose_cancel, lambda outlook: 6 if outlook.is_outdated else 2 if outlook.unborn else 1
    ),
}

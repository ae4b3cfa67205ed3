"""Propose offers, acceptances, countersignatures and cancellations."""

from random import Random

from lien.invariants.explore.moves.application import known_application
from lien.invariants.explore.moves.numbers import mostly, once_in
from lien.invariants.explore.moves.proposal import Outlook, Proposal
from lien.invariants.explore.moves.scene import Scene, named_account, servicer_of
from lien.invariants.explore.moves.spoiled import spoiled_terms
from lien.invariants.explore.moves.terms import Budget, Wanted, sound_terms, wanted_terms
from lien.protocol.applications import is_expired
from lien.protocol.builders import percent, sign
from lien.protocol.credit import grade_of
from lien.protocol.genesis import ACTORS, REVIEWERS
from lien.protocol.state import Application, Loan
from lien.spec.agreement import Accept, Cancel, Countersign, Offer
from lien.spec.call import Call
from lien.spec.types import ApplicationStatus, Grade, LoanStatus
from lien.spec.units import MAXIMUM_TIMESTAMP, SECONDS_PER_DAY

OPEN_LOANS = 6  # from which on new offers are rare


def propose_offer(scene: Scene) -> tuple[Call, int]:
    """Propose a loan for an application, mostly an approved one, on terms that its product gives."""
    dice, number = scene.dice, choose_approved(scene)
    application = known_application(scene, number)
    if application is None:
        terms = sound_terms(dice, Budget(scene.today, 1, scene.asset(), 0))
        return Offer(application=number, terms=terms), scene.anyone()
    terms = wanted_terms(dice, wanted_of(scene, application))
    if once_in(dice, 4):
        terms = spoiled_terms(dice, terms)
    servicer = scene.state.facilities.get(application.facility).servicer
    return Offer(application=number, terms=terms), scene.anyone() if once_in(dice, 20) else servicer


def wanted_of(scene: Scene, application: Application) -> Wanted:
    """Return what terms must give for an application, or any rate where its score has no grade."""
    product = scene.state.products.get(application.product)
    grade = min(grade_of(product, application.score), max(Grade))
    return Wanted(
        today=scene.today,
        application=application,
        rate=product.rates[grade],
        origination_limit=mostly(scene.dice, product.origination_limits[grade], percent(30)),
        fee_floor=scene.state.origination_fee_floor,
    )


def approved_applications(scene: Scene) -> list[int]:
    """Return the numbers of the applications for which a loan can be offered now."""
    facilities = scene.state.facilities
    return [
        number
        for number, item in scene.state.applications.items()
        if item.status == ApplicationStatus.APPROVED
        and not is_expired(item, scene.now)
        and not facilities.get(item.facility).is_winding_down
    ]


def choose_approved(scene: Scene) -> int:
    """Return an application that is approved, rarely any other or none."""
    approved, count = approved_applications(scene), scene.state.application_count
    if approved and not once_in(scene.dice, 8):
        return scene.dice.choice(approved)
    return scene.dice.choice((0, scene.dice.randint(0, count), count, count + 1))


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
    names = {named_account(name): name for name in (*ACTORS, *REVIEWERS)}
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
    """Propose an offer while an application is approved, there is cash and there are few loans."""
    is_busy = outlook.live + outlook.unborn >= OPEN_LOANS
    can = outlook.has_idle_cash and approved_applications(outlook.scene)
    return 90 if can and not is_busy else 2


PROPOSALS: dict[str, Proposal] = {
    "offer": Proposal(propose_offer, weigh_offer),
    "accept": Proposal(propose_accept, lambda outlook: outlook.urgency(LoanStatus.OFFERED)),
    "countersign": Proposal(
        propose_countersign, lambda outlook: 90 if LoanStatus.ACCEPTED in outlook.ready else 1
    ),
    "cancel": Proposal(
        propose_cancel, lambda outlook: 6 if outlook.is_outdated else 2 if outlook.unborn else 1
    ),
}

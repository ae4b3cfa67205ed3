"""Propose what happens to an agreed loan: disbursement, repayment, default."""

from lien.invariants.explore.maps import entries_of
from lien.invariants.explore.moves.agreement import choose_party, known_loan
from lien.invariants.explore.moves.numbers import around, mostly, once_in, up_to, wild
from lien.invariants.explore.moves.proposal import Proposal
from lien.invariants.explore.moves.scene import Scene, current
from lien.protocol.arithmetic import quotient_up
from lien.protocol.state import Loan
from lien.protocol.waterfall import Payment, compute_coming_interest, compute_payoff
from lien.spec.call import Call
from lien.spec.disbursement import Disburse
from lien.spec.liquidation import DeclareDefault
from lien.spec.repayment import Repay
from lien.spec.types import LIVE, LoanStatus, Reference
from lien.spec.units import MAXIMUM_AMOUNT, UNIT


def propose_disburse(scene: Scene) -> tuple[Call, int]:
    """Propose to disburse an agreed loan."""
    number = scene.loan(LoanStatus.AGREED)
    return Disburse(loan=number), choose_party(scene, number)


def propose_declare_default(scene: Scene) -> tuple[Call, int]:
    """Propose to book a default, mostly one that the dates say."""
    late = [
        number
        for number, loan in scene.state.loans.items()
        if loan.status in (LoanStatus.ACTIVE, LoanStatus.OVERDUE)
        and current(loan, scene.today).status == LoanStatus.DEFAULTED
    ]
    usual = late and not once_in(scene.dice, 6)
    number = scene.dice.choice(late) if usual else scene.loan(*LIVE)
    return DeclareDefault(loan=number), scene.anyone()


def propose_repay(scene: Scene) -> tuple[Call, int]:
    """Propose a payment near what is due, near the payoff, or of any size."""
    dice, number = scene.dice, scene.loan(*LIVE)
    loan = known_loan(scene, number)
    sender = scene.anyone() if loan is None or once_in(dice, 4) else loan.borrower
    reference = choose_reference(scene, sender, number)
    if loan is None or loan.status not in LIVE:
        return Repay(loan=number, amount=1, principal_ahead=0, reference=reference), sender
    loan = current(loan, scene.today)
    payoff = compute_payoff(loan)
    ahead = choose_ahead(scene, loan, payoff)
    due = due_amount(loan, payoff) + ahead
    usual = dice.choice((due, due, due, around(dice, due), up_to(dice, due)))
    rich = scene.balance(scene.state.facilities.get(loan.facility).asset, sender) >= payoff.taken
    whole = payoff.taken if rich else 1
    other = dice.choice((whole, around(dice, whole), up_to(dice, payoff.taken), MAXIMUM_AMOUNT, 0))
    amount = other if usual == 0 or once_in(dice, 4) else usual
    call = Repay(loan=number, amount=min(amount, MAXIMUM_AMOUNT), principal_ahead=ahead, reference=reference)
    return call, sender


def due_amount(loan: Loan, payoff: Payment) -> int:
    """Return what meets the instalment that is open, with interest to its due date and all charges."""
    rest = loan.principal - loan.overdue_principal - loan.instalment
    coming = compute_coming_interest(loan, rest)
    interest = max(quotient_up(loan.interest + coming, UNIT), 0)
    principal = payoff.overdue_principal + payoff.instalment
    return interest + principal + payoff.default_interest + payoff.late_fees


def choose_ahead(scene: Scene, loan: Loan, payoff: Payment) -> int:
    """Return the principal to be paid ahead: mostly none, or up to what leaves the minimum, or too much."""
    dice, most = scene.dice, max(payoff.principal_ahead - loan.terms.minimum_principal, 0)
    return mostly(dice, 0, up_to(dice, most), up_to(dice, most), around(dice, most), MAXIMUM_AMOUNT)


def choose_reference(scene: Scene, sender: int, number: int) -> int:
    """Return a payment reference: mostly a new one, rarely one that the payer has used."""
    dice = scene.dice
    keys = [key for key, _ in entries_of(scene.state, "references")]
    used: list[int] = [reference for payer, loan, reference in keys if (payer, loan) == (sender, number)]
    if used and once_in(dice, 12):
        return dice.choice(used)
    return wild(dice, Reference) if once_in(dice, 12) else dice.randrange(10**6)


PROPOSALS: dict[str, Proposal] = {
    "disburse": Proposal(propose_disburse, lambda outlook: outlook.urgency(LoanStatus.AGREED)),
    "repay": Proposal(propose_repay, lambda outlook: 12 + 6 * outlook.live if outlook.live else 1),
    "declare_default": Proposal(propose_declare_default, lambda outlook: 20 if outlook.is_late else 1),
}

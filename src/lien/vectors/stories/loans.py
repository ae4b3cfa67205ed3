"""Take a loan through every status that it can have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lien.protocol.accrual import catch_up
from lien.protocol.arithmetic import quotient_up
from lien.protocol.builders import accept_by, countersign_by
from lien.protocol.calendar import due_day
from lien.protocol.state import Loan, State
from lien.protocol.waterfall import compute_coming_interest, compute_payoff
from lien.spec.agreement import Cancel, Offer
from lien.spec.disbursement import Disburse
from lien.spec.liquidation import DeclareDefault
from lien.spec.repayment import Repay
from lien.spec.terms import Terms
from lien.spec.units import SECONDS_PER_DAY, UNIT
from lien.vectors.stories.applications import PRICE, approved, priced
from lien.vectors.stories.terms import DEADLINE_DAYS
from lien.vectors.story import Scene, follow

SMALL_PAYMENT = 10**6
DAYS_LATE, DAYS_EARLY = 3, 5


@dataclass(frozen=True, slots=True)
class Parties:
    """Name who takes part in a loan."""

    borrower: str = "borrower"
    servicer: str = "servicer"
    facility: int = 1


def loan_of(state: State) -> Loan:
    """Return the story's loan, the last one."""
    return state.loans.get(state.loan_count)


def deadline_of(scene: Scene) -> int:
    """Return the deadline of the signatures of the story's loan: some days after its window."""
    return (loan_of(scene.state).terms.window_end_day + DEADLINE_DAYS) * SECONDS_PER_DAY


def offered(approval: Scene, name: str, terms: Terms, parties: Parties) -> Scene:
    """Return the scene of an offer for the last application."""
    offer = Offer(application=approval.state.application_count, terms=terms)
    return follow(approval, f"offered-{name}", offer, parties.servicer)


def accepted(offer: Scene, name: str, parties: Parties) -> Scene:
    """Return the scene of an acceptance."""
    number, borrower, deadline = offer.state.loan_count, parties.borrower, deadline_of(offer)
    return follow(
        offer, f"accepted-{name}", lambda state: accept_by(state, number, borrower, deadline), borrower
    )


def agreed(acceptance: Scene, name: str, parties: Parties) -> Scene:
    """Return the scene of a countersignature."""
    number, servicer, deadline = acceptance.state.loan_count, parties.servicer, deadline_of(acceptance)
    return follow(
        acceptance,
        f"agreed-{name}",
        lambda state: countersign_by(state, number, servicer, deadline),
        servicer,
    )


def disbursed(signed: Scene, name: str, parties: Parties) -> list[Scene]:
    """Return the scenes of a disbursement on the window's first day, or on the same day where it has begun.

    Where the collateral is another asset than the loan's, its price is posted before.
    """
    number, loan = signed.state.loan_count, loan_of(signed.state)
    terms, asset = loan.terms, signed.state.facilities.get(loan.facility).asset
    scenes = []
    if terms.collateral_amount and terms.collateral_asset != asset:
        scenes = priced(signed, name, (terms.collateral_asset, asset), PRICE, terms.window_start_day)
    last = scenes[-1] if scenes else signed
    start = terms.window_start_day if terms.window_start_day > last.day else None
    return [*scenes, follow(last, f"active-{name}", Disburse(loan=number), parties.servicer, start)]


def agreement(root: Scene, name: str, terms: Terms, parties: Parties) -> list[Scene]:
    """Return the scenes of a loan from its application to its countersignature."""
    scenes = approved(root, name, terms, parties.borrower, facility=parties.facility)
    offer = offered(scenes[-1], name, terms, parties)
    acceptance = accepted(offer, name, parties)
    return [*scenes, offer, acceptance, agreed(acceptance, name, parties)]


def beginning(root: Scene, name: str, terms: Terms, parties: Parties) -> list[Scene]:
    """Return the scenes of a loan from its application to its disbursement."""
    scenes = agreement(root, name, terms, parties)
    return [*scenes, *disbursed(scenes[-1], name, parties)]


def cancelled(offer: Scene, name: str) -> Scene:
    """Return the scene of a cancellation."""
    return follow(offer, f"cancelled-{name}", Cancel(loan=offer.state.loan_count), "servicer")


def instalment_due(loan: Loan) -> int:
    """Return what meets the current instalment: its principal, and the interest up to the due date."""
    coming = compute_coming_interest(loan, loan.principal - loan.instalment)
    return loan.instalment + quotient_up(loan.interest + coming, UNIT)


def payoff(loan: Loan) -> int:
    """Return what settles the loan."""
    return compute_payoff(loan).taken


def small(_: Loan) -> int:
    """Return a payment that covers little."""
    return SMALL_PAYMENT


def paid(before: Scene, name: str, amount: Callable[[Loan], int], day: int) -> Scene:
    """Return the scene of the borrower's payment on a day, of an amount that the loan then has due."""

    def call(state: State) -> Repay:
        due = amount(catch_up(loan_of(state), day))
        return Repay(loan=state.loan_count, amount=due, principal_ahead=0, reference=len(before.line()))

    return follow(before, name, call, "borrower", day)


def troubles(active: Scene, name: str) -> list[Scene]:
    """Return the scenes of a loan that misses its first due date, defaults, or is paid off early."""
    terms = loan_of(active.state).terms
    missed = due_day(terms, 0)
    default = DeclareDefault(loan=active.state.loan_count)
    return [
        paid(active, f"overdue-{name}", small, missed + DAYS_LATE),
        follow(active, f"defaulted-{name}", default, "stranger", missed + terms.grace_days + 1),
        paid(active, f"settled-{name}", payoff, active.day + 20),
    ]


def instalments(active: Scene, name: str) -> list[Scene]:
    """Return the scenes of a loan that meets its instalments, the first early, and then matures unpaid."""
    terms = loan_of(active.state).terms
    met = paid(active, f"met-{name}", instalment_due, due_day(terms, 0) - DAYS_EARLY)
    second = paid(met, f"second-{name}", instalment_due, due_day(terms, 1))
    last = paid(second, f"last-{name}", small, due_day(terms, 1) + 1)
    matured = paid(last, f"matured-{name}", small, terms.maturity_day + DAYS_LATE)
    return [met, second, last, matured]

"""Choose when the next call is sent: the same second, another day, or where a second makes a difference."""

from lien.invariants.explore.moves.numbers import once_in
from lien.invariants.explore.moves.scene import Scene
from lien.protocol.accrual import first_day_of_default
from lien.protocol.calendar import day_of, due_day
from lien.protocol.state import Loan, State
from lien.spec.types import LIVE, OPEN, TERMINAL, LoanStatus
from lien.spec.units import APPLICATION_DAYS, MAXIMUM_TIMESTAMP, REDEMPTION_LOCK_DAYS, SECONDS_PER_DAY


def choose_time(scene: Scene) -> int:
    """Return a time that is not before now."""
    dice, now = scene.dice, scene.now
    loans = [loan for _, loan in scene.state.loans.items()]
    is_waiting = any(loan.status < LoanStatus.CANCELLED and scene.is_ready(loan) for loan in loans)
    if dice.randrange(100) < (92 if is_waiting else 65):
        return min(now + dice.choice((0, 0, 0, 1, 600)), MAXIMUM_TIMESTAMP)
    midnight = (scene.today + 1) * SECONDS_PER_DAY
    ahead = sorted({day * SECONDS_PER_DAY for day in days_of_change(scene.state)} - {0})
    ahead = [second for second in ahead if second - 1 > now] or [midnight]
    if once_in(dice, 400):
        return min(now + dice.choice((400, 4000, 40_000)) * SECONDS_PER_DAY, MAXIMUM_TIMESTAMP)
    turn = dice.choice((midnight, ahead[0], ahead[0], ahead[0], ahead[0], dice.choice(ahead)))
    return min(max(turn - dice.choice((0, 0, 1, SECONDS_PER_DAY)), now), MAXIMUM_TIMESTAMP)


def days_of_change(state: State) -> list[int]:
    """Return the days on which something begins to hold, past ones included."""
    days = [day + REDEMPTION_LOCK_DAYS for _, day in state.deposit_days.items()]
    for _, application in state.applications.items():
        if application.status in OPEN:
            days.append(day_of(application.applied_at) + APPLICATION_DAYS)
    for _, loan in state.loans.items():
        if loan.status not in TERMINAL:
            days += days_of_loan(loan)
    return days


def days_of_loan(loan: Loan) -> list[int]:
    """Return the days on which a call on a loan begins to have another outcome."""
    terms = loan.terms
    if loan.status not in LIVE:
        return [terms.window_start_day, terms.window_end_day + 1]
    if loan.status == LoanStatus.OVERDUE:
        return [first_day_of_default(loan)]
    if loan.status == LoanStatus.DEFAULTED:
        return []
    due = due_day(terms, loan.period)
    return [due + 1, due + terms.grace_days + 1, max(terms.maturity_day - terms.open_days, 0)]

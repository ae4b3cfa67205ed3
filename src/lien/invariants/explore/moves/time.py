"""Choose when the next call is sent: the same second, another day, or where a second makes a difference."""

from lien.invariants.explore.moves.numbers import once_in
from lien.invariants.explore.moves.scene import Scene
from lien.protocol.applications import is_expired, is_open
from lien.protocol.auction import share_seconds
from lien.protocol.calendar import day_of, due_day
from lien.protocol.pauses import closed_seconds
from lien.protocol.state import Loan, State
from lien.spec.types import IN_DEFAULT, LIVE, OPEN, TERMINAL, LoanStatus, ProposalStatus
from lien.spec.units import (
    APPLICATION_DAYS,
    AUCTION_SECONDS,
    AUCTION_WAIT_DAYS,
    COVER_NOTICE_DAYS,
    COVER_WINDOW_DAYS,
    GOVERNANCE_EXPIRY,
    MAXIMUM_TIMESTAMP,
    PAUSE_COOL_DOWN,
    REDEMPTION_LOCK_DAYS,
    SECONDS_PER_DAY,
    WRITE_OFF_DAYS,
)


def choose_time(scene: Scene) -> int:
    """Return a time that is not before now."""
    dice, now = scene.dice, scene.now
    loans = [loan for _, loan in scene.state.loans.items()]
    is_waiting = any(loan.status < LoanStatus.CANCELLED and scene.is_timely(loan) for loan in loans)
    applications = [item for _, item in scene.state.applications.items()]
    is_waiting = is_waiting or any(is_open(item) and not is_expired(item, now) for item in applications)
    if dice.randrange(100) < (92 if is_waiting else 65):
        return min(now + dice.choice((0, 0, 0, 1, 600)), MAXIMUM_TIMESTAMP)
    losses = [day * SECONDS_PER_DAY for day in days_of_loss(scene.state) if day > scene.today]
    if losses and once_in(dice, 5):
        return min(*losses, MAXIMUM_TIMESTAMP)
    midnight = (scene.today + 1) * SECONDS_PER_DAY
    days = {day * SECONDS_PER_DAY for day in days_of_change(scene.state)}
    ahead = sorted((days | set(seconds_of_change(scene.state))) - {0})
    ahead = [second for second in ahead if second - 1 > now] or [midnight]
    if once_in(dice, 400):
        return min(now + dice.choice((400, 4000, 40_000)) * SECONDS_PER_DAY, MAXIMUM_TIMESTAMP)
    turn = dice.choice((midnight, ahead[0], ahead[0], ahead[0], ahead[0], dice.choice(ahead)))
    return min(max(turn - dice.choice((0, 0, 1, SECONDS_PER_DAY)), now), MAXIMUM_TIMESTAMP)


def seconds_of_change(state: State) -> list[int]:
    """Return the seconds at which a timelock has run, a decision expires, a pause or a round is over."""
    seconds = [until + rest for _, until in state.paused_until.items() for rest in (0, PAUSE_COOL_DOWN)]
    closed = closed_seconds(state, state.timestamp)
    for _, loan in state.loans.items():
        if loan.status == LoanStatus.AUCTION:
            begun, grows = loan.auction_started_at + closed, share_seconds(loan)
            seconds += [begun + grows + AUCTION_SECONDS // 2, begun + grows + AUCTION_SECONDS]
    for number, proposal in state.proposals.items():
        ready_at = state.ready_at.get((number, state.council_epoch))
        if ready_at and proposal.status == ProposalStatus.OPEN:
            seconds += [ready_at, ready_at, ready_at + GOVERNANCE_EXPIRY]
    return [min(second, MAXIMUM_TIMESTAMP) for second in seconds]


def days_of_change(state: State) -> list[int]:
    """Return the days on which something begins to hold, past ones included."""
    days = [day + REDEMPTION_LOCK_DAYS for _, day in state.deposit_days.items()]
    for _, facility in state.facilities.items():
        if facility.cover_notice_amount:
            opens = facility.cover_notice_day + COVER_NOTICE_DAYS
            days += [opens, opens + COVER_WINDOW_DAYS]
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
    if loan.status in IN_DEFAULT:
        return [loan.default_day + AUCTION_WAIT_DAYS]
    due = due_day(terms, loan.period)
    return [due + 1, loan.stop_day, max(terms.maturity_day - terms.open_days, 0)]


def days_of_loss(state: State) -> list[int]:
    """Return the days from which on the live loans that have no collateral can be written off, if unpaid."""
    lost = [loan for _, loan in state.loans.items() if loan.status in LIVE and not loan.collateral]
    return [max(loan.stop_day, loan.default_day) + WRITE_OFF_DAYS for loan in lost]

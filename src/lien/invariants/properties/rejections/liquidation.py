"""When exactly booking a default, a write-off and a recovery are rejected."""

from lien.invariants.properties.base import Observed, is_one_of
from lien.invariants.properties.rejections.table import Conditions, is_unknown, rejects, servicer_of
from lien.protocol.accrual import catch_up
from lien.protocol.algebra import minimum, negate
from lien.protocol.calendar import day_of
from lien.spec.liquidation import DeclareDefault, Recover, WriteOff
from lien.spec.reasons import Reason
from lien.spec.types import IN_DEFAULT, LIVE, LoanStatus
from lien.spec.units import WRITE_OFF_DAYS


@rejects(DeclareDefault)
def of_declare_default(observed: Observed) -> Conditions:
    """Yield the conditions of booking a default."""
    call, before = observed.call, observed.before
    yield Reason.UNKNOWN_LOAN, is_unknown(call.loan, before.loan_count)
    loan = before.loans.get(call.loan)
    yield Reason.NOT_LIVE, negate(is_one_of(loan.status, LIVE))
    yield Reason.DEFAULT_ALREADY_BOOKED, is_one_of(loan.status, IN_DEFAULT)
    period_over = catch_up(loan, day_of(observed.context.timestamp))
    yield Reason.NOT_IN_DEFAULT, period_over.status != LoanStatus.DEFAULTED


@rejects(WriteOff)
def of_write_off(observed: Observed) -> Conditions:
    """Yield the conditions of a write-off."""
    call, before = observed.call, observed.before
    yield Reason.UNKNOWN_LOAN, is_unknown(call.loan, before.loan_count)
    loan = before.loans.get(call.loan)
    yield Reason.NOT_SERVICER, observed.context.sender != servicer_of(observed, loan)
    yield Reason.NOT_LIVE, negate(is_one_of(loan.status, LIVE))
    yield Reason.IN_AUCTION, loan.status == LoanStatus.AUCTION
    today = day_of(observed.context.timestamp)
    caught_up = catch_up(loan, today)
    yield Reason.NOT_IN_DEFAULT, caught_up.status != LoanStatus.DEFAULTED
    yield Reason.WRITE_OFF_TOO_EARLY, today - caught_up.default_day < WRITE_OFF_DAYS
    yield Reason.COLLATERAL_LEFT, loan.collateral > 0


@rejects(Recover)
def of_recover(observed: Observed) -> Conditions:
    """Yield the conditions of a recovery."""
    call, before, sender = observed.call, observed.before, observed.context.sender
    yield Reason.UNKNOWN_LOAN, is_unknown(call.loan, before.loan_count)
    yield Reason.ZERO_AMOUNT, call.amount == 0
    loan = before.loans.get(call.loan)
    yield Reason.NOT_WRITTEN_OFF, loan.status != LoanStatus.WRITTEN_OFF
    left = loan.lender_loss + loan.cover_loss - loan.recovered
    yield Reason.NOTHING_TO_RECOVER, left == 0
    balance = before.ledger.balances.get((before.facilities.get(loan.facility).asset, sender))
    yield Reason.INSUFFICIENT_BALANCE, balance < minimum(call.amount, left)

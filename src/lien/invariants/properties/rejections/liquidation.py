"""When exactly booking a default, a write-off and a recovery are rejected."""

from lien.invariants.properties.base import Observed, is_one_of
from lien.invariants.properties.observing import debt
from lien.invariants.properties.rejections.table import Conditions, is_unknown, rejects, servicer_of
from lien.protocol.accrual import catch_up
from lien.protocol.algebra import all_of, any_of, minimum, negate
from lien.protocol.calendar import day_of
from lien.protocol.health import collateral_value, is_within
from lien.protocol.margin import compute_ahead, compute_most_repaid, compute_seizure
from lien.protocol.pauses import is_liquidation_closed
from lien.protocol.prices import usable_price
from lien.protocol.state import Loan
from lien.protocol.waterfall import take_payment
from lien.spec.liquidation import DeclareDefault, Liquidate, MarginCall, Recover, WriteOff
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


def price_of(observed: Observed, loan: Loan) -> int:
    """Return the price of a loan's collateral that is usable at the time of the call, zero where none is."""
    asset = observed.before.facilities.get(loan.facility).asset
    return usable_price(observed.before, loan.terms.collateral_asset, asset, observed.context.timestamp)


def is_secured_within(loan: Loan, limit: int, price: int) -> bool:
    """Return whether the debt is within a limit of what the collateral is worth."""
    return is_within(limit, debt(loan), collateral_value(price, loan.collateral))


@rejects(MarginCall)
def of_margin_call(observed: Observed) -> Conditions:
    """Yield the conditions of a margin call."""
    call, before, now = observed.call, observed.before, observed.context.timestamp
    yield Reason.UNKNOWN_LOAN, is_unknown(call.loan, before.loan_count)
    loan = before.loans.get(call.loan)
    yield Reason.NOT_LIVE, negate(is_one_of(loan.status, LIVE))
    yield Reason.UNSECURED, loan.terms.collateral_amount == 0
    yield Reason.PAUSED, is_liquidation_closed(before, now)
    caught_up = catch_up(loan, day_of(now))
    yield Reason.LOAN_IN_DEFAULT, is_one_of(caught_up.status, IN_DEFAULT)
    yield Reason.MARGIN_CALL_OPEN, loan.margin_day > 0
    price = price_of(observed, loan)
    yield Reason.PRICE_UNUSABLE, price == 0
    within = is_secured_within(caught_up, loan.terms.margin_call_limit, price)
    yield Reason.WITHIN_MARGIN_CALL_LIMIT, within


@rejects(Liquidate)
def of_liquidate(observed: Observed) -> Conditions:
    """Yield the conditions of a liquidation."""
    call, before, context = observed.call, observed.before, observed.context
    yield Reason.UNKNOWN_LOAN, is_unknown(call.loan, before.loan_count)
    yield Reason.ZERO_AMOUNT, call.amount == 0
    loan = before.loans.get(call.loan)
    yield Reason.NOT_LIVE, negate(is_one_of(loan.status, LIVE))
    yield Reason.IN_AUCTION, loan.status == LoanStatus.AUCTION
    yield Reason.UNSECURED, loan.terms.collateral_amount == 0
    yield Reason.OWN_LOAN, context.sender == loan.borrower
    yield Reason.PAUSED, is_liquidation_closed(before, context.timestamp)
    price = price_of(observed, loan)
    yield Reason.PRICE_UNUSABLE, price == 0
    caught_up = catch_up(loan, day_of(context.timestamp))
    owed = debt(caught_up)
    is_sound = all_of(
        negate(is_one_of(caught_up.status, IN_DEFAULT)),
        is_secured_within(caught_up, loan.terms.liquidation_limit, price),
    )
    yield Reason.NOT_LIQUIDATABLE, any_of(owed <= 0, is_sound)
    amount = minimum(call.amount, compute_most_repaid(caught_up, owed))
    payment, _ = take_payment(caught_up, amount, compute_ahead(caught_up, amount), 0)
    bonus = loan.terms.liquidation_bonus
    seized = compute_seizure(loan.collateral, owed, payment.taken, price, bonus)
    yield Reason.SEIZURE_TOO_SMALL, any_of(seized == 0, seized < call.minimum_collateral)
    asset = before.facilities.get(loan.facility).asset
    yield Reason.INSUFFICIENT_BALANCE, before.ledger.balances.get((asset, context.sender)) < payment.taken


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

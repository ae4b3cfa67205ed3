"""When exactly a payment or an impairment is rejected, and that a payoff never is."""

from lien.invariants.properties.base import Kind, Observed, declare, is_one_of
from lien.invariants.properties.rejections.table import Conditions, is_unknown, rejects, servicer_of
from lien.protocol.accrual import catch_up
from lien.protocol.algebra import all_of, minimum, negate
from lien.protocol.calendar import day_of
from lien.protocol.views import payoff_on
from lien.protocol.waterfall import take_payment
from lien.spec.reasons import Reason
from lien.spec.repayment import Impair, LiftImpairment, Repay, TopUpCollateral
from lien.spec.types import IN_DEFAULT, LIVE, LoanStatus
from lien.spec.units import MAXIMUM_AMOUNT


@rejects(Repay)
def of_repay(observed: Observed) -> Conditions:
    """Yield the conditions of a payment: in a live loan, nothing but a lack of funds or a used reference."""
    call, before, sender = observed.call, observed.before, observed.context.sender
    yield Reason.UNKNOWN_LOAN, is_unknown(call.loan, before.loan_count)
    yield Reason.ZERO_AMOUNT, call.amount == 0
    loan = before.loans.get(call.loan)
    is_live = is_one_of(loan.status, LIVE)
    yield Reason.NOT_LIVE, negate(is_live)
    yield Reason.DUPLICATE_REFERENCE, before.references.get((sender, call.loan, call.reference)) == 1
    caught_up = catch_up(loan, day_of(observed.context.timestamp))
    payment, _ = take_payment(caught_up, call.amount, call.principal_ahead, 1)
    asset = before.facilities.get(loan.facility).asset
    yield Reason.INSUFFICIENT_BALANCE, before.ledger.balances.get((asset, sender)) < payment.taken


@rejects(TopUpCollateral)
def of_top_up_collateral(observed: Observed) -> Conditions:
    """Yield the conditions of a top-up: never the time, the price or who sends it."""
    call, before, sender = observed.call, observed.before, observed.context.sender
    yield Reason.UNKNOWN_LOAN, is_unknown(call.loan, before.loan_count)
    yield Reason.ZERO_AMOUNT, call.amount == 0
    loan = before.loans.get(call.loan)
    yield Reason.NOT_LIVE, negate(is_one_of(loan.status, LIVE))
    yield Reason.IN_AUCTION, loan.status == LoanStatus.AUCTION
    yield Reason.UNSECURED, loan.terms.collateral_amount == 0
    yield Reason.COLLATERAL_FULL, loan.collateral > MAXIMUM_AMOUNT - call.amount
    balance = before.ledger.balances.get((loan.terms.collateral_asset, sender))
    yield Reason.INSUFFICIENT_BALANCE, balance < call.amount


NOT_ABOUT_THE_LOAN = (Reason.SENDER_IS_PROTOCOL, Reason.TIME_RUNS_BACKWARD, Reason.UNKNOWN_LOAN)


@declare("PAYOFF-NEVER-REJECTED", Kind.LIVENESS, ("repayment", "settlement"), (119,), calls=(Repay,))
def payoff_is_never_rejected(observed: Observed) -> bool:
    """A payment of a unit or more on a live loan, with funds and a fresh reference, is never rejected.

    Funds up to the payoff are enough. Where that is nothing, a unit settles the loan and is not taken.
    Neither time nor health nor the parties stand against it.
    """
    call, before, sender = observed.call, observed.before, observed.context.sender
    if observed.accepted or observed.reason in NOT_ABOUT_THE_LOAN:
        return True
    loan = before.loans.get(call.loan)
    if observed.reason is not Reason.INSUFFICIENT_BALANCE:
        is_fresh = before.references.get((sender, call.loan, call.reference)) == 0
        return negate(all_of(is_one_of(loan.status, LIVE), call.amount >= 1, is_fresh))
    asset = before.facilities.get(loan.facility).asset
    payoff = payoff_on(before, call.loan, day_of(observed.context.timestamp))
    return before.ledger.balances.get((asset, sender)) < minimum(call.amount, payoff)


def of_servicer_on_a_live_loan(observed: Observed) -> Conditions:
    """Yield the conditions of every call by which a servicer values a live loan."""
    number, before = observed.call.loan, observed.before
    yield Reason.UNKNOWN_LOAN, is_unknown(number, before.loan_count)
    loan = before.loans.get(number)
    yield Reason.NOT_SERVICER, observed.context.sender != servicer_of(observed, loan)
    yield Reason.NOT_LIVE, negate(is_one_of(loan.status, LIVE))


@rejects(Impair)
def of_impair(observed: Observed) -> Conditions:
    """Yield the conditions of an impairment."""
    yield from of_servicer_on_a_live_loan(observed)
    call, loan = observed.call, observed.before.loans.get(observed.call.loan)
    caught_up = catch_up(loan, day_of(observed.context.timestamp))
    yield Reason.IMPAIRMENT_ABOVE_PRINCIPAL, call.amount > caught_up.principal
    yield Reason.IMPAIRMENT_NOT_RAISED, call.amount <= caught_up.impairment


@rejects(LiftImpairment)
def of_lift_impairment(observed: Observed) -> Conditions:
    """Yield the conditions of lifting an impairment."""
    yield from of_servicer_on_a_live_loan(observed)
    loan = observed.before.loans.get(observed.call.loan)
    caught_up = catch_up(loan, day_of(observed.context.timestamp))
    yield Reason.LOAN_IN_DEFAULT, is_one_of(caught_up.status, IN_DEFAULT)
    yield Reason.NOT_IMPAIRED, caught_up.impairment == 0

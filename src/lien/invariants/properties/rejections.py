"""Exact rejection: for each call, when precisely it is rejected, and for which reason.

Each table is a declaration of its own, written from the specification's text and not from the transition: the
conditions under which a reason holds, in the order in which reasons take precedence. A call that is
rejected for a reason meets that condition and none before it; an accepted call meets none. So a call is
rejected if and only if its table says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lien.invariants.properties.base import Kind, Observed, declare, is_one_of
from lien.protocol.accrual import catch_up
from lien.protocol.algebra import all_of, any_of, equivalent, negate
from lien.protocol.calendar import (
    day_of,
    least_clock_units,
    longest_period_days,
    most_clock_units,
    shortest_period_days,
)
from lien.protocol.state import Loan
from lien.protocol.valuation import amount_for, net_assets, shares_for
from lien.protocol.waterfall import take_payment
from lien.spec.agreement import Accept, Cancel, Countersign, Offer
from lien.spec.assets import Claim, Transfer
from lien.spec.call import Call
from lien.spec.disbursement import Disburse
from lien.spec.facility import Deposit, OpenFacility, Redeem
from lien.spec.liquidation import DeclareDefault
from lien.spec.reasons import Reason
from lien.spec.repayment import Repay
from lien.spec.types import LIVE, LoanStatus, RepaymentKind
from lien.spec.units import (
    INTEREST_FEE_CAP,
    LATE_FEE_CAP,
    LIQUIDATION_BONUS_CAP,
    MAXIMUM_AMOUNT,
    MAXIMUM_CYCLE_LENGTH,
    MAXIMUM_DAY,
    MAXIMUM_NUMBER,
    MAXIMUM_PERIODS,
    MAXIMUM_SHARES_PER_ASSET,
    ORIGINATION_FEE_CAP,
    PREPAYMENT_FEE_CAP,
    REDEMPTION_LOCK_DAYS,
    UNIT,
    VIRTUAL_ASSETS,
    WAD,
)

Conditions = Iterator[tuple[Reason, bool]]


def every_call(observed: Observed) -> Conditions:
    """Yield the conditions that come before those of any call."""
    yield Reason.SENDER_IS_PROTOCOL, observed.context.sender == observed.before.settings.protocol
    yield Reason.TIME_RUNS_BACKWARD, observed.context.timestamp < observed.before.timestamp


def of_transfer(observed: Observed) -> Conditions:
    """Yield the conditions of a transfer."""
    call, ledger = observed.call, observed.before.ledger
    yield Reason.UNKNOWN_ASSET, ledger.listed.get(call.asset) == 0
    yield Reason.PAYEE_REFUSED, ledger.refusals.get((call.asset, call.recipient)) == 1
    balance = ledger.balances.get((call.asset, observed.context.sender))
    yield Reason.INSUFFICIENT_BALANCE, balance < call.amount


def of_claim(observed: Observed) -> Conditions:
    """Yield the conditions of a claim."""
    call, ledger = observed.call, observed.before.ledger
    yield Reason.NOTHING_TO_CLAIM, ledger.claims.get((call.asset, observed.context.sender)) == 0
    yield Reason.RECIPIENT_IS_PROTOCOL, call.recipient == observed.before.settings.protocol
    yield Reason.PAYEE_REFUSED, ledger.refusals.get((call.asset, call.recipient)) == 1


def of_open_facility(observed: Observed) -> Conditions:
    """Yield the conditions of opening a facility."""
    call, before = observed.call, observed.before
    yield Reason.UNKNOWN_ASSET, before.ledger.listed.get(call.asset) == 0
    yield Reason.INTEREST_FEE_ABOVE_CAP, call.interest_fee > INTEREST_FEE_CAP
    yield Reason.TOO_MANY_FACILITIES, before.facility_count >= MAXIMUM_NUMBER


def of_deposit(observed: Observed) -> Conditions:
    """Yield the conditions of a deposit."""
    call, before = observed.call, observed.before
    yield Reason.UNKNOWN_FACILITY, is_unknown(call.facility, before.facility_count)
    yield Reason.ZERO_AMOUNT, call.amount == 0
    facility = before.facilities.get(call.facility)
    assets = net_assets(facility, day_of(observed.context.timestamp) + 1)
    highest = MAXIMUM_SHARES_PER_ASSET * (assets + VIRTUAL_ASSETS)
    yield Reason.FACILITY_DILUTED, any_of(assets < 0, facility.shares > highest)
    bought = shares_for(facility, assets, call.amount)
    yield Reason.ZERO_SHARES, bought == 0
    yield Reason.SHARES_BELOW_MINIMUM, bought < call.minimum_shares
    balance = before.ledger.balances.get((facility.asset, observed.context.sender))
    yield Reason.INSUFFICIENT_BALANCE, balance < call.amount


def of_redeem(observed: Observed) -> Conditions:
    """Yield the conditions of a redemption."""
    call, before, sender = observed.call, observed.before, observed.context.sender
    yield Reason.UNKNOWN_FACILITY, is_unknown(call.facility, before.facility_count)
    yield Reason.ZERO_SHARES, call.shares == 0
    yield Reason.INSUFFICIENT_SHARES, before.shares.get((call.facility, sender)) < call.shares
    today, facility = day_of(observed.context.timestamp), before.facilities.get(call.facility)
    deposited = before.deposit_days.get((call.facility, sender))
    yield Reason.DEPOSIT_TOO_RECENT, today - deposited < REDEMPTION_LOCK_DAYS
    amount = amount_for(facility, net_assets(facility, today), call.shares)
    yield Reason.ZERO_AMOUNT, amount <= 0
    yield Reason.AMOUNT_BELOW_MINIMUM, amount < call.minimum_amount
    yield Reason.INSUFFICIENT_CASH, facility.cash < amount


def of_offer(observed: Observed) -> Conditions:
    """Yield the conditions of an offer: the terms are not sound, or the parties are not those allowed."""
    call, before, terms = observed.call, observed.before, observed.call.terms
    yield Reason.UNKNOWN_FACILITY, is_unknown(call.facility, before.facility_count)
    servicer = before.facilities.field(call.facility, "servicer")
    yield Reason.NOT_SERVICER, observed.context.sender != servicer
    yield (
        Reason.BORROWER_NOT_ALLOWED,
        any_of(call.borrower == servicer, call.borrower == before.settings.protocol),
    )
    yield (
        Reason.PRINCIPAL_BELOW_MINIMUM,
        any_of(terms.minimum_principal == 0, terms.principal < terms.minimum_principal),
    )
    yield Reason.RATES_ABOVE_USURY_CAP, terms.rate + terms.default_rate > terms.usury_cap
    today = day_of(observed.context.timestamp)
    yield (
        Reason.WINDOW_INVALID,
        any_of(terms.window_end_day < terms.window_start_day, terms.window_end_day < today),
    )
    yield Reason.PERIODS_OUT_OF_RANGE, any_of(terms.periods == 0, terms.periods > MAXIMUM_PERIODS)
    yield (
        Reason.CYCLE_OUT_OF_RANGE,
        any_of(terms.cycle_length == 0, terms.cycle_length > MAXIMUM_CYCLE_LENGTH),
    )
    yield (
        Reason.MATURITY_OUT_OF_RANGE,
        any_of(
            terms.maturity_day + terms.grace_days >= MAXIMUM_DAY,
            all_of(terms.periods <= 1, terms.first_due_day != terms.maturity_day),
        ),
    )
    shortest = shortest_period_days(terms)
    yield Reason.GRACE_TOO_LONG, terms.grace_days + 1 >= shortest
    keeps_principal = is_one_of(terms.kind, (RepaymentKind.BULLET, RepaymentKind.INTEREST_ONLY))
    yield Reason.PAYMENT_INVALID, equivalent(keeps_principal, terms.payment > 0)
    least_interest = terms.minimum_principal * terms.rate * least_clock_units(shortest)
    yield (
        Reason.INTEREST_BELOW_UNIT,
        all_of(keeps_principal, terms.periods != 1, least_interest < UNIT),
    )
    most_interest = terms.rate * most_clock_units(longest_period_days(terms))
    yield Reason.INTEREST_ABOVE_PRINCIPAL, most_interest > UNIT
    yield (
        Reason.FEE_ABOVE_CAP,
        any_of(
            terms.late_fee * WAD > terms.principal * LATE_FEE_CAP,
            terms.prepayment_fee_rate > PREPAYMENT_FEE_CAP,
            terms.origination_fee_rate > ORIGINATION_FEE_CAP,
            terms.liquidation_bonus > LIQUIDATION_BONUS_CAP,
        ),
    )
    yield (
        Reason.LIMITS_NOT_ORDERED,
        any_of(
            terms.origination_limit >= terms.margin_call_limit,
            terms.margin_call_limit >= terms.liquidation_limit,
            terms.liquidation_limit * (WAD + terms.liquidation_bonus) > WAD * WAD,
            terms.close_factor == 0,
        ),
    )
    yield Reason.UNKNOWN_ASSET, before.ledger.listed.get(terms.collateral_asset) == 0
    yield Reason.TOO_MANY_LOANS, before.loan_count >= MAXIMUM_NUMBER


def of_signature(observed: Observed, loan: Loan, party: int) -> Conditions:
    """Yield the conditions of handing in a party's signature of the agreement."""
    yield Reason.SIGNATURE_EXPIRED, observed.context.timestamp >= observed.call.deadline
    yield Reason.WINDOW_CLOSED, is_window_over(observed, loan)
    yield Reason.WRONG_SIGNER, observed.context.signer != party


def of_accept(observed: Observed) -> Conditions:
    """Yield the conditions of an acceptance."""
    call, before = observed.call, observed.before
    yield Reason.UNKNOWN_LOAN, is_unknown(call.loan, before.loan_count)
    loan = before.loans.get(call.loan)
    yield Reason.NOT_OFFERED, loan.status != LoanStatus.OFFERED
    yield from of_signature(observed, loan, loan.borrower)
    balance = before.ledger.balances.get((loan.terms.collateral_asset, loan.borrower))
    yield Reason.INSUFFICIENT_BALANCE, balance < loan.terms.collateral_amount


def of_countersign(observed: Observed) -> Conditions:
    """Yield the conditions of a countersignature."""
    call, before = observed.call, observed.before
    yield Reason.UNKNOWN_LOAN, is_unknown(call.loan, before.loan_count)
    loan = before.loans.get(call.loan)
    yield Reason.NOT_ACCEPTED, loan.status != LoanStatus.ACCEPTED
    yield from of_signature(observed, loan, servicer_of(observed, loan))


def of_cancel(observed: Observed) -> Conditions:
    """Yield the conditions of a cancellation."""
    call, before = observed.call, observed.before
    yield Reason.UNKNOWN_LOAN, is_unknown(call.loan, before.loan_count)
    loan = before.loans.get(call.loan)
    open_statuses = (LoanStatus.OFFERED, LoanStatus.ACCEPTED, LoanStatus.AGREED)
    yield Reason.NOT_CANCELLABLE, negate(is_one_of(loan.status, open_statuses))
    in_time = negate(is_window_over(observed, loan))
    yield Reason.AGREEMENT_BINDING, all_of(loan.status == LoanStatus.AGREED, in_time)
    yield Reason.NOT_PARTY, all_of(in_time, negate(is_party(observed, loan)))


def of_disburse(observed: Observed) -> Conditions:
    """Yield the conditions of a disbursement."""
    call, before = observed.call, observed.before
    yield Reason.UNKNOWN_LOAN, is_unknown(call.loan, before.loan_count)
    loan = before.loans.get(call.loan)
    terms, facility = loan.terms, before.facilities.get(loan.facility)
    yield Reason.NOT_PARTY, negate(is_party(observed, loan))
    yield Reason.NOT_AGREED, loan.status != LoanStatus.AGREED
    yield Reason.WINDOW_NOT_OPEN, day_of(observed.context.timestamp) < terms.window_start_day
    yield Reason.WINDOW_CLOSED, is_window_over(observed, loan)
    yield Reason.FACILITY_FULL, facility.principal + terms.principal > MAXIMUM_AMOUNT
    yield Reason.TOO_MANY_LOANS, facility.loans >= MAXIMUM_NUMBER
    yield Reason.INSUFFICIENT_CASH, facility.cash < terms.principal


NOT_ABOUT_THE_LOAN = (
    Reason.SENDER_IS_PROTOCOL,
    Reason.TIME_RUNS_BACKWARD,
    Reason.UNKNOWN_LOAN,
    Reason.ZERO_AMOUNT,
)


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
    payment, _ = take_payment(caught_up, call.amount, call.principal_ahead)
    asset = before.facilities.get(loan.facility).asset
    yield Reason.INSUFFICIENT_BALANCE, before.ledger.balances.get((asset, sender)) < payment.taken


def of_declare_default(observed: Observed) -> Conditions:
    """Yield the conditions of booking a default."""
    call, before = observed.call, observed.before
    yield Reason.UNKNOWN_LOAN, is_unknown(call.loan, before.loan_count)
    loan = before.loans.get(call.loan)
    yield Reason.NOT_LIVE, negate(is_one_of(loan.status, LIVE))
    yield Reason.DEFAULT_ALREADY_BOOKED, loan.status == LoanStatus.DEFAULTED
    period_over = catch_up(loan, day_of(observed.context.timestamp))
    yield Reason.NOT_IN_DEFAULT, period_over.status != LoanStatus.DEFAULTED


def is_unknown(number: int, count: int) -> bool:
    """Return whether no record has the number."""
    return any_of(number == 0, number > count)


def is_window_over(observed: Observed, loan: Loan) -> bool:
    """Return whether the last day of the disbursement window has passed."""
    return day_of(observed.context.timestamp) > loan.terms.window_end_day


def servicer_of(observed: Observed, loan: Loan) -> int:
    """Return who services the facility of a loan."""
    return observed.before.facilities.get(loan.facility).servicer


def is_party(observed: Observed, loan: Loan) -> bool:
    """Return whether the sender is the borrower or the servicer."""
    sender = observed.context.sender
    return any_of(sender == loan.borrower, sender == servicer_of(observed, loan))


TABLES: dict[type[Call], Callable[[Observed], Conditions]] = {
    Transfer: of_transfer,
    Claim: of_claim,
    OpenFacility: of_open_facility,
    Deposit: of_deposit,
    Redeem: of_redeem,
    Offer: of_offer,
    Accept: of_accept,
    Countersign: of_countersign,
    Cancel: of_cancel,
    Disburse: of_disburse,
    Repay: of_repay,
    DeclareDefault: of_declare_default,
}


def is_rejected_exactly(observed: Observed) -> bool:
    """Return whether the call was rejected for the first reason that holds, or accepted where none does.

    The table is read no further than the reason, since what comes later can speak of records that do not
    exist.
    """
    earlier: list[bool] = []
    table = TABLES[type(observed.call)]
    for conditions in (every_call, table):
        for reason, condition in conditions(observed):
            if reason is observed.reason:
                return all_of(condition, *(negate(other) for other in earlier))
            earlier.append(condition)
    return all_of(observed.accepted, *(negate(other) for other in earlier))


def declare_rejections() -> None:
    """Declare one property for each call."""
    for call in TABLES:
        name = call.call_name()

        def formula(observed: Observed) -> bool:
            return is_rejected_exactly(observed)

        formula.__doc__ = (
            f"The call {name} is rejected exactly as its table says, for the first reason that holds."
        )
        identifier = f"REJECT-{name.upper().replace('_', '-')}"
        declare(identifier, Kind.REJECTION, (call.chapter,), (109, 112), calls=(call,))(formula)


declare_rejections()


@declare("PAYOFF-NEVER-REJECTED", Kind.LIVENESS, ("repayment", "settlement"), (119,), calls=(Repay,))
def payoff_is_never_rejected(observed: Observed) -> bool:
    """A payment on a live loan, with funds and a fresh reference, is never rejected.

    Neither time nor health nor the parties stand against it.
    """
    call, before, sender = observed.call, observed.before, observed.context.sender
    if observed.accepted or observed.reason in NOT_ABOUT_THE_LOAN:
        return True
    loan = before.loans.get(call.loan)
    asset = before.facilities.get(loan.facility).asset
    return negate(
        all_of(
            is_one_of(loan.status, LIVE),
            before.references.get((sender, call.loan, call.reference)) == 0,
            before.ledger.balances.get((asset, sender)) >= call.amount,
        )
    )

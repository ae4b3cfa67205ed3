"""When exactly the calls of an agreement are rejected."""

from lien.invariants.properties.base import Observed, is_one_of
from lien.invariants.properties.rejections.table import (
    Conditions,
    is_party,
    is_unknown,
    is_window_over,
    rejects,
    servicer_of,
)
from lien.protocol.algebra import all_of, any_of, equivalent, negate
from lien.protocol.calendar import (
    day_of,
    least_clock_units,
    longest_period_days,
    most_clock_units,
    shortest_period_days,
)
from lien.protocol.state import Loan
from lien.spec.agreement import Accept, Cancel, Countersign, Offer
from lien.spec.reasons import Reason
from lien.spec.terms import Terms
from lien.spec.types import LoanStatus, RepaymentKind
from lien.spec.units import (
    LATE_FEE_CAP,
    LIQUIDATION_BONUS_CAP,
    MAXIMUM_CYCLE_LENGTH,
    MAXIMUM_DAY,
    MAXIMUM_GRACE_DAYS,
    MAXIMUM_NUMBER,
    MAXIMUM_PERIODS,
    ORIGINATION_FEE_CAP,
    PREPAYMENT_FEE_CAP,
    UNIT,
    WAD,
)


@rejects(Offer)
def of_offer(observed: Observed) -> Conditions:
    """Yield the conditions of an offer: the terms are not sound, or the parties are not those allowed."""
    call, before, terms = observed.call, observed.before, observed.call.terms
    yield Reason.UNKNOWN_FACILITY, is_unknown(call.facility, before.facility_count)
    servicer = before.facilities.field(call.facility, "servicer")
    yield Reason.NOT_SERVICER, observed.context.sender != servicer
    yield (
        Reason.FACILITY_WINDS_DOWN,
        before.facilities.field(call.facility, "is_winding_down") == 1,
    )
    yield (
        Reason.BORROWER_NOT_ALLOWED,
        any_of(call.borrower == servicer, call.borrower == before.settings.protocol),
    )
    yield from of_terms(terms, day_of(observed.context.timestamp))
    yield Reason.UNKNOWN_ASSET, before.ledger.listed.get(terms.collateral_asset) == 0
    yield Reason.TOO_MANY_LOANS, before.loan_count >= MAXIMUM_NUMBER


def of_terms(terms: Terms, today: int) -> Conditions:
    """Yield the conditions under which terms are not sound on a day."""
    yield (
        Reason.PRINCIPAL_BELOW_MINIMUM,
        any_of(terms.minimum_principal == 0, terms.principal < terms.minimum_principal),
    )
    yield Reason.RATES_ABOVE_USURY_CAP, terms.rate + terms.default_rate > terms.usury_cap
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
    outlasts = any_of(terms.grace_days > MAXIMUM_GRACE_DAYS, terms.grace_days + 1 >= shortest)
    yield Reason.GRACE_TOO_LONG, outlasts
    keeps_principal = is_one_of(terms.kind, (RepaymentKind.BULLET, RepaymentKind.INTEREST_ONLY))
    may_keep_it = any_of(keeps_principal, terms.kind == RepaymentKind.BALLOON)
    yield Reason.PAYMENT_INVALID, equivalent(keeps_principal, terms.payment > 0)
    least_interest = terms.minimum_principal * terms.rate * least_clock_units(shortest)
    yield (
        Reason.INTEREST_BELOW_UNIT,
        all_of(may_keep_it, terms.periods != 1, least_interest < UNIT),
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


def of_signature(observed: Observed, loan: Loan, party: int) -> Conditions:
    """Yield the conditions of handing in a party's signature of the agreement."""
    yield Reason.SIGNATURE_EXPIRED, observed.context.timestamp >= observed.call.deadline
    yield Reason.WINDOW_CLOSED, is_window_over(observed, loan)
    yield Reason.WRONG_SIGNER, observed.context.signer != party


@rejects(Accept)
def of_accept(observed: Observed) -> Conditions:
    """Yield the conditions of an acceptance."""
    call, before = observed.call, observed.before
    yield Reason.UNKNOWN_LOAN, is_unknown(call.loan, before.loan_count)
    loan = before.loans.get(call.loan)
    yield Reason.NOT_OFFERED, loan.status != LoanStatus.OFFERED
    yield from of_signature(observed, loan, loan.borrower)
    balance = before.ledger.balances.get((loan.terms.collateral_asset, loan.borrower))
    yield Reason.INSUFFICIENT_BALANCE, balance < loan.terms.collateral_amount


@rejects(Countersign)
def of_countersign(observed: Observed) -> Conditions:
    """Yield the conditions of a countersignature."""
    call, before = observed.call, observed.before
    yield Reason.UNKNOWN_LOAN, is_unknown(call.loan, before.loan_count)
    loan = before.loans.get(call.loan)
    yield Reason.NOT_ACCEPTED, loan.status != LoanStatus.ACCEPTED
    yield from of_signature(observed, loan, servicer_of(observed, loan))


@rejects(Cancel)
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

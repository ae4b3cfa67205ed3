"""When exactly the calls of an agreement are rejected."""

from lien.invariants.properties.base import Observed, is_one_of
from lien.invariants.properties.rejections.application import (
    application_of,
    has_lapsed,
    is_unknown_application,
)
from lien.invariants.properties.rejections.table import (
    Conditions,
    has_defaulted_loan,
    is_closed,
    is_ineligible,
    is_party,
    is_unknown,
    is_window_over,
    rejects,
    servicer_of,
)
from lien.protocol.algebra import all_of, any_of, equivalent, negate, scale
from lien.protocol.calendar import (
    day_of,
    least_clock_units,
    longest_period_days,
    most_clock_units,
    shortest_period_days,
)
from lien.protocol.state import Application, Loan
from lien.spec.agreement import Accept, Cancel, Countersign, Offer
from lien.spec.reasons import Reason
from lien.spec.terms import Terms
from lien.spec.types import ApplicationStatus, Grade, LoanStatus, RepaymentKind, Scope
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
    """Yield the conditions of an offer: its application, what that gives, and terms that are not sound."""
    before, terms = observed.before, observed.call.terms
    yield Reason.UNKNOWN_APPLICATION, is_unknown_application(observed)
    application = application_of(observed)
    servicer = before.facilities.field(application.facility, "servicer")
    yield Reason.NOT_SERVICER, observed.context.sender != servicer
    yield Reason.PAUSED, is_closed(observed, Scope.ORIGINATION)
    yield (
        Reason.FACILITY_WINDS_DOWN,
        before.facilities.field(application.facility, "is_winding_down") == 1,
    )
    yield Reason.APPLICATION_EXPIRED, has_lapsed(observed)
    yield Reason.APPLICATION_NOT_APPROVED, application.status != ApplicationStatus.APPROVED
    yield from of_what_was_applied_for(observed, application)
    yield (
        Reason.ORIGINATION_FEE_BELOW_FLOOR,
        terms.origination_fee_rate < before.origination_fee_floor,
    )
    for reason, is_violated in of_terms(terms, day_of(observed.context.timestamp)):
        if reason is not Reason.PERIODS_OUT_OF_RANGE:  # what was applied for is in range
            yield reason, is_violated
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
    most_interest = scale(most_clock_units(longest_period_days(terms)), terms.rate)
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


def of_what_was_applied_for(observed: Observed, application: Application) -> Conditions:
    """Yield the conditions of terms that are not those of the application, or of its score."""
    terms, product = observed.call.terms, observed.before.products.get(application.product)
    yield (
        Reason.APPLICATION_DIFFERS,
        any_of(
            terms.principal != application.amount,
            terms.periods != application.periods,
            terms.collateral_asset != application.collateral_asset,
            terms.collateral_amount != application.collateral_amount,
        ),
    )
    # The first least score that the score reaches is that of its grade: they fall from grade to grade.
    is_better = [application.score >= least for least in product.least_scores]
    is_grade = [all_of(is_better[grade], negate(any_of(*is_better[:grade]))) for grade in Grade]
    yield (
        Reason.RATE_NOT_OF_GRADE,
        all_of(*(negate(all_of(is_grade[grade], terms.rate == product.rates[grade])) for grade in Grade)),
    )
    limits = product.origination_limits
    yield (
        Reason.LIMIT_ABOVE_GRADE,
        any_of(*(all_of(is_grade[grade], terms.origination_limit > limits[grade]) for grade in Grade)),
    )
    yield Reason.TERM_TOO_LONG, terms.window_start_day + product.maximum_days < terms.maturity_day


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
    yield Reason.PAUSED, is_closed(observed, Scope.ORIGINATION)
    loan = before.loans.get(call.loan)
    yield Reason.NOT_OFFERED, loan.status != LoanStatus.OFFERED
    yield from of_signature(observed, loan, loan.borrower)
    yield from is_ineligible(observed, loan.borrower)
    yield Reason.IDENTITY_DIFFERS, before.identity_of.get(loan.borrower) != loan.identity
    yield Reason.OPEN_DEFAULT, has_defaulted_loan(observed, before.identities.get(loan.identity))
    balance = before.ledger.balances.get((loan.terms.collateral_asset, loan.borrower))
    yield Reason.INSUFFICIENT_BALANCE, balance < loan.terms.collateral_amount


@rejects(Countersign)
def of_countersign(observed: Observed) -> Conditions:
    """Yield the conditions of a countersignature."""
    call, before = observed.call, observed.before
    yield Reason.UNKNOWN_LOAN, is_unknown(call.loan, before.loan_count)
    yield Reason.PAUSED, is_closed(observed, Scope.ORIGINATION)
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

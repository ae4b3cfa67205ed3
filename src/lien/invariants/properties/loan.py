"""Properties of one loan record: what holds of it between any two calls."""

from lien.invariants.properties.base import Kind, declare, is_one_of
from lien.protocol.accrual import compute_interest_to_due_date, compute_stop_day
from lien.protocol.algebra import all_of, any_of, choose, equivalent, implies, negate, scale
from lien.protocol.calendar import clock, due_day
from lien.protocol.soundness import (
    are_fees_capped,
    are_limits_ordered,
    is_grace_bounded,
    is_interest_below_principal,
    is_interest_due_each_period,
    is_payment_fitting,
    is_schedule_in_order,
)
from lien.protocol.state import Loan
from lien.spec.types import ACCRUING, IN_DEFAULT, LIVE, LoanStatus, RepaymentKind
from lien.spec.units import (
    LAST_AUCTION_ROUND,
    MAXIMUM_AMOUNT,
    MAXIMUM_CLOCK,
    MAXIMUM_CYCLE_LENGTH,
    MAXIMUM_PERIODS,
    MAXIMUM_RATE,
    UNIT,
    WAD,
)

# With interest paid ahead, which is at most the principal and one unit.
HIGHEST_INTEREST_PAID = MAXIMUM_AMOUNT * MAXIMUM_RATE * MAXIMUM_CLOCK + (MAXIMUM_AMOUNT + 1) * UNIT
BEFORE_DISBURSEMENT = (LoanStatus.OFFERED, LoanStatus.ACCEPTED, LoanStatus.AGREED, LoanStatus.CANCELLED)


def is_live(loan: Loan) -> bool:
    """Return whether the loan has debt."""
    return is_one_of(loan.status, LIVE)


def last_due_day(loan: Loan) -> int:
    """Return the due day that lies behind, or the day of disbursement."""
    return choose(loan.period == 0, loan.disbursed_day, due_day(loan.terms, loan.period - 1))


@declare("LOAN-TERMS", Kind.ENTRY, ("agreement",), (54, 63, 85, 95, 107), over="loans")
def terms_are_sound(loan: Loan) -> bool:
    """The terms of a loan are sound: caps hold, dates are in order, the grace is bounded."""
    terms = loan.terms
    return all_of(
        terms.minimum_principal >= 1,
        terms.principal >= terms.minimum_principal,
        terms.rate + terms.default_rate <= terms.usury_cap,
        terms.window_start_day <= terms.window_end_day,
        terms.periods >= 1,
        terms.periods <= MAXIMUM_PERIODS,
        terms.cycle_length >= 1,
        terms.cycle_length <= MAXIMUM_CYCLE_LENGTH,
        is_schedule_in_order(terms),
        is_grace_bounded(terms),
        is_payment_fitting(terms),
        is_interest_due_each_period(terms),
        is_interest_below_principal(terms),
        are_fees_capped(terms),
        are_limits_ordered(terms),
    )


@declare("LOAN-PRINCIPAL", Kind.ENTRY, ("repayment",), (97, 119), over="loans")
def principal_is_bounded(loan: Loan) -> bool:
    """Overdue principal and open instalment are part of the principal, positive exactly in a live loan."""
    return all_of(
        loan.overdue_principal + loan.instalment <= loan.principal,
        equivalent(loan.principal > 0, is_live(loan)),
        loan.principal <= loan.terms.principal,
    )


@declare("LOAN-STATUS", Kind.ENTRY, ("liquidation",), (), over="loans")
def status_says_what_is_overdue(loan: Loan) -> bool:
    """Nothing is overdue in an active loan, something in an overdue one, everything from default on."""
    is_active, is_overdue = loan.status == LoanStatus.ACTIVE, loan.status == LoanStatus.OVERDUE
    is_clear = all_of(loan.overdue_principal == 0, loan.overdue_interest == 0)
    return all_of(
        implies(is_active, is_clear),
        implies(is_overdue, any_of(loan.overdue_principal > 0, loan.overdue_interest > 0)),
        implies(
            is_one_of(loan.status, IN_DEFAULT),
            all_of(loan.overdue_principal == loan.principal, loan.instalment == 0),
        ),
    )


@declare("LOAN-PERIOD", Kind.ENTRY, ("repayment", "liquidation"), (87, 89), over="loans")
def period_contains_the_day(loan: Loan) -> bool:
    """The day to which a loan is accrued lies in its period, or in the grace after it, until it defaults."""
    terms, last = loan.terms, last_due_day(loan)
    grace_end = last + terms.grace_days
    return implies(
        is_live(loan),
        all_of(
            loan.period <= terms.periods,
            terms.window_start_day <= loan.disbursed_day,
            loan.disbursed_day <= terms.window_end_day,
            last <= loan.since,
            implies(
                loan.status == LoanStatus.ACTIVE,
                all_of(loan.period < terms.periods, loan.since <= due_day(terms, loan.period)),
            ),
            implies(
                loan.status == LoanStatus.OVERDUE,
                all_of(
                    loan.period >= 1,
                    loan.since <= grace_end,
                    implies(loan.period == terms.periods, loan.overdue_principal == loan.principal),
                ),
            ),
        ),
    )


@declare("LOAN-OVERDUE-INTEREST", Kind.ENTRY, ("repayment",), (94,), over="loans")
def overdue_interest_is_interest(loan: Loan) -> bool:
    """Overdue interest is never negative, and is part of the interest that is unpaid."""
    return all_of(
        loan.overdue_interest >= 0,
        implies(loan.overdue_interest > 0, loan.overdue_interest <= loan.interest),
    )


@declare("LOAN-CREDIT", Kind.ENTRY, ("repayment",), (94,), over="loans")
def credit_is_bounded(loan: Loan) -> bool:
    """Interest paid ahead is at most what the principal bears to the due date.

    There is some only when the instalment is met.
    """
    coming = compute_interest_to_due_date(loan, loan.principal)
    is_met = all_of(loan.status == LoanStatus.ACTIVE, loan.instalment == 0)
    return all_of(
        implies(is_met, loan.interest + coming > -UNIT),
        implies(all_of(is_one_of(loan.status, ACCRUING), negate(is_met)), loan.interest > -UNIT),
        implies(is_one_of(loan.status, IN_DEFAULT), loan.interest > -2 * UNIT),
    )


@declare("LOAN-LAST-PERIOD", Kind.ENTRY, ("repayment",), (93,), over="loans")
def last_period_takes_the_rest(loan: Loan) -> bool:
    """In the last period all principal that is not overdue is the instalment: nothing is left after it."""
    is_last = all_of(is_one_of(loan.status, ACCRUING), loan.period == loan.terms.periods - 1)
    return implies(is_last, loan.instalment == loan.principal - loan.overdue_principal)


@declare("LOAN-INTEREST-ONLY", Kind.ENTRY, ("repayment",), (94,), over="loans")
def interest_only_keeps_principal(loan: Loan) -> bool:
    """Before the last period a bullet or interest-only loan has no instalment of principal.

    Its principal is then at least the minimum.
    """
    terms = loan.terms
    keeps_it = is_one_of(terms.kind, (RepaymentKind.BULLET, RepaymentKind.INTEREST_ONLY))
    is_before_last = all_of(keeps_it, is_one_of(loan.status, ACCRUING), loan.period < terms.periods - 1)
    keeps = all_of(
        loan.instalment == 0, loan.overdue_principal == 0, loan.principal >= terms.minimum_principal
    )
    return implies(is_before_last, keeps)


@declare("LOAN-USURY", Kind.ENTRY, ("repayment",), (25, 53), over="loans")
def usury_room_is_left(loan: Loan) -> bool:
    """What was charged never passes the usury cap, by less than one unit of rounding in default interest."""
    return all_of(loan.default_interest > -UNIT, loan.usury_room >= 0)


@declare("LOAN-PREPAYMENT-FEE", Kind.ENTRY, ("repayment",), (37,), over="loans")
def prepayment_fee_is_cumulative(loan: Loan) -> bool:
    """The fees taken are the ceiling of the rate of all principal paid ahead, however it was split."""
    exact = scale(loan.prepaid, loan.terms.prepayment_fee_rate)
    return all_of(
        loan.prepaid + loan.principal <= loan.terms.principal,
        loan.prepayment_fees * WAD >= exact,
        loan.prepayment_fees * WAD < exact + WAD,
    )


@declare("LOAN-INTEREST-PAID", Kind.ENTRY, ("repayment",), (50, 52), over="loans")
def interest_paid_has_accrued(loan: Loan) -> bool:
    """Contract interest, paid and unpaid, is never negative, and within what the days so far can bring."""
    cumulative = loan.interest_paid * UNIT + loan.interest
    reached = MAXIMUM_AMOUNT * MAXIMUM_RATE * clock(loan.terms.day_count, loan.since)
    return all_of(
        implies(is_live(loan), all_of(cumulative >= 0, cumulative <= reached)),
        loan.interest_paid * UNIT <= HIGHEST_INTEREST_PAID,
    )


@declare("LOAN-DEBT", Kind.ENTRY, ("repayment",), (94,), over="loans")
def debt_covers_credit(loan: Loan) -> bool:
    """The credit for interest paid ahead is at most the principal, rounded up: a payoff never pays out."""
    return implies(is_live(loan), loan.interest + (loan.principal + 1) * UNIT > 0)


@declare("LOAN-CHARGES", Kind.ENTRY, ("repayment",), (25,), over="loans")
def charges_are_bounded(loan: Loan) -> bool:
    """Late fees, default interest and the room left are together within the cap on the greatest amount."""
    charged = loan.usury_room + loan.late_fees * UNIT + loan.default_interest
    highest = MAXIMUM_AMOUNT * MAXIMUM_RATE * clock(loan.terms.day_count, loan.since)
    return implies(is_live(loan), charged <= highest)


@declare("LOAN-SETTLED", Kind.ENTRY, ("settlement",), (93, 97), over="loans")
def settled_owes_nothing(loan: Loan) -> bool:
    """A loan that is settled or written off owes nothing and holds nothing."""
    figures = (
        loan.interest,
        loan.overdue_interest,
        loan.default_interest,
        loan.late_fees,
        loan.collateral,
        loan.instalment,
        loan.overdue_principal,
    )
    return implies(
        is_one_of(loan.status, (LoanStatus.SETTLED, LoanStatus.WRITTEN_OFF)),
        all_of(*(figure == 0 for figure in figures)),
    )


@declare("LOAN-UNDISBURSED", Kind.ENTRY, ("agreement",), (108,), over="loans")
def undisbursed_owes_nothing(loan: Loan) -> bool:
    """Before disbursement nothing is owed, and every figure of the debt is zero."""
    figures = (
        loan.interest,
        loan.overdue_interest,
        loan.default_interest,
        loan.usury_room,
        loan.late_fees,
        loan.prepaid,
        loan.prepayment_fees,
        loan.interest_paid,
        loan.period,
        loan.since,
        loan.disbursed_day,
        loan.instalment,
        loan.overdue_principal,
        loan.is_late,
        loan.has_defaulted,
        loan.default_day,
    )
    return implies(is_one_of(loan.status, BEFORE_DISBURSEMENT), all_of(*(figure == 0 for figure in figures)))


@declare("LOAN-COLLATERAL", Kind.ENTRY, ("agreement", "settlement"), (3, 119), over="loans")
def collateral_is_in_escrow(loan: Loan) -> bool:
    """Collateral is in escrow from acceptance until the loan ends, wholly until disbursement."""
    is_whole = is_one_of(loan.status, (LoanStatus.ACCEPTED, LoanStatus.AGREED))
    return all_of(
        implies(is_whole, loan.collateral == loan.terms.collateral_amount),
        implies(negate(any_of(is_whole, is_live(loan))), loan.collateral == 0),
    )


@declare("LOAN-STOP-DAY", Kind.ENTRY, ("liquidation", "facility"), (86, 87), over="loans")
def stop_day_is_the_default(loan: Loan) -> bool:
    """A loan stops after the grace of its first unmet instalment, or at the deadline of a margin call.

    The day to which it is accrued is before that; any other loan has no stop day.
    """
    accrues = is_one_of(loan.status, ACCRUING)
    return all_of(
        implies(accrues, all_of(loan.stop_day == compute_stop_day(loan), loan.since < loan.stop_day)),
        implies(negate(accrues), loan.stop_day == 0),
    )


@declare("LOAN-MARGIN-CALL", Kind.ENTRY, ("liquidation",), (90,), over="loans")
def margin_call_names_its_cure(loan: Loan) -> bool:
    """A margin call is open only on a loan that accrues, and names a payment and a top-up that cure it."""
    is_open = loan.margin_day > 0
    named = (loan.margin_payment, loan.margin_top_up)
    return all_of(
        implies(is_open, is_one_of(loan.status, ACCRUING)),
        *(equivalent(is_open, figure > 0) for figure in named),
    )


@declare("LOAN-IMPAIRMENT", Kind.ENTRY, ("facility", "repayment"), (23, 84), over="loans")
def impairment_is_of_the_principal(loan: Loan) -> bool:
    """A loan is impaired by at most the principal outstanding, and not at all where there is none."""
    return loan.impairment <= loan.principal


@declare("LOAN-DEFAULT", Kind.ENTRY, ("liquidation",), (), over="loans")
def default_is_remembered(loan: Loan) -> bool:
    """A loan in default knows its first day; a loan that has defaulted, or is overdue, is late."""
    return all_of(
        implies(is_one_of(loan.status, IN_DEFAULT), all_of(loan.has_defaulted == 1, loan.default_day > 0)),
        implies(loan.default_day > 0, all_of(loan.has_defaulted == 1, loan.default_day <= loan.since)),
        implies(any_of(loan.has_defaulted == 1, loan.status == LoanStatus.OVERDUE), loan.is_late == 1),
    )


@declare("LOAN-LOSS", Kind.ENTRY, ("liquidation",), (), over="loans")
def loss_is_of_what_is_written_off(loan: Loan) -> bool:
    """A loan that is written off has lost something, at most its principal, and got back at most that.

    No other loan has lost anything.
    """
    lost = loan.lender_loss + loan.cover_loss
    is_lost = loan.status == LoanStatus.WRITTEN_OFF
    return all_of(equivalent(is_lost, lost > 0), lost <= loan.terms.principal, loan.recovered <= lost)


@declare("LOAN-AUCTION", Kind.ENTRY, ("liquidation",), (76,), over="loans")
def auction_has_a_lot(loan: Loan) -> bool:
    """A loan in auction has collateral and is in one of the rounds; any other loan has no auction."""
    is_in_auction = loan.status == LoanStatus.AUCTION
    figures = (loan.auction_round, loan.auction_started_at, loan.auction_price)
    return all_of(
        implies(is_in_auction, all_of(loan.collateral > 0, loan.auction_round <= LAST_AUCTION_ROUND)),
        implies(negate(is_in_auction), all_of(*(figure == 0 for figure in figures))),
    )

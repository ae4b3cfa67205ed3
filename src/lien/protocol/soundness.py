"""Check that terms and products are sound, so that every later call can rely on them."""

from itertools import pairwise

from lien.protocol.algebra import all_of, any_of, equivalent
from lien.protocol.arithmetic import scale
from lien.protocol.calendar import (
    least_clock_units,
    longest_period_days,
    most_clock_units,
    shortest_period_days,
)
from lien.protocol.rejection import require
from lien.spec.product import Product
from lien.spec.reasons import Reason
from lien.spec.terms import Terms
from lien.spec.types import RepaymentKind
from lien.spec.units import (
    LATE_FEE_CAP,
    LIQUIDATION_BONUS_CAP,
    MAXIMUM_CYCLE_LENGTH,
    MAXIMUM_DAY,
    MAXIMUM_GRACE_DAYS,
    MAXIMUM_PERIODS,
    MAXIMUM_QUORUM,
    ORIGINATION_FEE_CAP,
    PREPAYMENT_FEE_CAP,
    UNIT,
    WAD,
)


def is_amortising(terms: Terms) -> bool:
    """Return whether something falls due in every period, whatever the rate."""
    return any_of(terms.kind == RepaymentKind.EQUAL_PRINCIPAL, terms.kind == RepaymentKind.ANNUITY)


def is_schedule_in_order(terms: Terms) -> bool:
    """Return whether the maturity fits the calendar and, in a single period, is the first due day."""
    ends_in_time = terms.maturity_day + terms.grace_days < MAXIMUM_DAY
    return all_of(ends_in_time, any_of(terms.periods > 1, terms.first_due_day == terms.maturity_day))


def is_grace_bounded(terms: Terms) -> bool:
    """Return whether the grace ends before the next due date, and before a notice to withdraw cover does."""
    ends_in_time = terms.grace_days + 1 < shortest_period_days(terms)
    return all_of(terms.grace_days <= MAXIMUM_GRACE_DAYS, ends_in_time)


def is_payment_fitting(terms: Terms) -> bool:
    """Return whether the terms name a payment exactly where the repayment kind has one."""
    has_one = any_of(is_amortising(terms), terms.kind == RepaymentKind.BALLOON)
    return equivalent(terms.payment >= 1, has_one)


def is_interest_due_each_period(terms: Terms) -> bool:
    """Return whether something falls due in every period, so that an unmet due date is always noticed."""
    least = least_clock_units(shortest_period_days(terms))
    brings_a_unit = terms.minimum_principal * terms.rate * least >= UNIT
    return any_of(is_amortising(terms), terms.periods == 1, brings_a_unit)


def is_interest_below_principal(terms: Terms) -> bool:
    """Return whether no period brings more interest than its principal, so that an early payment meets it."""
    return scale(most_clock_units(longest_period_days(terms)), terms.rate) <= UNIT


def are_fees_capped(terms: Terms) -> bool:
    """Return whether each fee is within its cap."""
    return all_of(
        scale(terms.late_fee, WAD) <= scale(terms.principal, LATE_FEE_CAP),
        terms.prepayment_fee_rate <= PREPAYMENT_FEE_CAP,
        terms.origination_fee_rate <= ORIGINATION_FEE_CAP,
        terms.liquidation_bonus <= LIQUIDATION_BONUS_CAP,
    )


def are_limits_ordered(terms: Terms) -> bool:
    """Return whether the limits rise in order, and a liquidation at the last still pays its bonus."""
    return all_of(
        terms.origination_limit < terms.margin_call_limit,
        terms.margin_call_limit < terms.liquidation_limit,
        terms.liquidation_limit * (WAD + terms.liquidation_bonus) <= WAD * WAD,
        terms.close_factor > 0,
    )


def is_sound_product(product: Product) -> bool:
    """Return whether a product has loans in its range, a quorum, and grades in order."""
    return all_of(
        product.minimum_principal >= 1,
        product.minimum_principal <= product.maximum_principal,
        product.quorum >= 1,
        product.quorum <= MAXIMUM_QUORUM,
        *(better > worse for better, worse in pairwise(product.least_scores)),
    )


def require_sound(terms: Terms, today: int) -> None:
    """Reject terms that are not sound (AGREEMENT-1).

    Raises: PRINCIPAL_BELOW_MINIMUM, RATES_ABOVE_USURY_CAP, WINDOW_INVALID, PERIODS_OUT_OF_RANGE,
    CYCLE_OUT_OF_RANGE, MATURITY_OUT_OF_RANGE, GRACE_TOO_LONG, PAYMENT_INVALID, INTEREST_BELOW_UNIT,
    INTEREST_ABOVE_PRINCIPAL, FEE_ABOVE_CAP, LIMITS_NOT_ORDERED.
    """
    is_above_minimum = all_of(terms.minimum_principal >= 1, terms.principal >= terms.minimum_principal)
    require(is_above_minimum, Reason.PRINCIPAL_BELOW_MINIMUM)
    require(terms.rate + terms.default_rate <= terms.usury_cap, Reason.RATES_ABOVE_USURY_CAP)
    is_window_ahead = all_of(terms.window_start_day <= terms.window_end_day, terms.window_end_day >= today)
    require(is_window_ahead, Reason.WINDOW_INVALID)
    require(all_of(terms.periods >= 1, terms.periods <= MAXIMUM_PERIODS), Reason.PERIODS_OUT_OF_RANGE)
    is_cycle_bounded = all_of(terms.cycle_length >= 1, terms.cycle_length <= MAXIMUM_CYCLE_LENGTH)
    require(is_cycle_bounded, Reason.CYCLE_OUT_OF_RANGE)
    require(is_schedule_in_order(terms), Reason.MATURITY_OUT_OF_RANGE)
    require(is_grace_bounded(terms), Reason.GRACE_TOO_LONG)
    require(is_payment_fitting(terms), Reason.PAYMENT_INVALID)
    require(is_interest_due_each_period(terms), Reason.INTEREST_BELOW_UNIT)
    require(is_interest_below_principal(terms), Reason.INTEREST_ABOVE_PRINCIPAL)
    require(are_fees_capped(terms), Reason.FEE_ABOVE_CAP)
    require(are_limits_ordered(terms), Reason.LIMITS_NOT_ORDERED)

"""Reckon what a debt asks of its collateral: what cures a margin call, what a liquidation pays and seizes.

Everything here is of a loan that is caught up, and of one price. Nothing forks a path on a price.
"""

from lien.protocol.algebra import choose, maximum, minimum, negate
from lien.protocol.arithmetic import multiply_divide_down, multiply_divide_up, quotient_up
from lien.protocol.health import collateral_value, is_within
from lien.protocol.state import Loan
from lien.protocol.waterfall import compute_coming_interest, compute_open_instalment
from lien.spec.types import IN_DEFAULT
from lien.spec.units import MAXIMUM_AMOUNT, MAXIMUM_DAY, MAXIMUM_TOTAL, PRICE_SCALE, UNIT, WAD


def compute_debt(loan: Loan) -> int:
    """Return what a payoff without prepayment fee takes: each figure rounded up, less what was paid ahead."""
    interest = quotient_up(loan.interest, UNIT) + quotient_up(loan.default_interest, UNIT)
    return loan.principal + interest + loan.late_fees


def is_above(loan: Loan, limit: int, price: int) -> bool:
    """Return whether the debt is above a limit, as a ratio, of the collateral's value at a price."""
    return negate(is_within(limit, compute_debt(loan), collateral_value(price, loan.collateral)))


# --- margin calls -----------------------------------------------------------------------------------


def compute_margin_payment(limit: int, debt: int, value: int) -> int:
    """Return the least payment after which a debt is within a limit of a value."""
    return debt - multiply_divide_down(value, limit, WAD)


def compute_needed_value(limit: int, debt: int) -> int:
    """Return the least value of which a debt is within a limit, which must be positive."""
    return multiply_divide_up(debt, WAD, limit)


def compute_needed_collateral(price: int, value: int) -> int:
    """Return the least collateral that is worth a value at a price, which must be positive."""
    return multiply_divide_up(value, PRICE_SCALE, price)


def compute_margin_top_up(limit: int, debt: int, price: int, collateral: int) -> int:
    """Return the least amount that, beside the collateral, brings a debt within a limit.

    Where no amount would do, it is the greatest total, which no top-up reaches: this is asked first,
    since the quotient could be wider than 256 bits.
    """
    value, greatest = compute_needed_value(limit, debt), collateral_value(price, MAXIMUM_AMOUNT)
    needed = compute_needed_collateral(price, minimum(value, greatest))
    return choose(value <= greatest, needed - collateral, MAXIMUM_TOTAL)


def compute_margin_day(today: int, days: int) -> int:
    """Return the first day that is too late: after a number of whole days, and on the calendar."""
    return minimum(today + days + 1, MAXIMUM_DAY)


# --- liquidation ------------------------------------------------------------------------------------


def is_liquidatable(loan: Loan, price: int) -> bool:
    """Return whether there is debt, and that is in default or above the liquidation limit."""
    if loan.status in IN_DEFAULT:
        return compute_debt(loan) > 0
    return is_above(loan, loan.terms.liquidation_limit, price)  # which nothing is that owes nothing


def compute_most_repaid(loan: Loan, debt: int) -> int:
    """Return the most that one liquidation repays: the close factor of the debt, rounded up.

    It is all, where less principal than the minimum could remain.
    """
    part = multiply_divide_up(debt, loan.terms.close_factor, WAD)
    return choose(loan.principal - part < loan.terms.minimum_principal, debt, part)


def compute_ahead(loan: Loan, amount: int) -> int:
    """Return what is left of an amount for principal ahead of time, after all that stands before it.

    Interest to the due date is reckoned as if nothing were paid ahead. What is paid ahead saves some of it,
    which is not taken.
    """
    open_instalment = compute_open_instalment(loan)
    rest = loan.principal - loan.overdue_principal - open_instalment
    to_due_date = quotient_up(compute_coming_interest(loan, rest), UNIT)
    coming = choose(open_instalment >= loan.instalment, to_due_date, 0)
    return maximum(amount - (compute_debt(loan) - rest) - coming, 0)


def compute_seizure(collateral: int, debt: int, repaid: int, price: int, bonus: int) -> int:
    """Return the collateral for what was repaid: its worth and the bonus, at most its share, rounded down.

    The share is that of what was repaid in the debt, so that the ratio of debt to collateral never worsens.
    The debt and the price must be positive, and what was repaid at most the debt.
    """
    with_bonus = multiply_divide_down(repaid, WAD + bonus, WAD)
    by_price = multiply_divide_down(with_bonus, PRICE_SCALE, price)
    share = multiply_divide_down(repaid, collateral, debt)
    return minimum(collateral, minimum(by_price, share))

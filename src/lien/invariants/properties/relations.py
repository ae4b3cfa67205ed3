"""Properties of two runs of the same code: splitting, repeating or turning back gains nothing."""

from dataclasses import fields, replace
from typing import Any

from lien.invariants.properties.base import Kind, declare
from lien.protocol.accrual import accelerate, accrue, catch_up, pass_due_date
from lien.protocol.aggregate import accrued_interest, does_accrue, recount
from lien.protocol.algebra import all_of, choose, implies, maximum
from lien.protocol.calendar import due_day
from lien.protocol.pauses import closed_within
from lien.protocol.state import Facility, Loan
from lien.protocol.valuation import (
    add_recovery,
    amount_for,
    compute_payable,
    net_assets,
    shares_for,
    unvested,
)
from lien.protocol.waterfall import compute_prepayment_fee
from lien.spec.types import ACCRUING, LIVE, Amount, Day, Deadline, LoanStatus, Shares, Timestamp, Total
from lien.spec.units import MAXIMUM_AMOUNT, RECOVERY_DAYS, UNIT, VIRTUAL_ASSETS, VIRTUAL_SHARES


def are_same(first: Any, second: Any) -> bool:
    """Return whether two records are equal in every field, without forking a path."""
    names = [item.name for item in fields(first) if item.name != "terms"]
    return all_of(*(getattr(first, name) == getattr(second, name) for name in names))


# --- a loan -----------------------------------------------------------------------------------------


@declare("ACCRUE-COMPOSES", Kind.RELATIONAL, ("repayment",), (43, 48))
def accrual_composes(loan: Loan, middle: Day, last: Day) -> bool:
    """Accruing to a day by way of another gives the same as going there at once."""
    in_order = all_of(loan.since <= middle, middle <= last)
    return implies(in_order, are_same(accrue(accrue(loan, middle), last), accrue(loan, last)))


@declare("CATCH-UP-TWICE", Kind.RELATIONAL, ("liquidation",), (43, 48))
def catching_up_twice_changes_nothing(loan: Loan) -> bool:
    """Catching up a loan to the day to which it is caught up changes nothing."""
    return loan.status not in LIVE or are_same(catch_up(loan, loan.since), loan)


@declare("DUE-DATE-AFTER-ACCRUAL", Kind.RELATIONAL, ("repayment", "liquidation"), (43,))
def due_date_does_not_see_accrual(loan: Loan, day: Day) -> bool:
    """Whether anyone catches up a loan before a due date changes nothing of how that passes."""
    if loan.status != LoanStatus.ACTIVE or day < loan.since or day > due_day(loan.terms, loan.period):
        return True
    return are_same(pass_due_date(accrue(loan, day)), pass_due_date(loan))


@declare("DEFAULT-AFTER-ACCRUAL", Kind.RELATIONAL, ("liquidation",), (43,))
def default_does_not_see_accrual(loan: Loan, day: Day) -> bool:
    """Whether anyone catches up a loan before its default changes nothing of how that comes.

    With the properties before, catching up by way of any day gives what catching up at once does.
    """
    if loan.status not in ACCRUING or day < loan.since or day >= loan.stop_day:
        return True
    return are_same(accelerate(accrue(loan, day)), accelerate(loan))


@declare("SPLIT-PREPAYMENT-FEE", Kind.RELATIONAL, ("repayment",), (37,))
def splitting_a_prepayment_saves_no_fee(loan: Loan, first: Amount, second: Amount) -> bool:
    """The fee of principal that is paid ahead in two parts is that of both together."""
    paid = compute_prepayment_fee(loan, first)
    between = replace(loan, prepaid=loan.prepaid + first, prepayment_fees=loan.prepayment_fees + paid)
    return paid + compute_prepayment_fee(between, second) == compute_prepayment_fee(loan, first + second)


@declare("TIME-LOWERS-NO-DEBT", Kind.RELATIONAL, ("repayment", "liquidation"), (28, 46, 50))
def time_lowers_no_debt(loan: Loan, day: Day) -> bool:
    """What is owed on a loan never falls by the passing of time alone, of a due date, or of its grace."""
    if loan.status not in LIVE or day < loan.since:
        return True
    later = [accrue(loan, day)]
    if loan.status == LoanStatus.ACTIVE:
        later.append(pass_due_date(loan))
    if loan.status in ACCRUING:
        later.append(accelerate(loan))
    return all_of(*(owes_no_less(loan, after) for after in later))


def owes_no_less(loan: Loan, after: Loan) -> bool:
    """Return whether a loan owes at least what another does, of each thing; a credit is for principal."""
    return all_of(
        loan.principal * UNIT + loan.interest <= after.principal * UNIT + after.interest,
        loan.default_interest <= after.default_interest,
        loan.late_fees <= after.late_fees,
    )


@declare("LOAN-COUNTED", Kind.RELATIONAL, ("facility", "repayment"), (10, 82))
def facility_accrues_what_the_loan_does(facility: Facility, loan: Loan, day: Day) -> bool:
    """On every day a facility has accrued of a loan that it counts exactly what the loan has, and once.

    Of a loan that is in default it has nothing.
    """
    without = replace(loan, status=LoanStatus.AGREED, principal=0)
    counted = recount(facility, without, loan)
    gain = accrued_interest(counted, day) - accrued_interest(facility, day)
    return gain == choose(does_accrue(loan), accrue(loan, day).interest, 0)


# --- a facility -------------------------------------------------------------------------------------
# Of any net assets that are not less tomorrow than today; TIME-LOWERS-NOTHING says that of all there are.


def with_deposit(facility: Facility, assets: int, amount: int) -> tuple[Facility, int]:
    """Return a facility after a deposit at the given net assets, and the shares that it bought."""
    shares = shares_for(facility, assets, amount)
    return replace(facility, cash=facility.cash + amount, shares=facility.shares + shares), shares


@declare("CASH-COUNTS-ONCE", Kind.RELATIONAL, ("facility",), (39,))
def cash_counts_once(facility: Facility, day: Day, amount: Amount, shares: Shares) -> bool:
    """An amount that comes in for shares raises net assets by that amount, on every day."""
    paid_in = replace(facility, cash=facility.cash + amount, shares=facility.shares + shares)
    return net_assets(paid_in, day) == net_assets(facility, day) + amount


@declare("DEPOSIT-AND-BACK", Kind.RELATIONAL, ("facility",), (27, 29, 30, 39))
def deposit_and_redemption_gain_nothing(
    facility: Facility, today: Total, tomorrow: Total, amount: Amount
) -> bool:
    """Shares that are bought and redeemed on one day never pay more than was deposited."""
    after, shares = with_deposit(facility, tomorrow, amount)
    return implies(today <= tomorrow, amount_for(after, today + amount, shares) <= amount)


@declare("DEPOSIT-OPENING", Kind.RELATIONAL, ("facility",), (16,))
def deposit_keeps_the_opening_price(
    facility: Facility, today: Total, tomorrow: Total, amount: Amount
) -> bool:
    """A deposit brings no share below what the first one cost, where it was worth that before."""
    after, _ = with_deposit(facility, tomorrow, amount)
    was_worth = (today + VIRTUAL_ASSETS) * VIRTUAL_SHARES >= facility.shares + VIRTUAL_SHARES
    is_worth = (today + amount + VIRTUAL_ASSETS) * VIRTUAL_SHARES >= after.shares + VIRTUAL_SHARES
    return implies(all_of(today <= tomorrow, was_worth), is_worth)


@declare("REDEMPTION-AND-BACK", Kind.RELATIONAL, ("facility",), (29, 30, 39))
def redemption_and_deposit_gain_nothing(
    facility: Facility, today: Total, tomorrow: Total, shares: Shares
) -> bool:
    """What a redemption pays buys no more shares on the same day than were redeemed."""
    if shares > facility.shares or tomorrow < today:
        return True
    amount = amount_for(facility, today, shares)
    left, rest = replace(facility, shares=facility.shares - shares), tomorrow - amount
    return all_of(rest >= 0, shares_for(left, maximum(rest, 0), amount) <= shares)


@declare("SPLIT-DEPOSIT", Kind.RELATIONAL, ("facility",), (37, 39))
def splitting_a_deposit_gains_nothing(
    facility: Facility, tomorrow: Total, first: Amount, second: Amount
) -> bool:
    """Two deposits on one day buy no more shares than one of both amounts."""
    between, some = with_deposit(facility, tomorrow, first)
    others = shares_for(between, tomorrow + first, second)
    return some + others <= shares_for(facility, tomorrow, first + second)


@declare("SPLIT-REDEMPTION", Kind.RELATIONAL, ("facility",), (37, 39))
def splitting_a_redemption_gains_nothing(
    facility: Facility, today: Total, first: Shares, second: Shares
) -> bool:
    """Two redemptions on one day pay no more than one of all the shares."""
    if first + second > facility.shares:
        return True
    some = amount_for(facility, today, first)
    left = replace(facility, shares=facility.shares - first)
    others = amount_for(left, today - some, second)
    return some + others <= amount_for(facility, today, first + second)


@declare("GIFT-GAINS-NOTHING", Kind.RELATIONAL, ("facility",), (39,))
def gift_before_a_deposit_gains_nothing(
    facility: Facility, assets: Total, gift: Amount, amount: Amount
) -> bool:
    """Who holds all shares, and raises their price by a gift before another's deposit, gains nothing by it.

    Rounding brings them less than the price that one share had, and a unit, however great the gift.
    """
    held = amount_for(facility, assets, facility.shares)
    after, _ = with_deposit(facility, assets + gift, amount)
    gain = amount_for(after, assets + gift + amount, facility.shares) - held - gift
    return (gain - 1) * (facility.shares + VIRTUAL_SHARES) < assets + VIRTUAL_ASSETS


@declare("TIME-LOWERS-NOTHING", Kind.RELATIONAL, ("facility",), (44, 46))
def time_lowers_no_net_assets(facility: Facility, earlier: Day, later: Day) -> bool:
    """The net assets of a facility never fall by the passing of time alone."""
    in_order = earlier <= later
    return all_of(
        implies(in_order, unvested(facility, later) <= unvested(facility, earlier)),
        implies(in_order, net_assets(facility, earlier) <= net_assets(facility, later)),
    )


@declare("PART-IS-FAIR", Kind.RELATIONAL, ("facility",), (36, 39, 102))
def part_of_a_place_is_fair(facility: Facility, today: Total) -> bool:
    """What idle cash pays of a place in the queue is what the burned shares are worth, but for a unit."""
    amount, burned = compute_payable(facility, today)
    assets, shares = today + VIRTUAL_ASSETS, facility.shares + VIRTUAL_SHARES
    affordable = shares_for(facility, today, facility.cash)
    return all_of(
        amount <= facility.cash,
        amount * shares <= burned * assets,
        burned <= affordable,
        affordable * assets < (amount + 1) * shares,
        burned * assets < (amount + 1) * shares,
    )


@declare("COVER-COUNTS-NOTHING", Kind.RELATIONAL, ("facility",), (39,))
def cover_counts_nothing(facility: Facility, day: Day, cover: Amount) -> bool:
    """The net assets of a facility do not depend on its cover."""
    return net_assets(replace(facility, cover=cover), day) == net_assets(facility, day)


@declare("RECOVERY-CONTINUOUS", Kind.RELATIONAL, ("facility",), (44, 39))
def recovery_enters_continuously(facility: Facility, day: Day, amount: Amount) -> bool:
    """Right after a recovery net assets are as before it, unless the greatest amount is waiting already."""
    with_cash = replace(facility, cash=facility.cash + amount)
    recovered = add_recovery(with_cash, amount, day)
    fits = unvested(facility, day) + amount <= MAXIMUM_AMOUNT
    return implies(fits, net_assets(recovered, day) == net_assets(facility, day))


@declare("RECOVERY-VESTS", Kind.RELATIONAL, ("facility",), (44,))
def recovery_enters_wholly(facility: Facility, day: Day, amount: Amount) -> bool:
    """After the named number of days nothing of a recovery is left out of net assets."""
    recovered = add_recovery(facility, amount, day)
    return all_of(
        unvested(recovered, day) == recovered.recovered_amount, unvested(recovered, day + RECOVERY_DAYS) == 0
    )


# --- the closed seconds of liquidation --------------------------------------------------------------


@declare("CLOSED-SECONDS-MONOTONE", Kind.RELATIONAL, ("governance", "liquidation"), (111,))
def closed_seconds_run_with_time(
    begun: Timestamp, ended: Deadline, earlier: Timestamp, later: Timestamp
) -> bool:
    """The closed seconds never fall, and rise by at most the seconds that pass."""
    rise = closed_within(begun, ended, later) - closed_within(begun, ended, earlier)
    in_order = all_of(begun <= ended, earlier <= later)
    return implies(in_order, all_of(rise >= 0, rise <= later - earlier))

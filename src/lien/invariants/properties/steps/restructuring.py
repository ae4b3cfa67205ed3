"""What a restructuring does."""

from dataclasses import fields

from lien.invariants.properties.arrows import ON_A_LOAN
from lien.invariants.properties.base import Kind, Observed, declare, is_one_of
from lien.invariants.properties.observing import debt, loans_of, today_of
from lien.invariants.properties.steps.kept import are_kept
from lien.invariants.properties.steps.repayment import earned
from lien.protocol.accrual import catch_up
from lien.protocol.algebra import all_of, any_of, implies
from lien.protocol.arithmetic import multiply_divide_down
from lien.protocol.calendar import due_day
from lien.protocol.health import collateral_value, is_within
from lien.protocol.prices import usable_price
from lien.protocol.restructuring import compute_carried
from lien.protocol.state import Facility, Loan
from lien.protocol.valuation import net_assets
from lien.protocol.waterfall import compute_payoff
from lien.spec.repayment import Restructure
from lien.spec.terms import Terms
from lien.spec.types import ACCRUING, IN_DEFAULT, LoanStatus
from lien.spec.units import UNIT, WAD


def caught_up_of(observed: Observed) -> Loan:
    """Return the loan of a call as it stands on the call's day."""
    return catch_up(observed.before.loans.get(observed.call.loan), today_of(observed))


@declare("RESTRUCTURE-SIGNED-BY-BOTH", Kind.STEP, ("repayment",), (106, 105), calls=(Restructure,))
def restructuring_is_signed(observed: Observed) -> bool:
    """A loan is restructured only with the signatures of its borrower and its servicer, who are two.

    Both are handed in before their deadline.
    """
    if not observed.accepted:
        return True
    loan, context = observed.before.loans.get(observed.call.loan), observed.context
    servicer = observed.before.facilities.get(loan.facility).servicer
    return all_of(
        context.signer == loan.borrower,
        context.second_signer == servicer,
        loan.borrower != servicer,
        context.timestamp < observed.call.deadline,
    )


@declare("SEQUENCE-USED-ONCE", Kind.STEP, ("repayment",), (65, 94, 106), calls=ON_A_LOAN)
def sequence_rises_on_use(observed: Observed) -> bool:
    """The sequence number of a loan rises by one exactly with each restructuring."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    used = 1 if isinstance(observed.call, Restructure) else 0
    return after.restructurings == loan.restructurings + used


@declare(
    "RESTRUCTURE-DATES", Kind.STEP, ("repayment", "liquidation"), (91,), calls=(Restructure,), early=True
)
def new_dates_lie_ahead(observed: Observed) -> bool:
    """A restructuring is in the signed window, before the first due day; a default comes after a grace."""
    if not observed.accepted:
        return True
    after, today = loans_of(observed)[1], today_of(observed)
    terms = after.terms
    first, second = due_day(terms, 0), due_day(terms, 1)
    ends = all_of(first <= second, second <= terms.maturity_day)
    return all_of(
        terms.window_start_day <= today,
        today <= terms.window_end_day,
        today < first,
        ends,
        first + terms.grace_days < after.stop_day,
        after.stop_day <= terms.maturity_day + terms.grace_days + 1,
    )


@declare("RESTRUCTURE-CARRIES-ONCE", Kind.STEP, ("repayment",), (92, 119), calls=(Restructure,), early=True)
def accrued_is_carried_once(observed: Observed) -> bool:
    """What a payoff without fee takes beyond the principal becomes principal, at most what was signed.

    What is owed stays the same, and all of it is principal.
    """
    if not observed.accepted:
        return True
    call, caught_up, after = observed.call, caught_up_of(observed), loans_of(observed)[1]
    capitalised = after.principal - caught_up.principal
    payoff = compute_payoff(caught_up, 0)
    return all_of(
        after.principal == debt(caught_up),
        debt(after) == debt(caught_up),
        capitalised == payoff.interest + payoff.default_interest + payoff.late_fees,
        capitalised <= call.maximum_capitalised,
        after.principal <= call.terms.principal,
        after.late_fees == 0,
        all_of(after.interest <= 0, after.default_interest <= 0),
        after.interest_paid * UNIT + after.interest == caught_up.interest_paid * UNIT + caught_up.interest,
    )


@declare("RESTRUCTURE-TERMS", Kind.STEP, ("repayment", "agreement"), (107,), calls=(Restructure,))
def signed_terms_hold(observed: Observed) -> bool:
    """The signed terms hold, with the principal and the collateral that there are; the day count stays."""
    if not observed.accepted:
        return True
    (loan, after), signed = loans_of(observed), observed.call.terms
    found = ("principal", "collateral_amount")
    names = [item.name for item in fields(Terms) if item.name not in found]
    return all_of(
        *(getattr(after.terms, name) == getattr(signed, name) for name in names),
        after.terms.principal == after.principal,
        after.terms.collateral_amount == after.collateral,
        after.collateral == loan.collateral,
        after.collateral >= signed.collateral_amount,
        after.terms.collateral_asset == loan.terms.collateral_asset,
        after.terms.day_count == loan.terms.day_count,
    )


@declare("RESTRUCTURE-BEGINS-ANEW", Kind.STEP, ("repayment", "liquidation"), (104,), calls=(Restructure,))
def restructured_loan_begins_anew(observed: Observed) -> bool:
    """A restructured loan is active from that day on, in its first period, with nothing overdue or called."""
    if not observed.accepted:
        return True
    after, today = loans_of(observed)[1], today_of(observed)
    nothing = (
        after.period,
        after.overdue_principal,
        after.overdue_interest,
        after.default_day,
        after.margin_day,
        after.prepaid,
        after.prepayment_fees,
    )
    return all_of(
        after.status == LoanStatus.ACTIVE,
        after.disbursed_day == today,
        after.since == today,
        *(figure == 0 for figure in nothing),
    )


@declare("LATE-STAYS-LATE", Kind.STEP, ("repayment", "credit"), (), calls=(Restructure,))
def late_stays_late(observed: Observed) -> bool:
    """What was overdue or in default, now or before, is late after it; a default is remembered."""
    if not observed.accepted:
        return True
    (loan, after), caught_up = loans_of(observed), caught_up_of(observed)
    was_late = is_one_of(caught_up.status, (LoanStatus.OVERDUE, *IN_DEFAULT))
    return all_of(
        implies(any_of(was_late, loan.is_late == 1), after.is_late == 1),
        implies(
            any_of(is_one_of(caught_up.status, IN_DEFAULT), loan.has_defaulted == 1), after.has_defaulted == 1
        ),
    )


@declare("RESTRUCTURE-KEEPS-ROOM", Kind.STEP, ("repayment",), (25, 53), calls=(Restructure,))
def usury_room_is_kept(observed: Observed) -> bool:
    """The room under the usury cap is carried over, never reckoned anew; the new rates are within the cap."""
    if not observed.accepted:
        return True
    after, caught_up = loans_of(observed)[1], caught_up_of(observed)
    terms = after.terms
    return all_of(
        after.usury_room == caught_up.usury_room, terms.rate + terms.default_rate <= terms.usury_cap
    )


@declare("RESTRUCTURE-HEALTHY", Kind.STEP, ("repayment",), (63, 79), calls=(Restructure,))
def restructured_loan_is_healthy(observed: Observed) -> bool:
    """After a restructuring the debt of a secured loan is within the origination limit at a usable price."""
    if not observed.accepted:
        return True
    (loan, after), now = loans_of(observed), observed.context.timestamp
    asset = observed.before.facilities.get(loan.facility).asset
    price = usable_price(observed.before, loan.terms.collateral_asset, asset, now)
    value = collateral_value(price, after.collateral)
    is_healthy = all_of(price > 0, is_within(after.terms.origination_limit, after.principal, value))
    return implies(loan.collateral > 0, is_healthy)


@declare("RESTRUCTURE-MOVES-NO-CASH", Kind.STEP, ("repayment", "assets"), (105, 26), calls=(Restructure,))
def restructuring_moves_no_cash(observed: Observed) -> bool:
    """A restructuring moves no token, and leaves cash, cover, shares and the treasury's part as they were."""
    if not observed.accepted:
        return True
    old, new = facilities_before_and_after(observed)
    names = ("cash", "cover", "shares", "treasury_taken", "recovered_amount", "recovered_day")
    figures = (getattr(old, name) == getattr(new, name) for name in names)
    return all_of(are_kept(observed, ("ledger",)), *figures)


def facilities_before_and_after(observed: Observed) -> tuple[Facility, Facility]:
    """Return the facility of the loan, before and after."""
    number = observed.before.loans.get(observed.call.loan).facility
    return observed.before.facilities.get(number), observed.after.facilities.get(number)


@declare(
    "RESTRUCTURE-EARNED", Kind.STEP, ("facility", "repayment"), (43, 82), calls=(Restructure,), early=True
)
def restructuring_moves_interest_exactly(observed: Observed) -> bool:
    """A restructuring turns accrued contract interest into paid, to the numerator.

    The interest of a loan in default, which its facility did not count, comes back wholly.
    """
    if not observed.accepted:
        return True
    loan, caught_up, day = loans_of(observed)[0], caught_up_of(observed), today_of(observed)
    old, new = facilities_before_and_after(observed)
    if loan.status in ACCRUING and caught_up.status in IN_DEFAULT:
        return True
    back = caught_up.interest if loan.status in IN_DEFAULT else 0
    return earned(new, day) == earned(old, day) + back


@declare("PRICE-RESTRUCTURE", Kind.STEP, ("facility", "repayment"), (44,), calls=(Restructure,))
def restructuring_changes_net_assets_exactly(observed: Observed) -> bool:
    """Default interest and late fees enter net assets when they become principal, and nothing else does.

    With a loan that was booked in default the lenders' part of its interest comes back, rounded down.
    """
    if not observed.accepted:
        return True
    loan, caught_up, day = loans_of(observed)[0], caught_up_of(observed), today_of(observed)
    if loan.status in ACCRUING and caught_up.status in IN_DEFAULT:
        return True
    old, new = facilities_before_and_after(observed)
    carried = compute_carried(caught_up)
    gain = net_assets(new, day) - net_assets(old, day) - carried.default_interest - carried.late_fees
    if loan.status in IN_DEFAULT:
        back = multiply_divide_down(caught_up.interest, WAD - new.interest_fee, WAD * UNIT)
        return all_of(gain >= back, gain <= back + 1)
    return gain == 0

"""When exactly a restructuring is rejected."""

from lien.invariants.properties.base import Observed, is_one_of
from lien.invariants.properties.observing import debt
from lien.invariants.properties.rejections.agreement import of_terms
from lien.invariants.properties.rejections.table import Conditions, is_unknown, rejects, servicer_of
from lien.protocol.accrual import catch_up
from lien.protocol.algebra import all_of, any_of, negate
from lien.protocol.arithmetic import multiply_divide_down, multiply_divide_up
from lien.protocol.calendar import day_of
from lien.protocol.credit import owed_by
from lien.protocol.health import collateral_value
from lien.protocol.prices import usable_price
from lien.protocol.restructuring import terms_in_force
from lien.protocol.state import Loan
from lien.protocol.valuation import net_assets
from lien.spec.reasons import Reason
from lien.spec.repayment import Restructure
from lien.spec.types import LIVE, LoanStatus
from lien.spec.units import MAXIMUM_AMOUNT, MAXIMUM_NUMBER, WAD


@rejects(Restructure)
def of_restructure(observed: Observed) -> Conditions:
    """Yield the conditions of a restructuring: what was not signed, or does not fit the loan."""
    call, before, context = observed.call, observed.before, observed.context
    yield Reason.UNKNOWN_LOAN, is_unknown(call.loan, before.loan_count)
    loan, today = before.loans.get(call.loan), day_of(context.timestamp)
    yield Reason.NOT_LIVE, negate(is_one_of(loan.status, LIVE))
    yield Reason.IN_AUCTION, loan.status == LoanStatus.AUCTION
    yield Reason.TOO_MANY_RESTRUCTURINGS, loan.restructurings >= MAXIMUM_NUMBER
    yield Reason.SIGNATURE_EXPIRED, context.timestamp >= call.deadline
    by_another = any_of(context.signer != loan.borrower, context.second_signer != servicer_of(observed, loan))
    yield Reason.WRONG_SIGNER, by_another
    is_elsewhere = call.terms.collateral_asset != loan.terms.collateral_asset
    is_short = call.terms.collateral_amount > loan.collateral
    yield Reason.COLLATERAL_DIFFERS, any_of(is_elsewhere, is_short)
    yield Reason.DAY_COUNT_DIFFERS, call.terms.day_count != loan.terms.day_count

    caught_up = catch_up(loan, today)
    principal = debt(caught_up)
    yield Reason.CAPITALISED_ABOVE_MAXIMUM, principal - caught_up.principal > call.maximum_capitalised
    yield Reason.PRINCIPAL_ABOVE_SIGNED, principal > call.terms.principal
    yield from of_terms(terms_in_force(caught_up, call.terms, principal), today)
    yield Reason.WINDOW_NOT_OPEN, today < call.terms.window_start_day
    yield from of_facility(observed, loan, caught_up)
    yield from of_concentration(observed, loan, principal)
    yield from of_health(observed, loan, principal)


def of_facility(observed: Observed, loan: Loan, caught_up: Loan) -> Conditions:
    """Yield the conditions under which the facility has no room, or no cover for more principal."""
    facility, principal = observed.before.facilities.get(loan.facility), debt(caught_up)
    outstanding = facility.principal - loan.principal + principal
    yield Reason.FACILITY_FULL, outstanding > MAXIMUM_AMOUNT
    required = multiply_divide_up(outstanding, facility.cover_ratio, WAD)
    grows = principal > caught_up.principal
    yield Reason.COVER_INSUFFICIENT, all_of(grows, facility.cover < required)


def of_concentration(observed: Observed, loan: Loan, principal: int) -> Conditions:
    """Yield the condition under which the borrower would owe too much of the facility."""
    before, grown = observed.before, principal - loan.principal
    facility = before.facilities.get(loan.facility)
    owed = owed_by(before, before.identities.get(loan.identity), loan.facility)
    worth = net_assets(facility, day_of(observed.context.timestamp))
    limit = multiply_divide_down(worth, facility.concentration_limit, WAD)
    yield Reason.CONCENTRATION_EXCEEDED, all_of(grown > 0, owed + grown > limit)


def of_health(observed: Observed, loan: Loan, principal: int) -> Conditions:
    """Yield the conditions under which a loan with collateral is not healthy at a usable price."""
    asset, is_secured = observed.before.facilities.get(loan.facility).asset, loan.collateral > 0
    now, terms = observed.context.timestamp, observed.call.terms
    price = usable_price(observed.before, loan.terms.collateral_asset, asset, now)
    yield Reason.PRICE_UNUSABLE, all_of(is_secured, price == 0)
    value = collateral_value(price, loan.collateral)
    is_above = principal > multiply_divide_down(value, terms.origination_limit, WAD)
    yield Reason.LOAN_TO_VALUE_EXCEEDED, all_of(is_secured, is_above)

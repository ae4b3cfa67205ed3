"""When exactly a disbursement is rejected."""

from lien.invariants.properties.base import Observed
from lien.invariants.properties.rejections.table import (
    Conditions,
    has_no_room,
    is_closed,
    is_ineligible,
    is_party,
    is_unknown,
    is_window_over,
    rejects,
)
from lien.protocol.algebra import all_of, negate
from lien.protocol.arithmetic import multiply_divide_down, multiply_divide_up
from lien.protocol.calendar import day_of
from lien.protocol.health import collateral_value
from lien.protocol.prices import usable_price
from lien.spec.disbursement import Disburse
from lien.spec.reasons import Reason
from lien.spec.types import LoanStatus, Scope
from lien.spec.units import MAXIMUM_AMOUNT, MAXIMUM_NUMBER, WAD


@rejects(Disburse)
def of_disburse(observed: Observed) -> Conditions:
    """Yield the conditions of a disbursement."""
    call, before = observed.call, observed.before
    yield Reason.UNKNOWN_LOAN, is_unknown(call.loan, before.loan_count)
    loan = before.loans.get(call.loan)
    terms, facility = loan.terms, before.facilities.get(loan.facility)
    yield Reason.NOT_PARTY, negate(is_party(observed, loan))
    yield Reason.PAUSED, is_closed(observed, Scope.ORIGINATION)
    yield Reason.NOT_AGREED, loan.status != LoanStatus.AGREED
    yield Reason.WINDOW_NOT_OPEN, day_of(observed.context.timestamp) < terms.window_start_day
    yield Reason.WINDOW_CLOSED, is_window_over(observed, loan)
    yield Reason.FACILITY_WINDS_DOWN, facility.is_winding_down == 1
    yield Reason.FACILITY_FULL, facility.principal + terms.principal > MAXIMUM_AMOUNT
    yield Reason.TOO_MANY_LOANS, facility.loans >= MAXIMUM_NUMBER
    yield Reason.INSUFFICIENT_CASH, facility.cash < terms.principal
    required = multiply_divide_up(facility.principal + terms.principal, facility.cover_ratio, WAD)
    yield Reason.COVER_INSUFFICIENT, facility.cover < required
    yield from is_ineligible(observed, loan.borrower)
    yield Reason.IDENTITY_DIFFERS, before.identity_of.get(loan.borrower) != loan.identity
    identity = before.identities.get(loan.identity)
    yield from has_no_room(observed, loan.facility, terms.principal, identity)
    is_secured = terms.collateral_amount > 0
    price = usable_price(before, terms.collateral_asset, facility.asset, observed.context.timestamp)
    yield Reason.PRICE_UNUSABLE, all_of(is_secured, price == 0)
    value = collateral_value(price, terms.collateral_amount)
    is_above = terms.principal > multiply_divide_down(value, terms.origination_limit, WAD)
    yield Reason.LOAN_TO_VALUE_EXCEEDED, all_of(is_secured, is_above)

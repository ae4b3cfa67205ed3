"""When exactly a disbursement is rejected."""

from lien.invariants.properties.base import Observed
from lien.invariants.properties.rejections.table import (
    Conditions,
    is_party,
    is_unknown,
    is_window_over,
    rejects,
)
from lien.protocol.algebra import negate
from lien.protocol.arithmetic import multiply_divide_up
from lien.protocol.calendar import day_of
from lien.spec.disbursement import Disburse
from lien.spec.reasons import Reason
from lien.spec.types import LoanStatus
from lien.spec.units import MAXIMUM_AMOUNT, MAXIMUM_NUMBER, WAD


@rejects(Disburse)
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
    yield Reason.FACILITY_WINDS_DOWN, facility.is_winding_down == 1
    yield Reason.FACILITY_FULL, facility.principal + terms.principal > MAXIMUM_AMOUNT
    yield Reason.TOO_MANY_LOANS, facility.loans >= MAXIMUM_NUMBER
    yield Reason.INSUFFICIENT_CASH, facility.cash < terms.principal
    required = multiply_divide_up(facility.principal + terms.principal, facility.cover_ratio, WAD)
    yield Reason.COVER_INSUFFICIENT, facility.cover < required

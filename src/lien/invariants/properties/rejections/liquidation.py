"""When exactly booking a default is rejected."""

from lien.invariants.properties.base import Observed, is_one_of
from lien.invariants.properties.rejections.table import Conditions, is_unknown, rejects
from lien.protocol.accrual import catch_up
from lien.protocol.algebra import negate
from lien.protocol.calendar import day_of
from lien.spec.liquidation import DeclareDefault
from lien.spec.reasons import Reason
from lien.spec.types import IN_DEFAULT, LIVE, LoanStatus


@rejects(DeclareDefault)
def of_declare_default(observed: Observed) -> Conditions:
    """Yield the conditions of booking a default."""
    call, before = observed.call, observed.before
    yield Reason.UNKNOWN_LOAN, is_unknown(call.loan, before.loan_count)
    loan = before.loans.get(call.loan)
    yield Reason.NOT_LIVE, negate(is_one_of(loan.status, LIVE))
    yield Reason.DEFAULT_ALREADY_BOOKED, is_one_of(loan.status, IN_DEFAULT)
    period_over = catch_up(loan, day_of(observed.context.timestamp))
    yield Reason.NOT_IN_DEFAULT, period_over.status != LoanStatus.DEFAULTED

"""Chapter 7: disbursement (`lien.spec.disbursement`)."""

from dataclasses import replace

from lien.protocol.accrual import with_stop_day
from lien.protocol.book import begin_accrual
from lien.protocol.booking import book
from lien.protocol.credit import add_live_loan
from lien.protocol.state import State
from lien.spec.disbursement import LoanDisbursed
from lien.spec.types import LoanStatus


def loan_disbursed(state: State, event: LoanDisbursed, _: int) -> State:
    """Count the principal as outstanding instead of as cash, and the loan among its identity's."""
    before = state.loans.get(event.loan)
    disbursed = replace(
        before,
        status=LoanStatus.ACTIVE,
        disbursed_day=event.day,
        since=event.day,
        principal=event.principal,
        instalment=event.instalment,
    )
    facility = begin_accrual(state.facilities.get(before.facility), event.day)
    lent = replace(facility, cash=facility.cash - event.principal)
    identity = add_live_loan(state.identities.get(before.identity), event.loan)
    after = replace(state, identities=state.identities.set(before.identity, identity))
    return book(after, event.loan, lent, with_stop_day(disbursed))

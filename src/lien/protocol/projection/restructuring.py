"""Chapter 8: restructuring (`lien.spec.repayment`)."""

from dataclasses import replace

from lien.protocol import restructuring
from lien.protocol.accrual import catch_up
from lien.protocol.book import begin_accrual
from lien.protocol.booking import book
from lien.protocol.state import State
from lien.spec.repayment import Restructured


def restructured(state: State, event: Restructured, _: int) -> State:
    """Put the terms in the place of the old ones, and carry over what became principal."""
    before = state.loans.get(event.loan)
    carried = restructuring.Carried(event.interest, event.default_interest, event.late_fees)
    active = restructuring.restructured(catch_up(before, event.day), event.terms, carried)
    after = replace(active, instalment=event.instalment, restructurings=event.sequence + 1)
    facility = begin_accrual(state.facilities.get(before.facility), event.day)
    return book(state, event.loan, facility, after)

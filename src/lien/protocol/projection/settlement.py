"""Chapter 10: settlement (`lien.spec.settlement`)."""

from lien.protocol.projection.change import with_loan
from lien.protocol.state import State
from lien.spec.settlement import LoanSettled


def loan_settled(state: State, event: LoanSettled, _: int) -> State:
    """Hold the collateral no more; what was paid is told by the event before."""
    left = state.loans.get(event.loan).collateral - event.collateral
    return with_loan(state, event.loan, collateral=left)

"""Properties of what a payoff takes, of any loan that is live."""

from lien.invariants.properties.base import Kind, declare
from lien.protocol.algebra import all_of
from lien.protocol.state import Loan
from lien.protocol.waterfall import compute_due, compute_payoff
from lien.spec.types import LIVE


@declare("DUE-WITHIN-PAYOFF", Kind.RELATIONAL, ("repayment",), (35,))
def due_is_within_the_payoff(loan: Loan) -> bool:
    """What is due on a loan, and its payoff, is never negative; what is due is part of the payoff."""
    if loan.status not in LIVE:
        return True
    due, payoff = compute_due(loan), compute_payoff(loan).taken
    return all_of(due >= 0, due <= payoff)

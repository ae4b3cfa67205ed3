"""Chapter 10: settlement (`lien.spec.settlement`)."""

from lien.protocol.ledger import deliver
from lien.protocol.state import Ledger, Loan


def release(ledger: Ledger, loan: Loan) -> Ledger:
    """Return all collateral of a loan that is settled to its borrower (SETTLEMENT-1)."""
    return deliver(ledger, loan.terms.collateral_asset, loan.borrower, loan.collateral)

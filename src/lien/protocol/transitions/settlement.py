"""Chapter 10: settlement (`lien.spec.settlement`)."""

from dataclasses import replace

from lien.protocol.ledger import deliver
from lien.protocol.state import Ledger, Loan
from lien.protocol.waterfall import Payment
from lien.spec.types import LoanStatus


def settle(loan: Loan, payoff: Payment) -> Loan:
    """Return the loan after its payoff: terminal, with nothing owed and nothing held (SETTLEMENT-2)."""
    return replace(
        loan,
        status=LoanStatus.SETTLED,
        collateral=0,
        principal=0,
        overdue_principal=0,
        instalment=0,
        interest=0,
        overdue_interest=0,
        default_interest=0,
        late_fees=0,
        prepaid=loan.prepaid + payoff.principal_ahead,
        prepayment_fees=loan.prepayment_fees + payoff.prepayment_fee,
        interest_paid=loan.interest_paid + payoff.interest,
    )


def release(ledger: Ledger, loan: Loan) -> Ledger:
    """Return all collateral of a loan to its borrower (SETTLEMENT-1)."""
    return deliver(ledger, loan.terms.collateral_asset, loan.borrower, loan.collateral)

"""Mistakes in liquidation."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        "A-019",
        "The collateral that a liquidator pays for goes to the servicer of the facility.",
        "protocol/transitions/liquidation.py",
        "ledger = deliver(paid.ledger, terms.collateral_asset, context.sender, seized)",
        (
            "servicer = state.facilities.get(loan.facility).servicer\n"
            "    ledger = deliver(paid.ledger, terms.collateral_asset, servicer, seized)"
        ),
        ("liquidate", "DEFAULTED"),
        "LIQUIDATE-PAYS",
    ),
    Mutant(
        "A-100",
        "A debt above its limit could be called only when an instalment was missed too.",
        "protocol/transitions/liquidation.py",
        "require(caught_up.status in ACCRUING, Reason.LOAN_IN_DEFAULT)",
        "require(caught_up.status == LoanStatus.OVERDUE, Reason.LOAN_IN_DEFAULT)",
        ("margin_call", "ACTIVE"),
        "REJECT-MARGIN-CALL",
    ),
    Mutant(
        "A-141",
        "A debt was compared with its limit before the interest since the last call was added.",
        "protocol/transitions/liquidation.py",
        "require(is_above(caught_up, limit, price), Reason.WITHIN_MARGIN_CALL_LIMIT)",
        "require(is_above(loan, limit, price), Reason.WITHIN_MARGIN_CALL_LIMIT)",
        ("margin_call", "OVERDUE"),
        "REJECT-MARGIN-CALL",
    ),
    Mutant(
        "I-043",
        "Borrowers liquidate their own loans, and take the bonus.",
        "protocol/transitions/liquidation.py",
        "    require(context.sender != loan.borrower, Reason.OWN_LOAN)\n",
        "",
        ("liquidate", "DEFAULTED"),
        "LIQUIDATE-NOT-ONES-OWN",
    ),
]

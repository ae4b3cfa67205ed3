"""Mistakes in repayment."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        "A-026",
        "What is owed caps the payment, and the amount that was offered is taken.",
        "protocol/transitions/repayment.py",
        "book_payment(state, call.loan, context.sender, payment.taken, after)",
        "book_payment(state, call.loan, context.sender, call.amount, after)",
        ("repay", "DEFAULTED"),
        "REPAY-AT-MOST",
    ),
    Mutant(
        "A-041",
        "A payment of more than is owed is rejected, so that a stranger's unit stops a payoff.",
        "protocol/transitions/repayment.py",
        "    paid, share = book_payment(",
        (
            "    require(call.amount <= payment.taken, Reason.INSUFFICIENT_BALANCE)\n"
            "    paid, share = book_payment("
        ),
        ("repay", "DEFAULTED"),
        "PAYOFF-NEVER-REJECTED",
    ),
    Mutant(
        "A-072",
        "The collateral goes back as soon as nothing is overdue, though the loan is not settled.",
        "protocol/transitions/repayment.py",
        "if after.status == LoanStatus.SETTLED:",
        "if after.overdue_principal <= 0:",
        ("repay", "OVERDUE"),
        "TOTAL-HOLDINGS",
    ),
    Mutant(
        "A-081",
        "A stranger's payment uses up the reference with which the borrower pays.",
        "protocol/transitions/repayment.py",
        "reference = (context.sender, call.loan, call.reference)",
        "reference = (loan.borrower, call.loan, call.reference)",
        ("repay", "DEFAULTED"),
        "REPAY-REFERENCE",
    ),
    Mutant(
        "A-117",
        "Whoever paid a loan off received its collateral, and not the borrower.",
        "protocol/transitions/repayment.py",
        "release(paid.ledger, caught_up)",
        "release(paid.ledger, replace(caught_up, borrower=context.sender))",
        ("repay", "DEFAULTED"),
        "REPAY-RELEASES",
    ),
    Mutant(
        "A-124",
        "A payment was rejected while the collateral's token refused to pay the borrower.",
        "protocol/transitions/repayment.py",
        "    reference = (context.sender, call.loan, call.reference)\n",
        (
            "    refused = state.ledger.refusals.get((loan.terms.collateral_asset, loan.borrower))\n"
            "    require(refused == 0, Reason.PAYEE_REFUSED)\n"
            "    reference = (context.sender, call.loan, call.reference)\n"
        ),
        ("repay", "AUCTION"),
        "REJECT-REPAY",
    ),
    Mutant(
        "A-139",
        "A payment on an overdue loan was rejected.",
        "protocol/transitions/repayment.py",
        "    require(loan.status in LIVE, Reason.NOT_LIVE)\n    reference",
        "    require(loan.status == LoanStatus.ACTIVE, Reason.NOT_LIVE)\n    reference",
        ("repay", "OVERDUE"),
        "PAYOFF-NEVER-REJECTED",
    ),
    Mutant(
        "A-161",
        "The reference of a payment was not remembered, so that it could be handed in again.",
        "protocol/transitions/repayment.py",
        "next_state = replace(paid, references=state.references.set(reference, 1))",
        "next_state = paid",
        ("repay", "DEFAULTED"),
        "REPAY-REFERENCE",
    ),
    Mutant(
        "A-163",
        "While origination was paused no payment was taken, and interest went on.",
        "protocol/transitions/repayment.py",
        "    require(loan.status in LIVE, Reason.NOT_LIVE)\n    reference",
        (
            "    require(loan.status in LIVE, Reason.NOT_LIVE)\n"
            "    require(state.paused_until.get(0) <= context.timestamp, Reason.PAUSED)\n"
            "    reference"
        ),
        ("repay", "DEFAULTED"),
        "REJECT-REPAY",
    ),
    Mutant(
        "I-021",
        "Any payment on a loan in default releases the collateral, and the record of it is kept.",
        "protocol/transitions/repayment.py",
        "    if after.status == LoanStatus.SETTLED:\n        next_state",
        "    if after.status in (LoanStatus.SETTLED, LoanStatus.DEFAULTED):\n        next_state",
        ("repay", "DEFAULTED"),
        "TOTAL-HOLDINGS",
    ),
    Mutant(
        "I-022",
        "A payment takes all that was offered, beyond what is owed, and the excess stays with the lenders.",
        "protocol/transitions/repayment.py",
        "book_payment(state, call.loan, context.sender, payment.taken, after)",
        "book_payment(state, call.loan, context.sender, call.amount, after)",
        ("repay", "DEFAULTED"),
        "REPAY-AT-MOST",
    ),
    Mutant(
        "I-052",
        "Anyone makes a borrower pay: an instalment is taken from their account without their call.",
        "protocol/transitions/repayment.py",
        "book_payment(state, call.loan, context.sender, payment.taken, after)",
        "book_payment(state, call.loan, loan.borrower, payment.taken, after)",
        ("repay", "DEFAULTED"),
        "DEBIT-AUTHORISED",
    ),
]

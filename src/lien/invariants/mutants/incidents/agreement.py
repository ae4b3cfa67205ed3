"""Mistakes in agreement."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        "A-001",
        "Collateral is locked again for a loan that was already agreed, and only the first lot is recorded.",
        "protocol/transitions/agreement.py",
        "    require(loan.status == LoanStatus.OFFERED, Reason.NOT_OFFERED)\n",
        "",
        ("accept", "AGREED"),
        "TOTAL-HOLDINGS",
    ),
    Mutant(
        "A-005",
        "Whoever hands in an acceptance becomes the borrower of the loan.",
        "protocol/transitions/agreement.py",
        "status=LoanStatus.ACCEPTED, collateral=collateral",
        "status=LoanStatus.ACCEPTED, collateral=collateral, borrower=context.sender",
        ("accept", "OFFERED"),
        "TERMS-FIXED",
    ),
    Mutant(
        "A-025",
        "An acceptance records the collateral without taking it from the borrower.",
        "protocol/transitions/agreement.py",
        "ledger = collect(state.ledger, loan.terms.collateral_asset, loan.borrower, collateral)",
        "ledger = state.ledger",
        ("accept", "OFFERED"),
        "ESCROW-EXACT",
    ),
    Mutant(
        "A-055",
        "A signature that recovers to nobody passes for that of the servicer.",
        "protocol/transitions/agreement.py",
        "require(context.signer == servicer, Reason.WRONG_SIGNER)",
        "require(any_of(context.signer == servicer, context.signer == 0), Reason.WRONG_SIGNER)",
        ("countersign", "ACCEPTED"),
        "SIGNED-BY-BOTH",
    ),
    Mutant(
        "A-067",
        "The deadline of a signature is checked of the servicer's, not of the borrower's.",
        "protocol/transitions/agreement.py",
        (
            "    require(loan.status == LoanStatus.OFFERED, Reason.NOT_OFFERED)\n"
            "    require(context.timestamp < call.deadline, Reason.SIGNATURE_EXPIRED)\n"
        ),
        "    require(loan.status == LoanStatus.OFFERED, Reason.NOT_OFFERED)\n",
        ("accept", "OFFERED"),
        "SIGNED-BY-BOTH",
    ),
    Mutant(
        "A-068",
        "A stranger's signature accepts a loan on the borrower's collateral, since the borrower is paid.",
        "protocol/transitions/agreement.py",
        "require(context.signer == loan.borrower, Reason.WRONG_SIGNER)",
        "require(any_of(context.signer == loan.borrower, context.signer != 0), Reason.WRONG_SIGNER)",
        ("accept", "OFFERED"),
        "SIGNED-BY-BOTH",
    ),
    Mutant(
        "A-078",
        "Another person than the one who applied takes the loan, with the account that has changed hands.",
        "protocol/transitions/agreement.py",
        "    require_same_identity(state, loan)\n",
        "",
        ("accept", "OFFERED"),
        "ELIGIBLE-TO-DRAW",
    ),
    Mutant(
        "A-086",
        "The signature with which the borrower accepts was taken for the countersignature too.",
        "protocol/transitions/agreement.py",
        "require(context.signer == servicer, Reason.WRONG_SIGNER)",
        ("require(any_of(context.signer == servicer, context.signer == loan.borrower), Reason.WRONG_SIGNER)"),
        ("countersign", "ACCEPTED"),
        "SIGNED-BY-BOTH",
    ),
    Mutant(
        "A-087",
        "Accepting an offer did not use up the nonce of the borrower's signature.",
        "protocol/transitions/agreement.py",
        (
            "loans=state.loans.set(call.loan, accepted),\n"
            "        nonces=state.nonces.set(document, nonce + 1),"
        ),
        "loans=state.loans.set(call.loan, accepted),",
        ("accept", "OFFERED"),
        "NONCE-USED-ONCE",
    ),
    Mutant(
        "A-109",
        (
            "A cancelled offer gave back the collateral of its terms, which it did not hold: that of other "
            "loans."
        ),
        "protocol/transitions/agreement.py",
        "deliver(state.ledger, loan.terms.collateral_asset, loan.borrower, loan.collateral)",
        (
            "deliver(\n"
            "        state.ledger, loan.terms.collateral_asset, loan.borrower, loan.terms.collateral_amount\n"
            "    )"
        ),
        ("cancel", "OFFERED"),
        "RELEASE-TO-BORROWER",
    ),
    Mutant(
        "A-111",
        ("A new loan took the number of the last one, so that payments meant for that paid another's debt."),
        "protocol/transitions/agreement.py",
        "number = state.loan_count + 1",
        "number = state.loan_count",
        ("offer",),
        "NUMBERS-CONSECUTIVE",
    ),
    Mutant(
        "A-144",
        "An offer was accepted, and its collateral recorded, though none was handed over.",
        "protocol/transitions/agreement.py",
        "ledger = collect(state.ledger, loan.terms.collateral_asset, loan.borrower, collateral)",
        "ledger = state.ledger",
        ("accept", "OFFERED"),
        "ESCROW-EXACT",
    ),
    Mutant(
        "A-157",
        "Whoever liked could offer a loan out of a facility that is not theirs.",
        "protocol/transitions/agreement.py",
        "    require(context.sender == facility.servicer, Reason.NOT_SERVICER)\n",
        "",
        ("offer",),
        "REJECT-OFFER",
    ),
    Mutant(
        "I-019",
        "A loan that was paid out can still be cancelled, and its collateral goes back.",
        "protocol/transitions/agreement.py",
        "CANCELLABLE = (LoanStatus.OFFERED, LoanStatus.ACCEPTED, LoanStatus.AGREED)\n",
        "CANCELLABLE = (LoanStatus.OFFERED, LoanStatus.ACCEPTED, LoanStatus.AGREED, LoanStatus.ACTIVE)\n",
        ("cancel", "ACTIVE"),
        "RELEASE-WHOLE",
    ),
    Mutant(
        "I-040",
        "A loan whose collateral went back at its cancellation is countersigned, and can then be drawn.",
        "protocol/transitions/agreement.py",
        "    require(loan.status == LoanStatus.ACCEPTED, Reason.NOT_ACCEPTED)\n",
        (
            "    is_known = any_of(loan.status == LoanStatus.ACCEPTED, loan.status == LoanStatus.CANCELLED)\n"
            "    require(is_known, Reason.NOT_ACCEPTED)\n"
        ),
        ("countersign", "CANCELLED"),
        "LOAN-COLLATERAL",
    ),
    Mutant(
        "I-045",
        "The borrower's signature is not used up by the acceptance, and outlives the loan's cancellation.",
        "protocol/transitions/agreement.py",
        (
            "        loans=state.loans.set(call.loan, accepted),\n"
            "        nonces=state.nonces.set(document, nonce + 1),\n"
        ),
        "        loans=state.loans.set(call.loan, accepted),\n",
        ("accept", "OFFERED"),
        "NONCE-USED-ONCE",
    ),
    Mutant(
        "I-046",
        "A loan that is settled can be cancelled as well.",
        "protocol/transitions/agreement.py",
        "    require(loan.status in CANCELLABLE, Reason.NOT_CANCELLABLE)\n",
        "",
        ("cancel", "SETTLED"),
        "STATUS-ARROWS",
    ),
    Mutant(
        "I-051",
        "Who hands a countersignature in is taken for who signed it.",
        "protocol/transitions/agreement.py",
        "    require(context.signer == servicer, Reason.WRONG_SIGNER)\n",
        "    require(context.sender == servicer, Reason.WRONG_SIGNER)\n",
        ("countersign", "ACCEPTED"),
        "SIGNED-BY-BOTH",
    ),
    Mutant(
        "I-053",
        "Acceptance records collateral in escrow that nobody put there.",
        "protocol/transitions/agreement.py",
        "    ledger = collect(state.ledger, loan.terms.collateral_asset, loan.borrower, collateral)\n",
        "    ledger = state.ledger\n",
        ("accept", "OFFERED"),
        "ESCROW-EXACT",
    ),
]

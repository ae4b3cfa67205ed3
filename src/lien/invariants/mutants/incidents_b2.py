"""Incidents as mutants: payoffs, bounds of an offer, and who may act."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        identifier="A-096",
        story="A payoff took the interest of the one instalment that was missed, and not what has accrued "
        "since.",
        file="protocol/waterfall.py",
        text="accrued_interest = quotient_up(maximum(loan.interest, 0), UNIT) - overdue_interest",
        replacement="accrued_interest = choose(\n"
        "        overdue_interest > 0, 0, quotient_up(maximum(loan.interest, 0), UNIT)\n"
        "    )",
        case=("take_payment", "OVERDUE", "BULLET"),
        property="CONTRACT",
    ),
    Mutant(
        identifier="A-097",
        story="Where a restructuring made one debt of principal and interest, the interest was rounded down.",
        file="protocol/restructuring.py",
        text="interest=quotient_up(loan.interest, UNIT),",
        replacement="interest=0 - quotient_up(0 - loan.interest, UNIT),",
        case=("restructure", "DEFAULTED"),
        property="RESTRUCTURE-CARRIES-ONCE",
    ),
    Mutant(
        identifier="A-100",
        story="A debt above its limit could be called only when an instalment was missed too.",
        file="protocol/transitions/liquidation.py",
        text="require(caught_up.status in ACCRUING, Reason.LOAN_IN_DEFAULT)",
        replacement="require(caught_up.status == LoanStatus.OVERDUE, Reason.LOAN_IN_DEFAULT)",
        case=("margin_call", "ACTIVE"),
        property="REJECT-MARGIN-CALL",
    ),
    Mutant(
        identifier="A-103",
        story="The amount applied for was taken for the least, so that a greater loan could be forced on the "
        "borrower.",
        file="protocol/offers.py",
        text="terms.principal == application.amount,",
        replacement="terms.principal >= application.amount,",
        case=("offer",),
        property="OFFER-EXACT",
    ),
    Mutant(
        identifier="A-104",
        story="A servicer could borrow from their own facility, and so stand on both sides of a loan.",
        file="protocol/transitions/application.py",
        text="    require(context.sender != facility.servicer, Reason.BORROWER_NOT_ALLOWED)\n",
        replacement="",
        case=("apply",),
        property="APPLY-ELIGIBLE",
    ),
    Mutant(
        identifier="A-105",
        story="The cover that a principal requires was rounded down, for a small one to nothing.",
        file="protocol/cover.py",
        text="from lien.protocol.arithmetic import multiply_divide_up",
        replacement="from lien.protocol.arithmetic import multiply_divide_down as multiply_divide_up",
        case=("disburse", "AGREED", "BULLET"),
        property="DISBURSE-COVERED",
    ),
    Mutant(
        identifier="A-108",
        story="The interest of a payoff did not count as paid, so that the treasury had no share of it.",
        file="protocol/waterfall.py",
        text="interest_paid=loan.interest_paid + payoff.interest,",
        replacement="interest_paid=loan.interest_paid,",
        case=("take_payment", "DEFAULTED", "BULLET"),
        property="CONTRACT",
    ),
    Mutant(
        identifier="A-109",
        story="A cancelled offer gave back the collateral of its terms, which it did not hold: that of other "
        "loans.",
        file="protocol/transitions/agreement.py",
        text="deliver(state.ledger, loan.terms.collateral_asset, loan.borrower, loan.collateral)",
        replacement="deliver(\n"
        "        state.ledger, loan.terms.collateral_asset, loan.borrower, loan.terms.collateral_amount\n"
        "    )",
        case=("cancel", "OFFERED"),
        property="RELEASE-TO-BORROWER",
    ),
    Mutant(
        identifier="A-111",
        story="A new loan took the number of the last one, so that payments meant for that paid another's "
        "debt.",
        file="protocol/transitions/agreement.py",
        text="number = state.loan_count + 1",
        replacement="number = state.loan_count",
        case=("offer",),
        property="NUMBERS-CONSECUTIVE",
    ),
    Mutant(
        identifier="A-112",
        story="The bonus of a liquidation was reckoned on the whole debt, and not on what was repaid.",
        file="protocol/margin.py",
        text="with_bonus = multiply_divide_down(repaid, WAD + bonus, WAD)",
        replacement="with_bonus = multiply_divide_down(debt, WAD + bonus, WAD)",
        case=("relations", "", "", "SEIZURE-BONUS"),
        property="SEIZURE-BONUS",
    ),
    Mutant(
        identifier="A-113",
        story="A payment that settled a loan took another one off those that its borrower owes.",
        file="protocol/booking.py",
        text="return remove_live_loan(recorded, choose(has_ended, number, 0))",
        replacement="return remove_live_loan(recorded, choose(has_ended, before.facility, 0))",
        case=("repay", "DEFAULTED"),
        property="CREDIT-PERSON-KEPT",
    ),
]

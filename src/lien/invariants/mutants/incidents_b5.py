"""Incidents as mutants: exits, claims that are counted twice, gaps in interest, and states that revive."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        identifier="A-146",
        story="A loan that a payment left overdue had no day of default, and was in default at the next "
        "call.",
        file="protocol/accrual.py",
        text="return replace(loan, stop_day=choose(does_accrue(loan), compute_stop_day(loan), 0))",
        replacement="is_active = loan.status == LoanStatus.ACTIVE\n"
        "    return replace(loan, stop_day=choose(is_active, compute_stop_day(loan), 0))",
        case=("top_up_collateral", "OVERDUE"),
        property="LOAN-STOP-DAY",
    ),
    Mutant(
        identifier="A-147",
        story="Who left was paid at a price that held none of the losses that were expected.",
        file="protocol/valuation.py",
        text="return net_assets(facility, day) - facility.impairment",
        replacement="return net_assets(facility, day)",
        case=("impair", "AUCTION"),
        property="IMPAIR-APART",
    ),
    Mutant(
        identifier="A-148",
        story="The concentration limit was compared with each loan alone, and not with all that a person "
        "owes.",
        file="protocol/screening.py",
        text="require(owed + amount <= limit, Reason.CONCENTRATION_EXCEEDED, owed=owed, limit=limit)",
        replacement="require(amount <= limit, Reason.CONCENTRATION_EXCEEDED, owed=owed, limit=limit)",
        case=("apply",),
        property="REJECT-APPLY",
    ),
    Mutant(
        identifier="A-149",
        story="A recovery took the place of those before it in what has come back, so that more came back "
        "than was lost.",
        file="protocol/transitions/losses.py",
        text="recovered=loan.recovered + recovery.taken",
        replacement="recovered=recovery.taken",
        case=("recover", "WRITTEN_OFF"),
        property="RECOVER-AT-MOST",
    ),
    Mutant(
        identifier="A-150",
        story="Principal that was not paid at its due date bore no interest until it was paid or "
        "restructured.",
        file="protocol/accrual.py",
        text="contract = loan.principal * terms.rate * elapsed",
        replacement="contract = (loan.principal - loan.overdue_principal) * terms.rate * elapsed",
        case=("accrue", "DEFAULTED"),
        property="CONTRACT",
    ),
    Mutant(
        identifier="A-151",
        story="Whether a person was known was read from the account that they have now, so that one without "
        "an account began anew.",
        file="protocol/transitions/identity.py",
        text="is_new = known == 0",
        replacement="is_new = holder == 0",
        case=("attest_identity",),
        property="NUMBERS-CONSECUTIVE",
    ),
    Mutant(
        identifier="A-157",
        story="Whoever liked could offer a loan out of a facility that is not theirs.",
        file="protocol/transitions/agreement.py",
        text="    require(context.sender == facility.servicer, Reason.NOT_SERVICER)\n",
        replacement="",
        case=("offer",),
        property="REJECT-OFFER",
    ),
    Mutant(
        identifier="A-159",
        story="A margin call could be cured without end, since its deadline brought no default.",
        file="protocol/accrual.py",
        text="return choose(loan.margin_day > 0, minimum(loan.margin_day, by_dates), by_dates)",
        replacement="return by_dates",
        case=("relations", "ACTIVE", "", "DEFAULT-AFTER-GRACE"),
        property="DEFAULT-AFTER-GRACE",
    ),
    Mutant(
        identifier="A-160",
        story="Interest was rounded down to whole units at each call, while its day moved on in full.",
        file="protocol/accrual.py",
        text="interest=loan.interest + contract,",
        replacement="interest=loan.interest + quotient_down(contract, UNIT) * UNIT,",
        case=("relations", "ACTIVE", "", "ACCRUE-COMPOSES"),
        property="ACCRUE-COMPOSES",
    ),
    Mutant(
        identifier="A-161",
        story="The reference of a payment was not remembered, so that it could be handed in again.",
        file="protocol/transitions/repayment.py",
        text="next_state = replace(paid, references=state.references.set(reference, 1))",
        replacement="next_state = paid",
        case=("repay", "DEFAULTED"),
        property="REPAY-REFERENCE",
    ),
    Mutant(
        identifier="A-163",
        story="While origination was paused no payment was taken, and interest went on.",
        file="protocol/transitions/repayment.py",
        text="    require(loan.status in LIVE, Reason.NOT_LIVE)\n    reference",
        replacement="    require(loan.status in LIVE, Reason.NOT_LIVE)\n"
        "    require(state.paused_until.get(0) <= context.timestamp, Reason.PAUSED)\n"
        "    reference",
        case=("repay", "DEFAULTED"),
        property="REJECT-REPAY",
    ),
    Mutant(
        identifier="A-164",
        story="A payment on a loan in default made it one that is paid on time.",
        file="protocol/waterfall.py",
        text="if status == LoanStatus.OVERDUE:",
        replacement="if status != LoanStatus.ACTIVE:",
        case=("take_payment", "DEFAULTED", "BULLET"),
        property="CONTRACT",
    ),
]
NOT_EXPRESSED: dict[str, str] = {
    "A-152": "No token calls back while it is moved, and a transition makes one new state at its end, so "
    "that nothing can come between a payment and what is deleted for it.",
}

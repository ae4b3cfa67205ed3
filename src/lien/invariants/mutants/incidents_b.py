"""Incidents as mutants: deadlines, signatures, fees and the order of accrual."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        identifier="A-084",
        story="On the first day of default a loan was still taken for one that can be cured, and for one "
        "that can be liquidated.",
        file="protocol/accrual.py",
        text="if loan.status in ACCRUING and day >= loan.stop_day:",
        replacement="if loan.status in ACCRUING and day > loan.stop_day:",
        case=("catch_up", "OVERDUE"),
        property="CONTRACT",
    ),
    Mutant(
        identifier="A-085",
        story="A facility counted the principal that it had lent while it still counted the cash.",
        file="protocol/transitions/disbursement.py",
        text="lent = replace(begin_accrual(facility, today), cash=facility.cash - terms.principal)",
        replacement="lent = begin_accrual(facility, today)",
        case=("disburse", "AGREED", "BULLET"),
        property="PRICE-DISBURSE",
    ),
    Mutant(
        identifier="A-086",
        story="The signature with which the borrower accepts was taken for the countersignature too.",
        file="protocol/transitions/agreement.py",
        text="require(context.signer == servicer, Reason.WRONG_SIGNER)",
        replacement="require(any_of(context.signer == servicer, context.signer == loan.borrower), "
        "Reason.WRONG_SIGNER)",
        case=("countersign", "ACCEPTED"),
        property="SIGNED-BY-BOTH",
    ),
    Mutant(
        identifier="A-087",
        story="Accepting an offer did not use up the nonce of the borrower's signature.",
        file="protocol/transitions/agreement.py",
        text="loans=state.loans.set(call.loan, accepted),\n"
        "        nonces=state.nonces.set(document, nonce + 1),",
        replacement="loans=state.loans.set(call.loan, accepted),",
        case=("accept", "OFFERED"),
        property="NONCE-USED-ONCE",
    ),
    Mutant(
        identifier="A-088",
        story="The origination fee that was taken was the council's floor of the day, not that of the signed "
        "terms.",
        file="protocol/transitions/disbursement.py",
        text="multiply_divide_up(terms.principal, terms.origination_fee_rate, WAD)",
        replacement="multiply_divide_up(terms.principal, state.origination_fee_floor, WAD)",
        case=("disburse", "AGREED", "BULLET"),
        property="DISBURSE-EXACT",
    ),
    Mutant(
        identifier="A-089",
        story="A loan in default went on earning interest for its lenders until it was dealt with.",
        file="protocol/aggregate.py",
        text="slope = choose(accrues, scale(loan.principal, loan.terms.rate), 0)",
        replacement="slope = choose(disbursed, scale(loan.principal, loan.terms.rate), 0)",
        case=("declare_default", "OVERDUE"),
        property="DEFAULT-STOPS-ACCRUAL",
    ),
    Mutant(
        identifier="A-090",
        story="All that a payoff brought in, principal too, counted as interest of which the treasury has "
        "its share.",
        file="protocol/waterfall.py",
        text="interest_paid=loan.interest_paid + payoff.interest,",
        replacement="interest_paid=loan.interest_paid + payoff.taken,",
        case=("take_proceeds", "DEFAULTED"),
        property="CONTRACT",
    ),
    Mutant(
        identifier="A-092",
        story="A request joined the last place of the queue, which may have been paid in part, and not a new "
        "one.",
        file="protocol/transitions/queue.py",
        text="last = facility.queue_tail + 1",
        replacement="last = facility.queue_tail",
        case=("request_redemption",),
        property="REQUEST-EXACT",
    ),
    Mutant(
        identifier="A-093",
        story="What idle cash pays of a place in the queue was rounded up, past the cash that is there.",
        file="protocol/valuation.py",
        text="amount = amount_for(facility, assets, shares_for(facility, assets, facility.cash))",
        replacement="amount = 1 + amount_for(facility, assets, shares_for(facility, assets, facility.cash))",
        case=("relations", "", "", "PART-IS-FAIR"),
        property="PART-IS-FAIR",
    ),
    Mutant(
        identifier="A-094",
        story="The least cover was compared with what stood there before the withdrawal.",
        file="protocol/transitions/cover.py",
        text="require(left >= required, Reason.COVER_INSUFFICIENT, left=left, required=required)",
        replacement="require(facility.cover >= required, Reason.COVER_INSUFFICIENT, left=left, "
        "required=required)",
        case=("withdraw_cover",),
        property="COVER-AFTER-NOTICE",
    ),
    Mutant(
        identifier="A-095",
        story="At default the product's impairment took the place of a higher one that the servicer had set.",
        file="protocol/accrual.py",
        text="impairment=minimum(maximum(loan.impairment, expected_loss), loan.principal),",
        replacement="impairment=minimum(expected_loss, loan.principal),",
        case=("catch_up", "OVERDUE"),
        property="CONTRACT",
    ),
]

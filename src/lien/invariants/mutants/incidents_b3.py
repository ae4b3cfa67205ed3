"""Incidents as mutants: recipients, pauses, totals and shares."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        identifier="A-117",
        story="Whoever paid a loan off received its collateral, and not the borrower.",
        file="protocol/transitions/repayment.py",
        text="release(paid.ledger, caught_up)",
        replacement="release(paid.ledger, replace(caught_up, borrower=context.sender))",
        case=("repay", "DEFAULTED"),
        property="REPAY-RELEASES",
    ),
    Mutant(
        identifier="A-118",
        story="Liquidation was open from the second in which its pause ended, with no time left to mend a "
        "loan.",
        file="protocol/pauses.py",
        text="opens = now + LIQUIDATION_GRACE",
        replacement="opens = now",
        case=("execute",),
        property="LIQUIDATION-GRACE",
    ),
    Mutant(
        identifier="A-119",
        story="A floor that the council set for new facilities was also the fee of those that were open.",
        file="protocol/effects.py",
        text="        concentration_limit=action.concentration_limit,\n    )\n    after = replace(",
        replacement="        concentration_limit=action.concentration_limit,\n"
        "        interest_fee=state.interest_fee_floor,\n"
        "    )\n    after = replace(",
        case=("execute",),
        property="EXECUTE-POLICY",
    ),
    Mutant(
        identifier="A-120",
        story="A facility with nothing left and many old shares took new deposits, which paid for old "
        "losses.",
        file="protocol/transitions/facility.py",
        text="all_of(assets >= 0, facility.shares <= highest),",
        replacement="assets >= 0,",
        case=("deposit",),
        property="REJECT-DEPOSIT",
    ),
    Mutant(
        identifier="A-121",
        story="A default lowered the price at which lenders leave only when its loss was booked, so that "
        "they left before.",
        file="protocol/accrual.py",
        text="impairment=minimum(maximum(loan.impairment, expected_loss), loan.principal),",
        replacement="impairment=minimum(loan.impairment, loan.principal),",
        case=("catch_up", "OVERDUE"),
        property="CONTRACT",
    ),
    Mutant(
        identifier="A-122",
        story="Who bought a part of an auction's lot got a unit less than they had paid for.",
        file="protocol/auction.py",
        text="return multiply_divide_down(price, lot.collateral, lot.ask)",
        replacement="return maximum(multiply_divide_down(price, lot.collateral, lot.ask) - 1, 0)",
        case=("relations", "", "", "AUCTION-PART-WHOLE"),
        property="AUCTION-PART-WHOLE",
    ),
    Mutant(
        identifier="A-124",
        story="A payment was rejected while the collateral's token refused to pay the borrower.",
        file="protocol/transitions/repayment.py",
        text="    reference = (context.sender, call.loan, call.reference)\n",
        replacement="    refused = state.ledger.refusals.get((loan.terms.collateral_asset, loan.borrower))\n"
        "    require(refused == 0, Reason.PAYEE_REFUSED)\n"
        "    reference = (context.sender, call.loan, call.reference)\n",
        case=("repay", "AUCTION"),
        property="REJECT-REPAY",
    ),
    Mutant(
        identifier="A-125",
        story="Of a borrower's other loans only the defaults that somebody had booked were looked at.",
        file="protocol/credit.py",
        text="return any_of(is_booked, all_of(accrues, today >= stop_day))",
        replacement="return is_booked",
        case=("accept", "OFFERED"),
        property="NO-OPEN-DEFAULT",
    ),
    Mutant(
        identifier="A-126",
        story="Who repaid a part of a debt got that part of the collateral, however much more it was worth.",
        file="protocol/margin.py",
        text="return minimum(collateral, minimum(by_price, share))",
        replacement="return minimum(collateral, maximum(by_price, share))",
        case=("relations", "", "", "SEIZURE-BONUS"),
        property="SEIZURE-BONUS",
    ),
    Mutant(
        identifier="A-128",
        story="The cover that had paid for a loss was not taken off what the facility recorded of it.",
        file="protocol/losses.py",
        text="return replace(facility, cover=facility.cover - loss, cash=facility.cash + loss)",
        replacement="return replace(facility, cash=facility.cash + loss)",
        case=("write_off", "DEFAULTED"),
        property="WRITE-OFF-WATERFALL",
    ),
    Mutant(
        identifier="A-129",
        story="The shares that a payment to the queue burns were rounded down, for a small one to none.",
        file="protocol/valuation.py",
        text="burned = multiply_divide_up(amount,",
        replacement="burned = multiply_divide_down(amount,",
        case=("process_redemption",),
        property="PROCESS-EXACT",
    ),
]

"""Mistakes in booking."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        "A-023",
        "The facility books the treasury's share as its own cash, though it never has it.",
        "protocol/booking.py",
        "cash=facility.cash + taken - share",
        "cash=facility.cash + taken",
        ("repay", "DEFAULTED"),
        "TOTAL-HOLDINGS",
    ),
    Mutant(
        "A-034",
        "While deposits are paused a payment is taken, and not counted as the facility's cash.",
        "protocol/booking.py",
        "cash=facility.cash + taken - share",
        "cash=facility.cash + choose(state.paused_until.get(1) > state.timestamp, 0, taken - share)",
        ("repay", "DEFAULTED"),
        "TOTAL-HOLDINGS",
    ),
    Mutant(
        "A-047",
        "A loan that stops accruing is still counted on its stop day, so that the book stands still.",
        "protocol/booking.py",
        "stops=restop(state.stops, before, after)",
        "stops=state.stops",
        ("declare_default", "OVERDUE"),
        "TOTAL-STOPS",
    ),
    Mutant(
        "A-065",
        "A payment is taken in the asset of the collateral, and booked as if it were in that of the loan.",
        "protocol/booking.py",
        "ledger = collect(state.ledger, facility.asset, payer, taken)",
        "ledger = collect(state.ledger, before.terms.collateral_asset, payer, taken)",
        ("repay", "DEFAULTED"),
        "TOTAL-HOLDINGS",
    ),
    Mutant(
        "A-113",
        "A payment that settled a loan took another one off those that its borrower owes.",
        "protocol/booking.py",
        "return remove_live_loan(recorded, choose(has_ended, number, 0))",
        "return remove_live_loan(recorded, choose(has_ended, before.facility, 0))",
        ("repay", "DEFAULTED"),
        "CREDIT-PERSON-KEPT",
    ),
    Mutant(
        "A-168",
        "Of a payment in default only the principal reaches the facility's cash: fees are in no figure.",
        "protocol/booking.py",
        "facility, cash=facility.cash + taken - share, treasury",
        "facility, cash=facility.cash + before.principal - after.principal, treasury",
        ("repay", "DEFAULTED"),
        "TOTAL-HOLDINGS",
    ),
    Mutant(
        "A-178",
        "The treasury takes its share of interest that no payment has brought, out of the lenders' cash.",
        "protocol/booking.py",
        "    share = minimum(treasury_share(recount(facility, before, after)), taken)\n",
        "    share = treasury_share(recount(facility, before, after))\n",
        ("repay", "DEFAULTED"),
        "TREASURY-SHARE",
    ),
    Mutant(
        "I-047",
        "A payment is found in the account that all facilities share, instead of being taken from its payer.",
        "protocol/booking.py",
        "    ledger = collect(state.ledger, facility.asset, payer, taken)\n",
        "    ledger = collect(state.ledger, facility.asset, state.ledger.protocol, taken)\n",
        ("repay", "DEFAULTED"),
        "HOLDINGS-BACKED",
    ),
    Mutant(
        "I-060",
        "A loan that is settled goes on accruing for its facility.",
        "protocol/booking.py",
        "        facilities=state.facilities.set(before.facility, recount(facility, before, after)),\n",
        (
            "        facilities=state.facilities.set(\n"
            "            before.facility,\n"
            "            facility if after.status == LoanStatus.SETTLED "
            "else recount(facility, before, after),\n"
            "        ),\n"
        ),
        ("repay", "OVERDUE"),
        "DEFAULT-STOPS-ACCRUAL",
    ),
]

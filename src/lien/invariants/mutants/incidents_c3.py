"""Incidents I-024 to I-042: share prices, roundings, donations, and collateral that is not there."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        "I-024",
        "A redemption is priced in the middle of itself: the shares are gone, the cash is still there.",
        "protocol/transitions/facility.py",
        "    amount = amount_for(facility, exit_assets(facility, today), call.shares)\n",
        "    left = replace(facility, shares=facility.shares - call.shares)\n"
        "    amount = amount_for(left, exit_assets(facility, today), call.shares)\n",
        ("redeem",),
        "PRICE-REDEEM",
    ),
    Mutant(
        "I-025",
        "The shares that a payment burns are rounded down, in favour of who leaves.",
        "protocol/valuation.py",
        "    burned = multiply_divide_up(amount, ",
        "    burned = multiply_divide_down(amount, ",
        ("relations", "", "", "PART-IS-FAIR"),
        "PART-IS-FAIR",
    ),
    Mutant(
        "I-027",
        "Shares are bought without the virtual shares and assets with which a new facility is seeded.",
        "protocol/valuation.py",
        "multiply_divide_down(amount, facility.shares + VIRTUAL_SHARES, assets + VIRTUAL_ASSETS)",
        "multiply_divide_down(amount, facility.shares + 1, assets + 1)",
        ("relations", "", "", "GIFT-GAINS-NOTHING"),
        "GIFT-GAINS-NOTHING",
    ),
    Mutant(
        "I-028",
        "What shares are worth is rounded to the nearest unit.",
        "protocol/valuation.py",
        "return multiply_divide_down(shares, assets + VIRTUAL_ASSETS, facility.shares + VIRTUAL_SHARES)",
        "total = facility.shares + VIRTUAL_SHARES\n"
        "    twice = multiply_divide_down(2 * shares, assets + VIRTUAL_ASSETS, total)\n"
        "    return multiply_divide_down(twice + 1, 1, 2)",
        ("redeem",),
        "PRICE-REDEEM",
    ),
    Mutant(
        "I-029",
        "The shares that a deposit buys are rounded up, so that depositing and leaving gains.",
        "protocol/valuation.py",
        "return multiply_divide_down(amount, facility.shares + VIRTUAL_SHARES, ",
        "return multiply_divide_up(amount, facility.shares + VIRTUAL_SHARES, ",
        ("relations", "", "", "DEPOSIT-AND-BACK"),
        "DEPOSIT-AND-BACK",
    ),
    Mutant(
        "I-031",
        "A loan that ends leaves a unit of principal in its facility's sum.",
        "protocol/aggregate.py",
        "principal=facility.principal - old.principal + new.principal,",
        "principal=facility.principal - old.principal + choose(new.principal > 0, new.principal, 1),",
        ("write_off", "DEFAULTED"),
        "TOTAL-LOANS",
    ),
    Mutant(
        "I-033",
        "Each deposit leaves a residue: it buys a share fewer than its amount is worth.",
        "protocol/valuation.py",
        "return multiply_divide_down(amount, facility.shares + VIRTUAL_SHARES, ",
        "return -1 + multiply_divide_down(amount, facility.shares + VIRTUAL_SHARES, ",
        ("deposit",),
        "FAIR-DEPOSIT",
    ),
    Mutant(
        "I-034",
        "Where collateral is worth nothing, every debt is within its limit.",
        "protocol/health.py",
        "    return debt <= multiply_divide_down(value, limit, WAD)\n",
        "    return any_of(value == 0, debt <= multiply_divide_down(value, limit, WAD))\n",
        ("relations", "", "", "HEALTH-EXACT"),
        "HEALTH-EXACT",
    ),
    Mutant(
        "I-035",
        "Shares are valued by the tokens in the protocol's account, so that a donation raises their price.",
        "protocol/transitions/facility.py",
        "    amount = amount_for(facility, exit_assets(facility, today), call.shares)\n",
        "    held = state.ledger.balances.get((facility.asset, state.ledger.protocol))\n"
        "    donated = held - state.ledger.holdings.get(facility.asset)\n"
        "    amount = amount_for(facility, exit_assets(facility, today) + donated, call.shares)\n",
        ("redeem",),
        "PRICE-REDEEM",
    ),
    Mutant(
        "I-036",
        "A disbursement pays whoever calls it, while the borrower owes the debt.",
        "protocol/transitions/disbursement.py",
        "deliver(state.ledger, facility.asset, loan.borrower, terms.principal - fee)",
        "deliver(state.ledger, facility.asset, context.sender, terms.principal - fee)",
        ("disburse", "AGREED", "BULLET"),
        "DISBURSE-EXACT",
    ),
    Mutant(
        "I-037",
        "A facility's idle cash is taken to be all that the protocol's account holds, donations included.",
        "protocol/transitions/facility.py",
        "    require(facility.cash >= amount, ",
        "    held = state.ledger.balances.get((facility.asset, state.ledger.protocol))\n"
        "    require(held >= amount, ",
        ("redeem",),
        "REDEEM-FROM-CASH",
    ),
    Mutant(
        "I-040",
        "A loan whose collateral went back at its cancellation is countersigned, and can then be drawn.",
        "protocol/transitions/agreement.py",
        "    require(loan.status == LoanStatus.ACCEPTED, Reason.NOT_ACCEPTED)\n",
        "    is_known = any_of(loan.status == LoanStatus.ACCEPTED, loan.status == LoanStatus.CANCELLED)\n"
        "    require(is_known, Reason.NOT_ACCEPTED)\n",
        ("countersign", "CANCELLED"),
        "LOAN-COLLATERAL",
    ),
    Mutant(
        "I-042",
        "A loan that is settled still records the collateral that was given back.",
        "protocol/waterfall.py",
        "        status=LoanStatus.SETTLED,\n        collateral=0,\n",
        "        status=LoanStatus.SETTLED,\n",
        ("take_proceeds", "DEFAULTED"),
        "CONTRACT",
    ),
]

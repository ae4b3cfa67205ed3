"""Mistakes in facility."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        "A-017",
        "A redemption is priced on the shares that are left after it.",
        "protocol/transitions/facility.py",
        "amount = amount_for(facility, exit_assets(facility, today), call.shares)",
        (
            "rest = replace(facility, shares=facility.shares - call.shares)\n"
            "    amount = amount_for(rest, exit_assets(facility, today), call.shares)"
        ),
        ("redeem",),
        "PRICE-REDEEM",
    ),
    Mutant(
        "A-027",
        "A deposit is redeemed at once, after a loan was drawn within a limit that it had raised.",
        "protocol/transitions/facility.py",
        "    require(today >= free_day, Reason.DEPOSIT_TOO_RECENT, free_day=free_day, today=today)\n",
        "",
        ("redeem",),
        "VIEW-REDEEMABLE",
    ),
    Mutant(
        "A-062",
        "A pause of deposits does not stop the call that makes them.",
        "protocol/transitions/facility.py",
        "    require_open(state, Scope.DEPOSITS, context.timestamp)\n",
        "",
        ("deposit",),
        "PAUSE-STOPS",
    ),
    Mutant(
        "A-066",
        "A facility is opened with a share of interest for the treasury beyond its cap.",
        "protocol/transitions/facility.py",
        "    require(call.interest_fee <= INTEREST_FEE_CAP, Reason.INTEREST_FEE_ABOVE_CAP)\n",
        "",
        ("open_facility",),
        "FACILITY-FEE",
    ),
    Mutant(
        "A-120",
        ("A facility with nothing left and many old shares took new deposits, which paid for old losses."),
        "protocol/transitions/facility.py",
        "all_of(assets >= 0, facility.shares <= highest),",
        "assets >= 0,",
        ("deposit",),
        "REJECT-DEPOSIT",
    ),
    Mutant(
        "A-136",
        ("Shares of a new deposit were free at once where their lender had older ones whose lock was over."),
        "protocol/transitions/facility.py",
        "        deposit_days=state.deposit_days.set(position, today),\n",
        "",
        ("deposit",),
        "DEPOSIT-LOCKS",
    ),
    Mutant(
        "I-024",
        "A redemption is priced in the middle of itself: the shares are gone, the cash is still there.",
        "protocol/transitions/facility.py",
        "    amount = amount_for(facility, exit_assets(facility, today), call.shares)\n",
        (
            "    left = replace(facility, shares=facility.shares - call.shares)\n"
            "    amount = amount_for(left, exit_assets(facility, today), call.shares)\n"
        ),
        ("redeem",),
        "PRICE-REDEEM",
    ),
    Mutant(
        "I-035",
        "Shares are valued by the tokens in the protocol's account, so that a donation raises their price.",
        "protocol/transitions/facility.py",
        "    amount = amount_for(facility, exit_assets(facility, today), call.shares)\n",
        (
            "    held = state.ledger.balances.get((facility.asset, state.ledger.protocol))\n"
            "    donated = held - state.ledger.holdings.get(facility.asset)\n"
            "    amount = amount_for(facility, exit_assets(facility, today) + donated, call.shares)\n"
        ),
        ("redeem",),
        "PRICE-REDEEM",
    ),
    Mutant(
        "I-037",
        "A facility's idle cash is taken to be all that the protocol's account holds, donations included.",
        "protocol/transitions/facility.py",
        "    require(facility.cash >= amount, ",
        (
            "    held = state.ledger.balances.get((facility.asset, state.ledger.protocol))\n"
            "    require(held >= amount, "
        ),
        ("redeem",),
        "REDEEM-FROM-CASH",
    ),
    Mutant(
        "I-055",
        "A deposit buys shares for tokens that the protocol held already.",
        "protocol/transitions/facility.py",
        "    ledger = collect(state.ledger, facility.asset, context.sender, call.amount)\n",
        "    ledger = collect(state.ledger, facility.asset, state.ledger.protocol, call.amount)\n",
        ("deposit",),
        "DEPOSIT-EXACT",
    ),
    Mutant(
        "I-058",
        "A lender's shares fall by the whole number, but the facility's by the number cut to 64 bits.",
        "protocol/transitions/facility.py",
        "cash=facility.cash - amount, shares=facility.shares - call.shares)",
        "cash=facility.cash - amount, shares=facility.shares - min(call.shares, 2**64 - 1))",
        ("redeem",),
        "TOTAL-SHARES",
    ),
]

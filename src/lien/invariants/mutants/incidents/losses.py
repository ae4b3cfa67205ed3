"""Mistakes in losses."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        "A-006",
        "Anyone writes a loan off, while its servicer still waits for a better end.",
        "protocol/transitions/losses.py",
        "    require(context.sender == facility.servicer, Reason.NOT_SERVICER)\n",
        "",
        ("write_off", "DEFAULTED"),
        "WRITE-OFF-DUE",
    ),
    Mutant(
        "A-045",
        "What is recovered of a loss reaches the protocol, and no facility counts it.",
        "protocol/losses.py",
        "cash=facility.cash + recovery.to_lenders",
        "cash=facility.cash",
        ("recover", "WRITTEN_OFF"),
        "TOTAL-HOLDINGS",
    ),
    Mutant(
        "A-057",
        "The lenders' loss is booked as if the cover had paid nothing of it.",
        "protocol/losses.py",
        "lender_loss=loan.principal - cover_loss",
        "lender_loss=loan.principal",
        ("write_off", "DEFAULTED"),
        "WRITE-OFF-WATERFALL",
    ),
    Mutant(
        "A-128",
        "The cover that had paid for a loss was not taken off what the facility recorded of it.",
        "protocol/losses.py",
        "return replace(facility, cover=facility.cover - loss, cash=facility.cash + loss)",
        "return replace(facility, cash=facility.cash + loss)",
        ("write_off", "DEFAULTED"),
        "WRITE-OFF-WATERFALL",
    ),
    Mutant(
        "A-132",
        "Anyone could write a loan off, and so decide that nothing more is paid.",
        "protocol/transitions/losses.py",
        "    require(context.sender == facility.servicer, Reason.NOT_SERVICER)\n",
        "",
        ("write_off", "DEFAULTED"),
        "WRITE-OFF-DUE",
    ),
    Mutant(
        "A-149",
        (
            "A recovery took the place of those before it in what has come back, so that more came back "
            "than was lost."
        ),
        "protocol/transitions/losses.py",
        "recovered=loan.recovered + recovery.taken",
        "recovered=recovery.taken",
        ("recover", "WRITTEN_OFF"),
        "RECOVER-AT-MOST",
    ),
    Mutant(
        "A-175",
        "A write-off takes the whole loss from the cover, also where there is less.",
        "protocol/losses.py",
        "    cover_loss = minimum(cover, loan.principal)\n",
        "    cover_loss = loan.principal\n",
        ("write_off", "DEFAULTED"),
        "WRITE-OFF-WATERFALL",
    ),
    Mutant(
        "A-177",
        "The lenders take all of a recovery, beyond what they lost, and the cover gets nothing back.",
        "protocol/losses.py",
        "    for_lenders = minimum(taken, maximum(loan.lender_loss - loan.recovered, 0))\n",
        "    for_lenders = taken\n",
        ("recover", "WRITTEN_OFF"),
        "RECOVER-ORDER",
    ),
    Mutant(
        "I-017",
        "What a payer paid is lost, since the next movement starts from the balances read before it.",
        "protocol/transitions/losses.py",
        "    ledger = deliver(ledger, facility.asset, state.settings.treasury, recovery.to_treasury)\n",
        "    ledger = deliver(state.ledger, facility.asset, state.settings.treasury, recovery.to_treasury)\n",
        ("recover", "WRITTEN_OFF"),
        "TOTAL-HOLDINGS",
    ),
    Mutant(
        "I-059",
        "A loan is written off while collateral is still in its escrow.",
        "protocol/transitions/losses.py",
        "    require(loan.collateral == 0, Reason.COLLATERAL_LEFT, collateral=loan.collateral)\n",
        "",
        ("write_off", "DEFAULTED"),
        "WRITE-OFF-DUE",
    ),
]

"""Mistakes in ledger."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        "A-004",
        "A payment is rejected where the token refuses whom a part of it goes to.",
        "protocol/ledger.py",
        "    left, kept = choose(waits, 0, amount), choose(waits, amount, 0)\n",
        (
            "    require(ledger.refusals.get((asset, payee)) == 0, Reason.PAYEE_REFUSED)\n"
            "    left, kept = choose(waits, 0, amount), choose(waits, amount, 0)\n"
        ),
        ("repay", "DEFAULTED"),
        "PAYOFF-NEVER-REJECTED",
    ),
    Mutant(
        "A-016",
        "A token arrives short of a fee, and the full amount is recorded as held.",
        "protocol/ledger.py",
        "moved = move(ledger, asset, payer, ledger.protocol, amount)",
        "moved = move(ledger, asset, payer, ledger.protocol, choose(amount > 0, amount - 1, 0))",
        ("accept", "OFFERED"),
        "HOLDINGS-BACKED",
    ),
    Mutant(
        "A-043",
        "What was waiting to be claimed is lost when more is added to it.",
        "protocol/ledger.py",
        "moved.claims.get((asset, payee)) + kept",
        "kept",
        ("cancel", "ACCEPTED"),
        "CLAIM-GROWS-BY-REFUSAL",
    ),
    Mutant(
        "I-006",
        "What was named is recorded as received, though a unit less arrived.",
        "protocol/ledger.py",
        "    moved = move(ledger, asset, payer, ledger.protocol, amount)\n",
        "    moved = move(ledger, asset, payer, ledger.protocol, amount - 1)\n",
        ("deposit_cover",),
        "HOLDINGS-BACKED",
    ),
    Mutant(
        "I-056",
        "A transfer to oneself adds its amount: the payee's balance was read before the payer's fell.",
        "protocol/ledger.py",
        "balances.set((asset, payee), balances.get((asset, payee)) + amount)",
        "balances.set((asset, payee), ledger.balances.get((asset, payee)) + amount)",
        ("transfer",),
        "TOTAL-SUPPLY",
    ),
]

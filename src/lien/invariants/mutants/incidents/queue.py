"""Mistakes in queue."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        "A-050",
        "A place in the queue keeps its lender after the shares were taken back.",
        "protocol/transitions/queue.py",
        (
            "        queued_by=state.queued_by.set(place, 0),\n"
            "    )\n"
            "    return Step(after, (RedemptionCancelled("
        ),
        "    )\n    return Step(after, (RedemptionCancelled(",
        ("cancel_redemption",),
        "QUEUE-LENDERS",
    ),
    Mutant(
        "A-092",
        (
            "A request joined the last place of the queue, which may have been paid in part, and not a new "
            "one."
        ),
        "protocol/transitions/queue.py",
        "last = facility.queue_tail + 1",
        "last = facility.queue_tail",
        ("request_redemption",),
        "REQUEST-EXACT",
    ),
    Mutant(
        "I-007",
        "Shares that wait in the queue stay in their lender's hand, and can be redeemed as well.",
        "protocol/transitions/queue.py",
        "        shares=state.shares.set(position, owned - call.shares),\n",
        "",
        ("request_redemption",),
        "REQUEST-EXACT",
    ),
]

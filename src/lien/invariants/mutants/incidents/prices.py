"""Mistakes in prices."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        "A-021",
        "Of the median of all fresh prices and that of those that have waited, the greater is used.",
        "protocol/prices.py",
        "return choose(count_true(*fresh) >= LARGE_QUORUM, lower_median(feed.prices, fresh), of_waited)",
        "return maximum(lower_median(feed.prices, fresh), of_waited)",
        ("relations", "", "PRICE-WAITS"),
        "PRICE-WAITS",
    ),
    Mutant(
        "I-008",
        "A great move of a price is usable in the second of its post.",
        "protocol/prices.py",
        "maximum(usable_at, now), now + STEP_DELAY)",
        "maximum(usable_at, now), now)",
        ("post_price",),
        "POST-DELAY",
    ),
    Mutant(
        "I-011",
        "The last price of a feed that has fallen silent is used for ever.",
        "protocol/prices.py",
        "posted_at > seated_at, now < posted_at + MAXIMUM_PRICE_AGE)",
        "posted_at > seated_at)",
        ("relations", "", "PRICE-POSTED"),
        "PRICE-POSTED",
    ),
    Mutant(
        "I-012",
        "A price may rise as far as it likes at once: the step limit bounds only its fall.",
        "protocol/prices.py",
        "    return all_of(price >= reference - step, price <= reference + step)\n",
        "    return price >= reference - step\n",
        ("post_price",),
        "POST-DELAY",
    ),
]

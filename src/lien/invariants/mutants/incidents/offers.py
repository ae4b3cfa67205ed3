"""Mistakes in offers."""

from lien.invariants.mutants.base import Mutant

MUTANTS: list[Mutant] = [
    Mutant(
        "A-083",
        "A loan is offered for longer than the product allows.",
        "protocol/offers.py",
        "    require(days <= product.maximum_days, Reason.TERM_TOO_LONG)\n",
        "",
        ("offer",),
        "OFFER-PRICED",
    ),
    Mutant(
        "A-103",
        (
            "The amount applied for was taken for the least, so that a greater loan could be forced on the "
            "borrower."
        ),
        "protocol/offers.py",
        "terms.principal == application.amount,",
        "terms.principal >= application.amount,",
        ("offer",),
        "OFFER-EXACT",
    ),
    Mutant(
        "A-143",
        "The comparison of an offer's limit with the product's was the wrong way round.",
        "protocol/offers.py",
        "terms.origination_limit <= limits[one]",
        "terms.origination_limit >= limits[one]",
        ("offer",),
        "OFFER-PRICED",
    ),
    Mutant(
        "I-009",
        "An offer may name another collateral, and so another price, than the application did.",
        "protocol/offers.py",
        "        terms.collateral_asset == application.collateral_asset,\n",
        "",
        ("offer",),
        "OFFER-EXACT",
    ),
]

"""Define a loan product: what may be applied for, and what it costs by grade."""

from dataclasses import dataclass
from typing import Annotated

from lien.spec.types import Amount, Asset, Count, Days, Flag, Grade, OneEach, Rate, Ratio, Score, Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """Limit the loans that may be applied for, and price them by the grade that a score reaches.

    A grade is reached from its least score on; whoever reaches none is rejected.
    """

    asset: Asset  # that is lent
    is_open: Flag  # whether applications are taken
    minimum_principal: Amount
    maximum_principal: Amount
    maximum_days: Days  # from the window's start to maturity
    minimum_tier: Tier  # of the borrower's identity
    allows_unsecured: Flag
    quorum: Count  # of reviewers' votes that decide
    impairment_ratio: Ratio  # of the principal, set when a default is booked
    least_scores: Annotated[tuple[int, ...], OneEach(Grade, Score)]
    rates: Annotated[tuple[int, ...], OneEach(Grade, Rate)]
    origination_limits: Annotated[tuple[int, ...], OneEach(Grade, Ratio)]

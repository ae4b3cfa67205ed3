"""Describe a fixed-rate loan as the ACTUS standard does: PAM, LAM and ANN, in one currency.

Out of scope: resets of the rate, fees, scaling, purchase and termination, unscheduled payments, and
interest on another base than the principal.
"""

from dataclasses import dataclass
from enum import IntEnum

from lien.protocol.schedule.dates import NO_SHIFT, Cycle, Shift
from lien.spec.types import DayCount, RepaymentKind


class Role(IntEnum):
    """Say from whose side flows are signed."""

    LENDER = 1  # ACTUS RPA
    BORROWER = -1  # ACTUS RPL


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """Describe a loan in the terms of ACTUS; amounts in base units, the rate a year's, scaled by WAD.

    Bullet and interest-only loans are PAM, equal principal is LAM, an annuity is ANN. What has no default
    must be given; None stands for what the standard derives.
    """

    kind: RepaymentKind
    day_count: DayCount
    role: Role = Role.LENDER
    status_day: int  # what happened up to the end of this day is past
    exchange_day: int
    maturity_day: int | None = None
    principal: int  # at the exchange; where that is past, on the status day
    premium: int = 0  # paid out in addition to the principal; negative: a discount
    rate: int | None  # None: the loan bears no interest and has no interest dates
    accrued: int | None = None  # on the status day, or brought along by the exchange
    interest_anchor: int | None = None
    interest_cycle: Cycle | None = None
    capitalization_end_day: int | None = None  # up to which interest becomes principal
    principal_anchor: int | None = None
    principal_cycle: Cycle | None = None
    payment: int | None = None  # equal principal: the principal; annuity: principal and interest
    amortization_day: int | None = None  # when an annuity's payment would repay it, if not at maturity
    shift: Shift = NO_SHIFT

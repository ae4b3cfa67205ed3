"""Totals: each recorded figure is the sum of what it stands for, over unboundedly many entries.

Both sides are lists of *sources*: a map, and for each of its entries the group that it counts for and what it
adds there, a vector of figures. Weights depend on the entry alone, never on time or on other entries, so that
entries which a call does not touch add the same before and after it.

`bounds` relates the figures of a vector. It is shown for every single entry, and each relation is such that
it holds for a sum if it holds for each summand; so it holds for all entries that a call does not touch.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lien.invariants.properties.loan import HIGHEST_INTEREST_PAID
from lien.protocol.aggregate import contribution, does_accrue
from lien.protocol.algebra import all_of, choose, scale
from lien.protocol.calendar import clock
from lien.protocol.state import Facility, Loan
from lien.spec.types import DayCount
from lien.spec.units import MAXIMUM_AMOUNT, MAXIMUM_CLOCK, MAXIMUM_RATE, UNIT

Group = tuple[int, ...]
Vector = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Say what each entry of a map adds, and to which group."""

    map: str
    weigh: Callable[[Any, Any], tuple[Group, Vector]]  # of a key and an entry


def not_negative(_: int, vector: Vector) -> bool:
    """Say that nothing in the vector is negative."""
    return all_of(*(figure >= 0 for figure in vector))


@dataclass(frozen=True, slots=True)
class Total:
    """State that one source records what others add up to, by group."""

    identifier: str
    sentence: str
    chapters: tuple[str, ...]
    peers: tuple[int, ...]
    recorded: Source
    parts: tuple[Source, ...]
    bounds: Callable[[int, Vector], bool] = not_negative  # of a day that is not before the last call's
    counts: str = ""  # the map of records of which each adds at most one: a sum is at most their number


def weigh_loan(_: int, loan: Loan) -> tuple[Group, Vector]:
    """Return what a loan adds to the sums of its facility."""
    adds = contribution(loan)
    by_clock = [choose(adds.day_count == day_count, 1, 0) for day_count in DayCount]
    return (loan.facility,), (
        adds.principal,
        adds.loans,
        adds.impairment,
        adds.defaulted_loans,
        adds.interest_paid,
        adds.carry,
        *(choose(is_its == 1, adds.slope, 0) for is_its in by_clock),
        *(choose(is_its == 1, adds.offset, 0) for is_its in by_clock),
    )


def weigh_facility(number: int, facility: Facility) -> tuple[Group, Vector]:
    """Return what a facility records of its loans."""
    return (number,), (
        facility.principal,
        facility.loans,
        facility.impairment,
        facility.defaulted_loans,
        facility.interest_paid,
        facility.carry,
        *facility.slopes,
        *facility.offsets,
    )


def sums_are_bounded(day: int, vector: Vector) -> bool:
    """Bound a facility's sums: rates and credits by the principal, interest by the number of loans."""
    principal, loans, impairment, defaulted_loans, interest_paid, carry, *by_clock = vector
    slopes, offsets = by_clock[: len(DayCount)], by_clock[len(DayCount) :]
    clocks = [clock(day_count, day) for day_count in DayCount]
    reached = [scale(slope, reading) for slope, reading in zip(slopes, clocks, strict=True)]
    accrued = carry + sum(value - offset for value, offset in zip(reached, offsets, strict=True))
    highest = MAXIMUM_AMOUNT * MAXIMUM_RATE * MAXIMUM_CLOCK
    return all_of(
        principal >= 0,
        impairment >= 0,
        impairment <= principal,
        loans >= 0,
        defaulted_loans >= 0,
        defaulted_loans <= loans,
        interest_paid >= 0,
        interest_paid * UNIT <= loans * HIGHEST_INTEREST_PAID,
        *(slope >= 0 for slope in slopes),
        sum(slopes) <= principal * MAXIMUM_RATE,
        *(offset >= 0 for offset in offsets),
        *(offset <= value for value, offset in zip(reached, offsets, strict=True)),
        carry >= -2 * UNIT * principal,
        carry <= loans * highest,
        accrued <= loans * highest,
    )


TOTALS = (
    Total(
        "TOTAL-SUPPLY",
        "The balances of an asset add up to its supply.",
        ("assets",),
        (26, 5),
        Source("supply", lambda key, figure: (key, (figure,))),
        (Source("balances", lambda key, figure: (key[:1], (figure,))),),
    ),
    Total(
        "TOTAL-HOLDINGS",
        "What is recorded of an asset is the facilities' cash and cover, the loans' collateral, the claims.",
        ("assets", "facility", "agreement", "settlement"),
        (3, 5, 20),
        Source("holdings", lambda key, figure: (key, (figure,))),
        (
            Source("facilities", lambda _, facility: ((facility.asset,), (facility.cash + facility.cover,))),
            Source("loans", lambda _, loan: ((loan.terms.collateral_asset,), (loan.collateral,))),
            Source("claims", lambda key, figure: (key[:1], (figure,))),
        ),
    ),
    Total(
        "TOTAL-ACCRUING",
        "A facility counts exactly the loans that accrue in it.",
        ("facility", "liquidation"),
        (88,),
        Source("facilities", lambda number, facility: ((number,), (facility.accruing,))),
        (Source("loans", lambda _, loan: ((loan.facility,), (choose(does_accrue(loan), 1, 0),))),),
        counts="loans",
    ),
    Total(
        "TOTAL-STOPS",
        "A facility counts exactly its accruing loans by the day on which they stop.",
        ("facility", "liquidation"),
        (88,),
        Source("stops", lambda key, figure: (key, (figure,))),
        (
            Source(
                "loans",
                lambda _, loan: ((loan.facility, loan.stop_day), (choose(does_accrue(loan), 1, 0),)),
            ),
        ),
        counts="loans",
    ),
    Total(
        "TOTAL-SHARES",
        "The shares of a facility are the sum of its lenders' shares, in hand and in the queue.",
        ("facility",),
        (1, 100),
        Source("facilities", lambda number, facility: ((number,), (facility.shares,))),
        (
            Source("shares", lambda key, figure: (key[:1], (figure,))),
            Source("queued_shares", lambda key, figure: (key[:1], (figure,))),
        ),
    ),
    Total(
        "TOTAL-APPROVALS",
        "The approvals of a proposal in an epoch are counted exactly: one for each member who gave one.",
        ("governance",),
        (114,),
        Source("approval_counts", lambda key, figure: (key, (figure,))),
        (Source("approvals", lambda key, figure: (key[:2], (figure,))),),
    ),
    Total(
        "TOTAL-LOANS",
        "A facility's principal, interest sums and counts of loans are exactly the sums over its loans.",
        ("facility", "disbursement", "repayment", "liquidation"),
        (2, 9, 21, 80, 81, 82, 83, 88),
        Source("facilities", weigh_facility),
        (Source("loans", weigh_loan),),
        sums_are_bounded,
    ),
)

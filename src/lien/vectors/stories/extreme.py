"""Tell of extremes: a facility at the greatest principal, and shares so dear that a unit buys none."""

from __future__ import annotations

from lien.protocol.genesis import DOLLAR
from lien.spec.facility import Deposit
from lien.spec.repayment import Repay
from lien.spec.terms import Terms
from lien.spec.types import DayCount, RepaymentKind
from lien.spec.units import MAXIMUM_AMOUNT, MAXIMUM_RATE
from lien.vectors.stories.loans import Parties, agreement, beginning, paid, payoff
from lien.vectors.stories.special import facility_of
from lien.vectors.stories.terms import terms_of
from lien.vectors.story import Scene, follow
from lien.vectors.world import HUGE

LOWER_HALF, UPPER_HALF = MAXIMUM_AMOUNT // 2, MAXIMUM_AMOUNT - MAXIMUM_AMOUNT // 2
INTEREST_PAID = 2**100  # less than that of a day
COMPOUNDED, YEARS, DAYS_PER_YEAR = 3, 20, 365
TERM = 30  # days; at the greatest rate the interest of 36 is the principal


def extreme_scenes(genesis: Scene) -> list[Scene]:
    """Return all of them."""
    return [*full(genesis), *dear(genesis)]


def full(genesis: Scene) -> list[Scene]:
    """Return two loans: together they reach the greatest principal of a facility, or pass it by one unit.

    Deposits reach the greatest amount; the cash for one unit more is interest.
    """
    name = "full"
    opened = facility_of(genesis, name, HUGE, LOWER_HALF)
    more = Deposit(facility=1, amount=UPPER_HALF, minimum_shares=0)
    both = follow(opened[-1], f"both-{name}", more, "second_lender")
    lent = terms_of(RepaymentKind.BULLET, principal=LOWER_HALF, collateral_amount=0)
    begun = beginning(both, name, lent, Parties())
    interest = Repay(loan=1, amount=INTEREST_PAID, principal_ahead=0, reference=1)
    earned = follow(begun[-1], f"earned-{name}", interest, "borrower", begun[-1].day + 1)
    found = [*opened, both, *begun, earned]
    for ending, principal in (("just", UPPER_HALF), ("over", UPPER_HALF + 1)):
        terms = terms_of(RepaymentKind.BULLET, principal=principal, collateral_amount=0)
        found += agreement(earned, f"{ending}-{name}", terms, Parties(borrower="second_borrower"))
    return found


def dear(genesis: Scene) -> list[Scene]:
    """Return a facility of one unit that lends all at the greatest rate, thrice, and is paid decades late."""
    scenes = facility_of(genesis, "dear", DOLLAR, 1, fee=0)
    for number in range(COMPOUNDED):
        name, last = f"dear-{number + 1}", scenes[-1]
        terms = at_the_greatest_rate(last.state.facilities.get(1).cash, last.day + 1)
        begun = beginning(last, name, terms, Parties())
        paid_on = terms.window_start_day + YEARS * DAYS_PER_YEAR
        scenes += [*begun, paid(begun[-1], f"repaid-{name}", payoff, paid_on)]
    return scenes


def at_the_greatest_rate(principal: int, start: int) -> Terms:
    """Return the terms of a short loan at the greatest rate."""
    maturity = start + TERM
    return terms_of(
        RepaymentKind.BULLET,
        principal=principal,
        collateral_amount=0,
        rate=MAXIMUM_RATE,
        default_rate=0,
        usury_cap=MAXIMUM_RATE,
        day_count=DayCount.ACTUAL_365,
        window_start_day=start,
        first_due_day=maturity,
        maturity_day=maturity,
        origination_fee_rate=0,
        prepayment_fee_rate=0,
    )

"""Follow a loan through its events and write down the cash flows.

Interest accrues on the principal as an undivided numerator. What is owed of it is its ceiling in base units;
what a payment takes above the numerator stays as a credit of less than one unit, so that the rounding of
interest never adds up.

On integers every column of a cash flow differs from the exact one by less than (1 + e)(k + 2) G base units:
e is the difference of the payments, k counts the repayments of principal and the capitalizations so far,
and G is the growth of one unit at the contract's rate so far, the product of 1 + rate x step / UNIT. For
each of the k moves the principal by less than 1 + e too much or too little, and that difference then grows
with the interest. (An annuity must pay interest on its principal dates, since an instalment is the payment
less all interest owed.)
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import pairwise

from lien.protocol.arithmetic import maximum, minimum, quotient_up
from lien.protocol.calendar import clock
from lien.protocol.schedule.payments import payment_for
from lien.spec.types import DayCount, RepaymentKind
from lien.spec.units import UNIT


class FlowKind(IntEnum):
    """Name what happens on a date, in the order in which it happens on one and the same date."""

    EXCHANGE = 0  # ACTUS IED: the principal is paid out
    PRINCIPAL = 1  # ACTUS PR: principal is repaid; an annuity's is the payment less the interest accrued
    INTEREST = 2  # ACTUS IP: the interest accrued is paid
    CAPITALIZATION = 3  # ACTUS IPCI: the interest accrued becomes principal
    FIXING = 4  # ACTUS PRF: an annuity's payment is fixed
    MATURITY = 5  # ACTUS MD: what is left is paid


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """Say when something happens, and to which day interest is counted for it."""

    day: int
    reckoned_day: int
    kind: FlowKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Say where a loan stands: its principal, its interest (a numerator) accrued up to a day, its payment."""

    principal: int
    accrued: int
    reckoned_day: int
    payment: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Lay down a loan's rules and its events, in order."""

    kind: RepaymentKind
    day_count: DayCount
    principal: int  # paid out at the exchange, in base units
    premium: int  # paid out in addition; negative: a discount
    accrued: int  # interest that the exchange brings with it, a numerator
    rate: int  # a year, scaled by WAD
    amortization_days: tuple[int, ...]  # over which an annuity's payment is derived; none: it is named
    negative_amortization: bool  # a payment below the interest raises the principal by the rest
    sign: int  # one for the lender, minus one for the borrower
    start: Position
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class CashFlow:
    """Record a flow and how the loan stands after it; what one side receives or is owed is positive."""

    day: int
    kind: FlowKind
    amount: int  # in base units
    principal: int  # in base units
    rate: int  # a year, scaled by WAD
    accrued: int  # interest, in base units, rounded up


def cash_flows(plan: Plan) -> tuple[CashFlow, ...]:
    """Return the cash flows of a plan, in order; amounts in base units, rounded against who owes."""
    position = plan.start
    flows: list[CashFlow] = []
    for event in plan.events:
        amount, position = STEPS[event.kind](plan, accrue(plan, position, event.reckoned_day))
        flows.append(
            CashFlow(
                day=event.day,
                kind=event.kind,
                amount=plan.sign * amount,
                principal=plan.sign * position.principal,
                rate=plan.rate,
                accrued=plan.sign * owed_interest(position),
            )
        )
    return tuple(flows)


def accrue(plan: Plan, position: Position, day: int) -> Position:
    """Add the interest up to a day, undivided."""
    elapsed = clock(plan.day_count, day) - clock(plan.day_count, position.reckoned_day)
    accrued = position.accrued + position.principal * plan.rate * elapsed
    return replace(position, accrued=accrued, reckoned_day=day)


def owed_interest(position: Position) -> int:
    """Return the interest owed, in base units rounded up."""
    return quotient_up(position.accrued, UNIT)


def fix_payment(plan: Plan, position: Position) -> Position:
    """Fix the payment of an annuity where it is derived: the level one, of which none has been made yet."""
    if not plan.amortization_days:
        return position
    readings = [clock(plan.day_count, day) for day in plan.amortization_days]
    steps = [later - earlier for earlier, later in pairwise(readings)]
    first = accrue(plan, position, plan.amortization_days[0])
    return replace(position, payment=payment_for(first.principal * UNIT + first.accrued, plan.rate, steps))


def exchange(plan: Plan, position: Position) -> tuple[int, Position]:
    """Pay the principal out, with the premium or less the discount."""
    opened = replace(position, principal=plan.principal, accrued=plan.accrued)
    return 0 - plan.principal - plan.premium, fix_payment(plan, opened)


def repay_principal(plan: Plan, position: Position) -> tuple[int, Position]:
    """Repay the payment, for an annuity less the interest owed, but no more than what is left."""
    amount = position.payment
    if plan.kind == RepaymentKind.ANNUITY:
        amount = amount - owed_interest(position)
        amount = amount if plan.negative_amortization else maximum(amount, 0)
    amount = minimum(amount, position.principal)
    return amount, replace(position, principal=position.principal - amount)


def pay_interest(_plan: Plan, position: Position) -> tuple[int, Position]:
    """Pay the interest owed; what its rounding took too much is a credit."""
    amount = owed_interest(position)
    return amount, replace(position, accrued=position.accrued - UNIT * amount)


def capitalize(plan: Plan, position: Position) -> tuple[int, Position]:
    """Add the interest owed to the principal."""
    amount, paid = pay_interest(plan, position)
    return 0, replace(paid, principal=position.principal + amount)


def fix(plan: Plan, position: Position) -> tuple[int, Position]:
    """Fix the payment."""
    return 0, fix_payment(plan, position)


def mature(_plan: Plan, position: Position) -> tuple[int, Position]:
    """Pay all that is left, principal and interest."""
    amount = position.principal + owed_interest(position)
    return amount, replace(position, principal=0, accrued=0)


STEPS: dict[FlowKind, Callable[[Plan, Position], tuple[int, Position]]] = {
    FlowKind.EXCHANGE: exchange,
    FlowKind.PRINCIPAL: repay_principal,
    FlowKind.INTEREST: pay_interest,
    FlowKind.CAPITALIZATION: capitalize,
    FlowKind.FIXING: fix,
    FlowKind.MATURITY: mature,
}

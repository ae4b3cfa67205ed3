"""Read a fixed-rate loan as the ACTUS standard describes it: PAM, LAM and ANN, in one currency.

Source: ACTUS technical specification, contract types PAM, LAM and ANN. Where its text leaves a choice or
lags behind, the published cases decide: on one date principal comes before interest; a derived maturity is
the date of the last payment that is needed; every interest date up to the end of capitalization
capitalizes; an annuity's payment is fixed on the day before its first principal date, or at the exchange
where that day lies before it. What neither decides is decided here, and said in the docstrings.

Out of scope: resets of the rate, fees, scaling, purchase and termination, unscheduled payments, and
interest on another base than the principal.
"""

from dataclasses import dataclass, replace
from enum import IntEnum
from fractions import Fraction
from itertools import takewhile
from math import ceil

from lien.protocol.arithmetic import quotient_up
from lien.protocol.calendar import clock
from lien.protocol.schedule.dates import NO_SHIFT, Cycle, Shift, days_before
from lien.protocol.schedule.plan import Event, FlowKind, Plan, Position, fix_payment
from lien.spec.types import DayCount, RepaymentKind
from lien.spec.units import MAXIMUM_DAY, UNIT

AMORTIZING = (RepaymentKind.EQUAL_PRINCIPAL, RepaymentKind.ANNUITY)


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


def plan_of(contract: Contract) -> Plan:
    """Return the rules and the events of a contract.

    Raises: ValueError where the contract names neither an end nor a payment that reaches one, or ends after
    the calendar.
    """
    maturity = maturity_of(contract)
    events = events_of(contract, maturity)
    opened = Plan(
        kind=contract.kind,
        day_count=contract.day_count,
        principal=contract.principal,
        premium=contract.premium,
        accrued=accrued_at_exchange(contract),
        rate=contract.rate or 0,
        payment=contract.payment,
        amortization_days=amortization_days_of(contract, maturity),
        negative_amortization=True,
        sign=contract.role,
        start=start_of(contract, maturity, events),
        events=tuple(sorted(event for event in events if is_to_come(contract, event.day))),
    )
    return replace(opened, start=fix_payment(opened, opened.start))


# --- dates -------------------------------------------------------------------------------------------------


def is_to_come(contract: Contract, day: int) -> bool:
    """Return whether a day is after the status day, and not before the exchange."""
    return day > contract.status_day and day >= contract.exchange_day


def anchor_of(contract: Contract, anchor: int | None, cycle: Cycle | None) -> int | None:
    """Return the first date of a cycle: the anchor, or else one cycle after the exchange."""
    if anchor is None and cycle is not None:
        return cycle.day(contract.exchange_day, 1)
    return anchor


def principal_days_of(contract: Contract, end: int) -> tuple[int, ...]:
    """Return the principal dates before an end."""
    if contract.kind not in AMORTIZING:
        return ()
    anchor = anchor_of(contract, contract.principal_anchor, contract.principal_cycle)
    return days_before(anchor, contract.principal_cycle, end)


def interest_days_of(contract: Contract, maturity: int) -> tuple[int, ...]:
    """Return the interest dates, maturity among them; an annuity that names none has its principal dates."""
    if contract.rate is None:
        return ()
    if contract.interest_anchor is None and contract.interest_cycle is None:
        is_annuity = contract.kind == RepaymentKind.ANNUITY
        return (*(principal_days_of(contract, maturity) if is_annuity else ()), maturity)
    anchor = anchor_of(contract, contract.interest_anchor, contract.interest_cycle)
    return (*days_before(anchor, contract.interest_cycle, maturity), maturity)


def maturity_of(contract: Contract) -> int:
    """Return the maturity, or where none is given the date of the last payment that repays the principal.

    An annuity's payments are counted as if each repaid as much as the first, as the standard does.
    """
    named = contract.amortization_day if contract.maturity_day is None else contract.maturity_day
    if named is not None:
        return named
    cycle = contract.principal_cycle
    anchor = anchor_of(contract, contract.principal_anchor, cycle)
    if contract.payment is None or cycle is None or anchor is None or contract.status_day >= MAXIMUM_DAY:
        raise ValueError("a loan without maturity needs a payment and a cycle of principal dates")
    past = len(tuple(takewhile(lambda day: day <= contract.status_day, cycle.days(anchor))))
    repaid = contract.payment * UNIT
    if contract.kind == RepaymentKind.ANNUITY:
        first = max(past - 1, 0)
        step = clock(contract.day_count, cycle.day(anchor, first + 1))
        step = step - clock(contract.day_count, cycle.day(anchor, first))
        repaid = repaid - contract.principal * (contract.rate or 0) * step
    if repaid <= 0:
        raise ValueError("the payment does not cover the interest: the loan has no maturity")
    payments = ceil(Fraction(contract.principal * UNIT) / repaid)
    return cycle.day(anchor, past + payments - 1)


def amortization_days_of(contract: Contract, maturity: int) -> tuple[int, ...]:
    """Return the days on which an annuity's payments are reckoned to fall, the last at the end."""
    end = maturity if contract.amortization_day is None else contract.amortization_day
    days = [contract.shift.reckoned_day(day) for day in principal_days_of(contract, end)]
    return tuple(day for day in (*days, end) if is_to_come(contract, day))


# --- events ------------------------------------------------------------------------------------------------


def events_of(contract: Contract, maturity: int) -> list[Event]:
    """Return every event from the exchange to maturity, past ones included, in no order."""
    exchange = contract.exchange_day
    principal = principal_days_of(contract, maturity)
    events = [Event(exchange, exchange, FlowKind.EXCHANGE), Event(maturity, maturity, FlowKind.MATURITY)]
    events += [shifted(contract, maturity, day, FlowKind.PRINCIPAL) for day in principal]
    events += interest_events_of(contract, maturity)
    if contract.kind == RepaymentKind.ANNUITY and contract.payment is None and principal:
        events.append(shifted(contract, maturity, principal[0] - 1, FlowKind.FIXING))
    return events


def interest_events_of(contract: Contract, maturity: int) -> list[Event]:
    """Return the interest dates; those up to the end of capitalization, and that end itself, capitalize."""
    days = set(interest_days_of(contract, maturity))
    last = contract.capitalization_end_day
    if last is None or contract.rate is None:
        return [shifted(contract, maturity, day, FlowKind.INTEREST) for day in days]
    days.add(min(last, maturity))
    return [
        shifted(contract, maturity, day, FlowKind.CAPITALIZATION if day <= last else FlowKind.INTEREST)
        for day in days
    ]


def shifted(contract: Contract, maturity: int, day: int, kind: FlowKind) -> Event:
    """Return an event on its business day; maturity is not shifted, and nothing is shifted beyond it."""
    if day == maturity:
        return Event(day, day, kind)
    shift = contract.shift
    return Event(min(shift.paid_day(day), maturity), min(shift.reckoned_day(day), maturity), kind)


# --- where the loan stands at the start --------------------------------------------------------------------


def accrued_at_exchange(contract: Contract) -> int:
    """Return the interest, a numerator, that the exchange brings: as named, or from an earlier anchor."""
    if contract.accrued is not None:
        return contract.accrued * UNIT
    anchor, exchange = contract.interest_anchor, contract.exchange_day
    if anchor is None or anchor >= exchange:
        return 0
    elapsed = clock(contract.day_count, exchange) - clock(contract.day_count, anchor)
    return contract.principal * (contract.rate or 0) * elapsed


def payment_of(contract: Contract, maturity: int) -> int:
    """Return the payment that is named, or for equal principal the principal in equal parts, rounded up."""
    if contract.payment is not None:
        return contract.payment
    if contract.kind != RepaymentKind.EQUAL_PRINCIPAL:
        return 0
    days = (*principal_days_of(contract, maturity), maturity)
    parts = sum(is_to_come(contract, day) for day in days)
    return quotient_up(contract.principal, max(parts, 1))


def start_of(contract: Contract, maturity: int, events: list[Event]) -> Position:
    """Return how the loan stands on the status day; before the exchange it owes nothing.

    Interest that is not named has accrued since the last interest date. One on the status day is past, as is
    every event of that day, and its interest paid.
    """
    payment = payment_of(contract, maturity)
    if contract.exchange_day > contract.status_day:
        return Position(principal=0, accrued=0, reckoned_day=contract.exchange_day, payment=payment)
    status = contract.status_day
    accrued = (contract.accrued or 0) * UNIT
    if contract.accrued is None:
        kinds = (FlowKind.INTEREST, FlowKind.CAPITALIZATION)
        days = [event.reckoned_day for event in events if event.kind in kinds and event.day <= status]
        elapsed = clock(contract.day_count, status)
        elapsed = elapsed - clock(contract.day_count, max(days, default=contract.exchange_day))
        accrued = contract.principal * (contract.rate or 0) * elapsed
    return Position(principal=contract.principal, accrued=accrued, reckoned_day=status, payment=payment)

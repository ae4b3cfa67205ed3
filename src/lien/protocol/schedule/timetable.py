"""Derive the dates of a contract of the ACTUS standard.

Source: ACTUS technical specification, contract types PAM, LAM and ANN. Where its text leaves a choice or lags
behind, the published cases decide: a derived maturity is the date of the last payment that is needed; every
interest date up to the end of capitalization capitalizes; an annuity's payment is fixed on the day before its
first principal date. What neither decides is decided here, and said in the docstrings.
"""

from fractions import Fraction
from itertools import takewhile
from math import ceil

from lien.protocol.calendar import clock
from lien.protocol.schedule.contract import Contract
from lien.protocol.schedule.dates import Cycle, days_before
from lien.protocol.schedule.plan import Event, FlowKind
from lien.spec.types import RepaymentKind
from lien.spec.units import MAXIMUM_DAY, UNIT

AMORTIZING = (RepaymentKind.EQUAL_PRINCIPAL, RepaymentKind.ANNUITY)


def events_of(contract: Contract, maturity: int) -> list[Event]:
    """Return every event from the exchange to maturity, past ones included, in order."""
    exchange = contract.exchange_day
    events = [
        Event(exchange, exchange, FlowKind.EXCHANGE),
        *principal_events_of(contract, maturity),
        *interest_events_of(contract, maturity),
        *fixing_events_of(contract, maturity),
        Event(maturity, maturity, FlowKind.MATURITY),
    ]
    return sorted(events)


def is_to_come(contract: Contract, event: Event) -> bool:
    """Return whether an event is after the status day, and not before the exchange."""
    is_before_exchange = min(event.day, event.reckoned_day) < contract.exchange_day
    return event.day > contract.status_day and not is_before_exchange


def principal_events_of(contract: Contract, end: int) -> list[Event]:
    """Return the principal dates before an end."""
    return [shifted(contract, end, day, FlowKind.PRINCIPAL) for day in principal_days_of(contract, end)]


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


def fixing_events_of(contract: Contract, maturity: int) -> list[Event]:
    """Return the day before an annuity's first principal date, where it names no payment.

    No shift puts it on or after that date.
    """
    days = principal_days_of(contract, maturity)
    if contract.kind != RepaymentKind.ANNUITY or contract.payment is not None or not days:
        return []
    first = shifted(contract, maturity, days[0], FlowKind.PRINCIPAL)
    fixing = shifted(contract, maturity, days[0] - 1, FlowKind.FIXING)
    day, reckoned_day = min(fixing.day, first.day - 1), min(fixing.reckoned_day, first.reckoned_day - 1)
    return [Event(day, reckoned_day, FlowKind.FIXING)]


def shifted(contract: Contract, end: int, day: int, kind: FlowKind) -> Event:
    """Return an event on its business day; the end is not shifted, and nothing is shifted beyond it."""
    if day == end:
        return Event(day, day, kind)
    shift = contract.shift
    return Event(min(shift.paid_day(day), end), min(shift.reckoned_day(day), end), kind)


def anchor_of(contract: Contract, anchor: int | None, cycle: Cycle | None) -> int | None:
    """Return the first date of a cycle: the anchor, or else one cycle after the exchange."""
    if anchor is None and cycle is not None:
        return cycle.day(contract.exchange_day, 1)
    return anchor


def principal_days_of(contract: Contract, end: int) -> tuple[int, ...]:
    """Return the principal dates before an end, not shifted."""
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


def amortization_days_of(contract: Contract, maturity: int) -> tuple[int, ...]:
    """Return the days to which interest is counted for the payments of an annuity that are to be derived."""
    if contract.kind != RepaymentKind.ANNUITY or contract.payment is not None:
        return ()
    end = maturity if contract.amortization_day is None else contract.amortization_day
    events = [*principal_events_of(contract, end), Event(end, end, FlowKind.MATURITY)]
    return tuple(event.reckoned_day for event in events if is_to_come(contract, event))


def maturity_of(contract: Contract) -> int:
    """Return the maturity; where none is named, the amortization day, or else the one that is derived."""
    if contract.maturity_day is not None:
        return contract.maturity_day
    if contract.amortization_day is not None:
        return contract.amortization_day
    return derived_maturity_of(contract)


def derived_maturity_of(contract: Contract) -> int:
    """Return the date of the last payment that repays the principal, if each repaid as much as the first."""
    cycle = contract.principal_cycle
    anchor = anchor_of(contract, contract.principal_anchor, cycle)
    if contract.payment is None or cycle is None or anchor is None:
        raise ValueError("a loan without maturity needs a payment and a cycle of principal dates")
    status = min(contract.status_day, MAXIMUM_DAY - 1)
    past = len(tuple(takewhile(lambda day: day <= status, cycle.days(anchor))))
    repaid = contract.payment * UNIT
    if contract.kind == RepaymentKind.ANNUITY:
        first = max(past - 1, 0)
        step = (cycle.day(anchor, first), cycle.day(anchor, first + 1))
        repaid = repaid - interest_between(contract, *step)
    if repaid <= 0:
        raise ValueError("the payment does not cover the interest: the loan has no maturity")
    maturity = cycle.day(anchor, past + ceil(Fraction(contract.principal * UNIT) / repaid) - 1)
    if maturity >= MAXIMUM_DAY:
        raise ValueError("the schedule ends after the calendar")
    return maturity


def interest_between(contract: Contract, start: int, end: int) -> int:
    """Return the interest, a numerator, on the contract's principal between two days."""
    elapsed = clock(contract.day_count, end) - clock(contract.day_count, start)
    return contract.principal * (contract.rate or 0) * elapsed

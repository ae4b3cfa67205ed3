"""Plan a contract of the ACTUS standard.

Source: ACTUS technical specification, state initialization of the contract types PAM, LAM and ANN. Where
its text leaves a choice, the published cases decide: equal principal counts maturity among its dates; an
annuity's payment is fixed at the exchange where it could not be fixed before its first principal date.
"""

from dataclasses import replace

from lien.protocol.arithmetic import quotient_up
from lien.protocol.schedule.contract import Contract
from lien.protocol.schedule.plan import Event, FlowKind, Plan, Position, fix_payment
from lien.protocol.schedule.timetable import (
    amortization_days_of,
    events_of,
    interest_between,
    is_to_come,
    maturity_of,
    principal_events_of,
)
from lien.spec.types import RepaymentKind
from lien.spec.units import UNIT


def plan_of(contract: Contract) -> Plan:
    """Return the rules and the events of a contract.

    Raises: ValueError where the contract names neither an end nor a payment that reaches one, or ends after
    the calendar.
    """
    maturity = maturity_of(contract)
    events = events_of(contract, maturity)
    plan = Plan(
        kind=contract.kind,
        day_count=contract.day_count,
        principal=contract.principal,
        premium=contract.premium,
        accrued=accrued_at_exchange(contract),
        rate=contract.rate or 0,
        amortization_days=amortization_days_of(contract, maturity),
        negative_amortization=True,
        sign=contract.role,
        start=start_of(contract, maturity, events),
        events=tuple(event for event in events if is_to_come(contract, event)),
    )
    return replace(plan, start=fix_payment(plan, plan.start))


def accrued_at_exchange(contract: Contract) -> int:
    """Return the interest, a numerator, that the exchange brings: as named, or from an earlier anchor."""
    if contract.accrued is not None:
        return contract.accrued * UNIT
    anchor, exchange = contract.interest_anchor, contract.exchange_day
    begin = exchange if anchor is None else min(anchor, exchange)
    return interest_between(contract, begin, exchange)


def payment_of(contract: Contract, maturity: int) -> int:
    """Return the payment that is named, or for equal principal the principal in equal parts, rounded up."""
    if contract.payment is not None:
        return contract.payment
    if contract.kind != RepaymentKind.EQUAL_PRINCIPAL:
        return 0
    before_maturity = sum(is_to_come(contract, event) for event in principal_events_of(contract, maturity))
    return quotient_up(contract.principal, before_maturity + 1)


def start_of(contract: Contract, maturity: int, events: list[Event]) -> Position:
    """Return how the loan stands on the status day; before the exchange it owes nothing.

    Interest that is not named has accrued since the last interest date. One on the status day is past, as is
    every event of that day, and its interest paid.
    """
    payment, status, exchange = payment_of(contract, maturity), contract.status_day, contract.exchange_day
    if exchange > status:
        return Position(principal=0, accrued=0, reckoned_day=exchange, payment=payment)
    accrued = (contract.accrued or 0) * UNIT
    if contract.accrued is None:
        kinds = (FlowKind.INTEREST, FlowKind.CAPITALIZATION)
        past = [event.reckoned_day for event in events if event.kind in kinds and event.day <= status]
        accrued = interest_between(contract, max(past, default=exchange), status)
    return Position(principal=contract.principal, accrued=accrued, reckoned_day=status, payment=payment)

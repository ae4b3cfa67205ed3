"""Plan the payments of a protocol loan."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from lien.protocol.calendar import due_day
from lien.protocol.schedule.plan import CashFlow, Event, FlowKind, Plan, Position, cash_flows
from lien.spec.terms import Terms
from lien.spec.types import RepaymentKind


@dataclass(frozen=True, slots=True)
class PlannedPayment:
    """Say what falls due on a day, and the principal that remains after it; amounts in base units."""

    day: int
    interest: int
    principal: int
    remaining: int


def planned_payments(terms: Terms, disbursed_day: int) -> tuple[PlannedPayment, ...]:
    """Return the payments of a loan that is paid on each due date, in order; amounts in base units.

    Interest runs from the day of disbursement. Each period's is rounded up, less the credit from the
    rounding before. Principal is nothing before the last period (bullet, interest-only), the payment (equal
    principal), or the payment less the interest but not below zero (annuity), and never more than remains;
    the last period takes the rest. The plan ends with the payment that leaves nothing.

    Bounds, in base units, against the same terms in exact fractions:

    - All kinds but the annuity: the principal is the same. All interest paid up to a date is the ceiling of
      the exact sum, so that each payment differs by less than one unit.
    - Annuity: let G be the growth of one unit at the contract's rate from the disbursement, the product of
      1 + rate x step / UNIT. Where each payment covers its interest, the principal that remains is the exact
      one or less than G more, and a payment's interest and all that was paid up to a date differ by less than
      G. Where some do not cover it, each of these differs by less than 2 n G after n periods, to either side.

    Why: let c be the credit (at most zero, above minus one) and D the excess of the principal over the exact
    one, plus c. A period with growth 1 + g leads from D to D (1 + g) - c g, and as -c < 1, by induction
    0 <= D <= G - 1; the excess is D - c < G. That principal ends at zero brings the two only closer together.
    A period that repays nothing keeps the excess but not c, which adds less than one to the next.
    """
    flows = cash_flows(plan_of_loan(terms, disbursed_day))
    by_day = groupby(flows, key=lambda flow: flow.day)
    payments = [planned_payment(day, tuple(group)) for day, group in by_day]
    before_last = sum(payment.remaining > 0 for payment in payments)
    return tuple(payments[: before_last + 1])


def plan_of_loan(terms: Terms, disbursed_day: int) -> Plan:
    """Return the rules and the events of a protocol loan after its disbursement."""
    return Plan(
        kind=RepaymentKind.ANNUITY if terms.kind == RepaymentKind.BALLOON else terms.kind,
        day_count=terms.day_count,
        principal=terms.principal,
        premium=0,
        accrued=0,
        rate=terms.rate,
        amortization_days=(),
        negative_amortization=False,
        sign=1,
        start=Position(
            principal=terms.principal, accrued=0, reckoned_day=disbursed_day, payment=terms.payment
        ),
        events=tuple(events_of_loan(terms)),
    )


def events_of_loan(terms: Terms) -> Iterable[Event]:
    """Return the events of every due day, in order."""
    for period in range(terms.periods - 1):
        day = due_day(terms, period)
        if terms.kind in (RepaymentKind.EQUAL_PRINCIPAL, RepaymentKind.ANNUITY, RepaymentKind.BALLOON):
            yield Event(day, day, FlowKind.PRINCIPAL)
        yield Event(day, day, FlowKind.INTEREST)
    yield Event(terms.maturity_day, terms.maturity_day, FlowKind.INTEREST)
    yield Event(terms.maturity_day, terms.maturity_day, FlowKind.MATURITY)


def planned_payment(day: int, flows: tuple[CashFlow, ...]) -> PlannedPayment:
    """Add up the flows of one due day."""
    interest = sum(flow.amount for flow in flows if flow.kind == FlowKind.INTEREST)
    principal = sum(flow.amount for flow in flows if flow.kind != FlowKind.INTEREST)
    return PlannedPayment(day, interest, principal, flows[-1].principal)

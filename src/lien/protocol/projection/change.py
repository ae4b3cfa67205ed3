"""Change one part of a state, as the projections of all chapters do."""

from dataclasses import fields, replace
from typing import Any

from lien.protocol.booking import book
from lien.protocol.state import Loan, State
from lien.protocol.waterfall import Payment
from lien.spec.call import Event


def with_facility(state: State, number: int, **changes: Any) -> State:
    """Return the state in which some fields of a facility are other ones."""
    facility = replace(state.facilities.get(number), **changes)
    return replace(state, facilities=state.facilities.set(number, facility))


def with_loan(state: State, number: int, **changes: Any) -> State:
    """Return the state in which some fields of a loan are other ones."""
    loan = replace(state.loans.get(number), **changes)
    return replace(state, loans=state.loans.set(number, loan))


def recorded(state: State, asset: int, amount: int) -> State:
    """Return the state in which the protocol records an amount more as its cash, cover or collateral.

    What leaves the protocol is taken off where its transfer is projected: all that leaves was recorded.
    """
    holdings = state.ledger.holdings
    ledger = replace(state.ledger, holdings=holdings.set(asset, holdings.get(asset) + amount))
    return replace(state, ledger=ledger)


def rebooked(state: State, number: int, after: Loan) -> State:
    """Return the state in which a loan is another one, and its facility counts it as such."""
    return book(state, number, state.facilities.get(after.facility), after)


def payment_told(event: Event, fee_base: int = 0) -> Payment:
    """Return what a payment was taken for, as an event tells it: nothing for the parts that it lacks."""
    parts = {item.name: getattr(event, item.name, 0) for item in fields(Payment)}
    return Payment(**(parts | {"fee_base": fee_base}))


def with_payment(state: State, number: int, taken: int, share: int, paid: Loan) -> State:
    """Return the state in which a loan is as a payment left it; the treasury has its share."""
    facility = state.facilities.get(paid.facility)
    received = replace(
        facility, cash=facility.cash + taken - share, treasury_taken=facility.treasury_taken + share
    )
    return recorded(book(state, number, received, paid), facility.asset, taken)

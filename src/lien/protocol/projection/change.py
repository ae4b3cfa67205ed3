"""Change one part of a state, as the projections of all chapters do."""

from dataclasses import replace
from typing import Any

from lien.protocol.booking import book
from lien.protocol.state import Loan, State


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


def with_payment(state: State, number: int, taken: int, share: int, paid: Loan) -> State:
    """Return the state in which a loan is as a payment left it; the treasury has its share."""
    facility = state.facilities.get(paid.facility)
    received = replace(
        facility, cash=facility.cash + taken - share, treasury_taken=facility.treasury_taken + share
    )
    return recorded(book(state, number, received, paid), facility.asset, taken)

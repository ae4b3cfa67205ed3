"""Write down what a call makes of a loan: the record, its facility's sums, and what is paid on it."""

from dataclasses import replace

from lien.protocol.aggregate import recount, restop
from lien.protocol.algebra import minimum
from lien.protocol.ledger import collect, deliver
from lien.protocol.state import Facility, Loan, State
from lien.protocol.valuation import treasury_share


def book(state: State, number: int, facility: Facility, after: Loan) -> State:
    """Return the state with a loan as a call leaves it; the facility is as it is without that change."""
    before = state.loans.get(number)
    return replace(
        state,
        facilities=state.facilities.set(before.facility, recount(facility, before, after)),
        loans=state.loans.set(number, after),
        stops=restop(state.stops, before, after),
    )


def book_payment(state: State, number: int, payer: int, taken: int, after: Loan) -> tuple[State, int]:
    """Take what was paid on a loan into its facility, and return the treasury's share, which goes on to it.

    The share is at most the payment: of interest that was capitalised it waits for the cash.

    Raises: INSUFFICIENT_BALANCE.
    """
    before = state.loans.get(number)
    facility = state.facilities.get(before.facility)
    share = minimum(treasury_share(recount(facility, before, after)), taken)
    ledger = collect(state.ledger, facility.asset, payer, taken)
    ledger = deliver(ledger, facility.asset, state.settings.treasury, share)
    received = replace(
        facility, cash=facility.cash + taken - share, treasury_taken=facility.treasury_taken + share
    )
    return book(replace(state, ledger=ledger), number, received, after), share

"""Write down what a call makes of a loan: the record, its facility's sums, and what is paid on it.

The credit record of the borrower's identity is kept here too, so that every call that settles a loan or finds
it in default keeps it, and says so in the same events.
"""

from dataclasses import replace

from lien.protocol.aggregate import recount, restop
from lien.protocol.algebra import all_of, any_of, choose, minimum
from lien.protocol.credit import (
    does_default_count,
    does_settlement_count,
    record_default,
    record_settlement,
    remove_live_loan,
)
from lien.protocol.ledger import collect, deliver
from lien.protocol.state import Facility, Identity, Loan, State
from lien.protocol.valuation import treasury_share
from lien.spec.liquidation import DefaultBooked
from lien.spec.settlement import LoanSettled
from lien.spec.types import ACCRUING, IN_DEFAULT, LoanStatus


def book(state: State, number: int, facility: Facility, after: Loan) -> State:
    """Return the state with a loan as a call leaves it; the facility is as it is without that change.

    A loan that the call settles is accrued to the day of the call (CREDIT-5, CREDIT-6, SETTLEMENT-4).
    """
    before = state.loans.get(number)
    identity = state.identities.get(before.identity)
    recorded = keep_record(identity, number, facility, before, after)
    return replace(
        state,
        facilities=state.facilities.set(before.facility, recount(facility, before, after)),
        loans=state.loans.set(number, after),
        stops=restop(state.stops, before, after),
        identities=state.identities.set(before.identity, recorded),
    )


def keep_record(identity: Identity, number: int, facility: Facility, before: Loan, after: Loan) -> Identity:
    """Return an identity with what a call made of its loan: in default, settled, or no longer live."""
    defaults = all_of(after.has_defaulted == 1, does_default_count(facility, before))
    settles = after.status == LoanStatus.SETTLED
    counts = all_of(settles, does_settlement_count(facility, before, after.since))
    recorded = record_default(identity, defaults)
    recorded = record_settlement(recorded, before.terms.principal, counts, after.is_late == 1)
    has_ended = any_of(settles, after.status == LoanStatus.WRITTEN_OFF)
    return remove_live_loan(recorded, choose(has_ended, number, 0))


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


# --- what events say of it --------------------------------------------------------------------------


def default_booked(state: State, number: int, caught_up: Loan) -> tuple[DefaultBooked, ...]:
    """Return the event of a default that catching up found for the first time, or none (LIQUIDATION-5).

    It comes before the events of what else the call does; the state is the one before the call.
    """
    before = state.loans.get(number)
    if before.status not in ACCRUING or caught_up.status not in IN_DEFAULT:
        return ()
    counts = does_default_count(state.facilities.get(before.facility), before)
    event = DefaultBooked(
        loan=number,
        principal=caught_up.principal,
        interest=caught_up.interest,
        impairment=caught_up.impairment,
        default_day=caught_up.default_day,
        identity=before.identity,
        is_counted=choose(counts, 1, 0),
    )
    return (event,)


def loan_settled(state: State, number: int, caught_up: Loan, after: Loan) -> tuple[LoanSettled, ...]:
    """Return the event of a loan that a call settles, or none (SETTLEMENT-4).

    It comes after the event of the call; the state is the one before the call.
    """
    if after.status != LoanStatus.SETTLED:
        return ()
    counts = does_settlement_count(state.facilities.get(after.facility), after, after.since)
    event = LoanSettled(
        loan=number,
        collateral=caught_up.collateral,
        identity=after.identity,
        is_counted=choose(counts, 1, 0),
        is_late=after.is_late,
    )
    return (event,)

"""Properties that link an entry with the rest of the state, and properties of the state's own figures."""

from lien.invariants.properties.base import Kind, declare, is_one_of
from lien.protocol.algebra import all_of, any_of, implies
from lien.protocol.calendar import day_of
from lien.protocol.state import Facility, Loan, State
from lien.spec.types import ACCRUING, LoanStatus
from lien.spec.units import INTEREST_FEE_CAP


@declare("STATE-ACCOUNTS", Kind.GLOBAL, ("assets",), ())
def accounts_are_apart(state: State) -> bool:
    """The protocol and the treasury are two accounts, and the ledger knows which is the protocol."""
    settings = state.settings
    return all_of(settings.treasury != settings.protocol, state.ledger.protocol == settings.protocol)


@declare("FACILITY-FEE", Kind.ENTRY, ("facility",), (53,), over="facilities")
def interest_fee_is_capped(facility: Facility) -> bool:
    """The treasury's share of interest is within its cap."""
    return facility.interest_fee <= INTEREST_FEE_CAP


@declare("FACILITY-SERVICER", Kind.LINK, ("facility",), (105,), over="facilities")
def servicer_is_not_the_protocol(state: State, _: int, facility: Facility) -> bool:
    """The protocol services no facility, and a facility's asset is listed."""
    return all_of(facility.servicer != state.settings.protocol, state.ledger.listed.get(facility.asset) == 1)


@declare("FACILITY-CURRENT-DAY", Kind.LINK, ("facility",), (47,), over="facilities")
def book_is_not_ahead(state: State, _: int, facility: Facility) -> bool:
    """No book has passed a day that has not come."""
    return facility.current_day <= day_of(state.timestamp) + 1


@declare("LOAN-CURRENT", Kind.LINK, ("facility", "liquidation"), (), over="loans")
def book_has_passed_no_accruing_loan(state: State, _: int, loan: Loan) -> bool:
    """A facility's book has not passed the stop day of any loan that accrues in it."""
    current_day = state.facilities.field(loan.facility, "current_day")
    return implies(is_one_of(loan.status, ACCRUING), current_day <= loan.stop_day)


@declare("LOAN-PARTIES", Kind.LINK, ("agreement",), (96,), over="loans")
def parties_are_apart(state: State, _: int, loan: Loan) -> bool:
    """A loan's facility exists; its borrower is neither that facility's servicer nor the protocol."""
    return all_of(
        loan.facility >= 1,
        loan.facility <= state.facility_count,
        loan.borrower != state.settings.protocol,
        loan.borrower != state.facilities.field(loan.facility, "servicer"),
        state.ledger.listed.get(loan.terms.collateral_asset) == 1,
    )


@declare("LOAN-NONCES", Kind.LINK, ("agreement",), (106,), over="loans")
def nonces_follow_the_signatures(state: State, number: int, loan: Loan) -> bool:
    """Until a party has signed a loan's agreement, its nonce for this loan is zero."""
    servicer = state.facilities.field(loan.facility, "servicer")
    unsigned_by_borrower = loan.status == LoanStatus.OFFERED
    unsigned_by_servicer = any_of(unsigned_by_borrower, loan.status == LoanStatus.ACCEPTED)
    return all_of(
        implies(unsigned_by_borrower, state.nonces.get((loan.borrower, number)) == 0),
        implies(unsigned_by_servicer, state.nonces.get((servicer, number)) == 0),
    )


@declare("NONCE-UNUSED", Kind.LINK, ("agreement",), (108,), over="nonces")
def nonces_need_a_loan(state: State, key: tuple[int, ...], figure: int) -> bool:
    """A loan that does not exist has no used nonce."""
    return implies(key[1] > state.loan_count, figure == 0)


@declare("LOAN-SINCE", Kind.LINK, ("repayment",), (47, 86), over="loans")
def accrued_until_now_at_most(state: State, _: int, loan: Loan) -> bool:
    """No loan is accrued to a day that has not come."""
    return loan.since <= day_of(state.timestamp)


@declare("HOLDINGS-BACKED", Kind.LINK, ("assets",), (4, 5, 7, 18), over="holdings")
def holdings_are_backed(state: State, key: tuple[int, ...], figure: int) -> bool:
    """The protocol holds at least what it records, of every asset."""
    return figure <= state.ledger.balances.get((key[0], state.settings.protocol))

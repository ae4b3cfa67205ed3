"""Read what an executed call did: whose balance changed, what became of its loan."""

from lien.invariants.properties.base import Observed
from lien.protocol.arithmetic import quotient_up
from lien.protocol.calendar import day_of
from lien.protocol.state import Facility, Loan
from lien.spec.units import UNIT


def loans_of(observed: Observed) -> tuple[Loan, Loan]:
    """Return the loan of a call, before and after."""
    number = observed.call.loan
    return observed.before.loans.get(number), observed.after.loans.get(number)


def facility_of(observed: Observed) -> int:
    """Return the number of the facility that a call names, or of the one whose loan it names."""
    call = observed.call
    return call.facility if hasattr(call, "facility") else observed.before.loans.get(call.loan).facility


def facilities_of(observed: Observed) -> tuple[Facility, Facility]:
    """Return the facility of a call, before and after."""
    number = facility_of(observed)
    return observed.before.facilities.get(number), observed.after.facilities.get(number)


def today_of(observed: Observed) -> int:
    """Return the day of the call."""
    return day_of(observed.context.timestamp)


def balance_change(observed: Observed, asset: int, account: int) -> int:
    """Return by how much an account's balance rose."""
    if observed.after is observed.before:
        return 0
    key = (asset, account)
    return observed.after.ledger.balances.get(key) - observed.before.ledger.balances.get(key)


def claim_change(observed: Observed, asset: int, account: int) -> int:
    """Return by how much an account's claim rose."""
    if observed.after is observed.before:
        return 0
    key = (asset, account)
    return observed.after.ledger.claims.get(key) - observed.before.ledger.claims.get(key)


def received(observed: Observed, asset: int, account: int) -> int:
    """Return what an account received, as balance or as claim."""
    return balance_change(observed, asset, account) + claim_change(observed, asset, account)


def debt(loan: Loan) -> int:
    """Return what is owed on a loan that is caught up, each figure rounded up, less the credit."""
    interest = quotient_up(loan.interest, UNIT) + quotient_up(loan.default_interest, UNIT)
    return loan.principal + interest + loan.late_fees

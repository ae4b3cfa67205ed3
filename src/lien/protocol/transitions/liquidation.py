"""Chapter 9: default and liquidation (`lien.spec.liquidation`)."""

from lien.protocol.accrual import catch_up
from lien.protocol.booking import book, default_booked
from lien.protocol.calendar import day_of
from lien.protocol.rejection import require
from lien.protocol.state import Context, State
from lien.protocol.transitions.auction import start_auction, take
from lien.protocol.transitions.losses import recover, write_off
from lien.protocol.transitions.step import Step
from lien.spec.liquidation import DeclareDefault
from lien.spec.reasons import Reason
from lien.spec.types import ACCRUING, LIVE, LoanStatus

__all__ = ["declare_default", "recover", "start_auction", "take", "write_off"]


def declare_default(state: State, call: DeclareDefault, context: Context) -> Step:
    """Book the default that the dates say (LIQUIDATION-2, LIQUIDATION-4, LIQUIDATION-5)."""
    require(state.loans.contains(call.loan), Reason.UNKNOWN_LOAN)
    loan = state.loans.get(call.loan)
    require(loan.status in LIVE, Reason.NOT_LIVE)
    require(loan.status in ACCRUING, Reason.DEFAULT_ALREADY_BOOKED)
    defaulted = catch_up(loan, day_of(context.timestamp))
    require(defaulted.status == LoanStatus.DEFAULTED, Reason.NOT_IN_DEFAULT)

    after = book(state, call.loan, state.facilities.get(loan.facility), defaulted)
    return Step(after, default_booked(state, call.loan, defaulted))

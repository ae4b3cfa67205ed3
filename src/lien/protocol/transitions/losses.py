"""Chapter 9, losses: write-off and recovery (`lien.spec.liquidation`)."""

from dataclasses import replace

from lien.protocol.accrual import catch_up
from lien.protocol.booking import book, default_booked
from lien.protocol.calendar import day_of
from lien.protocol.ledger import collect, deliver
from lien.protocol.losses import (
    compute_unrecovered,
    pay_out_cover,
    receive_recovery,
    split_recovery,
    write_down,
)
from lien.protocol.rejection import require
from lien.protocol.state import Context, State
from lien.protocol.transitions.step import Step
from lien.spec.liquidation import Recover, Recovered, WriteOff, WrittenOff
from lien.spec.reasons import Reason
from lien.spec.types import LIVE, LoanStatus
from lien.spec.units import WRITE_OFF_DAYS


def write_off(state: State, call: WriteOff, context: Context) -> Step:
    """Take what is lost on a loan from the cover, then from the lenders (LIQUIDATION-20 to -22)."""
    require(state.loans.contains(call.loan), Reason.UNKNOWN_LOAN)
    loan = state.loans.get(call.loan)
    facility = state.facilities.get(loan.facility)
    require(context.sender == facility.servicer, Reason.NOT_SERVICER)
    require(loan.status in LIVE, Reason.NOT_LIVE)
    require(loan.status != LoanStatus.AUCTION, Reason.IN_AUCTION)
    today = day_of(context.timestamp)
    caught_up = catch_up(loan, today)
    require(caught_up.status == LoanStatus.DEFAULTED, Reason.NOT_IN_DEFAULT)
    opens = caught_up.default_day + WRITE_OFF_DAYS
    require(today >= opens, Reason.WRITE_OFF_TOO_EARLY, today=today, opens=opens)
    require(loan.collateral == 0, Reason.COLLATERAL_LEFT, collateral=loan.collateral)

    lost = write_down(caught_up, facility.cover)
    after = book(state, call.loan, pay_out_cover(facility, lost.cover_loss), lost)
    event = WrittenOff(call.loan, caught_up.principal, lost.cover_loss, lost.lender_loss)
    return Step(after, (*default_booked(state, call.loan, caught_up), event))


def recover(state: State, call: Recover, context: Context) -> Step:
    """Take what is paid of a loss: for the lenders first, then the cover (LIQUIDATION-23, LIQUIDATION-24)."""
    require(state.loans.contains(call.loan), Reason.UNKNOWN_LOAN)
    require(call.amount > 0, Reason.ZERO_AMOUNT)
    loan = state.loans.get(call.loan)
    require(loan.status == LoanStatus.WRITTEN_OFF, Reason.NOT_WRITTEN_OFF)
    require(compute_unrecovered(loan) > 0, Reason.NOTHING_TO_RECOVER)
    facility = state.facilities.get(loan.facility)
    recovery = split_recovery(facility, loan, call.amount)
    ledger = collect(state.ledger, facility.asset, context.sender, recovery.taken)
    ledger = deliver(ledger, facility.asset, state.settings.treasury, recovery.to_treasury)

    received = receive_recovery(facility, recovery, day_of(context.timestamp))
    after = replace(
        state,
        ledger=ledger,
        facilities=state.facilities.set(loan.facility, received),
        loans=state.loans.set(call.loan, replace(loan, recovered=loan.recovered + recovery.taken)),
    )
    event = Recovered(call.loan, context.sender, recovery.to_lenders, recovery.to_cover, recovery.to_treasury)
    return Step(after, (event,))

"""Chapter 9, losses: write-off and recovery (`lien.spec.liquidation`)."""

from dataclasses import replace

from lien.protocol.accrual import catch_up
from lien.protocol.booking import book
from lien.protocol.calendar import day_of
from lien.protocol.losses import Recovery, pay_out_cover, receive_recovery, write_down
from lien.protocol.projection.change import recorded
from lien.protocol.state import State
from lien.spec.liquidation import Recovered, WrittenOff


def written_off(state: State, event: WrittenOff, now: int) -> State:
    """Take the loss from the cover, as far as the event says, and the rest of it from the lenders."""
    before = state.loans.get(event.loan)
    lost = write_down(catch_up(before, day_of(now)), event.cover_loss)
    facility = pay_out_cover(state.facilities.get(before.facility), event.cover_loss)
    return book(state, event.loan, facility, lost)


def recovered(state: State, event: Recovered, now: int) -> State:
    """Take what was paid in, for whom the event says; what goes to the treasury is a transfer or a claim."""
    loan = state.loans.get(event.loan)
    recovery = Recovery(event.to_lenders, event.to_cover, event.to_treasury)
    facility = receive_recovery(state.facilities.get(loan.facility), recovery, day_of(now))
    after = replace(
        state,
        facilities=state.facilities.set(loan.facility, facility),
        loans=state.loans.set(event.loan, replace(loan, recovered=loan.recovered + recovery.taken)),
    )
    return recorded(after, facility.asset, recovery.taken)

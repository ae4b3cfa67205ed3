"""Count loans for their facility: exact sums, changed by the difference that one loan makes."""

from dataclasses import dataclass, replace

from lien.protocol.algebra import any_of, choose, scale
from lien.protocol.calendar import clock
from lien.protocol.maps import Figures
from lien.protocol.state import Facility, Loan
from lien.spec.types import ACCRUING, IN_DEFAULT, LIVE, DayCount, LoanStatus

DISBURSED = (*LIVE, LoanStatus.SETTLED, LoanStatus.WRITTEN_OFF)


@dataclass(frozen=True, slots=True)
class Contribution:
    """Say what one loan adds to the sums of its facility."""

    principal: int
    loans: int
    accruing: int
    impairment: int
    defaulted_loans: int
    interest_paid: int
    day_count: int
    slope: int
    offset: int
    carry: int


def does_accrue(loan: Loan) -> bool:
    """Return whether a loan accrues for its facility: from disbursement until it is settled or in default."""
    return any_of(*(loan.status == status for status in ACCRUING))


def contribution(loan: Loan) -> Contribution:
    """Return what a loan adds: nothing before disbursement, and no accrual from default on."""
    accrues = does_accrue(loan)
    disbursed = any_of(*(loan.status == status for status in DISBURSED))
    defaulted = any_of(*(loan.status == status for status in IN_DEFAULT))
    slope = choose(accrues, scale(loan.principal, loan.terms.rate), 0)
    return Contribution(
        principal=loan.principal,
        loans=choose(disbursed, 1, 0),
        accruing=choose(accrues, 1, 0),
        impairment=loan.impairment,
        defaulted_loans=choose(defaulted, 1, 0),
        interest_paid=loan.interest_paid,
        day_count=loan.terms.day_count,
        slope=slope,
        offset=scale(slope, clock(loan.terms.day_count, loan.since)),
        carry=choose(accrues, loan.interest, 0),
    )


def change_entry(entries: tuple[int, ...], index: int, change: int) -> tuple[int, ...]:
    """Add the change to the entry of the index."""
    return tuple(entry + choose(index == position, change, 0) for position, entry in enumerate(entries))


def recount(facility: Facility, before: Loan, after: Loan) -> Facility:
    """Return the facility with a loan counted as it stands after a call instead of as it stood before."""
    old, new = contribution(before), contribution(after)
    return replace(
        facility,
        principal=facility.principal - old.principal + new.principal,
        loans=facility.loans - old.loans + new.loans,
        accruing=facility.accruing - old.accruing + new.accruing,
        impairment=facility.impairment - old.impairment + new.impairment,
        defaulted_loans=facility.defaulted_loans - old.defaulted_loans + new.defaulted_loans,
        interest_paid=facility.interest_paid - old.interest_paid + new.interest_paid,
        slopes=change_entry(facility.slopes, old.day_count, new.slope - old.slope),
        offsets=change_entry(facility.offsets, old.day_count, new.offset - old.offset),
        carry=facility.carry - old.carry + new.carry,
    )


def restop(stops: Figures, before: Loan, after: Loan) -> Figures:
    """Return the counts of accruing loans by stop day, with a loan counted as it stands after a call."""
    for loan, change in ((before, -1), (after, 1)):
        place = (loan.facility, loan.stop_day)
        stops = stops.set(place, stops.get(place) + choose(does_accrue(loan), change, 0))
    return stops


def accrued_interest(facility: Facility, day: int) -> int:
    """Return the unpaid contract interest of all accruing loans on a day, as a numerator."""
    accrued = facility.carry
    for day_count in DayCount:
        accrued = (
            accrued + scale(facility.slopes[day_count], clock(day_count, day)) - facility.offsets[day_count]
        )
    return accrued

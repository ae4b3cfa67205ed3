"""What a call leaves whole: every other loan, and every other facility.

These speak of every field, so that as lemmas they would bear on all that is shown after them. They are shown
last: modules are collected by name.
"""

from dataclasses import fields

from lien.invariants.properties.arrows import ON_A_FACILITY, ON_A_LOAN
from lien.invariants.properties.base import Kind, Observed, declare
from lien.invariants.properties.observing import facility_of
from lien.protocol.algebra import all_of, any_of
from lien.protocol.state import Facility, Loan
from lien.spec.agreement import Offer
from lien.spec.facility import AdvanceBook, OpenFacility
from lien.spec.governance import Execute
from lien.spec.types import DayCount, one_each_of

FIGURES_OF_A_LOAN = [item.name for item in fields(Loan) if item.name != "terms"]
FIGURES_OF_A_FACILITY = [item.name for item in fields(Facility) if one_each_of(item.type) is None]
BY_DAY_COUNT = [item.name for item in fields(Facility) if one_each_of(item.type) is not None]


@declare("LOANS-APART", Kind.STEP, ("repayment", "liquidation"), (26, 74), every=("loan",))
def loans_are_apart(observed: Observed, loan: int) -> bool:
    """A call changes no figure of a loan but of the one that it names; an offer changes none."""
    before, after = observed.before.loans, observed.after.loans
    if after is before:
        return True
    is_kept = all_of(*(after.field(loan, name) == before.field(loan, name) for name in FIGURES_OF_A_LOAN))
    if isinstance(observed.call, Offer):
        return any_of(loan > observed.before.loan_count, is_kept)
    return isinstance(observed.call, ON_A_LOAN) and any_of(loan == observed.call.loan, is_kept)


@declare("FACILITIES-APART", Kind.STEP, ("facility",), (26, 40), every=("facility",))
def facilities_are_apart(observed: Observed, facility: int) -> bool:
    """A call changes no figure of a facility but of the one that it, or its loan, names.

    Opening one changes none, and of what the council decides EXECUTE-POLICY speaks.
    """
    before, after = observed.before.facilities, observed.after.facilities
    if after is before or isinstance(observed.call, Execute):
        return True
    is_kept = all_of(
        *(after.field(facility, name) == before.field(facility, name) for name in FIGURES_OF_A_FACILITY),
        *(
            after.place(facility, name, day_count) == before.place(facility, name, day_count)
            for name in BY_DAY_COUNT
            for day_count in DayCount
        ),
    )
    if isinstance(observed.call, OpenFacility):
        return any_of(facility > observed.before.facility_count, is_kept)
    names_it = isinstance(observed.call, (*ON_A_FACILITY, AdvanceBook))
    return names_it and any_of(facility == facility_of(observed), is_kept)

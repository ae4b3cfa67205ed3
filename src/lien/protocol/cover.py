"""Reckon with first-loss cover: the servicer's own money, which bears losses before the lenders do."""

from lien.protocol.algebra import all_of
from lien.protocol.arithmetic import multiply_divide_up
from lien.protocol.state import Facility
from lien.spec.units import WAD


def required_cover(facility: Facility, principal: int) -> int:
    """Return the least cover with which a principal may be outstanding, rounded up."""
    return multiply_divide_up(principal, facility.cover_ratio, WAD)


def is_book_clean(facility: Facility) -> bool:
    """Return whether no loan of the facility is booked as one that may need its cover."""
    return all_of(facility.defaulted_loans == 0, facility.impairment == 0)

"""The share price never falls below that of the opening while nothing is lost.

It follows from what each call does to net assets, which the modules before say.
"""

from lien.invariants.properties.arrows import ON_A_FACILITY
from lien.invariants.properties.base import Kind, Observed, declare
from lien.invariants.properties.observing import facilities_of, loans_of, today_of
from lien.protocol.accrual import catch_up
from lien.protocol.algebra import implies
from lien.protocol.state import Facility
from lien.protocol.valuation import net_assets
from lien.spec.facility import Deposit, OpenFacility
from lien.spec.liquidation import Take, WriteOff
from lien.spec.types import IN_DEFAULT, LIVE
from lien.spec.units import VIRTUAL_ASSETS, VIRTUAL_SHARES

# Of deposits, which are priced at tomorrow's net assets, DEPOSIT-OPENING speaks.
LOSING_NOTHING = tuple(call for call in ON_A_FACILITY if call not in (Deposit, Take, WriteOff))


def has_opening_price(facility: Facility, day: int) -> bool:
    """Return whether a share is worth at least what the first one cost, on a day."""
    assets, shares = net_assets(facility, day) + VIRTUAL_ASSETS, facility.shares + VIRTUAL_SHARES
    return assets * VIRTUAL_SHARES >= shares * VIRTUAL_ASSETS


@declare("PRICE-OPENING", Kind.STEP, ("facility",), (16,), calls=(OpenFacility, *LOSING_NOTHING))
def price_is_never_below_the_opening(observed: Observed) -> bool:
    """A share is never worth less than the first one cost, while no loan is in default.

    It is worth that when its facility is opened, and no call on a facility brings it below, but for a sale, a
    write-off, or any call on a loan that is in default.
    """
    if not observed.accepted:
        return True
    day = today_of(observed)
    if isinstance(observed.call, OpenFacility):
        return has_opening_price(observed.after.facilities.get(observed.after.facility_count), day)
    if hasattr(observed.call, "loan"):
        loan, _ = loans_of(observed)
        if loan.status in LIVE and catch_up(loan, day).status in IN_DEFAULT:
            return True
    old, new = facilities_of(observed)
    return implies(has_opening_price(old, day), has_opening_price(new, day))

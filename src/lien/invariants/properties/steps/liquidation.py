"""What a default does."""

from lien.invariants.properties.arrows import ON_A_LIVE_LOAN
from lien.invariants.properties.base import Kind, Observed, declare, is_one_of
from lien.invariants.properties.observing import loans_of, today_of
from lien.protocol.accrual import catch_up
from lien.protocol.algebra import choose, implies, scale
from lien.spec.liquidation import Take
from lien.spec.types import IN_DEFAULT, LoanStatus

# A sale may end an auction, and leaves the loan in default.
DERIVING_THE_DEFAULT = tuple(call for call in ON_A_LIVE_LOAN if call is not Take)


@declare("DEFAULT-STOPS-ACCRUAL", Kind.STEP, ("liquidation", "facility"), (84, 49), calls=ON_A_LIVE_LOAN)
def default_stops_accrual(observed: Observed) -> bool:
    """A loan that a call leaves in default, settled or written off accrues nothing for its facility."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    old, new = observed.before.facilities.get(loan.facility), observed.after.facilities.get(loan.facility)
    was_accruing = is_one_of(loan.status, (LoanStatus.ACTIVE, LoanStatus.OVERDUE))
    stops = is_one_of(after.status, (*IN_DEFAULT, LoanStatus.SETTLED, LoanStatus.WRITTEN_OFF))
    slope = choose(was_accruing, scale(loan.principal, loan.terms.rate), 0)
    return implies(stops, sum(old.slopes) - sum(new.slopes) == slope)


@declare("DEFAULT-DERIVED", Kind.STEP, ("liquidation",), (68, 77), calls=DERIVING_THE_DEFAULT)
def default_follows_the_dates(observed: Observed) -> bool:
    """Whether a loan is in default is what catching up derives, whoever calls.

    A call by itself makes no default.
    """
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    derived = catch_up(loan, today_of(observed)).status == LoanStatus.DEFAULTED
    return implies(after.status == LoanStatus.DEFAULTED, derived)

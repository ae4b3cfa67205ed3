"""What a default does."""

from lien.invariants.properties.arrows import ON_A_LIVE_LOAN
from lien.invariants.properties.base import Kind, Observed, declare, is_one_of
from lien.invariants.properties.observing import debt, loans_of, today_of
from lien.protocol.accrual import catch_up
from lien.protocol.aggregate import accrued_interest
from lien.protocol.algebra import all_of, any_of, choose, implies, negate, scale
from lien.protocol.calendar import clock
from lien.spec.liquidation import DeclareDefault, MarginCall, StartAuction, Take
from lien.spec.repayment import Impair, LiftImpairment, Repay, Restructure, TopUpCollateral
from lien.spec.types import ACCRUING, IN_DEFAULT, LoanStatus

# A sale may end an auction, and leaves the loan in default.
DERIVING_THE_DEFAULT = tuple(call for call in ON_A_LIVE_LOAN if call is not Take)
# What neither sells collateral nor begins a loan anew.
KEEPING_THE_COLLATERAL = (
    Repay,
    TopUpCollateral,
    Impair,
    LiftImpairment,
    DeclareDefault,
    MarginCall,
    StartAuction,
)
ENDED = (LoanStatus.SETTLED, LoanStatus.WRITTEN_OFF)


@declare("DEFAULT-STOPS-ACCRUAL", Kind.STEP, ("liquidation", "facility"), (49,), calls=ON_A_LIVE_LOAN)
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


@declare("DEFAULT-DERIVED", Kind.STEP, ("liquidation",), (68,), calls=DERIVING_THE_DEFAULT)
def default_follows_the_dates(observed: Observed) -> bool:
    """A loan is in default exactly from its stop day on, whoever calls; a call by itself makes no default.

    Nothing but a restructuring brings it back from there.
    """
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    was_accruing = is_one_of(loan.status, ACCRUING)
    has_come = all_of(was_accruing, today_of(observed) >= loan.stop_day)
    is_new = all_of(was_accruing, after.status == LoanStatus.DEFAULTED)
    is_cured = isinstance(observed.call, Restructure)
    return all_of(
        implies(is_new, has_come),
        any_of(negate(has_come), negate(is_one_of(after.status, ACCRUING)), is_cured),
    )


@declare("DEFAULT-REVERSES", Kind.STEP, ("liquidation", "facility"), (82,), calls=ON_A_LIVE_LOAN)
def what_stops_takes_its_interest_out(observed: Observed) -> bool:
    """A loan that stops accruing takes its own unpaid interest, to the day, out of what its facility accrued.

    No more of it is left there, and nothing of the other loans goes with it.
    """
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    if loan.status not in ACCRUING:
        return True
    old, new = observed.before.facilities.get(loan.facility), observed.after.facilities.get(loan.facility)
    today, slope = today_of(observed), scale(loan.principal, loan.terms.rate)
    reached, since = clock(loan.terms.day_count, today), clock(loan.terms.day_count, loan.since)
    counted = loan.interest + scale(slope, reached) - scale(slope, since)
    stops = negate(is_one_of(after.status, ACCRUING))
    return implies(stops, accrued_interest(old, today) - accrued_interest(new, today) == counted)


@declare("SECURED-UNTIL-SOLD", Kind.STEP, ("liquidation", "settlement"), (56,), calls=ON_A_LIVE_LOAN)
def debt_keeps_its_collateral(observed: Observed) -> bool:
    """A loan with collateral keeps some for as long as it has debt, unless an auction sold all there was."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    is_sold = all_of(isinstance(observed.call, Take), after.status == LoanStatus.DEFAULTED)
    may_be_without = any_of(is_sold, is_one_of(after.status, ENDED))
    return implies(loan.collateral > 0, any_of(after.collateral > 0, may_be_without))


@declare("HEALTH-KEPT", Kind.STEP, ("repayment", "liquidation"), (57,), calls=KEEPING_THE_COLLATERAL)
def debt_does_not_rise_nor_collateral_fall(observed: Observed) -> bool:
    """A call that neither sells nor restructures adds nothing to a debt, and takes no collateral from it.

    So what is within a limit at a price stays within it, whoever calls (HEALTH-DEBT, HEALTH-COLLATERAL).
    """
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    return all_of(
        debt(after) <= debt(catch_up(loan, today_of(observed))),
        any_of(after.collateral >= loan.collateral, after.status == LoanStatus.SETTLED),
    )

"""What a settlement and a default leave in the credit record, and what events say of it."""

from lien.invariants.properties.base import Kind, Observed, declare, is_one_of
from lien.invariants.properties.observing import loans_of, today_of
from lien.protocol.accrual import catch_up
from lien.protocol.algebra import all_of, choose, minimum, negate
from lien.protocol.state import Facility, Identity, Loan
from lien.spec.liquidation import DeclareDefault, DefaultBooked
from lien.spec.repayment import Repay
from lien.spec.settlement import LoanSettled
from lien.spec.types import ACCRUING, IN_DEFAULT, LoanStatus
from lien.spec.units import CREDIT_MINIMUM_DAYS, CREDIT_MINIMUM_PRINCIPAL, MAXIMUM_NUMBER, MAXIMUM_TOTAL

KEEPING_THE_RECORD = (Repay, DeclareDefault)


def is_large_enough(facility: Facility, loan: Loan, days: int) -> bool:
    """Return whether a loan that was so long counts in a credit record."""
    return all_of(
        facility.is_approved == 1,
        loan.terms.principal >= CREDIT_MINIMUM_PRINCIPAL,
        days >= CREDIT_MINIMUM_DAYS,
    )


def identities_of(observed: Observed) -> tuple[Identity, Identity]:
    """Return the identity of a call's loan, before and after."""
    number = observed.before.loans.get(observed.call.loan).identity
    return observed.before.identities.get(number), observed.after.identities.get(number)


def counted_default(observed: Observed) -> int:
    """Return one where the call finds a loan in default for the first time, and that counts."""
    loan, after = loans_of(observed)
    facility = observed.before.facilities.get(loan.facility)
    is_first = all_of(loan.has_defaulted == 0, after.has_defaulted == 1)
    agreed = loan.terms.maturity_day - loan.disbursed_day
    return choose(all_of(is_first, is_large_enough(facility, loan, agreed)), 1, 0)


def counted_settlement(observed: Observed) -> int:
    """Return one where the call settles a loan that counts."""
    loan, after = loans_of(observed)
    facility = observed.before.facilities.get(loan.facility)
    held = today_of(observed) - loan.disbursed_day
    settles = after.status == LoanStatus.SETTLED
    return choose(all_of(settles, is_large_enough(facility, loan, held)), 1, 0)


@declare("CREDIT-EXACT", Kind.STEP, ("credit", "settlement"), (), calls=KEEPING_THE_RECORD)
def record_says_how_a_loan_ended(observed: Observed) -> bool:
    """A loan that is first found in default is one default in the record, a settled one one settlement.

    A settlement is late where an instalment was; one on time adds the principal to the volume. A loan that is
    too small or too short, or of a facility that is not approved, changes nothing.
    """
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    old, new = identities_of(observed)
    settled, is_late = counted_settlement(observed), after.is_late == 1
    on_time = choose(is_late, 0, settled)
    volume = choose(on_time == 1, loan.terms.principal, 0)
    return all_of(
        new.defaulted == minimum(old.defaulted + counted_default(observed), MAXIMUM_NUMBER),
        new.settled_on_time == minimum(old.settled_on_time + on_time, MAXIMUM_NUMBER),
        new.settled_late == minimum(old.settled_late + choose(is_late, settled, 0), MAXIMUM_NUMBER),
        new.repaid_volume == minimum(old.repaid_volume + volume, MAXIMUM_TOTAL),
    )


@declare("CREDIT-PERSON-KEPT", Kind.STEP, ("credit", "identity"), (107,), calls=KEEPING_THE_RECORD)
def record_is_all_that_changes(observed: Observed) -> bool:
    """A payment or a default changes nothing of who a person is; a settlement frees the loan's place."""
    if not observed.accepted:
        return True
    (_, after), (old, new), number = loans_of(observed), identities_of(observed), observed.call.loan
    has_ended = after.status == LoanStatus.SETTLED
    places = zip(old.live_loans, new.live_loans, strict=True)
    kept = ("commitment", "account", "jurisdiction", "tier", "expiry")
    return all_of(
        *(getattr(new, name) == getattr(old, name) for name in kept),
        *(now == choose(all_of(has_ended, was == number), 0, was) for was, now in places),
    )


@declare("DEFAULT-TOLD", Kind.STEP, ("liquidation", "credit"), (107,), calls=KEEPING_THE_RECORD)
def default_is_told_once(observed: Observed) -> bool:
    """A call that finds a loan in default, which was not booked, tells of it once, and how it then stands."""
    if not observed.accepted:
        return True
    loan, _ = loans_of(observed)
    told = [event for event in observed.events if isinstance(event, DefaultBooked)]
    caught_up = catch_up(loan, today_of(observed))
    is_new = all_of(is_one_of(loan.status, ACCRUING), is_one_of(caught_up.status, IN_DEFAULT))
    if not told:
        return negate(is_new)
    (event,) = told
    kept = ("principal", "interest", "impairment", "default_day", "identity")
    return all_of(
        is_new,
        event.loan == observed.call.loan,
        *(getattr(event, name) == getattr(caught_up, name) for name in kept),
        event.is_counted == counted_default(observed),
    )


@declare("SETTLEMENT-TOLD", Kind.STEP, ("settlement", "credit"), (107, 97), calls=KEEPING_THE_RECORD)
def settlement_is_told_once(observed: Observed) -> bool:
    """A call that settles a loan tells of it once: what collateral went back, and what the record says."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    told = [event for event in observed.events if isinstance(event, LoanSettled)]
    if not told:
        return negate(after.status == LoanStatus.SETTLED)
    (event,) = told
    return all_of(
        after.status == LoanStatus.SETTLED,
        event.loan == observed.call.loan,
        event.collateral == loan.collateral,
        event.identity == loan.identity,
        event.is_late == after.is_late,
        event.is_counted == counted_settlement(observed),
    )

"""Keep the credit record of an identity, and score it; everything here is a term and forks no path."""

from dataclasses import replace

from lien.protocol.algebra import all_of, any_of, choose, maximum, minimum, negate
from lien.protocol.arithmetic import quotient_down
from lien.protocol.state import Facility, Identity, Loan, State
from lien.spec.product import Product
from lien.spec.types import ACCRUING, IN_DEFAULT, Grade
from lien.spec.units import (
    CREDIT_MINIMUM_DAYS,
    CREDIT_MINIMUM_PRINCIPAL,
    MAXIMUM_NUMBER,
    MAXIMUM_SCORE,
    MAXIMUM_TOTAL,
    SCORE_BASE,
    SCORE_DEFAULT,
    SCORE_LATE,
    SCORE_ON_TIME,
    SCORE_ON_TIME_MAXIMUM,
    SCORE_PER_RATING,
    SCORE_VOLUME_MAXIMUM,
    VOLUME_PER_POINT,
)

UNGRADED = len(Grade)  # stands after the worst grade


def compute_score(identity: Identity, median_rating: int) -> int:
    """Return the score of a record under a rating (CREDIT-1 to -3)."""
    on_time = minimum(identity.settled_on_time * SCORE_ON_TIME, SCORE_ON_TIME_MAXIMUM)
    volume = minimum(quotient_down(identity.repaid_volume, VOLUME_PER_POINT), SCORE_VOLUME_MAXIMUM)
    lost = identity.settled_late * SCORE_LATE + identity.defaulted * SCORE_DEFAULT
    score = SCORE_BASE + median_rating * SCORE_PER_RATING + on_time + volume - lost
    return minimum(maximum(score, 0), MAXIMUM_SCORE)


def grade_of(product: Product, score: int) -> int:
    """Return the best grade that a score reaches, as a number; `UNGRADED` where it reaches none."""
    reached = UNGRADED
    for grade in reversed(Grade):
        reached = choose(score >= product.least_scores[grade], int(grade), reached)
    return reached


# --- the record -------------------------------------------------------------------------------------


def is_counted(facility: Facility, principal: int, days: int) -> bool:
    """Return whether a loan counts: approved facility, large and long enough (CREDIT-4)."""
    return all_of(
        facility.is_approved == 1, principal >= CREDIT_MINIMUM_PRINCIPAL, days >= CREDIT_MINIMUM_DAYS
    )


def does_settlement_count(facility: Facility, loan: Loan, settled_day: int) -> bool:
    """Return whether a loan that is settled on a day counts, by how long it was held (CREDIT-4)."""
    return is_counted(facility, loan.terms.principal, settled_day - loan.disbursed_day)


def does_default_count(facility: Facility, loan: Loan) -> bool:
    """Return whether a default counts: the first, of a loan agreed for long enough (CREDIT-4)."""
    counts = is_counted(facility, loan.terms.principal, loan.terms.maturity_day - loan.disbursed_day)
    return all_of(counts, loan.has_defaulted == 0)


def record_settlement(identity: Identity, principal: int, counts: bool, is_late: bool) -> Identity:
    """Count a settled loan of a principal, if it counts; late ones add no volume (CREDIT-2, CREDIT-4).

    The counts stay at their greatest, should they ever reach it.
    """
    on_time = all_of(counts, negate(is_late))
    volume = choose(on_time, principal, 0)
    return replace(
        identity,
        settled_on_time=_counted(identity.settled_on_time, on_time),
        settled_late=_counted(identity.settled_late, all_of(counts, is_late)),
        repaid_volume=minimum(identity.repaid_volume + volume, MAXIMUM_TOTAL),
    )


def record_default(identity: Identity, counts: bool = True) -> Identity:
    """Count a default, if the loan counts (CREDIT-2, CREDIT-4)."""
    return replace(identity, defaulted=_counted(identity.defaulted, counts))


def _counted(count: int, counts: bool) -> int:
    return minimum(count + choose(counts, 1, 0), MAXIMUM_NUMBER)


# --- the live loans ---------------------------------------------------------------------------------


def has_free_slot(identity: Identity) -> bool:
    """Return whether an identity can have one more live loan."""
    return any_of(*(number == 0 for number in identity.live_loans))


def add_live_loan(identity: Identity, loan: int) -> Identity:
    """Put a loan in the first free place; there must be one (CREDIT-5)."""
    places: list[int] = []
    is_placed: bool = False
    for number in identity.live_loans:
        is_here = all_of(number == 0, negate(is_placed))
        places.append(choose(is_here, loan, number))
        is_placed = any_of(is_placed, is_here)
    return replace(identity, live_loans=tuple(places))


def remove_live_loan(identity: Identity, loan: int) -> Identity:
    """Free the place of a loan (CREDIT-5)."""
    return replace(
        identity, live_loans=tuple(choose(number == loan, 0, number) for number in identity.live_loans)
    )


def is_in_default(state: State, number: int, today: int) -> bool:
    """Return whether a loan is in default on a day, whether or not anyone has booked it; no number is not."""
    status, stop_day = state.loans.field(number, "status"), state.loans.field(number, "stop_day")
    is_booked, accrues = (any_of(*(status == one for one in among)) for among in (IN_DEFAULT, ACCRUING))
    return any_of(is_booked, all_of(accrues, today >= stop_day))


def has_open_default(state: State, identity: Identity, today: int) -> bool:
    """Return whether one of an identity's live loans is in default on a day."""
    return any_of(*(is_in_default(state, number, today) for number in identity.live_loans))


def owed_by(state: State, identity: Identity, facility: int) -> int:
    """Return the principal outstanding of an identity's live loans in a facility."""
    return sum(
        choose(state.loans.field(number, "facility") == facility, state.loans.field(number, "principal"), 0)
        for number in identity.live_loans
    )

"""Properties of scores and records: what a settlement or a default does to them, of any identity."""

from lien.invariants.properties.base import Kind, declare
from lien.invariants.properties.steps.identity import has_same_record
from lien.protocol.algebra import all_of, any_of, choose, count_true, implies
from lien.protocol.credit import (
    add_live_loan,
    compute_score,
    has_free_slot,
    is_counted,
    record_default,
    record_settlement,
    remove_live_loan,
)
from lien.protocol.state import Facility, Identity
from lien.spec.types import Amount, Days, Flag, LoanId, Rating
from lien.spec.units import CREDIT_MINIMUM_DAYS, CREDIT_MINIMUM_PRINCIPAL, MAXIMUM_SCORE


@declare("SCORE-BOUNDED", Kind.RELATIONAL, ("credit",), ())
def score_is_bounded(identity: Identity, rating: Rating) -> bool:
    """A score lies between zero and the maximum, whatever the record and the rating."""
    score = compute_score(identity, rating)
    return all_of(score >= 0, score <= MAXIMUM_SCORE)


@declare("SCORE-ON-TIME", Kind.RELATIONAL, ("credit",), (51,))
def settling_on_time_lowers_no_score(
    identity: Identity, principal: Amount, counts: Flag, rating: Rating
) -> bool:
    """A settlement on time never lowers a score."""
    after = record_settlement(identity, principal, counts == 1, is_late=False)
    return compute_score(after, rating) >= compute_score(identity, rating)


@declare("SCORE-LATE", Kind.RELATIONAL, ("credit",), (51,))
def settling_late_raises_no_score(
    identity: Identity, principal: Amount, counts: Flag, rating: Rating
) -> bool:
    """A late settlement never raises a score."""
    after = record_settlement(identity, principal, counts == 1, is_late=True)
    return compute_score(after, rating) <= compute_score(identity, rating)


@declare("SCORE-DEFAULT", Kind.RELATIONAL, ("credit",), (51,))
def default_raises_no_score(identity: Identity, counts: Flag, rating: Rating) -> bool:
    """A default never raises a score."""
    after = record_default(identity, counts == 1)
    return compute_score(after, rating) <= compute_score(identity, rating)


@declare("SCORE-RATING", Kind.RELATIONAL, ("credit",), (51,))
def better_rating_lowers_no_score(identity: Identity, worse: Rating, better: Rating) -> bool:
    """A better rating never lowers a score."""
    return implies(worse <= better, compute_score(identity, worse) <= compute_score(identity, better))


@declare("RECORD-COUNTS", Kind.RELATIONAL, ("credit",), ())
def small_loans_do_not_count(
    identity: Identity, facility: Facility, principal: Amount, days: Days, late: Flag
) -> bool:
    """A loan that is too small, too short or of a facility that is not approved changes no record."""
    counts = is_counted(facility, principal, days)
    settled = record_settlement(identity, principal, counts, late == 1)
    is_excluded = any_of(
        principal < CREDIT_MINIMUM_PRINCIPAL, days < CREDIT_MINIMUM_DAYS, facility.is_approved == 0
    )
    unchanged = all_of(
        has_same_record(settled, identity), has_same_record(record_default(identity, counts), identity)
    )
    return implies(is_excluded, unchanged)


@declare("RECORD-EXACT", Kind.RELATIONAL, ("credit",), ())
def settlement_counts_once(identity: Identity, principal: Amount, late: Flag) -> bool:
    """A settlement raises one count by one, unless that is at its greatest, and no other count."""
    after = record_settlement(identity, principal, counts=True, is_late=late == 1)
    on_time = after.settled_on_time - identity.settled_on_time
    is_late = after.settled_late - identity.settled_late
    return all_of(
        on_time >= 0,
        on_time <= choose(late == 1, 0, 1),
        is_late >= 0,
        is_late <= choose(late == 1, 1, 0),
        after.defaulted == identity.defaulted,
        after.repaid_volume - identity.repaid_volume <= choose(late == 1, 0, principal),
        after.repaid_volume >= identity.repaid_volume,
    )


@declare("LIVE-LOAN-ADDED", Kind.RELATIONAL, ("credit",), (107,))
def added_loan_stands_once(identity: Identity, number: LoanId) -> bool:
    """A loan that is added stands in exactly one place, which was free; all other places are as they were."""
    is_new = all_of(number != 0, *(other != number for other in identity.live_loans))
    after = add_live_loan(identity, number)
    pairs = list(zip(identity.live_loans, after.live_loans, strict=True))
    return implies(
        all_of(is_new, has_free_slot(identity)),
        all_of(
            count_true(*(new == number for _, new in pairs)) == 1,
            *(any_of(new == old, all_of(old == 0, new == number)) for old, new in pairs),
        ),
    )


@declare("LIVE-LOAN-REMOVED", Kind.RELATIONAL, ("credit",), (107,))
def removed_loan_leaves_the_others(identity: Identity, number: LoanId) -> bool:
    """A loan that is removed stands in no place, and all other places are as they were."""
    after = remove_live_loan(identity, number)
    pairs = list(zip(identity.live_loans, after.live_loans, strict=True))
    return all_of(*(new == choose(old == number, 0, old) for old, new in pairs))

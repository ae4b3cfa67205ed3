"""What becomes of applications: screening, votes, decisions, and the end of each."""

from lien.invariants.properties.base import Kind, Observed, declare, is_one_of
from lien.protocol.algebra import all_of, any_of, choose, equivalent, implies, negate
from lien.protocol.credit import compute_score
from lien.protocol.eligibility import is_eligible
from lien.protocol.ratings import PLACES, lower_median
from lien.protocol.state import Application
from lien.spec.agreement import Offer
from lien.spec.application import Apply, Expire, Review, WithdrawApplication
from lien.spec.call import Call
from lien.spec.reasons import Reason
from lien.spec.types import OPEN, ApplicationStatus, Role
from lien.spec.units import APPLICATION_DAYS, RATING_MAXIMUM, SECONDS_PER_DAY

BEFORE_AN_OFFER = (WithdrawApplication, Review, Expire)
ON_AN_APPLICATION = (*BEFORE_AN_OFFER, Offer)
ARROWS: dict[type[Call], dict[ApplicationStatus, tuple[ApplicationStatus, ...]]] = {
    WithdrawApplication: dict.fromkeys(OPEN, (ApplicationStatus.WITHDRAWN,)),
    Review: {
        ApplicationStatus.APPLIED: (
            ApplicationStatus.APPLIED,
            ApplicationStatus.APPROVED,
            ApplicationStatus.REJECTED,
        )
    },
    Expire: dict.fromkeys(OPEN, (ApplicationStatus.EXPIRED,)),
    Offer: {ApplicationStatus.APPROVED: (ApplicationStatus.OFFERED,)},
}
NEVER_CHANGE = (
    "applicant",
    "identity",
    "facility",
    "product",
    "amount",
    "periods",
    "purpose",
    "collateral_asset",
    "collateral_amount",
    "document",
    "applied_at",
)


def applications_of(observed: Observed) -> tuple[Application, Application]:
    """Return the application of a call, before and after."""
    number = observed.call.application
    return observed.before.applications.get(number), observed.after.applications.get(number)


@declare("APPLY-EXACT", Kind.STEP, ("application",), (107,), calls=(Apply,))
def application_is_exact(observed: Observed) -> bool:
    """An application says exactly what was applied for, by the sender and their identity, now."""
    if not observed.accepted:
        return True
    call, before, after = observed.call, observed.before, observed.after
    made = after.applications.get(after.application_count)
    return all_of(
        *(getattr(made, name) == figure for name, figure in call.arguments().items()),
        made.applicant == observed.context.sender,
        made.identity == before.identity_of.get(observed.context.sender),
        made.applied_at == observed.context.timestamp,
        made.epoch == before.review_epoch,
        made.status == ApplicationStatus.APPLIED,
        made.approvals + made.rejections + made.score == 0,
    )


@declare("APPLY-ELIGIBLE", Kind.STEP, ("application", "identity"), (95, 112), calls=(Apply,))
def applicant_is_eligible(observed: Observed) -> bool:
    """Only who is eligible applies, with a free place for the loan, for an amount that a product gives."""
    if not observed.accepted:
        return True
    call, before, sender = observed.call, observed.before, observed.context.sender
    identity = before.identities.get(before.identity_of.get(sender))
    product = before.products.get(call.product)
    return all_of(
        is_eligible(before, sender, observed.context.timestamp),
        identity.account == sender,
        any_of(*(number == 0 for number in identity.live_loans)),
        product.minimum_principal <= call.amount,
        call.amount <= product.maximum_principal,
        before.facilities.field(call.facility, "servicer") != sender,
    )


@declare("APPLICATION-ARROWS", Kind.STEP, ("application",), (104,), calls=ON_AN_APPLICATION)
def application_follows_the_arrows(observed: Observed) -> bool:
    """An application's status changes only along its arrows; what is over stays as it is."""
    if not observed.accepted:
        return True
    application, after = applications_of(observed)
    arrows = ARROWS[type(observed.call)]
    return all_of(
        is_one_of(application.status, tuple(arrows)),
        *(implies(application.status == old, is_one_of(after.status, new)) for old, new in arrows.items()),
    )


@declare("APPLICATION-FIXED", Kind.STEP, ("application",), (107,), calls=ON_AN_APPLICATION)
def application_is_fixed(observed: Observed) -> bool:
    """What was applied for, by whom and when, never changes."""
    if not observed.accepted:
        return True
    application, after = applications_of(observed)
    return all_of(*(getattr(after, name) == getattr(application, name) for name in NEVER_CHANGE))


@declare("APPLICATION-IN-TIME", Kind.STEP, ("application",), (), calls=ON_AN_APPLICATION)
def application_is_in_time(observed: Observed) -> bool:
    """An application expires from its date on and not before; until then alone it takes other calls."""
    if not observed.accepted:
        return True
    application, _ = applications_of(observed)
    is_past = observed.context.timestamp >= application.applied_at + APPLICATION_DAYS * SECONDS_PER_DAY
    return is_past if isinstance(observed.call, Expire) else negate(is_past)


@declare("APPLICATION-AUTHORISED", Kind.STEP, ("application",), (105,), calls=(WithdrawApplication,))
def applicant_alone_withdraws(observed: Observed) -> bool:
    """Only the applicant withdraws an application."""
    return implies(
        observed.accepted,
        observed.before.applications.field(observed.call.application, "applicant") == observed.context.sender,
    )


@declare("APPLICATION-MOVES-NOTHING", Kind.STEP, ("application",), (26,), calls=(Apply, *BEFORE_AN_OFFER))
def application_moves_nothing(observed: Observed) -> bool:
    """No call on an application but an offer changes a balance, a facility, a loan or a credit record."""
    before, after = observed.before, observed.after
    return all_of(
        after.ledger.balances is before.ledger.balances,
        after.ledger.claims is before.ledger.claims,
        after.facilities is before.facilities,
        after.loans is before.loans,
        after.identities is before.identities,
    )


@declare("VOTE-ONCE", Kind.STEP, ("application",), (106,), every=("application", "account"))
def reviewer_votes_once(observed: Observed, application: int, account: int) -> bool:
    """A vote is cast only by its reviewer's own call, and only once on an application in an epoch."""
    key, epoch = (application, account), observed.before.review_epoch
    before, after = observed.before.votes.get(key), observed.after.votes.get(key)
    if isinstance(observed.call, Review) and observed.accepted:
        is_its = all_of(application == observed.call.application, account == observed.context.sender)
        is_fresh = all_of(before != epoch + 1, after == epoch + 1)
        return any_of(all_of(is_its, is_fresh), all_of(negate(is_its), after == before))
    return after == before


@declare("VOTE-NOT-OWN", Kind.STEP, ("application",), (105,), calls=(Review,))
def nobody_votes_on_their_own(observed: Observed) -> bool:
    """Only reviewers vote, and neither the applicant nor any account of the same identity."""
    if not observed.accepted:
        return True
    application, _ = applications_of(observed)
    before, sender = observed.before, observed.context.sender
    return all_of(
        before.roles.get((Role.REVIEWER, sender)) == 1,
        application.applicant != sender,
        application.identity != before.identity_of.get(sender),
    )


@declare("VOTE-COUNTED", Kind.STEP, ("application",), (), calls=(Review,))
def vote_is_counted(observed: Observed) -> bool:
    """A vote counts as one, with its rating, beside those of its epoch; those of another epoch are void."""
    if not observed.accepted:
        return True
    application, after = applications_of(observed)
    call, epoch = observed.call, observed.before.review_epoch
    is_kept = application.epoch == epoch
    return all_of(
        after.epoch == epoch,
        after.approvals == choose(is_kept, application.approvals, 0) + choose(call.approves == 1, 1, 0),
        after.rejections == choose(is_kept, application.rejections, 0) + choose(call.approves == 1, 0, 1),
        sum(after.ratings) == choose(is_kept, sum(application.ratings), 0) + call.rating,
        any_of(*(rating == call.rating for rating in after.ratings)),
    )


@declare("DECISION-EXACT", Kind.STEP, ("application", "credit"), (), calls=(Review,))
def decision_follows_the_votes(observed: Observed) -> bool:
    """The vote that reaches the quorum decides: approved by more than half, with a score that has a grade.

    The score is that of the credit record, and of the median of the ratings.
    """
    if not observed.accepted:
        return True
    _, after = applications_of(observed)
    product = observed.before.products.get(after.product)
    votes = after.approvals + after.rejections
    score = compute_score(observed.before.identities.get(after.identity), lower_median(after.ratings, votes))
    is_graded = any_of(*(score >= least for least in product.least_scores))
    is_decided = any_of(votes >= product.quorum, votes >= PLACES)
    is_approved = all_of(is_decided, 2 * after.approvals > votes, is_graded)
    return all_of(
        equivalent(after.status == ApplicationStatus.APPLIED, negate(is_decided)),
        equivalent(after.status == ApplicationStatus.APPROVED, is_approved),
        after.score == choose(is_approved, score, 0),
        observed.call.rating <= RATING_MAXIMUM,
    )


@declare("EXPIRE-NEVER-REJECTED", Kind.LIVENESS, ("application",), (121,), calls=(Expire,))
def expiry_can_be_booked(observed: Observed) -> bool:
    """An open application whose date has come can be expired by anyone, so that none stays open for ever."""
    if observed.accepted or observed.reason in NOT_ABOUT_THE_APPLICATION:
        return True
    application = observed.before.applications.get(observed.call.application)
    last = application.applied_at + APPLICATION_DAYS * SECONDS_PER_DAY
    return negate(all_of(is_one_of(application.status, OPEN), observed.context.timestamp >= last))


NOT_ABOUT_THE_APPLICATION = (
    Reason.SENDER_IS_PROTOCOL,
    Reason.TIME_RUNS_BACKWARD,
    Reason.UNKNOWN_APPLICATION,
)

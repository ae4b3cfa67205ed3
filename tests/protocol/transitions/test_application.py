"""Chapter 5: apply, withdraw_application, review and expire."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from lien.protocol.genesis import ATTESTOR, DOLLAR, ETHER, REVIEWERS, build_product
from lien.protocol.state import Application
from lien.spec.application import (
    ApplicationLapsed,
    ApplicationMade,
    ApplicationReviewed,
    ApplicationWithdrawn,
    Apply,
    Expire,
    Review,
    WithdrawApplication,
)
from lien.spec.call import Call
from lien.spec.identity import Freeze, RevokeIdentity
from lien.spec.reasons import Reason
from lien.spec.types import ApplicationStatus, LoanSlot, Scope
from lien.spec.units import (
    APPLICATION_DAYS,
    MAXIMUM_NUMBER,
    MAXIMUM_PERIODS,
    RATING_MAXIMUM,
    SECONDS_PER_DAY,
    WAD,
)
from tests.lives import (
    CASH,
    FIRST_DUE,
    PRINCIPAL,
    START,
    Cases,
    Life,
    account,
    active_life,
    application,
    attest,
    check_rejection,
    funded_life,
    paused,
)

YEAR = 365 * SECONDS_PER_DAY
FIRST, SECOND, THIRD = REVIEWERS
LAST_SECOND = START + APPLICATION_DAYS, -1


def ready_life(**changes: Any) -> Life:
    """Go on until a facility has cash and the borrower is attested; change the first product."""
    life = funded_life()
    life.send(attest("borrower", 7, life.now + YEAR), ATTESTOR)
    products = life.state.products.set(1, build_product(DOLLAR, **changes))
    life.state = replace(life.state, products=products)
    return life


def applied_life(**changes: Any) -> Life:
    """Go on until the borrower has applied."""
    life = ready_life(**changes)
    life.send(application(), "borrower")
    return life


def approved_life() -> Life:
    """Go on until two reviewers have approved."""
    life = applied_life()
    vote(life, FIRST, rating=70)
    vote(life, SECOND, rating=80)
    return life


def vote(life: Life, reviewer: str, *, approves: int = 1, rating: int = 60) -> Application:
    """Let a reviewer vote on the first application; return it."""
    life.send(Review(application=1, approves=approves, rating=rating), reviewer)
    return life.state.applications.get(1)


def test_an_application_is_kept_as_it_was_made() -> None:
    """Given an eligible borrower / When they apply / Then exactly that is recorded and told."""
    life = ready_life()
    before = life.state
    outcome = life.send(application(), "borrower")
    made = Application(
        account("borrower"), 1, 1, 1, PRINCIPAL, 4, 5, ETHER, 10**18, 6, applied_at=life.now, epoch=0
    )
    assert outcome.state == replace(
        before, application_count=1, applications=before.applications.set(1, made)
    )
    assert outcome.events == (
        ApplicationMade(1, account("borrower"), 1, 1, 1, PRINCIPAL, 4, 5, ETHER, 10**18, 6, 0),
    )


def changed(life: Life, **changes: Any) -> Life:
    """Change the state as no call can so far."""
    life.state = replace(life.state, **changes)
    return life


def indebted_life() -> Life:
    """Go on until the borrower has a live loan."""
    return active_life()


def defaulted_life() -> Life:
    """Wait until the borrower's loan is in default, which nobody books."""
    return indebted_life().on(FIRST_DUE + 11)


def busy_life() -> Life:
    """Fill every place for a live loan."""
    life = indebted_life()
    loans, places = life.state.loans, tuple(range(1, len(LoanSlot) + 1))
    identity = replace(life.state.identities.get(1), live_loans=places)
    for number in places[1:]:
        loans = loans.set(number, replace(life.loan(), principal=0))
    return changed(
        life,
        loans=loans,
        loan_count=len(places),
        identities=life.state.identities.set(1, identity),
    )


def sent(life: Life, call: Call, sender: str) -> Life:
    """Send a call first."""
    life.send(call, sender)
    return life


def narrow_life(limit: int) -> Life:
    """Lower the facility's concentration limit."""
    life = indebted_life()
    facility = replace(life.facility(), concentration_limit=limit)
    return changed(life, facilities=life.state.facilities.set(1, facility))


def servicing_life() -> Life:
    """Attest the facility's servicer."""
    life = ready_life()
    return sent(life, attest("servicer", 8, life.now + YEAR), ATTESTOR)


FAULTS: dict[Reason, Callable[[], tuple[Life, Apply]]] = {
    Reason.UNKNOWN_FACILITY: lambda: (ready_life(), application(facility=2)),
    Reason.UNKNOWN_PRODUCT: lambda: (ready_life(), application(product=0)),
    Reason.PAUSED: lambda: (paused(ready_life(), Scope.ORIGINATION), application()),
    Reason.IDENTITY_MISSING: lambda: (
        sent(ready_life(), RevokeIdentity(account=account("borrower")), ATTESTOR),
        application(),
    ),
    Reason.IDENTITY_EXPIRED: lambda: (ready_life().on(START + 365), application()),
    Reason.JURISDICTION_NOT_ALLOWED: lambda: (
        sent(ready_life(), attest("borrower", 7, 2 * 10**9, jurisdiction=250), ATTESTOR),
        application(),
    ),
    Reason.ACCOUNT_FROZEN: lambda: (
        sent(ready_life(), Freeze(account=account("borrower")), ATTESTOR),
        application(),
    ),
    Reason.BORROWER_NOT_ALLOWED: lambda: (servicing_life(), application()),
    Reason.PRODUCT_CLOSED: lambda: (ready_life(is_open=0), application()),
    Reason.ASSET_DIFFERS: lambda: (ready_life(), application(product=2)),
    Reason.TIER_TOO_LOW: lambda: (ready_life(minimum_tier=2), application()),
    Reason.AMOUNT_OUTSIDE_PRODUCT: lambda: (ready_life(minimum_principal=PRINCIPAL + 1), application()),
    Reason.PERIODS_OUT_OF_RANGE: lambda: (ready_life(), application(periods=MAXIMUM_PERIODS + 1)),
    Reason.UNKNOWN_ASSET: lambda: (ready_life(), application(collateral_asset=0xBAD)),
    Reason.COLLATERAL_MISSING: lambda: (ready_life(allows_unsecured=0), application(collateral_amount=0)),
    Reason.OPEN_DEFAULT: lambda: (defaulted_life(), application()),
    Reason.TOO_MANY_LIVE_LOANS: lambda: (busy_life(), application()),
    Reason.CONCENTRATION_EXCEEDED: lambda: (narrow_life(WAD // 10), application()),
    Reason.TOO_MANY_APPLICATIONS: lambda: (
        changed(ready_life(), application_count=MAXIMUM_NUMBER),
        application(),
    ),
}
APPLICATIONS: Cases = {
    reason: lambda reason=reason: (  # type: ignore[misc]  # each of its own reason
        *FAULTS[reason](),
        "servicer" if reason is Reason.BORROWER_NOT_ALLOWED else "borrower",
    )
    for reason in FAULTS
}


def test_what_is_owed_counts_up_to_the_limit() -> None:
    """Given a borrower who owes 1,200,000 of ten million, and a limit of a fifth
    / When they apply for the rest of two million / Then not for one unit more.
    """
    life = narrow_life(WAD // 5)
    rest = CASH // 5 - PRINCIPAL
    assert life.reject(application(amount=rest + 1), "borrower").reason is Reason.CONCENTRATION_EXCEEDED
    life.send(application(amount=rest), "borrower")


def decided_life() -> Life:
    """Go on until the application is rejected."""
    life = applied_life(quorum=1)
    vote(life, FIRST, approves=0)
    return life


def reviewing_borrower() -> Life:
    """Give the applicant's identity to a reviewer."""
    life = applied_life()
    life.send(RevokeIdentity(account=account("borrower")), ATTESTOR)
    return sent(life, attest(FIRST, 7, life.now + YEAR), ATTESTOR)


def voted_life() -> Life:
    """Let one reviewer vote."""
    life = applied_life()
    vote(life, FIRST)
    return life


WITHDRAWALS: Cases = {
    Reason.UNKNOWN_APPLICATION: lambda: (applied_life(), WithdrawApplication(application=2), "borrower"),
    Reason.NOT_APPLICANT: lambda: (applied_life(), WithdrawApplication(application=1), "lender"),
    Reason.APPLICATION_EXPIRED: lambda: (
        applied_life().on(START + APPLICATION_DAYS),
        WithdrawApplication(application=1),
        "borrower",
    ),
    Reason.APPLICATION_CLOSED: lambda: (decided_life(), WithdrawApplication(application=1), "borrower"),
}
REVIEWS: Cases = {
    Reason.NOT_REVIEWER: lambda: (
        applied_life(),
        Review(application=1, approves=1, rating=1),
        "borrower",
    ),
    Reason.RATING_OUT_OF_RANGE: lambda: (
        applied_life(),
        Review(application=1, approves=1, rating=RATING_MAXIMUM + 1),
        FIRST,
    ),
    Reason.UNKNOWN_APPLICATION: lambda: (
        applied_life(),
        Review(application=2, approves=1, rating=1),
        FIRST,
    ),
    Reason.OWN_APPLICATION: lambda: (
        reviewing_borrower(),
        Review(application=1, approves=1, rating=1),
        FIRST,
    ),
    Reason.APPLICATION_EXPIRED: lambda: (
        applied_life().on(START + APPLICATION_DAYS),
        Review(application=1, approves=1, rating=1),
        FIRST,
    ),
    Reason.NOT_UNDER_REVIEW: lambda: (
        approved_life(),
        Review(application=1, approves=1, rating=1),
        THIRD,
    ),
    Reason.ALREADY_VOTED: lambda: (
        voted_life(),
        Review(application=1, approves=0, rating=RATING_MAXIMUM),
        FIRST,
    ),
}
EXPIRIES: Cases = {
    Reason.UNKNOWN_APPLICATION: lambda: (applied_life(), Expire(application=0), "lender"),
    Reason.APPLICATION_CLOSED: lambda: (
        decided_life().on(START + APPLICATION_DAYS),
        Expire(application=1),
        "lender",
    ),
    Reason.APPLICATION_NOT_EXPIRED: lambda: (
        applied_life().on(*LAST_SECOND),
        Expire(application=1),
        "lender",
    ),
}
REJECTIONS: list[tuple[type[Call], Cases, Reason]] = [
    (call, cases, reason)
    for call, cases in (
        (Apply, APPLICATIONS),
        (WithdrawApplication, WITHDRAWALS),
        (Review, REVIEWS),
        (Expire, EXPIRIES),
    )
    for reason in cases
]


@pytest.mark.parametrize(("call", "cases", "reason"), REJECTIONS)
def test_a_call_is_rejected(call: type[Call], cases: Cases, reason: Reason) -> None:
    """Given a fault in a call / When it is sent / Then it is rejected for that reason."""
    check_rejection(call, cases, reason)


def test_two_of_two_approve() -> None:
    """Given a quorum of two / When two reviewers approve with 70 and 80
    / Then the lower median scores 200 + 5 x 70, and the application is approved.
    """
    life = applied_life()
    first = vote(life, FIRST, rating=80)
    assert (first.status, first.approvals, first.score) == (ApplicationStatus.APPLIED, 1, 0)
    outcome = life.send(Review(application=1, approves=1, rating=70), SECOND)
    assert outcome.events == (
        ApplicationReviewed(1, account(SECOND), 1, 70, 0, ApplicationStatus.APPROVED, 550),
    )
    decided = life.state.applications.get(1)
    assert decided == replace(
        first, approvals=2, ratings=(0, 0, 0, 70, 80), status=ApplicationStatus.APPROVED, score=550
    )


@pytest.mark.parametrize(
    ("first", "second", "status", "score"),
    [
        ((1, 90), (0, 90), ApplicationStatus.REJECTED, 0),
        ((0, 90), (0, 90), ApplicationStatus.REJECTED, 0),
        ((1, 19), (1, 90), ApplicationStatus.REJECTED, 0),
        ((1, 20), (1, 90), ApplicationStatus.APPROVED, 300),
    ],
)
def test_an_application_is_decided(
    first: tuple[int, int], second: tuple[int, int], status: ApplicationStatus, score: int
) -> None:
    """Given two votes / When they reach the quorum
    / Then only more than half approve, and only with a score that has a grade.
    """
    life = applied_life()
    vote(life, FIRST, approves=first[0], rating=first[1])
    decided = vote(life, SECOND, approves=second[0], rating=second[1])
    assert (decided.status, decided.score) == (status, score)


def test_a_quorum_beyond_the_places_is_five_votes() -> None:
    """Given a product that asks for nine votes / When there are five / Then they decide."""
    life = applied_life(quorum=9)
    undecided = replace(life.state.applications.get(1), approvals=4, ratings=(0, 50, 50, 60, 60))
    changed(life, applications=life.state.applications.set(1, undecided))
    decided = vote(life, FIRST, rating=70)
    assert (decided.status, decided.ratings) == (ApplicationStatus.APPROVED, (50, 50, 60, 60, 70))
    assert decided.score == 500


def test_a_new_epoch_voids_votes() -> None:
    """Given one vote / When the reviewers have changed
    / Then it counts no more, and its reviewer can vote again.
    """
    life = voted_life()
    changed(life, review_epoch=1)
    again = vote(life, FIRST, rating=40)
    assert (again.epoch, again.approvals, again.ratings) == (1, 1, (0, 0, 0, 0, 40))
    assert life.state.votes.get((1, account(FIRST))) == 2


@pytest.mark.parametrize("life_with", [applied_life, approved_life])
def test_an_application_is_withdrawn(life_with: Callable[[], Life]) -> None:
    """Given an open application / When the applicant withdraws in its last second / Then it is over."""
    life = life_with().on(*LAST_SECOND)
    before = life.state.applications.get(1)
    outcome = life.send(WithdrawApplication(application=1), "borrower")
    assert outcome.events == (ApplicationWithdrawn(1),)
    assert life.state.applications.get(1) == replace(before, status=ApplicationStatus.WITHDRAWN)


@pytest.mark.parametrize("life_with", [applied_life, approved_life])
def test_an_application_expires(life_with: Callable[[], Life]) -> None:
    """Given an open application / When its days are over and anyone books it
    / Then it is over, and takes no other call.
    """
    life = life_with().on(START + APPLICATION_DAYS)
    before = life.state.applications.get(1)
    outcome = life.send(Expire(application=1))
    assert outcome.events == (ApplicationLapsed(1),)
    assert life.state.applications.get(1) == replace(before, status=ApplicationStatus.EXPIRED)
    late = life.reject(WithdrawApplication(application=1), "borrower")
    assert late.reason is Reason.APPLICATION_EXPIRED
    assert life.reject(Expire(application=1)).reason is Reason.APPLICATION_CLOSED

"""Answer what a front end asks, without a call: what is owed, what is due, what shares are worth.

Each answer is what the call would do on that day, since it runs the same code. All are pure; a number without
a loan or a facility is a fault of the caller. Amounts are base units, days are UTC days.
"""

from dataclasses import dataclass

from lien.protocol.accrual import catch_up
from lien.protocol.algebra import maximum, minimum
from lien.protocol.applications import is_expired
from lien.protocol.arithmetic import quotient_down
from lien.protocol.book import is_current
from lien.protocol.credit import compute_score, record_default, record_settlement
from lien.protocol.prices import feed_for, fresh_slots, seated_since, usable_price
from lien.protocol.schedule import PlannedPayment, planned_payments
from lien.protocol.state import Identity, Loan, State
from lien.protocol.valuation import amount_for, exit_assets, net_assets, shares_for
from lien.protocol.waterfall import compute_payoff, split_payment
from lien.spec.types import (
    LIVE,
    Account,
    Amount,
    ApplicationId,
    ApplicationStatus,
    Asset,
    Day,
    FacilityId,
    LoanId,
    LoanStatus,
    Price,
    Rating,
    Score,
    Shares,
    Timestamp,
)
from lien.spec.units import (
    MAXIMUM_PRICE_AGE,
    RATING_MAXIMUM,
    REDEMPTION_LOCK_DAYS,
    VIRTUAL_ASSETS,
    VIRTUAL_SHARES,
    WAD,
)

# --- loans ------------------------------------------------------------------------------------------


def loan_on(state: State, number: LoanId, day: Day) -> Loan:
    """Return a loan as every call meets it on a day that is not before the last call on it."""
    loan = state.loans.get(number)
    return catch_up(loan, day) if loan.status in LIVE else loan


def status_on(state: State, number: LoanId, day: Day) -> LoanStatus:
    """Return where a loan stands on a day, whether or not anyone has booked it."""
    return LoanStatus(loan_on(state, number, day).status)


def payoff_on(state: State, number: LoanId, day: Day) -> Amount:
    """Return the least amount that settles a loan on a day; zero where there is no debt."""
    loan = loan_on(state, number, day)
    return compute_payoff(loan).taken if loan.status in LIVE else 0


def instalment_on(state: State, number: LoanId, day: Day) -> Amount:
    """Return the least amount that meets all that is due on a day, and the current instalment.

    Fees stand behind the instalment and are not part of it. Where the rest of the principal is due, it is the
    payoff, since the last unit of principal is taken with all fees or not at all. Zero where nothing is due.
    """
    loan = loan_on(state, number, day)
    if loan.status not in LIVE:
        return 0
    payoff = compute_payoff(loan)
    if payoff.principal_ahead == 0:
        return payoff.taken
    payment = split_payment(loan, payoff.taken, 0)
    overdue = payment.overdue_interest + payment.overdue_principal
    return overdue + payment.accrued_interest + payment.instalment + maximum(payment.coming_interest, 0)


def planned_schedule(state: State, number: LoanId, day: Day) -> tuple[PlannedPayment, ...]:
    """Return the payments of a loan that is paid on each due date, from its disbursement on.

    A loan that is not disbursed is planned as if it were on the day given.
    """
    loan = state.loans.get(number)
    return planned_payments(loan.terms, loan.disbursed_day or day)


# --- facilities -------------------------------------------------------------------------------------


def net_assets_on(state: State, number: FacilityId, day: Day) -> int:
    """Return what a facility's lenders own on a day; an empty one can be a few units below zero."""
    return net_assets(state.facilities.get(number), day)


def share_price_on(state: State, number: FacilityId, day: Day) -> Amount:
    """Return what a WAD of shares redeems for on a day."""
    return amount_for_shares(state, number, WAD, day)


def shares_for_amount(state: State, number: FacilityId, amount: Amount, day: Day) -> Shares:
    """Return the shares that a deposit on a day buys, at tomorrow's accrual."""
    return shares_for(state.facilities.get(number), net_assets_on(state, number, day + 1), amount)


def amount_for_shares(state: State, number: FacilityId, shares: Shares, day: Day) -> Amount:
    """Return the amount that a redemption on a day pays, at today's accrual."""
    facility = state.facilities.get(number)
    return amount_for(facility, exit_assets(facility, day), shares)


def redeemable_shares(state: State, number: FacilityId, lender: Account, day: Day) -> Shares:
    """Return the most shares that a lender can redeem at once on a day: not locked, and paid from idle cash.

    It is zero while others queue, or the book is not current.
    """
    facility, position = state.facilities.get(number), (number, lender)
    assets = exit_assets(facility, day) + VIRTUAL_ASSETS
    if facility.queue_head < facility.queue_tail or not is_current(facility, day):
        return 0
    if assets <= 0 or day < state.deposit_days.get(position) + REDEMPTION_LOCK_DAYS:
        return 0
    payable = quotient_down((facility.cash + 1) * (facility.shares + VIRTUAL_SHARES) - 1, assets)
    shares = minimum(state.shares.get(position), payable)
    return shares if amount_for_shares(state, number, shares, day) > 0 else 0


# --- prices -----------------------------------------------------------------------------------------


def price_at(state: State, collateral_asset: Asset, loan_asset: Asset, now: Timestamp) -> Price:
    """Return the usable price of a pair at a time, zero where there is none."""
    return usable_price(state, collateral_asset, loan_asset, now)


def next_stale_at(state: State, collateral_asset: Asset, loan_asset: Asset, now: Timestamp) -> int:
    """Return when the next of a pair's fresh prices becomes too old, zero where none is fresh."""
    feed = feed_for(state, collateral_asset, loan_asset)
    fresh = fresh_slots(feed, seated_since(state, feed), now)
    posted = [at for at, is_fresh in zip(feed.posted_at, fresh, strict=True) if is_fresh]
    return min(posted) + MAXIMUM_PRICE_AGE if posted else 0


# --- borrowers --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ScoreOutlook:
    """Say what an identity scores under a rating, and what each thing that can happen would make of it."""

    now: Score
    after_settling_on_time: Score
    after_settling_late: Score
    after_a_default: Score
    with_the_best_rating: Score


def score_of(state: State, account: Account, rating: Rating) -> Score:
    """Return the score of an account's identity under a median rating."""
    return compute_score(identity_of(state, account), rating)


def score_outlook(state: State, account: Account, rating: Rating, principal: Amount) -> ScoreOutlook:
    """Return what would change the score of an account's identity; a loan of the principal would count."""
    identity = identity_of(state, account)
    on_time = record_settlement(identity, principal, counts=True, is_late=False)
    late = record_settlement(identity, principal, counts=True, is_late=True)
    return ScoreOutlook(
        now=compute_score(identity, rating),
        after_settling_on_time=compute_score(on_time, rating),
        after_settling_late=compute_score(late, rating),
        after_a_default=compute_score(record_default(identity), rating),
        with_the_best_rating=compute_score(identity, RATING_MAXIMUM),
    )


def identity_of(state: State, account: Account) -> Identity:
    """Return the identity of an account, expired or not; an account without one is a fault of the caller."""
    return state.identities.get(state.identity_of.get(account))


def application_status_on(state: State, number: ApplicationId, timestamp: Timestamp) -> ApplicationStatus:
    """Return where an application stands at a second, whether or not anyone has booked that it expired."""
    application = state.applications.get(number)
    return ApplicationStatus.EXPIRED if is_expired(application, timestamp) else application.status


# --- assets -----------------------------------------------------------------------------------------


def claimable(state: State, asset: Asset, account: Account) -> Amount:
    """Return what a claim pays an account, once it can be paid: what could not be delivered."""
    return state.ledger.claims.get((asset, account))

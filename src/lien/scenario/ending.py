"""Say how every loan, every facility and every borrower stands at the end of a scenario."""

from dataclasses import dataclass
from functools import partial

from lien.protocol import views
from lien.protocol.arithmetic import quotient_up
from lien.protocol.calendar import day_of, due_day
from lien.protocol.credit import compute_score
from lien.protocol.ratings import lower_median
from lien.protocol.state import State
from lien.scenario.play import Performance
from lien.scenario.words import SHARE_DECIMALS, Money, Words
from lien.spec.types import (
    LIVE,
    Account,
    Amount,
    Asset,
    Count,
    Day,
    FacilityId,
    IdentityId,
    LoanId,
    LoanStatus,
    OptionalAccount,
    Score,
)
from lien.spec.units import UNIT


@dataclass(frozen=True, slots=True)
class LoanEnd:
    """Hold how a loan stands on a day."""

    loan: LoanId
    facility: FacilityId
    borrower: Account
    status: LoanStatus
    principal: Amount
    interest: Amount  # contract and default interest that is owed, and late fees
    payoff: Amount
    next_due_day: Day  # zero where nothing falls due any more
    collateral: Amount


@dataclass(frozen=True, slots=True)
class FacilityEnd:
    """Hold how a facility stands on a day."""

    facility: FacilityId
    asset: Asset
    servicer: Account
    cash: Amount
    principal: Amount
    net_assets: Amount
    share_price: Amount  # of a share that was worth one token at first; zero where there are no shares


@dataclass(frozen=True, slots=True)
class IdentityEnd:
    """Hold the credit record of a person."""

    identity: IdentityId
    account: OptionalAccount
    settled_on_time: Count
    settled_late: Count
    defaulted: Count
    live_loans: Count
    score_before: Score  # of the last application; zero where none was approved
    score: Score  # now, under the rating of the last application


def loan_end(state: State, number: int, day: int) -> LoanEnd:
    """Return how a loan stands."""
    loan = views.loan_on(state, number, day)
    is_live = loan.status in LIVE
    comes_due = loan.status in LIVE[:2] and loan.period < loan.terms.periods
    interest = quotient_up(max(loan.interest, 0), UNIT) + quotient_up(loan.default_interest, UNIT)
    return LoanEnd(
        loan=number,
        facility=loan.facility,
        borrower=loan.borrower,
        status=LoanStatus(loan.status),
        principal=loan.principal,
        interest=interest + loan.late_fees if is_live else 0,
        payoff=views.payoff_on(state, number, day),
        next_due_day=due_day(loan.terms, loan.period) if comes_due else 0,
        collateral=loan.collateral,
    )


def facility_end(state: State, number: int, day: int, decimals: int) -> FacilityEnd:
    """Return how a facility stands; rounding can leave an empty one a few units below zero."""
    facility = state.facilities.get(number)
    return FacilityEnd(
        facility=number,
        asset=facility.asset,
        servicer=facility.servicer,
        cash=facility.cash,
        principal=facility.principal,
        net_assets=max(views.net_assets_on(state, number, day), 0),
        share_price=0
        if facility.shares == 0
        else views.amount_for_shares(state, number, 10 ** (decimals + SHARE_DECIMALS), day),
    )


def identity_end(state: State, number: int) -> IdentityEnd:
    """Return how a person stands; the score is under the rating of their last application."""
    identity = state.identities.get(number)
    return IdentityEnd(
        identity=number,
        account=identity.account,
        settled_on_time=identity.settled_on_time,
        settled_late=identity.settled_late,
        defaulted=identity.defaulted,
        live_loans=sum(loan != 0 for loan in identity.live_loans),
        score_before=last_score(state, number),
        score=compute_score(identity, last_rating(state, number)),
    )


def last_rating(state: State, identity: int) -> int:
    """Return the median rating of the last application of an identity, zero where there is none."""
    ratings = [
        lower_median(application.ratings, application.approvals + application.rejections)
        for _, application in state.applications.items()
        if application.identity == identity
    ]
    return ratings[-1] if ratings else 0


def last_score(state: State, identity: int) -> int:
    """Return the score with which the last application of an identity was approved, zero where none was."""
    scores = [item.score for _, item in state.applications.items() if item.identity == identity]
    return scores[-1] if scores else 0


def identity_ends(performance: Performance) -> list[IdentityEnd]:
    """Return how each person stands at the end."""
    state = performance.state
    return [identity_end(state, number) for number, _ in state.identities.items()]


def loan_ends(performance: Performance) -> list[LoanEnd]:
    """Return how each loan stands at the end."""
    state, day = performance.state, day_of(performance.end)
    return [loan_end(state, number, day) for number, _ in state.loans.items()]


def facility_ends(performance: Performance) -> list[FacilityEnd]:
    """Return how each facility stands at the end."""
    state, day, names = performance.state, day_of(performance.end), performance.names
    return [
        facility_end(state, number, day, names.decimals.get(names.symbol(facility.asset), 0))
        for number, facility in state.facilities.items()
    ]


# --- as tables --------------------------------------------------------------------------------------

LOANS = ("loan", "borrower", "status", "principal", "interest and fees", "next due", "collateral")
FACILITIES = ("facility", "servicer", "cash", "principal", "net assets", "share price")
IDENTITIES = (
    "identity",
    "account",
    "settled on time",
    "late",
    "defaulted",
    "live loans",
    "score before",
    "score now",
)
Table = tuple[tuple[str, ...], list[tuple[str, ...]]]


def tables(performance: Performance) -> dict[str, Table]:
    """Return what there is to say at the end: by title, columns and rows; none where there are no rows."""
    found = {
        "Loans": (LOANS, loan_rows(performance)),
        "Facilities": (FACILITIES, facility_rows(performance)),
        "Borrowers": (IDENTITIES, identity_rows(performance)),
    }
    return {title: table for title, table in found.items() if table[1]}


def loan_rows(performance: Performance) -> list[tuple[str, ...]]:
    """Return a row for each loan."""
    state, names = performance.state, performance.names
    rows: list[tuple[str, ...]] = []
    for end in loan_ends(performance):
        terms = state.loans.get(end.loan).terms
        money = Money(state.facilities.get(end.facility).asset, terms.collateral_asset)
        show = partial(shown, end, Words(names, money))
        rows.append(
            tuple(
                map(
                    show,
                    ("loan", "borrower", "status", "principal", "interest", "next_due_day", "collateral"),
                )
            )
        )
    return rows


def facility_rows(performance: Performance) -> list[tuple[str, ...]]:
    """Return a row for each facility."""
    names = performance.names
    columns = ("facility", "servicer", "cash", "principal", "net_assets", "share_price")
    return [
        tuple(map(partial(shown, end, Words(names, Money(end.asset, 0))), columns))
        for end in facility_ends(performance)
    ]


def identity_rows(performance: Performance) -> list[tuple[str, ...]]:
    """Return a row for each person."""
    words, kinds = Words(performance.names, Money(0, 0)), IdentityEnd.__annotations__
    return [
        tuple(words.value(kind, getattr(end, name), name) for name, kind in kinds.items())
        for end in identity_ends(performance)
    ]


def shown(record: LoanEnd | FacilityEnd, words: Words, name: str) -> str:
    """Return a field of a record in words."""
    if name == "share_price" and getattr(record, name) == 0:
        return "-"
    return words.value(type(record).__annotations__[name], getattr(record, name), name)

"""Choose the loans of the tour: each repayment kind under each day count, with figures of our own."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from lien.protocol.builders import build_terms, clock_steps, percent
from lien.protocol.calendar import day_from, regular_day
from lien.protocol.genesis import ACTORS, DOLLAR, ETHER, build_genesis, build_product
from lien.protocol.schedule import level_payment
from lien.spec.genesis import Genesis
from lien.spec.terms import Terms
from lien.spec.types import CycleUnit, DayCount, Grade, RepaymentKind
from lien.spec.units import PRICE_SCALE, WAD

DOLLARS = 10**6  # base units of dUSD
FIRST_DAY = day_from(
    date(2024, 1, 26)
)  # so that some due dates are at a month's end, one of them in February
MONTHS = 12
BALLOON_SHARE = (
    60  # of its principal a balloon pays one each month, interest included, until the rest falls due
)

COLLATERAL = 500 * WAD  # ether
PRICE = 2_000 * DOLLARS * PRICE_SCALE // WAD  # of ether
BORROWERS = ("borrower", "second_borrower", "third_borrower")  # an identity has eight live loans at most
RATES = tuple(percent(rate) for rate in range(5, 16))  # each has a product of its own
PRINCIPALS = {
    RepaymentKind.BULLET: 250_000 * DOLLARS,
    RepaymentKind.INTEREST_ONLY: 400_000 * DOLLARS,
    RepaymentKind.EQUAL_PRINCIPAL: 480_000 * DOLLARS,
    RepaymentKind.ANNUITY: 360_000 * DOLLARS,
    RepaymentKind.BALLOON: 300_000 * DOLLARS,
}


@dataclass(frozen=True, slots=True)
class Conduct:
    """Say how a borrower behaves."""

    days_late: int = 0  # with one instalment
    ahead: int = 0  # principal, with the second instalment
    defaults: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """Hold the terms of a loan and how its borrower behaves."""

    terms: Terms
    conduct: Conduct = Conduct()

    @property
    def calls(self) -> int:
        """Return about how many calls it takes, for the progress bar."""
        return 17 + 2 * self.terms.periods


def tour_genesis() -> Genesis:
    """Return the usual document with a third borrower, and a product for each rate."""
    products = tuple(build_product(DOLLAR, rates=(rate,) * len(Grade)) for rate in RATES)
    usual = build_genesis(actors=(*ACTORS, BORROWERS[-1]))
    return usual.model_copy(update={"products": products})


def choose_shapes() -> Iterator[Shape]:
    """Yield the loans: twenty paid on time, then one paid late, one ahead, and one that defaults."""
    for number, (kind, day_count) in enumerate((kind, day) for kind in RepaymentKind for day in DayCount):
        yield Shape(terms_of(kind, day_count, FIRST_DAY + number))
    late, ahead, default = RepaymentKind.ANNUITY, RepaymentKind.EQUAL_PRINCIPAL, RepaymentKind.INTEREST_ONLY
    yield Shape(terms_of(late, DayCount.ACTUAL_ACTUAL, FIRST_DAY), Conduct(days_late=6))
    yield Shape(terms_of(ahead, DayCount.THIRTY_E_360, FIRST_DAY), Conduct(ahead=90_000 * DOLLARS))
    yield Shape(terms_of(default, DayCount.ACTUAL_360, FIRST_DAY), Conduct(defaults=True))


def terms_of(kind: RepaymentKind, day_count: DayCount, start: int) -> Terms:
    """Return the terms of a loan over a year; a bullet falls due at once at the end."""
    periods = 1 if kind is RepaymentKind.BULLET else MONTHS
    maturity = regular_day(start, MONTHS, CycleUnit.MONTH, 1, end_of_month=False)
    first_due = maturity if periods == 1 else regular_day(start, 1, CycleUnit.MONTH, 1, end_of_month=False)
    terms = build_terms(
        principal=PRINCIPALS[kind],
        collateral_asset=ETHER,
        collateral_amount=COLLATERAL,
        window_start_day=start,
        first_due_day=first_due,
        maturity_day=regular_day(first_due, periods - 1, CycleUnit.MONTH, 1, end_of_month=False),
        kind=kind,
        day_count=day_count,
        periods=periods,
        rate=percent(5 + int(kind) + 2 * int(day_count)),
    )
    return replace(terms, payment=payment_of(terms, start))


def payment_of(terms: Terms, start: int) -> int:
    """Return the payment that the repayment kind asks for."""
    if terms.kind is RepaymentKind.EQUAL_PRINCIPAL:
        return terms.principal // terms.periods
    if terms.kind is RepaymentKind.ANNUITY:
        return level_payment(terms.principal, terms.rate, clock_steps(terms, start))
    return terms.principal // BALLOON_SHARE if terms.kind is RepaymentKind.BALLOON else 0

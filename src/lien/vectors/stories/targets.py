"""Say which calls are explored after which scenes, around which natural call, and on which days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lien.protocol.builders import percent
from lien.protocol.calendar import day_of, due_day
from lien.protocol.genesis import DOLLAR
from lien.protocol.state import Loan
from lien.spec.agreement import Accept, Cancel, Countersign, Offer
from lien.spec.assets import Claim, Transfer
from lien.spec.call import Call
from lien.spec.disbursement import Disburse
from lien.spec.facility import Deposit, OpenFacility, Redeem
from lien.spec.genesis import account_of
from lien.spec.liquidation import DeclareDefault
from lien.spec.repayment import Repay
from lien.spec.types import LIVE, CycleUnit, LoanStatus, RepaymentKind
from lien.spec.units import REDEMPTION_LOCK_DAYS
from lien.vectors.search.target import Target
from lien.vectors.stories.terms import DEADLINE, PRINCIPAL, START, WINDOW_END, WINDOW_START, slug, terms_of
from lien.vectors.stories.tree import scenes
from lien.vectors.story import Scene
from lien.vectors.world import STRICT_DOLLAR

SOME_DOLLARS, SOME_SHARES = 100 * 10**6, 10**14
REFERENCE = 77  # of a payment; the stories use small ones
NATURAL_STATUS: dict[type[Call], tuple[LoanStatus, ...]] = {
    Accept: (LoanStatus.OFFERED,),
    Countersign: (LoanStatus.ACCEPTED,),
    Cancel: (LoanStatus.OFFERED, LoanStatus.ACCEPTED, LoanStatus.AGREED),
    Disburse: (LoanStatus.AGREED,),
    Repay: LIVE,
    DeclareDefault: LIVE,
}
SAME_FOR_EACH_KIND = (Accept, Countersign, Cancel)


def targets() -> Iterator[Target]:
    """Yield every target."""
    yield from asset_targets()
    yield from facility_targets()
    yield from offer_targets()
    for scene in scenes().values():
        if scene.state.loan_count:
            yield from loan_targets(scene)


def asset_targets() -> Iterator[Target]:
    """Yield the targets of transfers and claims."""
    planted = scenes()
    transfer = Transfer(asset=DOLLAR, recipient=account_of("second_lender"), amount=SOME_DOLLARS)
    yield Target("transfer/funded", planted["funded"], transfer, "lender", days(planted["funded"]))
    claim = Claim(asset=STRICT_DOLLAR, recipient=account_of("second_borrower"))
    for name in ("funded", "active-strict", "settled-strict"):
        yield Target(f"claim/{name}", planted[name], claim, "borrower", days(planted[name]))


def facility_targets() -> Iterator[Target]:
    """Yield the targets of facilities, deposits and redemptions."""
    planted = scenes()
    opening = OpenFacility(asset=DOLLAR, interest_fee=percent(10))
    for name in ("genesis", "facility"):
        yield Target(f"open_facility/{name}", planted[name], opening, "servicer", days(planted[name], START))
    deposit = Deposit(facility=1, amount=SOME_DOLLARS, minimum_shares=1)
    for name in ("facility", "funded"):
        yield Target(f"deposit/{name}", planted[name], deposit, "lender", days(planted[name]))
    redeem = Redeem(facility=1, shares=SOME_SHARES, minimum_amount=1)
    locked = START + REDEMPTION_LOCK_DAYS
    yield Target("redeem/funded", planted["funded"], redeem, "lender", (locked, locked - 1, START))


def offer_targets() -> Iterator[Target]:
    """Yield the targets of offers: daily cycles on symbols, and monthly ones of a fixed schedule."""
    funded = scenes()["funded"]
    when = (START, START + 1, WINDOW_END, WINDOW_END + 1)
    schedule = ("first_due_day", "cycle_length", "end_of_month", "periods")
    for kind in RepaymentKind:
        for unit in CycleUnit:
            many = {"periods": 3, "first_due_day": WINDOW_START + 30, "maturity_day": WINDOW_START + 91}
            terms = terms_of(kind, **many, cycle_unit=unit, cycle_length=30 if unit == CycleUnit.DAY else 1)
            fixed = {"terms.kind", "terms.cycle_unit"}
            fixed |= {f"terms.{name}" for name in schedule} if unit == CycleUnit.MONTH else set()
            is_full = unit == CycleUnit.DAY and kind in (RepaymentKind.BULLET, RepaymentKind.ANNUITY)
            yield Target(
                f"offer/{slug(kind)}-{unit.name.lower()}",
                funded,
                Offer(facility=1, borrower=account_of("borrower"), terms=terms),
                "servicer",
                when,
                frozenset(fixed),
                only_paths=not is_full,
            )


def loan_targets(scene: Scene) -> Iterator[Target]:
    """Yield the targets of each call on the loan of a scene."""
    number = scene.state.loan_count
    loan = scene.state.loans.get(number)
    calls: dict[Call, str] = {
        Accept(loan=number, deadline=DEADLINE, signature=b""): "borrower",
        Countersign(loan=number, deadline=DEADLINE, signature=b""): "servicer",
        Cancel(loan=number): "servicer",
        Disburse(loan=number): "servicer",
        Repay(loan=number, amount=SOME_DOLLARS, principal_ahead=0, reference=REFERENCE): "borrower",
        DeclareDefault(loan=number): "stranger",
    }
    for call, sender in calls.items():
        is_natural = loan.status in NATURAL_STATUS[type(call)]
        yield Target(
            f"{call.call_name()}/{scene.name}",
            scene,
            call,
            sender,
            landmarks(scene, loan, call),
            only_paths=not is_natural,
            fixed=frozenset() if is_natural else frozenset({"loan"}),
        )


def days(scene: Scene, first: int = 0) -> tuple[int, ...]:
    """Return the day of a scene, or a first one after genesis, and the day after it."""
    today = max(day_of(scene.state.timestamp), first)
    return today, today + 1


def landmarks(scene: Scene, loan: Loan, call: Call) -> tuple[int, ...]:
    """Return the days on which something changes for a loan, from the scene's on; the most natural one first."""
    terms, today = loan.terms, day_of(scene.state.timestamp)
    natural = WINDOW_START if isinstance(call, Disburse) else today + 1
    if isinstance(call, DeclareDefault) and loan.status in LIVE:
        natural = due_day(terms, loan.period) + terms.grace_days + 1
    found = [natural, today, terms.window_start_day - 1, terms.window_start_day]
    found += [terms.window_end_day, terms.window_end_day + 1]
    if loan.status in LIVE:
        for period in range(max(loan.period - 1, 0), min(loan.period + 2, terms.periods)):
            due = due_day(terms, period)
            found += [due, due + 1, due + terms.grace_days, due + terms.grace_days + 1]
    return tuple(dict.fromkeys(day for day in found if day >= today))



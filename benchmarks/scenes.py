"""Prepare, for each call, a state in which it is accepted, and the call itself."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from immutables import Map

from lien.protocol.builders import accept_by, build_terms, countersign_by, percent
from lien.protocol.genesis import (
    ATTESTOR,
    DOLLAR,
    ETHER,
    FEEDERS,
    REVIEWERS,
    SWITZERLAND,
    begin,
    build_genesis,
)
from lien.protocol.machine import Outcome, step
from lien.protocol.maps import Figures, Records
from lien.protocol.state import Context, State
from lien.protocol.views import instalment_on
from lien.spec.agreement import Cancel, Offer
from lien.spec.application import Apply, Review
from lien.spec.assets import Claim, Transfer
from lien.spec.call import Call
from lien.spec.disbursement import Disburse
from lien.spec.facility import AdvanceBook, Deposit, OpenFacility, Redeem
from lien.spec.genesis import account_of
from lien.spec.identity import AttestIdentity
from lien.spec.liquidation import DeclareDefault
from lien.spec.oracle import PostPrice
from lien.spec.repayment import Repay
from lien.spec.types import DayCount, RepaymentKind
from lien.spec.units import MAXIMUM_TIMESTAMP, PRICE_QUORUM, PRICE_SCALE, SECONDS_PER_DAY

DOLLARS = 10**6
FIRST_DAY, DUE_DAY = 19_737, 19_768  # 2024-01-15 and a month later
TERMS = build_terms(
    principal=1_200_000 * DOLLARS,
    collateral_asset=ETHER,
    collateral_amount=1_000 * 10**18,
    window_start_day=FIRST_DAY,
    first_due_day=DUE_DAY,
    maturity_day=20_103,
    kind=RepaymentKind.EQUAL_PRINCIPAL,
    day_count=DayCount.THIRTY_E_360,
    periods=12,
    payment=100_000 * DOLLARS,
)


ATTESTATION = AttestIdentity(
    account=account_of("borrower"), commitment=1, jurisdiction=SWITZERLAND, tier=1, expiry=MAXIMUM_TIMESTAMP
)
APPLICATION = Apply(
    facility=1,
    product=1,
    amount=TERMS.principal,
    periods=TERMS.periods,
    purpose=1,
    collateral_asset=TERMS.collateral_asset,
    collateral_amount=TERMS.collateral_amount,
    document=1,
)


def price_on(seat: int) -> PostPrice:
    """Return a post of 4,000 dollars for an ether."""
    price = 4_000 * DOLLARS * PRICE_SCALE // 10**18
    return PostPrice(collateral_asset=ETHER, loan_asset=DOLLAR, seat=seat, price=price)


@dataclass(frozen=True, slots=True)
class Scene:
    """Hold a state, and a call that is accepted in it."""

    state: State
    call: Call
    context: Context

    @property
    def name(self) -> str:
        """Return the call's name."""
        return type(self.call).call_name()

    def run(self) -> Outcome:
        """Execute the call."""
        outcome = step(self.state, self.call, self.context)
        assert isinstance(outcome, Outcome), outcome.reason
        return outcome


def scenes() -> Iterator[Scene]:
    """Yield a scene for each call in the life of one loan."""
    state = begin(build_genesis(refuses={"dETH": ("borrower",)}))
    story: list[tuple[Call, str, int]] = [
        (OpenFacility(asset=DOLLAR, interest_fee=percent(10), lender=0), "servicer", FIRST_DAY),
        (Deposit(facility=1, amount=5_000_000 * DOLLARS, minimum_shares=0), "lender", FIRST_DAY),
        (ATTESTATION, ATTESTOR, FIRST_DAY),
        (APPLICATION, "borrower", FIRST_DAY),
        *((Review(application=1, approves=1, rating=60), name, FIRST_DAY) for name in REVIEWERS[:2]),
        (Offer(application=1, terms=TERMS), "servicer", FIRST_DAY),
        *((price_on(seat), FEEDERS[seat - 1], FIRST_DAY) for seat in range(1, PRICE_QUORUM + 1)),
    ]
    seen: set[str] = set()
    for call, sender, day in story:
        scene = scene_of(state, call, sender, day)
        if scene.name not in seen:
            yield scene
        seen.add(scene.name)
        state = scene.run().state
    yield from after_the_offer(state)


def after_the_offer(state: State) -> Iterator[Scene]:
    """Yield the scenes that need a loan."""
    accept = scene_of(state, accept_by(state, 1, "borrower", MAXIMUM_TIMESTAMP), "borrower", FIRST_DAY)
    accepted = accept.run().state
    yield accept
    cancel = scene_of(accepted, Cancel(loan=1), "borrower", FIRST_DAY)
    yield cancel
    yield scene_of(
        cancel.run().state, Claim(asset=ETHER, recipient=account_of("lender")), "borrower", FIRST_DAY
    )
    countersign = scene_of(
        accepted, countersign_by(accepted, 1, "servicer", MAXIMUM_TIMESTAMP), "servicer", FIRST_DAY
    )
    yield countersign
    disburse = scene_of(countersign.run().state, Disburse(loan=1), "borrower", FIRST_DAY)
    yield disburse
    active = disburse.run().state
    amount = instalment_on(active, 1, DUE_DAY)
    yield scene_of(active, Repay(loan=1, amount=amount, principal_ahead=0, reference=1), "borrower", DUE_DAY)
    advance = scene_of(active, AdvanceBook(facility=1), "stranger", DUE_DAY)
    yield advance
    current = scene_of(advance.run().state, AdvanceBook(facility=1), "stranger", DUE_DAY).run().state
    yield scene_of(current, Redeem(facility=1, shares=10**12, minimum_amount=1), "lender", DUE_DAY)
    yield scene_of(
        active, Transfer(asset=DOLLAR, recipient=account_of("stranger"), amount=1), "lender", DUE_DAY
    )
    yield scene_of(active, DeclareDefault(loan=1), "stranger", DUE_DAY + 30)


def scene_of(state: State, call: Call, sender: str, day: int) -> Scene:
    """Return a call of a named actor on a day."""
    return Scene(state, call, Context(account_of(sender), day * SECONDS_PER_DAY))


def crowded(state: State, loans: int) -> State:
    """Return a state among a number of like loans, each with a balance and a payment's reference."""
    loan, facility, ledger = state.loans.get(1), state.facilities.get(1), state.ledger
    held = {number: replace(loan, borrower=10**30 + number) for number in range(2, loans + 1)}
    balances = {(DOLLAR, other.borrower): 1 for other in held.values()}
    references = {(other.borrower, number, 1): 1 for number, other in held.items()}
    counted = replace(
        facility,
        loans=facility.loans * loans,
        principal=facility.principal * loans,
        slopes=tuple(slope * loans for slope in facility.slopes),
        offsets=tuple(offset * loans for offset in facility.offsets),
        carry=facility.carry * loans,
    )
    return replace(
        state,
        loan_count=loans,
        loans=Records(Map(held | dict(state.loans.items()))),
        references=Figures(Map(references | dict(state.references.items()))),
        ledger=replace(ledger, balances=Figures(Map(balances | dict(ledger.balances.items())))),
        facilities=state.facilities.set(1, counted),
    )

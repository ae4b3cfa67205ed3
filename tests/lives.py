"""Live through loans: named actors send calls, and every accepted call is checked against all properties.

The loan that most tests look at lends 1,200,000 units at 12 % a year, 30E/360, so that a month costs exactly
1 %, in four equal parts due on the 15th from February 2024 on.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from lien.invariants.explore.check import observe, violations
from lien.protocol.book import is_current
from lien.protocol.builders import accept_by, build_terms, countersign_by, percent
from lien.protocol.calendar import day_from, day_of
from lien.protocol.genesis import (
    ACTORS,
    ATTESTOR,
    DOLLAR,
    ETHER,
    FEEDERS,
    GUARDIAN,
    PROTOCOL,
    REVIEWERS,
    SWITZERLAND,
    begin,
    build_genesis,
    build_product,
)
from lien.protocol.log import Entry
from lien.protocol.machine import Outcome, Rejected, step
from lien.protocol.prices import usable_price
from lien.protocol.rejection import Rejection
from lien.protocol.state import Context, Facility, Ledger, Loan, State
from lien.spec.agreement import Accept, Countersign, Offer
from lien.spec.application import Apply, Review
from lien.spec.assets import Transferred
from lien.spec.call import Call
from lien.spec.disbursement import Disburse
from lien.spec.facility import AdvanceBook, Deposit, OpenFacility
from lien.spec.genesis import account_of
from lien.spec.governance import Pause
from lien.spec.identity import AttestIdentity
from lien.spec.oracle import PostPrice
from lien.spec.reasons import Reason
from lien.spec.repayment import Repaid, Repay
from lien.spec.terms import Terms
from lien.spec.types import DayCount, Grade, LoanStatus, RepaymentKind, Scope
from lien.spec.units import FEED_SEATS, LARGE_QUORUM, MAXIMUM_TIMESTAMP, PRICE_SCALE, SECONDS_PER_DAY

START = day_from(date(2024, 1, 15))
FIRST_DUE, SECOND_DUE, THIRD_DUE, MATURITY = (day_from(date(2024, month, 15)) for month in (2, 3, 4, 5))
PRINCIPAL, PART, MONTH_OF_INTEREST = 1_200_000, 300_000, 12_000
FEE, LATE_FEE, COLLATERAL, CASH = 12_000, 2_400, 2 * 10**18, 10_000_000
DEADLINE = MAXIMUM_TIMESTAMP - 1
PRICE = 2 * PRICE_SCALE // 10**9  # of ether: 2,000 dollars of 6 decimals for 18
COMMITMENTS = {"borrower": 7}  # to who somebody is; of others, their account
UNDRAWN = (LoanStatus.OFFERED, LoanStatus.ACCEPTED, LoanStatus.AGREED)

account = lru_cache(account_of)
Named = dict[tuple[int, str], int]  # figures by asset and actor


def day(year: int, month: int, of_month: int) -> int:
    """Return a date as a day."""
    return day_from(date(year, month, of_month))


@dataclass
class Life:
    """Hold the state, the second at which the next call is sent, and what all accepted calls have logged."""

    state: State
    now: int = START * SECONDS_PER_DAY
    log: list[Entry] = field(default_factory=list[Entry])

    def on(self, day: int, second: int = 0) -> "Life":
        """Let time pass to a second of a day; a keeper moves each facility's book on as far as it goes.

        While a loan is still to be disbursed, the feeders keep the usual price of ether.
        """
        self.now = day * SECONDS_PER_DAY + second
        for number in range(1, self.state.facility_count + 1):
            self.keep_book(number)
        if any(loan.status in UNDRAWN for _, loan in self.state.loans.items()):
            self.keep_prices()
        return self

    def keep_prices(self) -> None:
        """Let as many feeders as are needed post the usual price of ether again, unless it is usable."""
        for seat in range(1, LARGE_QUORUM + 1):
            if usable_price(self.state, ETHER, DOLLAR, self.now) > 0:
                return
            call = PostPrice(collateral_asset=ETHER, loan_asset=DOLLAR, seat=seat, price=PRICE)
            outcome = step(self.state, call, self.context(FEEDERS[seat - 1]))
            if isinstance(outcome, Outcome):
                self.state = outcome.state

    def keep_book(self, facility: int) -> None:
        """Move a facility's book on, over the days on which no loan is left to stop."""
        while not is_current(self.facility(facility), self.today):
            outcome = step(self.state, AdvanceBook(facility=facility), self.context("stranger"))
            if isinstance(outcome, Rejected):
                return
            self.state = outcome.state
            self.log.append(outcome.entry)

    def context(self, sender: str) -> Context:
        """Return the context of a call by a named actor, now."""
        return Context(account(sender), self.now)

    def send(self, call: Call, sender: str = "stranger") -> Outcome:
        """Send a call that must be accepted and keep every property."""
        outcome = step(self.state, call, self.context(sender))
        assert isinstance(outcome, Outcome), outcome.reason
        assert violations(observe(self.state, call, self.context(sender))) == []
        self.state = outcome.state
        self.log.append(outcome.entry)
        return outcome

    def reject(self, call: Call, sender: str = "stranger") -> Rejected:
        """Send a call that must be rejected, and leave the very state that it met."""
        outcome = step(self.state, call, self.context(sender))
        assert isinstance(outcome, Rejected), "the call was accepted"
        assert outcome.state is self.state
        assert violations(observe(self.state, call, self.context(sender))) == []
        return outcome

    def repay(self, amount: int, sender: str = "borrower", *, ahead: int = 0, loan: int = 1) -> Repaid:
        """Pay on a loan with a reference of its own; return what the payment was taken for."""
        reference = self.now * 1000 + amount % 1000 + ahead
        outcome = self.send(
            Repay(loan=loan, amount=amount, principal_ahead=ahead, reference=reference), sender
        )
        (repaid,) = (event for event in outcome.events if isinstance(event, Repaid))
        return repaid

    def post_prices(
        self, price: int, collateral: int = ETHER, loan: int = DOLLAR, feeders: int = FEED_SEATS
    ) -> None:
        """Let the first feeders, or all, post a price; a great move is usable at once from four on."""
        for seat, feeder in enumerate(FEEDERS[:feeders], 1):
            call = PostPrice(collateral_asset=collateral, loan_asset=loan, seat=seat, price=price)
            self.send(call, feeder)

    def agree(self, terms: Terms, borrower: str = "borrower", facility: int = 1) -> int:
        """Apply for, approve, offer, accept and countersign a loan; return its number."""
        number = self.offer(terms, borrower, facility)
        self.send(self.acceptance(number, borrower))
        self.send(self.countersignature(number))
        return number

    def offer(self, terms: Terms, borrower: str = "borrower", facility: int = 1) -> int:
        """Offer a loan on terms that were applied for and approved; return its number."""
        approved = self.approve(terms, borrower, facility)
        self.send(Offer(application=approved, terms=terms), self.servicer(facility))
        self.keep_prices()
        return self.state.loan_count

    def approve(self, terms: Terms, borrower: str = "borrower", facility: int = 1) -> int:
        """Attest a borrower who has no identity, let them apply for terms, and approve; return the number."""
        if self.state.identity_of.get(account(borrower)) == 0:
            self.send(attest(borrower, COMMITMENTS.get(borrower, account(borrower)), DEADLINE), ATTESTOR)
        product = self.fit_product(terms, facility)
        call = application(
            facility=facility,
            product=product,
            amount=terms.principal,
            periods=terms.periods,
            collateral_asset=terms.collateral_asset,
            collateral_amount=terms.collateral_amount,
        )
        self.send(call, borrower)
        number = self.state.application_count
        self.send(Review(application=number, approves=1, rating=60), REVIEWERS[0])
        return number

    def fit_product(self, terms: Terms, facility: int) -> int:
        """Let the product of a facility's asset give what terms ask for at any score; return its number.

        It sets no impairment, which most tests do not look at.
        """
        asset = self.facility(facility).asset
        number = 1 if asset == DOLLAR else 2
        product = build_product(
            asset,
            quorum=1,
            impairment_ratio=0,
            rates=(terms.rate,) * len(Grade),
            origination_limits=(terms.origination_limit,) * len(Grade),
        )
        self.state = replace(self.state, products=self.state.products.set(number, product))
        return number

    def servicer(self, facility: int) -> str:
        """Return the name of a facility's servicer."""
        return next(name for name in ACTORS if account(name) == self.facility(facility).servicer)

    def acceptance(self, loan: int = 1, borrower: str = "borrower", deadline: int = DEADLINE) -> Accept:
        """Return a signed acceptance of a loan as it stands."""
        return accept_by(self.state, loan, borrower, deadline)

    def countersignature(
        self, loan: int = 1, servicer: str = "servicer", deadline: int = DEADLINE
    ) -> Countersign:
        """Return a signed countersignature of a loan as it stands."""
        return countersign_by(self.state, loan, servicer, deadline)

    def loan(self, number: int = 1) -> Loan:
        """Return a loan."""
        return self.state.loans.get(number)

    def facility(self, number: int = 1) -> Facility:
        """Return a facility."""
        return self.state.facilities.get(number)

    def balance(self, name: str, asset: int = DOLLAR) -> int:
        """Return what a named actor holds."""
        return self.state.ledger.balances.get((asset, account(name)))

    @property
    def today(self) -> int:
        """Return the day."""
        return day_of(self.now)


def make_terms(**changes: Any) -> Terms:
    """Return the terms of the loan that most tests look at, with changes."""
    usual: dict[str, Any] = {
        "principal": PRINCIPAL,
        "kind": RepaymentKind.EQUAL_PRINCIPAL,
        "day_count": DayCount.THIRTY_E_360,
        "periods": 4,
        "payment": PART,
        "collateral_asset": ETHER,
        "collateral_amount": COLLATERAL,
        "window_start_day": START,
        "first_due_day": FIRST_DUE,
        "maturity_day": MATURITY,
        "default_rate": percent(6),
    }
    return build_terms(**(usual | changes))


def attest(
    name: str, commitment: int, expiry: int, *, jurisdiction: int = SWITZERLAND, tier: int = 1
) -> AttestIdentity:
    """Return the attestation of a named actor."""
    return AttestIdentity(
        account=account(name), commitment=commitment, jurisdiction=jurisdiction, tier=tier, expiry=expiry
    )


def application(**changes: Any) -> Apply:
    """Return an application for the loan that most tests look at, with changes."""
    usual: dict[str, Any] = {
        "facility": 1,
        "product": 1,
        "amount": PRINCIPAL,
        "periods": 4,
        "purpose": 5,
        "collateral_asset": ETHER,
        "collateral_amount": 10**18,
        "document": 6,
    }
    return Apply(**(usual | changes))


def new_life(refuses: dict[str, tuple[str, ...]] | None = None) -> Life:
    """Begin: every actor but the treasury holds dollars and ether."""
    return Life(begin(build_genesis(dollars=10**9, ether=10**19, refuses=refuses)))


def funded_life(
    fee: int = percent(10), refuses: dict[str, tuple[str, ...]] | None = None, on: int = START
) -> Life:
    """Go on until a facility has cash, on a day."""
    life = new_life(refuses).on(on)
    life.send(OpenFacility(asset=DOLLAR, interest_fee=fee, lender=0), "servicer")
    life.send(Deposit(facility=1, amount=CASH, minimum_shares=0), "lender")
    return life


def offered_life(**changes: Any) -> Life:
    """Go on until a loan is on offer."""
    life = funded_life()
    life.offer(make_terms(**changes))
    return life


def accepted_life(**changes: Any) -> Life:
    """Go on until the borrower has signed."""
    life = offered_life(**changes)
    life.send(life.acceptance())
    return life


def agreed_life(**changes: Any) -> Life:
    """Go on until both have signed."""
    life = accepted_life(**changes)
    life.send(life.countersignature())
    return life


def active_life(**changes: Any) -> Life:
    """Go on until the loan is disbursed, on its first day."""
    life = agreed_life(**changes)
    life.send(Disburse(loan=1), "borrower")
    return life


def paused(life: Life, scope: Scope) -> Life:
    """Let the guardian pause a scope."""
    life.send(Pause(scope=scope), GUARDIAN)
    return life


# what a test expects


def edited(life: Life, **changes: Any) -> Life:
    """Change the first facility's figures to what the council decides, or no calls of a test would reach."""
    facilities = life.state.facilities.set(1, replace(life.facility(), **changes))
    life.state = replace(life.state, facilities=facilities)
    return life


def ledger_after(
    ledger: Ledger, balances: Named, holdings: dict[int, int] | None = None, claims: Named | None = None
) -> Ledger:
    """Return a ledger in which the named figures are the given ones, and all others as they were."""
    for (asset, name), figure in balances.items():
        holder = ledger.protocol if name == "protocol" else account(name)
        ledger = replace(ledger, balances=ledger.balances.set((asset, holder), figure))
    for asset, figure in (holdings or {}).items():
        ledger = replace(ledger, holdings=ledger.holdings.set(asset, figure))
    for (asset, name), figure in (claims or {}).items():
        ledger = replace(ledger, claims=ledger.claims.set((asset, account(name)), figure))
    return ledger


def transferred(asset: int, payer: str, payee: str, amount: int) -> Transferred:
    """Return the log of a token; `protocol` is the protocol's own account."""
    accounts = [PROTOCOL if name == "protocol" else account(name) for name in (payer, payee)]
    return Transferred(asset, accounts[0], accounts[1], amount)


Cases = dict[
    Reason, Callable[[], tuple[Life, Call, str]]
]  # what is sent to whom, by the reason that it meets


def reason_of(check: Callable[..., object], *given: Any) -> Reason | None:
    """Return the reason for which a check rejects what it is given, or nothing."""
    try:
        check(*given)
    except Rejection as rejection:
        return rejection.reason
    return None


def check_rejection(call: type[Call], cases: Cases, reason: Reason) -> None:
    """Check that a case's call is rejected for its reason, and that the cases are all reasons of the call."""
    assert list(cases) == list(call.reasons)
    life, sent, sender = cases[reason]()
    assert type(sent) is call
    assert life.reject(sent, sender).reason is reason

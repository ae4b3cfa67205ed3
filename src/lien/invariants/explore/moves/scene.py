"""Set the scene of a proposal: the state, the time, the accounts, and the die that decides."""

from dataclasses import dataclass
from functools import lru_cache
from random import Random

from lien.invariants.explore.moves.numbers import once_in, wild
from lien.invariants.explore.remembered import remembered
from lien.protocol.accrual import catch_up
from lien.protocol.calendar import day_of
from lien.protocol.eligibility import is_eligible
from lien.protocol.genesis import ACTORS, DOLLAR, ETHER
from lien.protocol.health import collateral_value, is_within
from lien.protocol.prices import usable_price
from lien.protocol.state import Context, Loan, State
from lien.spec.call import Call
from lien.spec.genesis import account_of
from lien.spec.types import LIVE, Account, LoanStatus

named_account = lru_cache(account_of)
caught_up = remembered(catch_up)
known_price = remembered(usable_price)


@dataclass(frozen=True, slots=True)
class Move:
    """Hold a call and by whom and when it is sent."""

    call: Call
    context: Context


@dataclass(frozen=True, slots=True)
class Scene:
    """Hold what a proposal may look at."""

    dice: Random
    state: State
    now: int

    @property
    def today(self) -> int:
        """Return the day."""
        return day_of(self.now)

    def holder(self, asset: int) -> int:
        """Return an account, mostly one that holds some of an asset."""
        accounts = [named_account(name) for name in ACTORS]
        holders = [account for account in accounts if self.balance(asset, account)]
        return self.dice.choice(holders) if holders and not once_in(self.dice, 20) else self.anyone()

    def anyone(self) -> int:
        """Return an actor's account, rarely the protocol's or any other."""
        if once_in(self.dice, 25):
            return self.dice.choice((self.state.settings.protocol, wild(self.dice, Account)))
        return named_account(self.dice.choice(ACTORS))

    def asset(self) -> int:
        """Return a listed asset, rarely any other."""
        usual = self.dice.choice((DOLLAR, DOLLAR, ETHER))
        return wild(self.dice, Account) if once_in(self.dice, 25) else usual

    def facility(self) -> int:
        """Return the number of a facility, rarely one that does not exist."""
        return self._number(list(range(1, self.state.facility_count + 1)), self.state.facility_count)

    def loan(self, *statuses: LoanStatus) -> int:
        """Return the number of a loan that has one of the statuses, rarely of any loan or of none."""
        loans = list(self.state.loans.items())
        fitting = [number for number, loan in loans if loan.status in statuses]
        if not once_in(self.dice, 4):
            ready = [number for number, loan in loans if number in fitting and self.is_ready(loan)]
            fitting = ready or fitting
        if once_in(self.dice, 20):
            fitting = list(range(1, self.state.loan_count + 1))
        return self._number(fitting, self.state.loan_count)

    def _number(self, fitting: list[int], count: int) -> int:
        if not fitting or once_in(self.dice, 40):
            return self.dice.choice((0, count, count + 1, 2**32 - 1))
        return self.dice.choice(fitting)

    def is_timely(self, loan: Loan) -> bool:
        """Return whether the loan is disbursed, or its window has not ended."""
        return loan.status in LIVE or self.today <= loan.terms.window_end_day

    def is_ready(self, loan: Loan) -> bool:
        """Return whether what comes next in the loan's life can come now."""
        if not self.is_timely(loan):
            return False
        if loan.status == LoanStatus.OFFERED:
            has_collateral = (
                self.balance(loan.terms.collateral_asset, loan.borrower) >= loan.terms.collateral_amount
            )
            return has_collateral and is_eligible(self.state, loan.borrower, self.now)
        if loan.status == LoanStatus.AGREED:
            facility = self.state.facilities.get(loan.facility)
            has_begun = self.today >= loan.terms.window_start_day
            has_cash = facility.cash >= loan.terms.principal and not facility.is_winding_down
            may_draw = has_cash and is_eligible(self.state, loan.borrower, self.now)
            return has_begun and may_draw and self.is_healthy(loan)
        return True

    def has_price(self, loan: Loan) -> bool:
        """Return whether what secures the loan has a price now, or nothing does."""
        terms, asset = loan.terms, self.state.facilities.get(loan.facility).asset
        price = known_price(self.state, terms.collateral_asset, asset, self.now)
        return terms.collateral_amount == 0 or price > 0

    def is_healthy(self, loan: Loan) -> bool:
        """Return whether the loan's principal is within its origination limit at the price of now."""
        terms, asset = loan.terms, self.state.facilities.get(loan.facility).asset
        price = known_price(self.state, terms.collateral_asset, asset, self.now)
        value = collateral_value(price, terms.collateral_amount)
        return terms.collateral_amount == 0 or is_within(terms.origination_limit, terms.principal, value)

    def balance(self, asset: int, account: int) -> int:
        """Return what an account holds of an asset."""
        return self.state.ledger.balances.get((asset, account))


def current(loan: Loan, day: int) -> Loan:
    """Return a loan as it stands on a day."""
    return caught_up(loan, day) if loan.status in LIVE else loan


def servicer_of(state: State, loan: Loan) -> int:
    """Return the servicer of a loan's facility."""
    return state.facilities.get(loan.facility).servicer

"""Follow figures over the time of a scenario: balances, facilities, statuses, loan-to-value."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from lien.protocol import views
from lien.protocol.calendar import day_of
from lien.protocol.health import collateral_value
from lien.protocol.prices import usable_price
from lien.protocol.state import State
from lien.scenario.days import is_long
from lien.scenario.ending import loan_end
from lien.scenario.play import Performance
from lien.spec.types import LIVE, LoanStatus
from lien.spec.units import SECONDS_PER_DAY

MOST_SAMPLES = 800
Points = tuple[tuple[int, float], ...]  # times, and what the figure is from each on


@dataclass(frozen=True, slots=True)
class Series:
    """Hold a figure over time."""

    name: str
    points: Points


@dataclass(frozen=True, slots=True)
class History:
    """Answer what the state was at any time of a scenario."""

    performance: Performance
    times: tuple[int, ...]  # of the calls
    samples: tuple[int, ...]

    @property
    def start(self) -> int:
        """Return the time of the first call."""
        return self.times[0]

    @property
    def end(self) -> int:
        """Return the time of the last call, or a little later: a picture needs some width."""
        return max(self.times[-1], self.start + 3600)

    def state(self, timestamp: int) -> State:
        """Return the state after the last call up to a time."""
        place = bisect_right(self.times, timestamp)
        calls = self.performance.calls
        return calls[place - 1].after if place else calls[0].before

    def follow(self, name: str, figure: Callable[[State, int], float | None]) -> Series:
        """Return a figure of the state and the time, at each sample; what stays the same is left out.

        None stays the same.
        """
        found: list[tuple[int, float]] = []
        for moment in self.samples:
            value = figure(self.state(moment), moment)
            if value is not None and (not found or found[-1][1] != value):
                found.append((moment, value))
        return Series(name, tuple(found))


def history_of(performance: Performance) -> History:
    """Return the history of a scenario, sampled at the start of each day; a short one's at every call too."""
    times = tuple(sorted(played.timestamp for played in performance.calls))
    first, last = day_of(times[0]) + 1, day_of(times[-1])
    step = max((last - first) // MOST_SAMPLES, 1)
    days = {day * SECONDS_PER_DAY for day in range(first, last + 1, step)}
    calls = {times[0], times[-1]} if is_long(performance) else set(times)
    return History(performance, times, tuple(sorted({*calls, *days})))


def balances(history: History, asset: int, accounts: list[int], decimals: int) -> list[Series]:
    """Return what each account gained or lost since the start, in whole tokens."""
    names, begin = history.performance.names, history.performance.calls[0].before

    def gain(account: int) -> Callable[[State, int], float]:
        key = (asset, account)
        before = begin.ledger.balances.get(key)
        return lambda state, _: (state.ledger.balances.get(key) - before) / 10**decimals

    return [history.follow(names.account(account), gain(account)) for account in accounts]


def facility_series(history: History, number: int, decimals: int) -> list[Series]:
    """Return a facility's principal outstanding, its cash and its net assets, in whole tokens."""

    def figure(of: Callable[[State, int], int]) -> Callable[[State, int], float]:
        def read(state: State, moment: int) -> float:
            return of(state, moment) / 10**decimals if state.facilities.contains(number) else 0.0

        return read

    return [
        history.follow(
            "net assets", figure(lambda state, moment: views.net_assets_on(state, number, day_of(moment)))
        ),
        history.follow(
            "principal outstanding", figure(lambda state, _: state.facilities.get(number).principal)
        ),
        history.follow("idle cash", figure(lambda state, _: state.facilities.get(number).cash)),
    ]


def status_at(history: History, number: int, moment: int) -> LoanStatus | None:
    """Return where a loan stands at a time; none where it is not there yet."""
    state = history.state(moment)
    return views.status_on(state, number, day_of(moment)) if state.loans.contains(number) else None


def statuses(history: History, number: int) -> list[tuple[int, LoanStatus]]:
    """Return from when on a loan had which status."""
    found: list[tuple[int, LoanStatus]] = []
    for moment in history.samples:
        status = status_at(history, number, moment)
        if status is not None and (not found or found[-1][1] is not status):
            found.append((moment, status))
    return found


def loans_by_status(history: History) -> list[Series]:
    """Return how many loans stood where, for each status that one had at some time."""
    numbers = [number for number, _ in history.performance.state.loans.items()]
    counts = {
        moment: Counter(status_at(history, number, moment) for number in numbers)
        for moment in history.samples
    }
    met = [status for status in LoanStatus if any(count[status] for count in counts.values())]

    def figure(status: LoanStatus) -> Callable[[State, int], float]:
        return lambda _, moment: float(counts[moment][status])

    return [history.follow(status.name.lower().replace("_", " "), figure(status)) for status in met]


def prices(history: History, collateral_asset: int, asset: int, scale: float) -> Series | None:
    """Return the usable price of a pair; it stays as it was while there is none."""
    names = history.performance.names
    series = history.follow(
        f"{names.symbol(collateral_asset)} in {names.symbol(asset)}",
        lambda state, moment: usable_price(state, collateral_asset, asset, moment) * scale or None,
    )
    return series if series.points else None


def loan_to_value(history: History, number: int) -> Series | None:
    """Return the debt of a live loan in per cent of its collateral's value; none where there is no price.

    It is known while there is a usable price, and stays as it was until there is one again.
    """

    def ratio(state: State, moment: int) -> float | None:
        if not state.loans.contains(number) or state.loans.get(number).status not in LIVE:
            return 0.0
        loan = state.loans.get(number)
        asset = state.facilities.get(loan.facility).asset
        price = usable_price(state, loan.terms.collateral_asset, asset, moment)
        value = collateral_value(price, loan.collateral)
        end = loan_end(state, number, day_of(moment))
        return 100 * (end.principal + end.interest) / value if value else None

    series = history.follow(f"loan {number}", ratio)
    return series if any(value for _, value in series.points) else None

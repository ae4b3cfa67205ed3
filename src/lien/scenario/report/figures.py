"""Say which pictures a scenario has; a chapter with figures of its own adds a function to `FIGURES`."""

from collections import Counter
from collections.abc import Callable, Iterator

from lien.protocol.machine import Outcome
from lien.scenario.days import is_long
from lien.scenario.play import Performance
from lien.scenario.report.flow import flow_chart
from lien.scenario.report.lines import Chart, line_chart
from lien.scenario.report.markup import Markup
from lien.scenario.report.series import (
    History,
    balances,
    facility_series,
    history_of,
    loan_to_value,
    loans_by_status,
    prices,
)
from lien.scenario.report.timeline import timeline
from lien.spec.assets import Transferred
from lien.spec.units import PRICE_SCALE

MOST_LINES = 6  # in one picture


def figures(performance: Performance) -> list[Markup]:
    """Return every picture for which there is something to show."""
    history = history_of(performance)
    return [picture for figure in FIGURES for picture in figure(history)]


def time_figures(history: History) -> Iterator[Markup]:
    """Yield the line of time; of a long scenario, how many loans stood where."""
    if not is_long(history.performance):
        yield timeline(history)
        return
    chart = Chart("loans", "Loans by status", "loans", history.start, history.end)
    if series := loans_by_status(history):
        yield line_chart(chart, series)


def flow_figures(history: History) -> Iterator[Markup]:
    """Yield a picture for each asset that moved."""
    for place, asset in enumerate(volumes(history.performance)):
        yield flow_chart(history.performance, asset, place)


def facility_figures(history: History) -> Iterator[Markup]:
    """Yield a picture for each facility."""
    performance = history.performance
    for number, facility in performance.state.facilities.items():
        unit = performance.names.symbol(facility.asset)
        chart = Chart(f"facility-{number}", f"Facility {number}", unit, history.start, history.end)
        yield line_chart(chart, facility_series(history, number, decimals_of(performance, facility.asset)))


def balance_figures(history: History) -> Iterator[Markup]:
    """Yield a picture for each asset that moved: what the accounts that moved most gained or lost."""
    performance = history.performance
    for place, asset in enumerate(volumes(performance)):
        unit = performance.names.symbol(asset)
        chart = Chart(f"balance-{place}", "Balances, against the start", unit, history.start, history.end)
        accounts = main_accounts(performance, asset)
        yield line_chart(chart, balances(history, asset, accounts, decimals_of(performance, asset)))


def price_figures(history: History) -> Iterator[Markup]:
    """Yield one picture of the loans that had a price at some time, and one of each price."""
    numbers = [number for number, _ in history.performance.state.loans.items()][:MOST_LINES]
    series = [found for number in numbers if (found := loan_to_value(history, number)) is not None]
    chart = Chart("loan-to-value", "Loan-to-value", "per cent", history.start, history.end)
    if series:
        yield line_chart(chart, series)
    for place, (_, feed) in enumerate(history.performance.state.feeds.items()):
        pair = (feed.collateral_asset, feed.loan_asset)
        sold, paid = (decimals_of(history.performance, asset) for asset in pair)
        price = prices(history, *pair, 10.0 ** (sold - paid) / PRICE_SCALE)
        if price is not None:
            yield line_chart(
                Chart(f"price-{place}", "Price", price.name, history.start, history.end), [price]
            )


FIGURES: tuple[Callable[[History], Iterator[Markup]], ...] = (
    time_figures,
    flow_figures,
    facility_figures,
    balance_figures,
    price_figures,
)


# --- what moved -------------------------------------------------------------------------------------


def moves(performance: Performance) -> Iterator[Transferred]:
    """Yield every transfer."""
    for played in performance.calls:
        if isinstance(played.outcome, Outcome):
            yield from played.outcome.transfers


def volumes(performance: Performance) -> Counter[int]:
    """Return how much was moved of each asset."""
    found: Counter[int] = Counter()
    for move in moves(performance):
        found[move.asset] += move.amount
    return found


def main_accounts(performance: Performance, asset: int) -> list[int]:
    """Return the accounts that paid or received most, the protocol's own last."""
    protocol = performance.state.settings.protocol
    found: Counter[int] = Counter()
    for move in moves(performance):
        if move.asset == asset:
            found[move.payer] += move.amount
            found[move.payee] += move.amount
    others = [account for account, _ in found.most_common() if account != protocol]
    return [*others[: MOST_LINES - 1], protocol] if protocol in found else others[:MOST_LINES]


def decimals_of(performance: Performance, asset: int) -> int:
    """Return how many decimals an asset has."""
    return performance.names.decimals.get(performance.names.symbol(asset), 0)

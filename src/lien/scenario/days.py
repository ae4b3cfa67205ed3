"""Sum up long scenarios by day: what was sent how often, and how much moved."""

from collections import Counter
from itertools import groupby

from lien.protocol.calendar import day_of
from lien.protocol.machine import Outcome
from lien.scenario.ending import Table
from lien.scenario.play import Performance, Played
from lien.scenario.times import show_day

MOST_CALLS = 400  # that are shown one by one
COLUMNS = ("day", "accepted", "rejected", "money moved")


def is_long(performance: Performance) -> bool:
    """Return whether a scenario has more calls than a person reads one by one."""
    return len(performance.calls) > MOST_CALLS


def last_of_days(performance: Performance) -> set[int]:
    """Return the numbers of the calls that are the last of their day; of a short scenario, of all calls."""
    if not is_long(performance):
        return {played.number for played in performance.calls}
    return set({day_of(played.timestamp): played.number for played in performance.calls}.values())


def days_table(performance: Performance) -> Table:
    """Return one row for each day on which calls were sent."""
    in_order = sorted(performance.calls, key=lambda played: played.timestamp)
    by_day = groupby(in_order, key=lambda played: day_of(played.timestamp))
    return COLUMNS, [(show_day(day), *day_cells(list(calls), performance)) for day, calls in by_day]


def day_cells(calls: list[Played], performance: Performance) -> tuple[str, str, str]:
    """Return which calls were accepted and rejected on a day, and how much moved of each asset."""
    accepted, rejected, moved = Counter[str](), Counter[str](), Counter[int]()
    for played in calls:
        name = played.call.call_name()
        if isinstance(played.outcome, Outcome):
            accepted[name] += 1
            for move in played.outcome.transfers:
                moved[move.asset] += move.amount
        else:
            rejected[f"{name} {played.outcome.reason.name}"] += 1
    amounts = [performance.names.amount(amount, asset) for asset, amount in sorted(moved.items())]
    return counted(accepted), counted(rejected), ", ".join(amounts)


def counted(names: Counter[str]) -> str:
    """Return names, each with how often it came, the most frequent first."""
    return ", ".join(f"{count:,} {name}" for name, count in names.most_common())

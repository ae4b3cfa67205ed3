"""Time one operation: the fastest of a few rounds, since everything else is what the machine did besides."""

from collections.abc import Callable
from time import perf_counter
from typing import Any

ROUNDS = 7
SECONDS_PER_ROUND = 0.05


def microseconds(operation: Callable[[], Any]) -> float:
    """Return how long an operation takes, in microseconds."""
    operation()
    began = perf_counter()
    operation()
    times = max(int(SECONDS_PER_ROUND / max(perf_counter() - began, 1e-9)), 1)
    return min(one_round(operation, times) for _ in range(ROUNDS)) * 1e6


def one_round(operation: Callable[[], Any], times: int) -> float:
    """Return the seconds that one of a number of repetitions takes."""
    began = perf_counter()
    for _ in range(times):
        operation()
    return (perf_counter() - began) / times

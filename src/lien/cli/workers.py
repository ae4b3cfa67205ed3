"""Keep an interruption to one process: the one that the user speaks to."""

import signal
from collections.abc import Generator
from contextlib import contextmanager

from joblib import parallel_config


def ignore_interruption() -> None:
    """Leave it to the parent to end this worker, which would else write a traceback of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def quiet_workers() -> Generator[None]:
    """Run what is parallel in workers that end with their parent, without a word."""
    with parallel_config(backend="loky", initializer=ignore_interruption):
        yield

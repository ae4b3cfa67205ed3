"""Keep an interruption to one process: the one that the user speaks to."""

import signal
import sys
from _thread import interrupt_main
from collections.abc import Generator
from contextlib import contextmanager
from threading import Event, Thread


@contextmanager
def quiet_workers() -> Generator[None]:
    """Run what is parallel so that an interruption reaches this process only, between two steps of its work.

    A terminal interrupts every process at once; a worker would then write a traceback of its own, and the
    solver would take the signal for itself. So the signal is blocked, which workers inherit from their first
    moment on, and one thread waits for it.
    """
    if sys.platform == "win32":
        yield
        return
    over = Event()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    watcher = Thread(target=pass_on, args=(over,), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        signal.pthread_kill(watcher.ident or 0, signal.SIGINT)
        watcher.join()
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def pass_on(over: Event) -> None:
    """Pass each interruption on to the main thread, until the work is over."""
    while not over.is_set():
        signal.sigwait({signal.SIGINT})
        if not over.is_set():
            interrupt_main()

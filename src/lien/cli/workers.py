"""Work in several processes, and keep an interruption to one: the one that the user speaks to."""

import signal
import sys
from _thread import interrupt_main
from collections.abc import Callable, Generator
from contextlib import contextmanager
from multiprocessing import get_context, resource_tracker
from threading import Event, Thread
from types import FrameType
from typing import TypeVar

T = TypeVar("T")
MOMENT = 0.05  # seconds between two attempts to interrupt


@contextmanager
def quiet_workers() -> Generator[None]:
    """Run what is parallel so that an interruption raises once, in this process, and is never lost.

    A terminal interrupts every process at once; a worker would then write a traceback of its own, and the
    solver would take the signal for itself. So the signal is blocked, which workers and threads inherit from
    their first moment on, and one thread waits for it.
    """
    if sys.platform == "win32":
        yield
        return
    # What is started later, for the workers, lets the signal through again; what runs already is left alone.
    resource_tracker.ensure_running()
    watch = Watch()
    signal.signal(signal.SIGINT, watch.interrupt)
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    watch.thread.start()
    try:
        yield
    finally:
        watch.end()
        while watch.has_raised and signal.SIGINT in signal.sigpending():
            signal.sigwait({signal.SIGINT})  # it came after the one that has raised, and is part of it
        signal.signal(signal.SIGINT, watch.former)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


@contextmanager
def beside(work: Callable[[], T], jobs: int) -> Generator[Callable[[], T]]:
    """Begin work in a process of its own, where there may be more than one; yield what waits for its end.

    The process ends with the block, whether or not its work is done.
    """
    if jobs == 1:
        yield work
        return
    with quiet_workers():
        pool = get_context("spawn").Pool(1)
    with pool:
        yield pool.apply_async(work).get


class Watch:
    """Wait for an interruption, and pass it on to the main thread until it has come through."""

    def __init__(self) -> None:
        """Get ready to wait."""
        self.thread = Thread(target=self.wait, daemon=True)
        self.is_over, self.may_leave = Event(), Event()
        self.has_raised = False
        self.former = signal.getsignal(signal.SIGINT)

    def wait(self) -> None:
        """Wait for the signal; then try until the main thread is done."""
        signal.sigwait({signal.SIGINT})
        while not self.is_over.wait(MOMENT):
            interrupt_main()
        self.may_leave.wait()

    def interrupt(self, number: int, at: FrameType | None) -> None:
        """Do, once, what was done before; but not where Python drops what is raised: in a deletion."""
        frame = at
        while frame is not None and frame.f_code.co_name != "__del__":
            frame = frame.f_back
        if frame is None and not self.has_raised and not self.is_over.is_set():
            self.has_raised = True
            if callable(self.former):
                self.former(number, at)

    def end(self) -> None:
        """Let the thread go, whether or not a signal came."""
        self.is_over.set()
        signal.pthread_kill(self.thread.ident or 0, signal.SIGINT)
        self.may_leave.set()
        self.thread.join()

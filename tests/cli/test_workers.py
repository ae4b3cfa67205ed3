"""What is parallel ends with its block; an interruption does, once, what an interruption did before."""

import os
import subprocess
import sys
import time
from functools import partial
from multiprocessing import active_children

import pytest

from lien.cli.faults import Fault, require_known
from lien.cli.workers import beside

PROGRAM = """
import os, signal, time
from lien.cli.workers import quiet_workers

class Ended(Exception): ...

def end(*_):
    print("ended", flush=True)
    raise Ended

signal.signal(signal.SIGINT, {handler})
try:
    with quiet_workers():
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.5)
        print("went on")
except Ended:
    print("raised", signal.getsignal(signal.SIGINT) is end)
"""


def said(handler: str) -> list[str]:
    """Return what a process says that interrupts itself twice while it works in parallel."""
    program = PROGRAM.format(handler=handler)
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return ran.stdout.splitlines()


def test_the_former_handler_runs_once() -> None:
    """Given a handler of one's own / When interrupted twice / Then it ran and raised once, and is back."""
    assert said("end") == ["ended", "raised True"]


def test_what_ignored_interruptions_goes_on() -> None:
    """Given a process that ignores interruptions / When interrupted / Then it goes on with its work."""
    assert said("signal.SIG_IGN") == ["went on"]


def test_work_beside_has_a_process_of_its_own() -> None:
    """Given two processes / When work is begun beside / Then another does it, and its answer comes back."""
    with beside(os.getpid, jobs=2) as wait:
        assert wait() != os.getpid()


def test_one_job_works_where_it_is() -> None:
    """Given one process / When work is begun beside / Then this one does it."""
    with beside(os.getpid, jobs=1) as wait:
        assert wait() == os.getpid()


def test_a_fault_beside_comes_back_whole() -> None:
    """Given work that a user's mistake ends / When it is waited for / Then the same fault is raised here."""
    work = partial(require_known, "call", "depositt", ["deposit"])
    with beside(work, jobs=2) as wait, pytest.raises(Fault, match="did you mean deposit") as raised:
        wait()
    assert raised.value.code == 2


def test_work_beside_ends_with_the_block() -> None:
    """Given work that goes on / When the block ends / Then its process does, at once."""
    others = set(active_children())
    with beside(partial(time.sleep, 600), jobs=2):
        assert len(set(active_children()) - others) == 1
    assert set(active_children()) <= others

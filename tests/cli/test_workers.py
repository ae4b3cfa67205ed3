"""An interruption of what is parallel does, once, what an interruption did before."""

import subprocess
import sys

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

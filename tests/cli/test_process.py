"""The command starts at once, writes no traceback, and leaves nothing when it is interrupted."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = ("z3", "hypothesis", "joblib", "eth_account", "lien.protocol")


def interrupt(process: int) -> None:
    """Interrupt a process and its children, as a terminal does."""
    os.killpg(process, signal.SIGINT)


def terminate(process: int) -> None:
    """Ask a process alone to end."""
    os.kill(process, signal.SIGTERM)


@pytest.mark.parametrize("command", ["--help", "calls"])
def test_what_is_not_needed_is_not_imported(command: str) -> None:
    """When help or the calls are asked for / Then nothing heavy is imported: start-up is what is left."""
    program = (
        "import sys; from lien.cli import main; "
        f"code = main(['{command}']); "
        f"print([name for name in {HEAVY!r} if name in sys.modules], code, file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stderr.strip() == "[] 0"


@pytest.mark.parametrize(("jobs", "end"), [("1", interrupt), ("2", interrupt), ("1", terminate)])
def test_an_interrupted_proof_is_one_line(tmp_path: Path, jobs: str, end: Callable[[int], None]) -> None:
    """Given a proof at work / When it is interrupted or ended / Then one line is left, and no file."""
    program = (
        "import sys; from contextlib import nullcontext; from lien.cli import main, prove; "
        "prove.progress = lambda _: nullcontext(lambda *_: print('at work', file=sys.stderr, flush=True)); "
        "sys.exit(main())"
    )
    arguments = [
        "prove",
        "--call",
        "declare_default",
        "--jobs",
        jobs,
        "--json",
        str(tmp_path / "results.json"),
    ]
    process = subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None
    assert process.stderr.readline() == "at work\n"  # the first case is done, others are not
    end(process.pid)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert (output, errors.replace("at work\n", "")) == (
        "",
        "lien: interrupted: nothing was left half written\n",
    )
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_goes_away_is_no_fault() -> None:
    """Given a pipe whose reader has gone / When something is listed / Then nothing is said of it."""
    program = "from lien.cli import main; import sys; sys.exit(main(['properties', '--json']))"
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()
    process.wait()

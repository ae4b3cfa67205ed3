"""Run the command line: a user's mistake is one line and exit code 2, an interruption one line and 130."""

import signal
import sys
from typing import NoReturn

from lien.cli.faults import WRONG_USE, Fault

INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code; the command line itself, where no arguments are given."""
    if arguments is None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, interrupt)
    try:
        from lien.cli.app import app

        code: int = app(args=arguments, prog_name="lien", standalone_mode=False) or 0
    except Fault as fault:
        return fail(str(fault), fault.code)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return fail(f"{where}{error.strerror or error}", WRONG_USE)
    except Exception as error:
        return fail(usage_fault(error), WRONG_USE)
    return fail("interrupted: nothing was left half written", code) if code == INTERRUPTED else code


def interrupt(_: int, __: object) -> NoReturn:
    """End what runs; what is half made by then cannot say so."""
    sys.unraisablehook = lambda _: None
    raise KeyboardInterrupt


def usage_fault(error: Exception) -> str:
    """Return what the parser of the command line has to say of a wrong use.

    Raises: the error itself where it is another one.
    """
    describe = getattr(error, "format_message", None)
    if describe is None:
        raise error
    return " ".join(str(describe()).split())


def fail(line: str, code: int) -> int:
    """Write a line to standard error and return the code."""
    print(f"lien: {line}", file=sys.stderr, flush=True)
    return code

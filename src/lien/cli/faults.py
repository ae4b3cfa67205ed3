"""Say in one line what a user has to change."""

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from importlib.util import find_spec
from typing import NoReturn

WRONG_USE = 2  # the exit code where the user has to change something
EXTRAS = {"prove": ("z3", "joblib", "hypothesis"), "evm": ("pyrevm", "web3")}


class Fault(Exception):  # noqa: N818  # what a user gets wrong is no error of the program
    """Carry the one line that a user reads, and the exit code."""

    def __init__(self, line: str, code: int = WRONG_USE) -> None:
        """Keep the line in one line, whatever is in it."""
        super().__init__(" ".join(line.split()))
        self.code = code


def need_extra(extra: str, *others: str) -> None:
    """Require the packages of an extra, and others of it that only some wishes need.

    Raises: Fault, with the command that installs them.
    """
    missing = [name for name in (*EXTRAS[extra], *others) if find_spec(name) is None]
    if missing:
        raise Fault(
            f"{', '.join(missing)} not installed, which this command needs: pip install 'lien[{extra}]'"
        )


def require_known(kind: str, name: str, known: Iterable[str], fold: Callable[[str], str] = str) -> str:
    """Return the known name that is meant; `fold` makes names alike that mean the same.

    Raises: Fault, with the nearest names.
    """
    by_form = {fold(item): item for item in known}
    if fold(name) not in by_form:
        refuse_unknown(kind, name, by_form, fold)
    return by_form[fold(name)]


def refuse_unknown(kind: str, name: str, by_form: dict[str, str], fold: Callable[[str], str]) -> NoReturn:
    """Say that a name is not known, and which known ones are near."""
    near = get_close_matches(fold(name), by_form, n=3, cutoff=0.5)
    near = near or [form for form in by_form if fold(name) and fold(name) in form][:3]
    hint = f": did you mean {' or '.join(by_form[form] for form in near)}?" if near else ""
    raise Fault(f"there is no {kind} {name!r}{hint}")

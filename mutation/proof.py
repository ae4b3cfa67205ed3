"""Look for what the tests let pass by proof: prove the calls that a mutant touches, in a copy with it."""

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from lien.invariants.mutants.base import Mutant
from lien.invariants.mutants.seed import seed
from lien.invariants.prove.contracts import CONTRACTS
from lien.invariants.prove.results import HELD
from lien.spec.catalogue import CALLS
from mutation.results import Result, sources_of

LONGEST = 400  # seconds that one row may take
PROVE = "from lien.cli import main; main()"
# The rows where a function's mistakes show first; a call's own row is tried for the call itself.
ROWS = {
    "accrual.py": ("accrue", "catch_up", "relations"),
    "actions.py": ("execute",),
    "aggregate.py": ("repay", "disburse"),
    "applications.py": ("review", "expire"),
    "arithmetic.py": ("deposit",),
    "auction.py": ("relations", "take"),
    "book.py": ("advance_book", "disburse"),
    "booking.py": ("repay", "recover"),
    "cover.py": ("withdraw_cover",),
    "credit.py": ("accept", "relations"),
    "effects.py": ("execute",),
    "eligibility.py": ("apply", "accept"),
    "health.py": ("disburse", "relations"),
    "ledger.py": ("transfer",),
    "losses.py": ("write_off", "recover"),
    "margin.py": ("margin_call", "relations"),
    "offers.py": ("offer",),
    "pauses.py": ("pause", "relations"),
    "prices.py": ("post_price", "relations"),
    "ratings.py": ("review", "relations"),
    "restructuring.py": ("restructure",),
    "screening.py": ("apply",),
    "soundness.py": ("offer", "execute"),
    "transitions/queue.py": ("request_redemption", "cancel_redemption", "process_redemption"),
    "transitions/restructuring.py": ("restructure",),
    "valuation.py": ("deposit", "redeem", "process_redemption", "relations"),
    "views/collateral.py": ("margin_call", "relations"),
    "views/facilities.py": ("redeem", "deposit"),
    "views/loans.py": ("repay", "declare_default"),
    "views/prices.py": ("relations",),
    "waterfall.py": ("take_payment", "take_proceeds", "relations"),
}


def rows_of(result: Result) -> tuple[str, ...]:
    """Return the rows of the proof to try."""
    if result.function in CALLS or result.function in CONTRACTS:
        return (result.function,)
    chapter = result.module.removeprefix("transitions/").removesuffix(".py")
    called = tuple(name for name, call in CALLS.items() if call.chapter == chapter)
    return ROWS.get(result.module, called)


def fallen(result: Result, folder: Path, *, proves: bool) -> str:
    """Return the row and the property that fall with a mutant, or nothing; what was found is kept.

    Without proving anything, it is what was found before.
    """
    before, after = sources_of(result)
    rows = rows_of(result)
    kept = folder / f"{sha256(repr((result.module, before, after, rows)).encode()).hexdigest()[:20]}.txt"
    if not kept.exists() and not proves:
        return ""
    if not kept.exists():
        with TemporaryDirectory(prefix="lien-mutant-") as copy:
            mutant = Mutant(result.name, "", f"protocol/{result.module}", before, after, (), "")
            seed(mutant, Path(copy))
            found = next(filter(None, (fall_of(row, Path(copy)) for row in rows)), "")
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(found)
    return kept.read_text()


def fall_of(row: str, copy: Path) -> str:
    """Prove one row in a copy of the package, and return the property that falls first, if one does."""
    cells = copy / "cells.json"
    command = [sys.executable, "-P", "-c", PROVE, "prove", "--call", row, "--jobs", "1", "--json", str(cells)]
    paths = os.pathsep.join((str(copy), os.environ.get("PYTHONPATH", "")))
    try:
        subprocess.run(
            command,
            env={**os.environ, "PYTHONPATH": paths},
            capture_output=True,
            timeout=LONGEST,
            check=False,
        )
        proved = json.loads(cells.read_text())["cells"]
    except subprocess.TimeoutExpired:
        return ""
    return next((f"{row}: {cell['property']}" for cell in proved if cell["result"] not in HELD), "")

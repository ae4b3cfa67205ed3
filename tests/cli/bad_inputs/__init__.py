"""Inputs that are wrong, each with the exact line that says so.

A case is a name, an input and an error. What the input is depends on the file: `file` and `scenario`, the
text of a file; `genesis`, what stands under that field; `call`, a call after those of `BEFORE`; `vector`, the
files of a folder. `<<x*9>>` in an input stands for nine times x; `hex` is a file that is no text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
KINDS = ("file", "scenario", "genesis", "call", "vector")
NAME = "case"
ATTEST = (
    "{call: attest_identity, sender: attestor, account: borrower, commitment: 7, jurisdiction: 756, "
    "tier: 0, expiry: 2030-01-01}"
)
APPLY = (
    "{call: apply, sender: borrower, facility: 1, product: 1, amount: 100 dUSD, periods: 1, purpose: 1, "
    "collateral_asset: dUSD, collateral_amount: 0, document: 1}"
)
FIRST, SECOND = (
    f"{{call: review, sender: {who}_reviewer, application: 1, approves: yes, rating: 60}}"
    for who in ("first", "second")
)
OFFER = (
    "{call: offer, sender: servicer, application: 1, terms: {principal: 100 dUSD, maturity_day: 2025-01-15}}"
)
BEFORE = f"""\
title: A test
calls:
  - {{call: open_facility, sender: servicer, at: 2024-01-15 09:00, asset: dUSD, interest_fee: 0}}
  - {{call: deposit, sender: lender, facility: 1, amount: 1000 dUSD}}
  - many:
      times: 1
      calls:
        [{ATTEST}, {APPLY}, {FIRST}, {SECOND},
        {OFFER}]
"""
AFTER = """\
title: A test
calls:
  - {call: transfer, sender: lender, at: 2024-01-15, asset: dUSD, recipient: lender, amount: 1}
"""


@dataclass(frozen=True)
class Case:
    """A wrong input, and the line that says so."""

    kind: str
    name: str
    files: dict[str, bytes]
    error: str

    @property
    def command(self) -> tuple[str, ...]:
        """The command that reads the input, in the folder in which it is."""
        return ("vectors", "check", ".") if self.kind == "vector" else ("run", next(iter(self.files)))


def cases() -> Iterator[Case]:
    """Yield every case."""
    for kind in KINDS:
        for entry in yaml.safe_load((HERE / f"{kind}.yaml").read_text(encoding="utf-8")):
            yield Case(kind, entry["name"], files_of(kind, entry), entry["error"])


def files_of(kind: str, entry: dict[str, Any]) -> dict[str, bytes]:
    """Return the files of a case, by name."""
    name = f"{NAME}{entry.get('suffix', '.yaml')}"
    if "hex" in entry:
        return {name: bytes.fromhex(entry["hex"])}
    if kind == "vector":
        return {file: text.encode() for file, text in entry["input"].items()}
    text = unfolded(entry["input"])
    if kind == "call":
        first, *others = text.splitlines(keepends=True)
        text = f"{BEFORE}  - {first}" + "".join(f"    {line}" for line in others)
    if kind == "genesis":
        one_line = text.startswith(("{", "[")) or "\n" not in text.strip()
        text = f"{AFTER}genesis: {text}" if one_line else f"{AFTER}genesis:\n" + indented(text)
    return {name: text.encode()}


def indented(text: str) -> str:
    """Return a text two columns to the right."""
    return "".join(f"  {line}" for line in text.splitlines(keepends=True))


def unfolded(text: str) -> str:
    """Return a text in which `<<x*9>>` is nine times x."""
    return re.sub(r"<<(.+?)\*([0-9]+)>>", lambda found: found[1] * int(found[2]), text)

"""Say what the proof rests on: what is proved from what, and all that is taken on trust.

What there is a list of is read from it, so that a new contract or property appears by itself.
"""

from __future__ import annotations

import platform
from collections import Counter

from lien.invariants.properties import implied
from lien.invariants.properties.base import PROPERTIES, Kind
from lien.invariants.properties.total import TOTALS
from lien.invariants.prove.contracts import CONTRACTS, WITHIN, WITHIN_CALLS
from lien.invariants.prove.contracts.base import Contract
from lien.invariants.prove.matrix import PROMISED
from lien.invariants.prove.sources import modules, release

Part = dict[str, str]  # what is said, by what it is said of

# What the calendar's functions are taken for, and how the tests show it.
CALENDAR = {
    "clock": "never falls, and rises within least_clock_units and most_clock_units: tested on every day",
    "due_day": "on the calendar; first and last as the terms say; sound terms keep periods apart, neither "
    "too short nor too long: tested on months from every day of two years, and on random terms",
}
# Which modules neither prove nor can make a proof wrong: they refute, check, or tell.
OTHERS = ("evidence", "exact", "reading", "replay", "second", "smtlib", "story", "trust")
PREFIX = "lien.invariants.prove."


def trusted_base() -> dict[str, Part]:
    """Return all that the proof rests on, by headings."""
    return {
        "What is proved": proved(),
        "Assumed where they are called, and proved on their bodies in rows of their own": by_contract(),
        "Assumed, and shown by tests": CALENDAR | by_tests(),
        "Taken on trust: outside of what runs": outside(),
        "Taken on trust: programs": programs(),
    }


def proved() -> Part:
    """Return what is proved from what."""
    kinds = Counter(item.kind for item in PROPERTIES)
    return {
        "before a call": f"any state with {kinds[Kind.ENTRY]} properties of records, {kinds[Kind.LINK]} of "
        f"records and the rest of the state, {kinds[Kind.GLOBAL]} of its own figures, {len(TOTALS)} totals, "
        "and all ranges of types",
        "the call": "any arguments within the ranges of their types; any sender and signers; any second",
        "the code": "the protocol's own functions, on every path; a path is left out where no state takes "
        "it, which is proved too",
        "after the call": "all of these again, so they hold after any number of calls; and "
        f"{kinds[Kind.STEP]} properties of calls, {kinds[Kind.REJECTION]} tables of reasons, "
        f"{kinds[Kind.LIVENESS]} of what is never rejected",
        "beside calls": f"{kinds[Kind.RELATIONAL]} properties of records, of views, and of two runs",
    }


def by_contract() -> Part:
    """Return the functions that are met by contract, where, and which properties of a loan they keep."""
    return {name: f"in {met_in(name)}; {kept_by(contract)}" for name, contract in CONTRACTS.items()}


def met_in(name: str) -> str:
    """Return where a contract is relied on."""
    bodies = [body for body, relied_on in WITHIN.items() if name in relied_on]
    return ", ".join([*(("calls",) if name in WITHIN_CALLS else ()), *bodies])


def kept_by(contract: Contract) -> str:
    """Return which properties of a loan a contract keeps."""
    return f"keeps {', '.join(contract.keeps)}" if contract.keeps else "keeps every property of a loan"


def by_tests() -> Part:
    """Return what the proof assumes beside, or leaves to other means."""
    told = {implied.NUMBERS[0], implied.RAISES[0], *dict(PROMISED)}  # a path that raises is an error
    of_runs = [name for name, _ in every_implied() if name not in told]
    return {
        "sums": "what a call does not meet keeps the bounds of its total: of one entry and of the sum of two "
        "that is proved by a test; that it then holds of any number is induction on paper",
        implied.NUMBERS[0]: "records are numbered from 1 to their count: checked after each random call",
        "the first state": "has the properties: checked on the states with which tests and random runs begin",
        "not in the proof": f"{', '.join(of_runs)}: checked after each random call",
    }


def every_implied() -> list[tuple[str, str]]:
    """Return what holds of every call and record without being declared one by one."""
    return [value for name, value in vars(implied).items() if name.isupper() and isinstance(value, tuple)]


def outside() -> Part:
    """Return what no code of the protocol can show."""
    return {
        "signatures": "the context names who signed a call's document, or nobody: ecrecover is right, and no "
        "signature is forged",
        "hashes": "no two documents, records or states have one keccak-256 hash",
        "tokens": "move exactly their amount, without callback, fee or rebasing, or refuse the payee",
        "the edge": "arguments and contexts are checked against the ranges of their types before a call runs",
        "the meaning": "a property says what its reader takes it for: lien properties lists the sentences",
    }


def programs() -> Part:
    """Return which programs are trusted, in the versions that are installed."""
    z3, cvc5 = release("z3-solver"), release("cvc5")
    files, lines = size()
    return {
        f"z3 {z3}": "unsat means that no such numbers exist, and simplifying keeps the meaning",
        f"cvc5 {cvc5}".strip(): "only with --second-solver, which asks both solvers, but not of what z3 "
        "simplifies to true",
        "the executor": f"{lines:,} lines in {files} modules of {PREFIX[:-1]}, without what only refutes or "
        "checks; compared with concrete runs, and mutated, by tests",
        f"Python {platform.python_version()}": "exact integers; maps by immutables, ranges by pydantic",
    }


def size() -> tuple[int, int]:
    """Return how many modules the executor has, and how many lines that are not empty."""
    texts = [
        path.read_text(encoding="utf-8")
        for name, path in modules().items()
        if name.startswith(PREFIX) and name.removeprefix(PREFIX) not in OTHERS
    ]
    return len(texts), sum(bool(line.strip()) for text in texts for line in text.splitlines())

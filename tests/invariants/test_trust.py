"""What the proof rests on is told whole: what is assumed anywhere has its line."""

import re

from lien.invariants.properties.total import TOTALS
from lien.invariants.prove.cases import Case
from lien.invariants.prove.contracts import CONTRACTS
from lien.invariants.prove.run import Explorer
from lien.invariants.prove.sources import modules
from lien.invariants.prove.trust import CALENDAR, OTHERS, PREFIX, met_in, size, trusted_base

# Which modules assume something, and which part of what is told says so.
ASSUMING = {
    "calendar": "Assumed, and shown by tests",  # of clock and due_day
    "algebra": "Taken on trust: programs",  # what a term is
    "executor": "Taken on trust: programs",  # the side of a decision
    "facts": "Taken on trust: programs",  # the range of a symbol
    "maps": "What is proved",  # the ranges of types
    "run": "What is proved",  # the properties of the state; of contracts, what their rows show
    "totals": "Assumed, and shown by tests",  # of sums
}


def sources() -> dict[str, str]:
    """Return the text of each module of the package, by its name."""
    return {name: path.read_text(encoding="utf-8") for name, path in modules().items()}


def test_every_module_that_assumes_something_is_known() -> None:
    """Given the prover's sources / When those that assume something are listed / Then all have their line."""
    found = {
        name.removeprefix(PREFIX)
        for name, text in sources().items()
        if name.startswith(PREFIX) and re.search(r"\.(assume|define)\(", text)
    }
    assert found == ASSUMING.keys()
    assert set(ASSUMING.values()) <= trusted_base().keys()


def test_every_function_that_is_met_by_contract_is_told() -> None:
    """Given what a call or a contract's body meets by contract / When told / Then all is."""
    met = {name for case in (Case("repay", "ACTIVE"), Case("catch_up", "ACTIVE")) for name in met_by(case)}
    assert met == CONTRACTS.keys() | CALENDAR.keys()
    marked = {
        name
        for module, text in sources().items()
        if module.startswith("lien.protocol.")
        for name in re.findall(r"^@opaque\n(?:@.*\n)*def (\w+)", text, re.MULTILINE)
    }
    assert marked == met
    assert all(met_in(name) for name in CONTRACTS)


def met_by(case: Case) -> set[str]:
    """Return which functions a case meets by contract."""
    return {*Explorer(case).executor.contracts}


def test_the_executor_is_measured() -> None:
    """Given what neither proves nor is trusted / When lines are counted / Then the rest is, and no more."""
    assert {f"{PREFIX}{name}" for name in OTHERS} <= modules().keys()
    files, lines = size()
    assert files == sum(name.startswith(PREFIX) for name in modules()) - len(OTHERS)
    assert 1000 < lines < sum(text.count("\n") for name, text in sources().items() if name.startswith(PREFIX))


def test_what_is_told_follows_the_registries() -> None:
    """Given the totals and contracts / When what the proof rests on is told / Then it counts them."""
    told = trusted_base()
    assert f"{len(TOTALS)} totals" in told["What is proved"]["before a call"]
    assert (
        CONTRACTS.keys()
        == told["Assumed where they are called, and proved on their bodies in rows of their own"].keys()
    )
